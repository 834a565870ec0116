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
  RUN_AGENCY_REFUSED: {
    severity: "error",
    say: {
      en: "agency.yaml has problems, so no client runs.",
      ko: "agency.yaml에 문제가 있어 모든 클라이언트가 실행되지 않습니다.",
    },
    next: {
      en: "Mend what is listed below. Nothing was sent.",
      ko: "아래 문제를 고치세요. 아무것도 발송되지 않았습니다.",
    },
  },
  RUN_CLIENT_REFUSED: {
    severity: "error",
    say: {
      en: "The config of `{client}` has problems, so it does not run.",
      ko: "`{client}`의 설정에 문제가 있어 실행하지 않습니다.",
    },
    next: {
      en: "Mend what is listed below; `bogo check {client}` shows whether all is well. Nothing was sent. Other clients run.",
      ko: "아래 문제를 고치고 `bogo check {client}`로 확인하세요. 아무것도 발송되지 않았고 다른 클라이언트는 실행됩니다.",
    },
  },
  RUN_REPORT_UNKNOWN: {
    severity: "error",
    say: { en: "{client} has no report `{found}`.", ko: "{client}에 `{found}` 리포트가 없습니다." },
    next: { en: "Its reports: {known}.", ko: "있는 리포트: {known}" },
  },
  RUN_PLATFORM_UNKNOWN: {
    severity: "error",
    say: { en: "No format file describes a platform `{found}`.", ko: "`{found}` 매체의 형식 파일이 없습니다." },
    next: {
      en: "Did you mean `{nearest}`? Known platforms: {known}.",
      ko: "`{nearest:을/를}` 쓰려던 것인지 확인하세요. 있는 매체: {known}",
    },
  },
  RUN_PLATFORM_NAME: {
    severity: "error",
    say: {
      en: "`{found}` cannot be a platform's name.",
      ko: "`{found:은/는}` 매체 이름으로 쓸 수 없습니다.",
    },
    next: {
      en: "Use small letters, digits and underscores, a letter first: `--platform {nearest}`.",
      ko: "소문자로 시작해 소문자, 숫자, 밑줄만 쓰세요: `--platform {nearest}`",
    },
  },
  RUN_CADENCE_NEEDED: {
    severity: "error",
    say: {
      en: "`{report}` goes out at several cadences: {known}.",
      ko: "`{report:은/는}` 여러 주기로 발송됩니다: {known}",
    },
    next: { en: "Say which: `--cadence {first}`.", ko: "하나를 고르세요: `--cadence {first}`" },
  },
  RUN_CADENCE_UNKNOWN: {
    severity: "error",
    say: { en: "`{report}` does not go out {found}.", ko: "`{report:은/는}` {found} 주기로 발송되지 않습니다." },
    next: { en: "Its cadences: {known}.", ko: "있는 주기: {known}" },
  },
  RUN_PERIOD_WRONG: {
    severity: "error",
    say: {
      en: "`{found}` names no period of a {cadence} report.",
      ko: "`{found:은/는}` {cadence} 리포트의 기간이 아닙니다.",
    },
    next: {
      en: "Write it as `{example}`, or name a day in the period: `2026-03-18`.",
      ko: "`{example}`처럼 쓰거나 기간 안의 날짜를 쓰세요: `2026-03-18`",
    },
  },
  RUN_UNEXPECTED: {
    severity: "error",
    say: {
      en: "The program ran into an error of its own while making the report: {why}.",
      ko: "리포트를 만들다가 프로그램 오류가 났습니다: {why}",
    },
    next: {
      en: "Nothing of this report was sent. Run it again; if it fails again, send this message and the file named, if any, to whoever maintains bogo.",
      ko: "이 리포트는 발송되지 않았습니다. 다시 실행해 보고, 또 실패하면 이 메시지와 (표시된 파일이 있으면) 그 파일을 bogo 담당자에게 보내세요.",
    },
  },
  COMMAND_UNEXPECTED: {
    severity: "error",
    say: {
      en: "The program ran into an error of its own and stopped: {why}.",
      ko: "프로그램 오류가 나서 중단되었습니다: {why}",
    },
    next: {
      en: "`bogo history` shows what was sent; running again sends nothing twice. If it fails again, send the lines below to whoever maintains bogo.",
      ko: "무엇이 발송되었는지는 `bogo history`에 있습니다. 다시 실행해도 같은 메일이 두 번 나가지는 않습니다. 또 실패하면 아래 내용을 bogo 담당자에게 보내세요.",
    },
  },
  LOAD_LINK_REFUSED: {
    severity: "error",
    say: {
      en: "{file} is a link to another place or lies behind one. Links are not followed, so it was not read.",
      ko: "{file:은/는} 다른 위치를 가리키는 링크이거나 링크를 거친 파일이라 읽지 않았습니다.",
    },
    next: {
      en: "Put the file itself into the inbox. The other files are loaded.",
      ko: "파일 자체를 inbox에 넣으세요. 다른 파일은 그대로 불러옵니다.",
    },
  },
  LOAD_CUT_OFF: {
    severity: "error",
    say: {
      en: "{file} breaks off in the middle of line {line}, so it holds less than it says. It was not loaded.",
      ko: "{file:이/가} {line}번째 줄 중간에서 끊겨 일부 데이터가 없습니다. 불러오지 않았습니다.",
    },
    next: {
      en: "Download it again and put it in place of this one. The other files are loaded.",
      ko: "다시 내려받아 이 파일과 바꾸세요. 다른 파일은 그대로 불러옵니다.",
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
