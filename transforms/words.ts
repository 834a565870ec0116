import type { Tier } from "./definitions.ts";
import type { Cadence, Locale, Text } from "./metrics.ts";
import type { Basis, ChannelLine, NullReason, SectionId } from "./report/model.ts";

/** The fixed words of every output in one language: `words(report.locale).goal`. */
export function words(locale: Locale): Words {
  return locale === "ko-KR" ? korean : english;
}

/** Which half of a `Text` a locale reads. */
export function languageOf(locale: Locale): keyof Text {
  return locale === "ko-KR" ? "ko" : "en";
}

/** `전주 대비`, `vs previous month`: what a change is measured against. */
export function comparisonWord(basis: Basis, cadence: Cadence, locale: Locale): string {
  const text = basis === "previous" ? previous[cadence].versus : others[basis].versus;
  return text[languageOf(locale)];
}

/** `전주`, `Previous month`: the head of a column that holds the compared values themselves. */
export function basisWord(basis: Basis, cadence: Cadence, locale: Locale): string {
  const text = basis === "previous" ? previous[cadence].name : others[basis].name;
  return text[languageOf(locale)];
}

/** Why a value is missing, in a word or two: `집계 불가`, `not collected`. */
export function reasonText(reason: NullReason, locale: Locale): string {
  return reasons[reason][languageOf(locale)];
}

/** The heading of a section, the same in all three outputs. */
export function sectionTitle(section: SectionId, locale: Locale): string {
  return sections[section][languageOf(locale)];
}

/** `전략`, `Strategic`: whose question a KPI answers. */
export function tierName(tier: Tier, locale: Locale): string {
  return tiers[tier][languageOf(locale)];
}

/** What a channel's line says of itself beside its name; null where nothing has to be said. */
export function lineState(state: ChannelLine["state"], locale: Locale): string | null {
  return lineStates[state]?.[languageOf(locale)] ?? null;
}

/** A section's heading as the client calls it, else the usual one. */
export function sectionHeading(section: SectionId, { locale, section_titles }: Titled): string {
  return section_titles?.[section] ?? sectionTitle(section, locale);
}

interface Titled {
  locale: Locale;
  section_titles?: Partial<Record<SectionId, string>>;
}

const text = (ko: string, en: string): Text => ({ ko, en });

const tiers: Record<Tier, Text> = {
  strategic: text("전략", "Strategic"),
  tactical: text("전술", "Tactical"),
  operational: text("운영", "Operational"),
};

const lineStates: Record<ChannelLine["state"], Text | null> = {
  complete: null,
  partial: text("일부 데이터", "in part"),
  missing: text("데이터 없음", "no data"),
  paused: text("집행 없음", "nothing ran"),
};

const previous: Record<Cadence, { name: Text; versus: Text }> = {
  daily: {
    name: text("전주 같은 요일", "Same day last week"),
    versus: text("전주 같은 요일 대비", "vs same day last week"),
  },
  weekly: { name: text("전주", "Previous week"), versus: text("전주 대비", "vs previous week") },
  monthly: { name: text("전월", "Previous month"), versus: text("전월 대비", "vs previous month") },
  quarterly: { name: text("전분기", "Previous quarter"), versus: text("전분기 대비", "vs previous quarter") },
};

const others: Record<Exclude<Basis, "previous">, { name: Text; versus: Text }> = {
  year_ago: { name: text("전년 동기", "Year ago"), versus: text("전년 동기 대비", "vs a year ago") },
  baseline: { name: text("평소(평균)", "Usual (mean)"), versus: text("평소 대비", "vs usual") },
};

const reasons: Record<NullReason, Text> = {
  no_denominator: text("집계 불가", "nothing to divide by"),
  not_collected: text("미수집", "not collected"),
  not_additive: text("합산 불가", "cannot be added up"),
  no_rate: text("환율 없음", "no exchange rate"),
  incomplete: text("기간 미완성", "period incomplete"),
};

const sections: Record<SectionId, Text> = {
  summary: text("요약", "Summary"),
  comment: text("담당자 코멘트", "Comment"),
  kpis: text("핵심 지표", "Key figures"),
  goals: text("목표 달성", "Goals"),
  pacing: text("예산 소진", "Budget pacing"),
  trend: text("추이", "Trend"),
  daily: text("일별 추이", "Day by day"),
  breakdowns: text("세부 실적", "Breakdown"),
  tops: text("상위 목록", "Top lists"),
  heatmap: text("요일·시간대", "Weekday and hour"),
  why: text("변동 요인", "What drove the change"),
  notes: text("안내", "Notes"),
  north_star: text("북극성 지표", "North Star"),
  tree: text("KPI 트리", "KPI tree"),
  funnel: text("퍼널", "Funnel"),
  channels: text("채널별 성과", "Channels"),
};

const dictionary = {
  headline: text("대표 지표", "Headline"),
  shopOwn: text("자사몰 집계", "Shop's own count"),
  matters: text("지금의 핵심", "matters now"),
  conversion: text("단계 전환율", "Conversion"),
  stage: text("단계", "Stage"),
  tier: text("구분", "Tier"),
  kpi: text("지표", "Metric"),
  value: text("이번 기간", "This period"),
  change: text("증감", "Change"),
  points: text("증감 폭", "Difference"),
  perDay: text("일평균", "Per day"),
  perDayChange: text("일평균 증감", "Change per day"),
  goal: text("목표", "Goal"),
  achievement: text("달성률", "Achievement"),
  achieved: text("달성", "achieved"),
  missed: text("미달", "missed"),
  undecided: text("판정 불가", "undecided"),
  status: text("결과", "Result"),
  state: text("상태", "State"),
  preparedFor: text("받는 곳", "Prepared for"),
  preparedBy: text("작성", "Prepared by"),
  chart: text("차트", "Chart"),
  corrected: text("[정정]", "[Corrected]"),
  attached: text("첨부 파일", "Attached"),
  leftOut: text(
    "파일이 너무 커서 첨부하지 못했습니다. 담당자에게 요청하시면 따로 보내 드립니다.",
    "These files are too large to attach. Reply to this mail to get them another way.",
  ),
  moreInWorkbook: text("외 {count}개는 엑셀 파일에 있습니다.", "{count} more in the workbook."),
  moreInReport: text("이어지는 내용은 첨부한 리포트에 있습니다.", "The rest of the comment is in the attached report."),
  unsubscribe: text(
    "이 리포트를 받지 않으시려면 이 메일에 답장으로 알려 주세요.",
    "To stop receiving this report, reply to this mail and say so.",
  ),
  replyReaches: text("이 메일에 답장하시면 담당자에게 전달됩니다.", "Replies to this mail reach the same person."),
  passwordFrom: text(
    "첨부 파일은 비밀번호로 보호되어 있습니다. 비밀번호는 이 메일에 적지 않으며 담당자({who})가 따로 알려 드립니다.",
    "The files are protected by a password. It is not in this mail: ask {who}, who tells it to you another way.",
  ),
  insideWithoutNumbers: text(
    "요약과 핵심 지표, 첨부 파일은 메일을 열어 확인하세요.",
    "Open this mail for the summary, the key figures and the files.",
  ),
  noComparison: text("비교 기간 없음", "No period to compare with"),
  breakdownTab: text("세부", "By"),
  topTab: text("상위", "Top"),
  name: text("이름", "Name"),
  detail: text("구분", "Detail"),
  share: text("비중", "Share"),
  inexact: text(
    "15자리를 넘는 값은 엑셀이 앞 15자리만 보관합니다. 정확한 값은 PDF에 있습니다.",
    "Excel keeps only the first 15 digits of longer values. The PDF prints them in full.",
  ),
  cut: text("행이 너무 많아 여기서 줄였습니다.", "There are more rows than a sheet holds; the rest is left out."),
  owner: text("담당", "Owner"),
  proRated: text("기간 중 시작, 일할 계산", "began in this period, pro-rated"),
  budget: text("예산", "Budget"),
  spent: text("집행액", "Spent"),
  used: text("소진율", "Budget used"),
  elapsed: text("기간 경과율", "Time elapsed"),
  projected: text("월말 예상", "Projected"),
  neededPerDay: text("남은 일평균", "Left per day"),
  through: text("기준일", "Through"),
  monthToDate: text("월 누적", "Month to date"),
  provisional: text("잠정치", "Provisional"),
  final: text("확정치", "Final"),
  provisionalShort: text("잠정", "provisional"),
  partial: text("일부 기간", "Partial"),
  newWord: text("신규", "New"),
  incomparable: text("비교 불가", "Not comparable"),
  unchanged: text("변동 없음", "unchanged"),
  total: text("합계", "Total"),
  othersRow: text("기타", "Others"),
  remark: text("비고", "Remark"),
  period: text("기간", "Period"),
  comparedWith: text("비교 기간", "Compared with"),
  missingDays: text("데이터 없는 날", "Days without data"),
  holidays: text("공휴일", "Holidays"),
  asOf: text("작성 기준", "As of"),
  day: text("날짜", "Day"),
  previousDay: text("비교일", "Compared day"),
  factor: text("요인", "Driver"),
  rateEffect: text("효율 변화", "Rate effect"),
  mixEffect: text("비중 변화", "Mix effect"),
  contribution: text("기여", "Contribution"),
  weekday: text("요일", "Weekday"),
  hour: text("시", "h"),
  definitions: text("지표 정의", "Definitions"),
  formula: text("산식", "Formula"),
  missing: text("빠진 데이터", "What is missing"),
  channel: text("채널", "Channel"),
  source: text("출처", "Source"),
  reason: text("사유", "Reason"),
  sources: text("원본 파일", "Source files"),
  file: text("파일", "File"),
  platform: text("매체", "Platform"),
  account: text("계정", "Account"),
  from: text("시작일", "From"),
  to: text("종료일", "To"),
  generatedAt: text("생성 시각", "Generated"),
  rowsUsed: text("반영 행", "Rows"),
  superseded: text("대체된 행", "Superseded"),
  rejected: text("거부된 행", "Rejected"),
  skipped: text("제외된 행", "Skipped"),
  data: text("데이터", "Data"),
  dataLater: text("원본 데이터 행이 없습니다.", "There are no raw rows."),
  excludes: text("제외", "without"),
  client: text("광고주", "Client"),
  agency: text("대행사", "Agency"),
  currency: text("통화", "Currency"),
  timezone: text("시간대", "Time zone"),
  contact: text("문의", "Questions"),
  page: text("쪽", "Page"),
  reconciliation: text("대사", "Reconciliation"),
  reconciliationNote: text(
    "파일이 담은 값에서 왼쪽부터 차례로 빼고 더하면 리포트의 값이 됩니다. 앞의 여섯 금액은 파일의 통화이며, 거부된 행은 읽을 수 없어 금액을 알 수 없습니다. 파일 전체의 해시는 안내 시트에 있습니다.",
    "Read each line from left to right: what the file states, less what does not count, gives what the report shows. Amounts before the rate are in the file's own currency; what rejected lines amount to is unknown. The files' full hashes stand on the notes sheet.",
  ),
  exported: text("내보낸 값", "Exported"),
  supersededAmount: text("새 파일로 대체", "Superseded"),
  otherCut: text("다른 표로 집계", "Counted elsewhere"),
  leftOutAmount: text("리포트 대상 아님", "Not in this report"),
  counted: text("반영", "Counted"),
  vatStep: text("VAT 조정", "VAT"),
  rate: text("환율", "Rate"),
  reported: text("리포트 값", "Reported"),
  reportedIn: text("리포트 값:", "Reported on:"),
  difference: text("차이", "Difference"),
  notKept: text("보관 전 적재", "not kept"),
  recent: text("최근 {count}개 기간", "the last {count} periods"),
  course: text("추이", "Course"),
  series: text("항목별 추이", "Course by part"),
  table: text("표", "Table"),
  shareOf: text("비중", "share"),
  topOf: text("상위 {count}", "top {count}"),
} as const satisfies Record<string, Text>;

export type WordId = keyof typeof dictionary;
export type Words = Readonly<Record<WordId, string>>;

const pick = (lang: keyof Text): Words => {
  const entries = Object.entries(dictionary).map(([id, { [lang]: said }]) => [id, said]);
  return Object.fromEntries(entries) as Words; // the entries are exactly the dictionary's keys
};
const korean = pick("ko");
const english = pick("en");
