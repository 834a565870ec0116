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
  RUN_LACKING: {
    severity: "error",
    say: { en: "{report} lacks exports:\n{what}", ko: "{report} 리포트에 필요한 파일이 부족합니다:\n{what}" },
    next: {
      en: "Drop them into `inbox/{client}/` or `inbox/_shared/`: the report is then sent by itself. `bogo run` sends it as it is, and says what is missing. Nothing was sent.",
      ko: "파일을 `inbox/{client}/` 또는 `inbox/_shared/`에 넣으면 저절로 발송됩니다. `bogo run`을 쓰면 빠진 내용을 밝히고 지금 상태로 보냅니다. 아무것도 발송되지 않았습니다.",
    },
  },
  RUN_QUIET: {
    severity: "warning",
    say: {
      en: "It is late, and at this hour nothing late is sent: it waits until {until}.",
      ko: "예정보다 늦은 리포트이고 지금은 발송을 쉬는 시간이라 {until}까지 기다립니다.",
    },
    next: {
      en: "Nothing to do. `quiet` in client.yaml sets the hours; `bogo run` sends it now.",
      ko: "할 일은 없습니다. 시간은 client.yaml의 `quiet`로 정하며, `bogo run`을 쓰면 바로 보냅니다.",
    },
  },
  RUN_PAUSED: {
    severity: "warning",
    say: { en: "It is paused over the whole of this period.", ko: "이 기간 전체가 중지(`paused`)로 정해져 있습니다." },
    next: {
      en: "Nothing to do. `bogo run` or `bogo backfill` sends it all the same.",
      ko: "할 일은 없습니다. 그래도 보내려면 `bogo run`이나 `bogo backfill`을 쓰세요.",
    },
  },
  RUN_SUPERSEDED: {
    severity: "warning",
    say: {
      en: "It was not sent at {slot} UTC, and when that was seen a newer one was due, which took its place.",
      ko: "{slot} UTC에 보내지 못했고, 확인했을 때는 더 새로운 리포트가 예정되어 그것만 보냈습니다.",
    },
    next: {
      en: "`bogo backfill` with the period sends it after all; `misfire: run_all` sends all of them in future.",
      ko: "`bogo backfill`에 기간을 지정하면 보낼 수 있습니다. 앞으로 모두 보내려면 `misfire: run_all`로 설정하세요.",
    },
  },
  RUN_MISSED: {
    severity: "warning",
    say: {
      en: "It was not sent at {slot} UTC, and `misfire: skip` says that it is not sent late.",
      ko: "{slot} UTC에 보내지 못했고, `misfire: skip` 설정에 따라 늦게 보내지 않습니다.",
    },
    next: {
      en: "`bogo backfill` with the period sends it after all.",
      ko: "그래도 보내려면 `bogo backfill`에 기간을 지정하세요.",
    },
  },
  RUN_TOO_LATE: {
    severity: "warning",
    say: {
      en: "It was not sent at {slot} UTC, and when that was seen it was too old to be sent by itself.",
      ko: "{slot} UTC에 보내지 못했고, 확인했을 때는 너무 오래되어 저절로 보내지 않습니다.",
    },
    next: {
      en: "`bogo backfill` with the period sends it after all.",
      ko: "그래도 보내려면 `bogo backfill`에 기간을 지정하세요.",
    },
  },
  RUN_REPORT_GONE: {
    severity: "warning",
    say: {
      en: "The client's config has no such report any more, so it was not made.",
      ko: "클라이언트 설정에 이 리포트가 더 이상 없어 만들지 않았습니다.",
    },
    next: {
      en: "Nothing to do. Put the report back into client.yaml and use `bogo backfill` if it is still wanted.",
      ko: "할 일은 없습니다. 아직 필요하면 client.yaml에 다시 넣고 `bogo backfill`을 쓰세요.",
    },
  },
  RUN_KEEPS_ENDING: {
    severity: "error",
    say: {
      en: "{tries} times the process ended while it made this report, by itself or by somebody's hand. It is held.",
      ko: "이 리포트를 만드는 동안 프로세스가 {tries}번 종료되어 보류했습니다.",
    },
    next: {
      en: "`bogo run … --dry-run` shows what happens: too little memory is the usual cause. Other reports go on; it is tried again in an hour, and when its exports change.",
      ko: "`bogo run … --dry-run`으로 원인을 확인하세요. 대개 메모리 부족입니다. 다른 리포트는 계속 발송되며, 한 시간 뒤 그리고 파일이 바뀌면 다시 시도합니다.",
    },
  },
  BACKFILL_ORDER: {
    severity: "error",
    say: { en: "`--from {from}` comes after `--to {to}`.", ko: "`--from {from}`이 `--to {to}`보다 뒤입니다." },
    next: {
      en: "Name the earlier period first. Nothing was sent.",
      ko: "앞선 기간을 먼저 쓰세요. 아무것도 발송되지 않았습니다.",
    },
  },
  BACKFILL_NOT_OVER: {
    severity: "error",
    say: { en: "The period {to} is not over yet.", ko: "{to} 기간은 아직 끝나지 않았습니다." },
    next: {
      en: "The newest complete one begins on {newest}: `--to {newest}`. Nothing was sent.",
      ko: "끝난 기간 중 가장 최근은 {newest}에 시작합니다: `--to {newest}`. 아무것도 발송되지 않았습니다.",
    },
  },
  EXPORT_FOREIGN: {
    severity: "error",
    say: {
      en: "{folder} holds an extract of {owner}, not of {client}.",
      ko: "{folder}에는 {client}의 것이 아니라 {owner}의 추출 파일이 있습니다.",
    },
    next: {
      en: "Name a folder of its own with `--to`. Nothing was written.",
      ko: "`--to`로 다른 폴더를 지정하세요. 아무것도 쓰지 않았습니다.",
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
  DISK_REFUSED: {
    severity: "error",
    say: {
      en: "The disk did not take what had to be written: {why}.",
      ko: "디스크에 기록하지 못했습니다: {why}",
    },
    next: {
      en: "Free space where state/ and the temporary folder lie, or see to the disk, and run again: what was written before is whole, and nothing is sent twice.",
      ko: "state/ 폴더와 임시 폴더가 있는 디스크의 공간을 비우거나 디스크를 점검한 뒤 다시 실행하세요. 그 전에 기록된 내용은 온전하며, 같은 메일이 두 번 나가지는 않습니다.",
    },
  },
  WAREHOUSE_FOREIGN: {
    severity: "error",
    say: {
      en: "What should be this client's warehouse holds the figures of {owner}. It was not used.",
      ko: "이 클라이언트의 것이어야 할 데이터 파일에 {owner}의 수치가 들어 있어 사용하지 않았습니다.",
    },
    next: {
      en: "Put the files of state/warehouse/ back under their own names. Where one is lost, move the wrong file away and say `bogo rebuild`: the archive has every export.",
      ko: "state/warehouse/의 파일들을 원래 이름으로 되돌리세요. 없어진 파일이 있으면 잘못된 파일을 치운 뒤 `bogo rebuild`를 실행하세요. 원본 파일은 모두 보관되어 있습니다.",
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
  LOAD_HELD: {
    severity: "error",
    say: {
      en: "{file} waits for a person and was not loaded yet. {why}",
      ko: "{file:은/는} 확인이 필요해 아직 불러오지 않았습니다. {why}",
    },
    next: {
      en: "Look at it with `bogo inspect`. If it is right, say `bogo accept {hold}` and the next run loads it; if not, download it again and put it in this one's place. What was loaded before stays as it is.",
      ko: "`bogo inspect`로 확인하세요. 맞으면 `bogo accept {hold}`로 승인하면 다음 실행 때 불러옵니다. 아니면 다시 내려받아 바꾸세요. 전에 불러온 수치는 그대로입니다.",
    },
  },
  CHECK_WILL_WAIT: {
    severity: "warning",
    say: {
      en: "Waits for a person when it is loaded: {files}. {why}",
      ko: "불러올 때 확인이 필요한 파일: {files}. {why}",
    },
    next: {
      en: "`bogo preview {client}` loads what is there and gives it a number; `bogo accept` with that number lets it in. Better now than when the report is due.",
      ko: "`bogo preview {client}`로 불러오면 번호가 생기고, `bogo accept 번호`로 승인합니다. 발송 시각 전에 미리 해 두세요.",
    },
  },
  LOAD_REPLACES_LESS: {
    severity: "error",
    say: {
      en: "It would take away figures that were there before: {what}.",
      ko: "전에 있던 수치가 빠지거나 줄어듭니다: {what}.",
    },
    next: {
      en: "Compare it with the platform's own screen. A download that broke off or a filter left on looks like this.",
      ko: "매체 화면과 비교하세요. 다운로드가 끊겼거나 필터가 남아 있으면 이렇게 됩니다.",
    },
  },
  LOAD_FORMAT_UNSEEN: {
    severity: "error",
    say: {
      en: "Its form, {format}, is known from descriptions only, and nobody here has confirmed yet that it is read rightly.",
      ko: "{format} 형식은 설명 자료로만 알려져 있고, 아직 아무도 제대로 읽히는지 확인하지 않았습니다.",
    },
    next: {
      en: "Compare the sums that `bogo inspect` shows with the platform's screen. Accepting one file confirms the form for all.",
      ko: "`bogo inspect`의 합계를 매체 화면과 비교하세요. 한 파일을 승인하면 이 형식 전체가 확인됩니다.",
    },
  },
  LOAD_OWNER_UNSAID: {
    severity: "error",
    say: {
      en: "It names no account; because of where it lies it was taken for the source `{source}`.",
      ko: "파일에 계정이 없어, 놓인 위치에 따라 소스 `{source}`의 파일로 보았습니다.",
    },
    next: {
      en: "Compare its figures with that account's screen. Accepting one file confirms it for all that come the same way.",
      ko: "수치를 그 계정의 화면과 비교하세요. 한 파일을 승인하면 같은 방식으로 들어오는 파일이 모두 확인됩니다.",
    },
  },
  DROP_ACCOUNT_UNSAID: {
    severity: "error",
    say: {
      en: "{file} is a file of {platform} that names no account, so nobody can say whose it is. It was not loaded.",
      ko: "{file:은/는} 계정이 적혀 있지 않은 {platform} 파일이라 어느 광고주의 것인지 알 수 없습니다. 불러오지 않았습니다.",
    },
    next: {
      en: "Put it into its client's own inbox: {folders}. The other files are loaded.",
      ko: "해당 광고주의 inbox로 옮기세요: {folders}. 다른 파일은 그대로 불러옵니다.",
    },
  },
  DROP_ACCOUNT_UNKNOWN: {
    severity: "error",
    say: {
      en: "{file} is of the {platform} account {account}, which no client's source names. It was not loaded.",
      ko: "{file:은/는} {platform} 계정 {account}의 파일인데, 이 계정을 쓰는 소스가 없습니다. 불러오지 않았습니다.",
    },
    next: {
      en: 'Write `account: "{account}"` at the client\'s source. Nearest account known: {nearest}. The other files are loaded.',
      ko: '해당 광고주의 소스에 `account: "{account}"`를 적으세요. 가장 비슷한 계정: {nearest}. 다른 파일은 그대로 불러옵니다.',
    },
  },
  DROP_NO_SOURCE: {
    severity: "error",
    say: {
      en: "{file} is a file of {platform}, of which the client has no source. It was not loaded.",
      ko: "{file:은/는} {platform} 파일인데 이 광고주에는 해당 소스가 없습니다. 불러오지 않았습니다.",
    },
    next: {
      en: "Add `{ platform: {platform}, files: …, account: … }` to the sources of a channel in client.yaml.",
      ko: "client.yaml의 채널 sources에 `{ platform: {platform}, files: …, account: … }`를 추가하세요.",
    },
  },
  DROP_SEVERAL_SOURCES: {
    severity: "error",
    say: {
      en: "{file} may belong to several sources: {sources}. It was not loaded.",
      ko: "{file:은/는} 여러 소스({sources})에 해당할 수 있어 불러오지 않았습니다.",
    },
    next: {
      en: "Put it into the folder of its source, or write `platform:` and `account:` at these sources.",
      ko: "해당 소스의 폴더에 넣거나, 이 소스들에 `platform:`과 `account:`를 적으세요.",
    },
  },
  DROP_MIXED: {
    severity: "error",
    say: {
      en: "{file} holds tables of several platforms or accounts ({platforms}; {account}). It was not loaded.",
      ko: "{file}에 여러 매체나 계정이 섞여 있습니다({platforms}; {account}). 불러오지 않았습니다.",
    },
    next: {
      en: "Export each account apart.",
      ko: "계정별로 나누어 내려받으세요.",
    },
  },
  ADD_CLIENT_SLUG: {
    severity: "error",
    say: { en: "`{found}` cannot be a client's name.", ko: "`{found:은/는}` 클라이언트 이름으로 쓸 수 없습니다." },
    next: {
      en: "Use small letters, digits and single hyphens, such as `hanbit-coffee`. Nothing was written.",
      ko: "`hanbit-coffee`처럼 영문 소문자, 숫자, 하이픈만 쓰세요. 아무것도 쓰지 않았습니다.",
    },
  },
  ADD_CLIENT_EXISTS: {
    severity: "error",
    say: { en: "There is a client `{client}` already: {file}.", ko: "`{client}` 클라이언트가 이미 있습니다: {file}" },
    next: {
      en: "Add the sources to that file, or choose another name. Nothing was written.",
      ko: "그 파일에 소스를 추가하거나 다른 이름을 쓰세요. 아무것도 쓰지 않았습니다.",
    },
  },
  ADD_CLIENT_NO_FOLDER: {
    severity: "error",
    say: { en: "There is no folder {folder}.", ko: "{folder} 폴더가 없습니다." },
    next: {
      en: "Name a folder that holds exports of the client. Nothing was written.",
      ko: "그 광고주의 파일이 있는 폴더를 적으세요. 아무것도 쓰지 않았습니다.",
    },
  },
  ADD_CLIENT_NO_PERSON: {
    severity: "error",
    say: { en: "agency.yaml has nobody called `{found}`.", ko: "agency.yaml의 people에 `{found:이/가}` 없습니다." },
    next: {
      en: "Name an account executive with `--ae`: {known}. Nothing was written.",
      ko: "`--ae`로 담당자를 정하세요: {known}. 아무것도 쓰지 않았습니다.",
    },
  },
  ADD_CLIENT_NOTHING: {
    severity: "error",
    say: {
      en: "No export in {folder} tells of a new client.",
      ko: "{folder}에서 새 클라이언트의 파일을 찾지 못했습니다.",
    },
    next: {
      en: "Put exports there as the platforms give them; `bogo inspect` shows what is seen in each. Nothing was written.",
      ko: "매체에서 받은 파일을 그대로 넣으세요. `bogo inspect`로 파일마다 무엇이 보이는지 확인할 수 있습니다. 아무것도 쓰지 않았습니다.",
    },
  },
  ACCEPT_UNKNOWN: {
    severity: "error",
    say: {
      en: "No file waits under the number {ids}. Nothing was accepted.",
      ko: "{ids}번으로 기다리는 파일이 없습니다. 아무것도 승인하지 않았습니다.",
    },
    next: {
      en: "Numbers that wait: {known}. `bogo accept` without a number lists them.",
      ko: "기다리는 번호: {known}. 번호 없이 `bogo accept`를 쓰면 목록이 나옵니다.",
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
