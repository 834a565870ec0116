import type { ProblemEntry } from "../problem.ts";

/** Problems of a run: periods, missing figures, what the archive can give back. */
export const runProblems = {
  RUN_NO_DATA: {
    severity: "error",
    say: {
      en: "No figures are held for {client} {report}, {period}.",
      ko: "{client} {report}의 {period} 데이터가 없습니다.",
    },
    next: {
      en: "Put the exports that cover {period} into {folder} and run again. Nothing was sent.",
      ko: "{period} 기간의 파일을 {folder}에 넣고 다시 실행하세요. 아무것도 발송되지 않았습니다.",
    },
  },
  RUN_CLIENT_UNKNOWN: {
    severity: "error",
    say: { en: "There is no client `{found}`.", ko: "`{found}` 클라이언트가 없습니다." },
    next: {
      en: "Did you mean `{nearest}`? Clients: {known}.",
      ko: "`{nearest:을/를}` 찾으셨나요? 클라이언트: {known}",
    },
  },
  RUN_CLIENT_REFUSED: {
    severity: "error",
    say: {
      en: "The config of `{client}` has problems, so it does not run.",
      ko: "`{client}`의 설정에 문제가 있어 실행하지 않습니다.",
    },
    next: {
      en: "Run `bogo check` and mend what it lists. Nothing was sent; other clients run.",
      ko: "`bogo check`가 알려주는 문제를 고치세요. 아무것도 발송되지 않았고 다른 클라이언트는 실행됩니다.",
    },
  },
  RUN_REPORT_UNKNOWN: {
    severity: "error",
    say: { en: "{client} has no report `{found}`.", ko: "{client}에 `{found}` 리포트가 없습니다." },
    next: { en: "Its reports: {known}.", ko: "있는 리포트: {known}" },
  },
  RUN_CADENCE_NEEDED: {
    severity: "error",
    say: {
      en: "`{report}` goes out at several cadences: {known}.",
      ko: "`{report:은/는}` 여러 주기로 발송됩니다: {known}",
    },
    next: { en: "Say which: `--cadence {first}`.", ko: "하나를 고르세요: `--cadence {first}`" },
  },
  RUN_PERIOD_WRONG: {
    severity: "error",
    say: { en: "`{found}` names no {cadence} period.", ko: "`{found:은/는}` {cadence} 기간이 아닙니다." },
    next: {
      en: "Write `2026-W12`, `2026-03`, `2026-Q1` or a day in the period.",
      ko: "`2026-W12`, `2026-03`, `2026-Q1` 또는 기간 안의 날짜로 쓰세요.",
    },
  },
  LOAD_NO_ACCOUNT: {
    severity: "error",
    say: {
      en: "The file does not say whose account it is, and the source `{glob}` does not either.",
      ko: "파일에 계정이 없고, 소스 `{glob}`에도 `account`가 없습니다.",
    },
    next: {
      en: "Add `account:` to that source in client.yaml. The file was not loaded.",
      ko: "client.yaml의 그 소스에 `account:`를 적으세요. 이 파일은 읽지 않았습니다.",
    },
  },
  LOAD_SOURCE_GONE: {
    severity: "warning",
    say: {
      en: "It was loaded for the source `{source}`, which the config no longer has.",
      ko: "설정에서 사라진 소스 `{source}`의 파일입니다.",
    },
    next: {
      en: "It was left out. Put the source back to count it again.",
      ko: "제외했습니다. 다시 포함하려면 소스를 되돌리세요.",
    },
  },
} satisfies Record<string, ProblemEntry>;
