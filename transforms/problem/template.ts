import type { ProblemEntry } from "../problem.ts";

/** Problems in a workbook that an account executive made to be filled. */
export const templateProblems = {
  CONFIG_NOT_TEMPLATE: {
    severity: "error",
    say: { en: "`{found}` is not the name of a workbook.", ko: "`{found:은/는}` 엑셀 파일 이름이 아닙니다." },
    next: {
      en: "Put an `.xlsx` file into this client's `templates/` and write its name alone: `monthly.xlsx`.",
      ko: "이 광고주의 `templates/` 폴더에 `.xlsx` 파일을 두고 `monthly.xlsx`처럼 이름만 쓰세요.",
    },
  },
  TEMPLATE_MISSING: {
    severity: "error",
    say: { en: "The template {found} is not there.", ko: "템플릿 {found} 파일이 없습니다." },
    next: {
      en: "Copy it into `clients/{client}/templates/`, or correct the name. Files there: {known}. Nothing is sent without it.",
      ko: "`clients/{client}/templates/`에 파일을 두거나 이름을 고치세요. 지금 있는 파일: {known}. 그 전에는 아무것도 발송되지 않습니다.",
    },
  },
  TEMPLATE_REFUSED: {
    severity: "error",
    say: { en: "The template {found} is not used: {why}.", ko: "템플릿 {found:을/를} 쓸 수 없습니다: {why}." },
    next: {
      en: "Save it again as a plain Excel workbook (.xlsx) without that. Nothing is sent with it.",
      ko: "그 부분을 빼고 일반 엑셀 통합 문서(.xlsx)로 다시 저장하세요. 이 파일로는 아무것도 발송되지 않습니다.",
    },
  },
  TEMPLATE_KEY_UNKNOWN: {
    severity: "error",
    say: {
      en: "The template asks for `{found}`, which no report has.",
      ko: "템플릿의 `{found}`에 해당하는 값이 리포트에 없습니다.",
    },
    next: {
      en: "Did you mean `{nearest}`? KPIs stand under `kpi.` if the report shows them.",
      ko: "`{nearest}`인지 확인하세요. `kpi.`에는 리포트에 넣은 지표만 쓸 수 있습니다.",
    },
  },
  TEMPLATE_HEAD_UNKNOWN: {
    severity: "warning",
    say: {
      en: "The template's data sheet has a column “{found}” that no export fills.",
      ko: "템플릿 데이터 시트의 “{found}” 열에 해당하는 데이터가 없습니다.",
    },
    next: {
      en: "Did you mean “{nearest}”? The column stays empty, or put a formula into its second row.",
      ko: "“{nearest}” 열인지 확인하세요. 그대로 두면 빈 열이 되며, 둘째 행에 수식을 넣으면 행마다 계산됩니다.",
    },
  },
  TEMPLATE_IDLE: {
    severity: "warning",
    say: {
      en: "The template {found} has neither a sheet named Data nor a `{{key}}`: it goes out as it is.",
      ko: "템플릿 {found}에 `데이터`(Data) 시트도 `{{key}}`도 없어 그대로 발송됩니다.",
    },
    next: {
      en: "Name a sheet `Data` with the heads of its columns in the first row, or write `{{kpi.cost}}` into a cell.",
      ko: "첫 행에 열 이름을 쓴 `데이터` 시트를 두거나 셀에 `{{kpi.cost}}`처럼 쓰세요.",
    },
  },
} as const satisfies Record<string, ProblemEntry>;
