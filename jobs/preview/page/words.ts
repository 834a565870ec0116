import type { Step } from "../studio.ts";

/** The page's own words; the report keeps its own language. */
export interface Words {
  title: (client: string) => string;
  skip: string;
  unsent: string;
  reports: string;
  period: string;
  earlier: string;
  later: string;
  older: (label: string) => string;
  tabs: Record<Tab, string>;
  light: string;
  dark: string;
  scheme: string;
  phone: string;
  desktop: string;
  subject: string;
  preheader: string;
  plain: string;
  messenger: string;
  open: string;
  download: string;
  noPdf: string;
  noExcel: string;
  drawing: string;
  sheets: string;
  cutRows: (shown: number) => string;
  charts: string;
  formula: string;
  value: string;
  bySource: string;
  byDay: string;
  total: string;
  platform: string;
  account: string;
  day: string;
  files: string;
  fileHeads: readonly [string, string, string, string, string];
  covered: string;
  notAdded: string;
  excluded: (names: string) => string;
  none: string;
  errors: (count: number) => string;
  stale: string;
  fine: string;
  missing: string;
  next: string;
  count: string;
  countNote: string;
  working: Record<Step["name"], string>;
  steps: Record<Step["name"], string>;
  read: (files: number) => string;
  took: (ms: number) => string;
  lost: string;
  updated: string;
}

export const tabs = ["mail", "pdf", "workbook", "figures", "problems"] as const;
export type Tab = (typeof tabs)[number];

export const words: Record<"ko" | "en", Words> = {
  ko: {
    title: (client) => `${client} 미리보기`,
    skip: "내용으로 건너뛰기",
    unsent: "아무것도 발송되지 않습니다",
    reports: "리포트",
    period: "기간",
    earlier: "이전 기간",
    later: "다음 기간",
    older: (label) => `더 최근 기간의 데이터가 아직 없어, 가지고 있는 가장 최근 기간(${label})을 보여 드립니다.`,
    tabs: { mail: "메일", pdf: "PDF", workbook: "엑셀", figures: "숫자의 근거", problems: "문제" },
    light: "밝게",
    dark: "어둡게",
    scheme: "화면 모드",
    phone: "휴대전화 390px",
    desktop: "데스크톱 800px",
    subject: "제목",
    preheader: "미리보기 문구",
    plain: "텍스트 메일",
    messenger: "메신저용 다섯 줄(summary.txt)",
    open: "새 탭에서 열기",
    download: "내려받기",
    noPdf: "이 리포트는 PDF를 만들지 않습니다(formats).",
    noExcel: "이 리포트는 엑셀을 만들지 않습니다(formats).",
    drawing: "만드는 중입니다 …",
    sheets: "시트",
    cutRows: (shown) => `처음 ${shown}행만 보입니다. 전체는 파일을 열어 확인하세요.`,
    charts: "차트와 서식은 파일을 열면 보입니다.",
    formula: "계산식",
    value: "값",
    bySource: "매체·계정별 합계",
    byDay: "일별",
    total: "합계",
    platform: "매체",
    account: "계정",
    day: "날짜",
    files: "파일",
    fileHeads: ["파일", "기간", "행", "제외", "SHA-256"],
    covered: "이 숫자의 바탕이 된 파일",
    notAdded: "더할 수 없음",
    excluded: (names) => `필요한 값이 없어 제외한 매체: ${names}`,
    none: "값이 없습니다",
    errors: (count) => `문제 ${count}건`,
    stale: "아래는 마지막으로 제대로 만들어진 화면입니다.",
    fine: "문제가 없습니다.",
    missing: "빠진 데이터",
    next: "다음 할 일",
    count: "이 미리보기에서만 반영",
    countNote:
      "이 번호는 미리보기의 것입니다. `bogo preview --once`나 다음 실행 뒤에 `bogo accept`가 실제 번호를 보여 줍니다.",
    working: {
      notice: "변경을 확인하는 중",
      config: "설정을 읽는 중",
      exports: "매체 파일을 읽는 중",
      figures: "수치를 계산하는 중",
      model: "리포트를 구성하는 중",
      mail: "메일을 만드는 중",
      pdf: "PDF를 만드는 중",
      excel: "엑셀을 만드는 중",
    },
    steps: {
      notice: "감지",
      config: "설정",
      exports: "파일",
      figures: "수치",
      model: "구성",
      mail: "메일",
      pdf: "PDF",
      excel: "엑셀",
    },
    read: (files) => `파일 ${files}개`,
    took: (ms) => `변경에서 메일까지 ${ms} ms`,
    lost: "미리보기가 끝났습니다. `bogo preview`를 다시 실행하세요.",
    updated: "새로 고쳤습니다",
  },
  en: {
    title: (client) => `Preview of ${client}`,
    skip: "Skip to the content",
    unsent: "Nothing is sent",
    reports: "Reports",
    period: "Period",
    earlier: "Earlier period",
    later: "Later period",
    older: (label) => `No figures are held of a newer period yet: this is the newest that is (${label}).`,
    tabs: { mail: "Mail", pdf: "PDF", workbook: "Workbook", figures: "Figures", problems: "Problems" },
    light: "Light",
    dark: "Dark",
    scheme: "Colour scheme",
    phone: "Phone, 390 px",
    desktop: "Desktop, 800 px",
    subject: "Subject",
    preheader: "Preheader",
    plain: "Plain-text part",
    messenger: "Five lines for a messenger (summary.txt)",
    open: "Open in a new tab",
    download: "Download",
    noPdf: "This report makes no PDF (formats).",
    noExcel: "This report makes no workbook (formats).",
    drawing: "Being made …",
    sheets: "Sheets",
    cutRows: (shown) => `Only the first ${shown} rows are shown; the file has them all.`,
    charts: "Charts and styles show when the file is opened.",
    formula: "Formula",
    value: "Value",
    bySource: "By platform and account",
    byDay: "By day",
    total: "Total",
    platform: "Platform",
    account: "Account",
    day: "Day",
    files: "Files",
    fileHeads: ["File", "Days", "Rows", "Left out", "SHA-256"],
    covered: "The files behind this number",
    notAdded: "may not be added",
    excluded: (names) => `Left out, because an input lacks: ${names}`,
    none: "No value",
    errors: (count) => (count === 1 ? "1 problem" : `${count} problems`),
    stale: "Below is the last page that came out right.",
    fine: "No problems.",
    missing: "Missing data",
    next: "Next step",
    count: "Count it in this preview only",
    countNote:
      "The number is the preview's own: after `bogo preview --once` or the next run, `bogo accept` lists the real one.",
    working: {
      notice: "Noticing what changed",
      config: "Reading config",
      exports: "Reading exports",
      figures: "Computing figures",
      model: "Composing the report",
      mail: "Drawing the mail",
      pdf: "Drawing the PDF",
      excel: "Drawing the workbook",
    },
    steps: {
      notice: "noticed",
      config: "config",
      exports: "exports",
      figures: "figures",
      model: "model",
      mail: "mail",
      pdf: "PDF",
      excel: "workbook",
    },
    read: (files) => `${files} files`,
    took: (ms) => `${ms} ms from the change to the mail`,
    lost: "The preview has ended. Run `bogo preview` again.",
    updated: "Updated",
  },
};
