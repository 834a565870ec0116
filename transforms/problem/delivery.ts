import type { ProblemEntry } from "../problem.ts";

/** Problems on the way to the reader: addresses, SMTP, the stored mail, the ledger. */
export const deliveryProblems = {
  MAIL_CONNECTION: {
    severity: "error",
    say: {
      en: "The mail server {host} could not be reached or did not take the message: {answer}.",
      ko: "메일 서버 {host}에 연결할 수 없거나 서버가 메시지를 받지 않았습니다: {answer}",
    },
    next: {
      en: "Nothing is lost: the mail is stored, and running the same command again sends it. If it keeps failing, check `smtp` in agency.yaml.",
      ko: "유실된 것은 없습니다. 메일은 저장되어 있으며 같은 명령을 다시 실행하면 보냅니다. 계속 실패하면 agency.yaml의 `smtp`를 확인하세요.",
    },
  },
  MAIL_DEFERRED: {
    severity: "warning",
    say: {
      en: "The mail server put {recipient} off: {answer}.",
      ko: "메일 서버가 {recipient} 수신을 잠시 미뤘습니다: {answer}",
    },
    next: {
      en: "Nothing is lost: the mail is stored, and running the same command again, best after {next}, sends it.",
      ko: "유실된 것은 없습니다. 메일은 저장되어 있으니 {next} 이후에 같은 명령을 다시 실행하세요.",
    },
  },
  MAIL_REFUSED: {
    severity: "error",
    say: {
      en: "The mail server refuses {recipient} for good: {answer}.",
      ko: "메일 서버가 {recipient} 수신을 거절했습니다: {answer}",
    },
    next: {
      en: "Check the address under `recipients` and ask the reader's mail administrator. Other recipients are not affected.",
      ko: "`recipients`의 주소를 확인하고 받는 쪽 메일 관리자에게 문의하세요. 다른 수신자에게는 영향이 없습니다.",
    },
  },
  MAIL_UNKNOWN: {
    severity: "error",
    say: {
      en: "The whole message for {recipient} left, but the mail server's answer never came: it may have arrived or not.",
      ko: "{recipient}에게 보낸 메시지는 모두 전송되었지만 메일 서버의 응답이 오지 않았습니다. 도착했을 수도, 아닐 수도 있습니다.",
    },
    next: {
      en: "It is held so that nobody gets it twice. Ask the reader or look into the mail server's log, then say `bogo resolve {delivery} --sent` or `bogo resolve {delivery} --resend`.",
      ko: "중복 발송을 막기 위해 보류했습니다. 수신자에게 확인하거나 메일 서버 로그를 살펴본 뒤 `bogo resolve {delivery} --sent` 또는 `bogo resolve {delivery} --resend`를 실행하세요.",
    },
  },
  MAIL_DOMAIN: {
    severity: "error",
    say: {
      en: "{recipient} is outside the mail domains that reports of {client} may go to ({allowed}). Nothing was sent there.",
      ko: "{recipient:은/는} {client} 리포트를 받을 수 있는 도메인({allowed})이 아니므로 보내지 않았습니다.",
    },
    next: {
      en: "Correct the address, or add its domain to `domains` of {client} in agency.yaml.",
      ko: "주소를 고치거나 agency.yaml의 `domains`에서 {client} 항목에 도메인을 추가하세요.",
    },
  },
  MAIL_ADDRESS: {
    severity: "error",
    say: { en: "`{found}` is no single mail address.", ko: "`{found:은/는}` 하나의 메일 주소가 아닙니다." },
    next: {
      en: "Write `name@domain.example` or `Name <name@domain.example>`, one address an entry.",
      ko: "`name@domain.example` 또는 `이름 <name@domain.example>` 형식으로 한 항목에 한 주소만 쓰세요.",
    },
  },
  MAIL_TLS: {
    severity: "error",
    say: {
      en: "`smtp.tls: none` would send mail and password in clear to {host}. It is only for a server on this machine.",
      ko: "`smtp.tls: none`이면 {host:으로/로} 메일과 비밀번호가 암호화 없이 전송됩니다. 같은 컴퓨터의 서버에만 쓸 수 있습니다.",
    },
    next: {
      en: "Remove `tls: none` from `smtp` in agency.yaml. Nothing was sent; the deliveries stay queued.",
      ko: "agency.yaml의 `smtp`에서 `tls: none`을 지우세요. 아무것도 발송되지 않았으며 대기 상태로 남습니다.",
    },
  },
  MAIL_CHANGED: {
    severity: "error",
    say: {
      en: "The stored message {path} is missing or not the one that was made. It was not sent.",
      ko: "저장된 메시지 {path:이/가} 없거나 만들어진 내용과 다릅니다. 보내지 않았습니다.",
    },
    next: {
      en: "Find out who changed the state folder, then restore the file from its backup, or make it anew: `bogo run` with `--correct`.",
      ko: "state 폴더를 누가 바꾸었는지 확인한 뒤, 백업에서 파일을 되살리거나 `bogo run`에 `--correct`를 붙여 새로 만드세요.",
    },
  },
  MAIL_TOO_BIG: {
    severity: "error",
    say: {
      en: "The message for {audience} has {size} bytes, more than the {limit} of `size_limit`, even without its files. It is held.",
      ko: "{audience} 메시지가 {size}바이트로, 첨부 없이도 `size_limit`의 {limit}바이트를 넘어 보류했습니다.",
    },
    next: {
      en: "Show fewer sections to this audience, then make it anew with `bogo run` and `--correct`. `bogo approve` sends it as it is.",
      ko: "이 수신자 그룹에 보여 줄 섹션을 줄인 뒤 `bogo run`에 `--correct`를 붙여 새로 만드세요. `bogo approve`를 쓰면 그대로 보냅니다.",
    },
  },
  LEDGER_NEWER: {
    severity: "error",
    say: {
      en: "The ledger has version {version}; this program knows versions up to {known}. It was not touched.",
      ko: "원장 버전은 {version}인데 이 프로그램은 {known}까지만 압니다. 원장은 그대로입니다.",
    },
    next: { en: "Start the newer program that wrote it.", ko: "원장을 기록한 더 새로운 프로그램으로 실행하세요." },
  },
  LEDGER_BUSY: {
    severity: "error",
    say: {
      en: "Another process has held {name} for {seconds} seconds.",
      ko: "다른 프로세스가 {name:을/를} {seconds}초 동안 사용하고 있습니다.",
    },
    next: {
      en: "Wait until it ends, then run again. Nothing was changed.",
      ko: "끝난 뒤 다시 실행하세요. 바뀐 것은 없습니다.",
    },
  },
  INBOX_NOT_INSTALLED: {
    severity: "error",
    say: { en: "The web inbox is not installed.", ko: "웹 메일함이 설치되어 있지 않습니다." },
    next: {
      en: "Run `npm ci` (without `--omit=dev`), then again.",
      ko: "`npm ci`를 (`--omit=dev` 없이) 실행한 뒤 다시 시도하세요.",
    },
  },
  INBOX_EMPTY: {
    severity: "error",
    say: { en: "No mail lies in {folder}.", ko: "{folder}에 메일이 없습니다." },
    next: { en: "Run `npm run demo` first.", ko: "먼저 `npm run demo`를 실행하세요." },
  },
} satisfies Record<string, ProblemEntry>;
