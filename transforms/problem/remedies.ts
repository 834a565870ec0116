import type { ProblemEntry } from "../problem.ts";

/** Problems of mail that does not simply arrive, and of the commands by which persons settle it. */
export const remedyProblems = {
  MAIL_REPEATED: {
    severity: "warning",
    say: {
      en: "The whole message for {recipient} left, but the mail server's answer never came. It is sent once more, the same bytes under the same Message-ID, as `unknown: resend_once` says.",
      ko: "{recipient}에게 보낸 메시지는 모두 전송되었지만 메일 서버의 응답이 오지 않았습니다. `unknown: resend_once` 설정에 따라 같은 내용을 같은 Message-ID로 한 번 더 보냅니다.",
    },
    next: {
      en: "Nothing to do. The reader may get two equal copies, most mail programs show one. `bogo hold` with the run stops the second.",
      ko: "할 일은 없습니다. 수신자가 같은 메일을 두 번 받을 수 있으나 대개 하나로 보입니다. `bogo hold`로 두 번째 발송을 멈출 수 있습니다.",
    },
  },
  MAIL_GIVEN_UP: {
    severity: "error",
    say: {
      en: "For 24 hours the mail for {recipient} could not be delivered. The last answer: {answer}.",
      ko: "24시간 동안 {recipient}에게 메일을 보내지 못했습니다. 마지막 응답: {answer}",
    },
    next: {
      en: "Mend the cause (`smtp` in agency.yaml, or the reader's mailbox), then `bogo resend` with the run sends the stored mail.",
      ko: "원인(agency.yaml의 `smtp` 또는 받는 쪽 메일함)을 해결한 뒤 `bogo resend`로 저장된 메일을 보내세요.",
    },
  },
  MAIL_SUPERSEDED: {
    severity: "warning",
    say: {
      en: "A correction of this report was made before this mail left, so it was not sent.",
      ko: "이 메일이 나가기 전에 정정본이 만들어져 보내지 않았습니다.",
    },
    next: {
      en: "Nothing to do: the correction is what readers get.",
      ko: "할 일은 없습니다. 수신자는 정정본을 받습니다.",
    },
  },
  MAIL_UNTRUSTED: {
    severity: "error",
    say: {
      en: "The mail server {host} gives no encrypted line that can be trusted: {answer}. Neither password nor mail was sent.",
      ko: "메일 서버 {host:과/와} 신뢰할 수 있는 암호화 연결을 맺을 수 없습니다: {answer}. 비밀번호도 메일도 보내지 않았습니다.",
    },
    next: {
      en: "Check `host` and `port` under `smtp` in agency.yaml and the server's certificate. The mail is stored and stays queued.",
      ko: "agency.yaml의 `smtp`에서 `host`와 `port`를, 그리고 서버의 인증서를 확인하세요. 메일은 저장되어 발송 대기 상태로 남습니다.",
    },
  },
  MAIL_STAMP: {
    severity: "error",
    say: {
      en: "The stored message {path} belongs to {run}, but its {part} says {found}. Nothing of it was sent.",
      ko: "저장된 메시지 {path:은/는} {run}의 것인데 {part}에는 {found:으로/로} 적혀 있습니다. 아무것도 보내지 않았습니다.",
    },
    next: {
      en: "Figures of another client or period may be inside: do not forward it. Tell whoever maintains bogo; `bogo run` with `--correct`, or a new run, makes it anew.",
      ko: "다른 클라이언트나 기간의 수치가 들어 있을 수 있으니 전달하지 마세요. bogo 담당자에게 알리고 `bogo run`에 `--correct`를 붙여 새로 만드세요.",
    },
  },
  DELIVERY_TOO_LARGE: {
    severity: "warning",
    say: {
      en: "The mail for {audience} would have {size} MB, more than the {limit} MB of `size_limit`. It goes without {files}, and says so.",
      ko: "{audience} 메일이 {size}MB로 `size_limit`의 {limit}MB를 넘어 {files} 없이 보내며, 메일에 그 사실을 적었습니다.",
    },
    next: {
      en: "The files lie in {folder}. Send them another way, ask for fewer `formats`, or raise `size_limit` in agency.yaml.",
      ko: "파일은 {folder}에 있습니다. 다른 방법으로 전달하거나 `formats`를 줄이거나 agency.yaml의 `size_limit`를 올리세요.",
    },
  },
  APPROVAL_NEEDED: {
    severity: "warning",
    say: {
      en: "The mail is made and waits for {person} to approve it. Nothing was sent to its readers.",
      ko: "메일을 만들었고 {person}의 승인을 기다립니다. 수신자에게는 보내지 않았습니다.",
    },
    next: {
      en: "Look at the mail, then `bogo approve {run}` sends exactly these bytes.",
      ko: "메일을 확인한 뒤 `bogo approve {run}`을 실행하면 바로 그 내용이 발송됩니다.",
    },
  },
  MAIL_HELD: {
    severity: "warning",
    say: { en: "A person holds this mail back.", ko: "담당자가 이 메일을 보류했습니다." },
    next: { en: "`bogo approve {run}` lets it go.", ko: "`bogo approve {run}`으로 발송할 수 있습니다." },
  },
  RUN_NAME_UNKNOWN: {
    severity: "error",
    say: { en: "The ledger holds no run `{found}`.", ko: "원장에 `{found}` 실행이 없습니다." },
    next: {
      en: "`bogo history` lists the runs: use the number in the first column.",
      ko: "`bogo history`의 첫 열에 있는 번호를 쓰세요.",
    },
  },
  RUN_REPLACED: {
    severity: "error",
    say: {
      en: "{newer} has taken the place of {run}, which is not sent any more. Nothing was changed.",
      ko: "{run:은/는} {newer:으로/로} 대체되어 더 이상 발송하지 않습니다. 바뀐 것은 없습니다.",
    },
    next: { en: "Use {newer} instead.", ko: "{newer:을/를} 대신 쓰세요." },
  },
  APPROVE_NOTHING: {
    severity: "error",
    say: { en: "No mail of {run} is held.", ko: "{run}에 보류된 메일이 없습니다." },
    next: { en: "`bogo history` shows what became of it.", ko: "`bogo history`에서 상태를 확인하세요." },
  },
  HOLD_NOTHING: {
    severity: "error",
    say: {
      en: "No mail of {run} is still on its way, so nothing can be held back.",
      ko: "{run}에는 발송 대기 중인 메일이 없어 보류할 것이 없습니다.",
    },
    next: {
      en: "`bogo history` shows what became of it. What was sent can be corrected: `bogo run` with `--correct`.",
      ko: "`bogo history`에서 상태를 확인하세요. 이미 보낸 리포트는 `bogo run`에 `--correct`를 붙여 정정할 수 있습니다.",
    },
  },
  RESOLVE_UNKNOWN: {
    severity: "error",
    say: { en: "There is no delivery {found}.", ko: "발송 {found:이/가} 없습니다." },
    next: {
      en: "`bogo history` shows the number beside each delivery whose outcome is unknown.",
      ko: "`bogo history`에 결과를 모르는 발송의 번호가 표시됩니다.",
    },
  },
  RESOLVE_SETTLED: {
    severity: "error",
    say: {
      en: "The outcome of delivery {delivery} to {recipient} is not unknown: it is {state}. Nothing was changed.",
      ko: "{recipient}에게 보낸 발송 {delivery:은/는} 확인이 필요한 상태가 아닙니다(현재 {state}). 바뀐 것은 없습니다.",
    },
    next: {
      en: "To send it again on purpose: `bogo resend {run} --to {recipient}`.",
      ko: "일부러 다시 보내려면 `bogo resend {run} --to {recipient}`를 실행하세요.",
    },
  },
  RESOLVE_HOW: {
    severity: "error",
    say: {
      en: "Say what became of delivery {delivery}: it arrived, or it is to be sent again.",
      ko: "발송 {delivery}의 결과를 정해 주세요. 도착했거나, 다시 보내야 합니다.",
    },
    next: {
      en: "`bogo resolve {delivery} --sent` or `bogo resolve {delivery} --resend`, one of the two.",
      ko: "`bogo resolve {delivery} --sent`와 `bogo resolve {delivery} --resend` 중 하나를 쓰세요.",
    },
  },
  RESEND_NOTHING: {
    severity: "error",
    say: {
      en: "Nothing of {run} has ended, so nothing can be sent again: it waits, is held or is on its way.",
      ko: "{run}에는 끝난 발송이 없어 다시 보낼 것이 없습니다. 대기, 보류 또는 발송 중입니다.",
    },
    next: {
      en: "`bogo history` shows its state; `bogo approve {run}` releases what is held.",
      ko: "`bogo history`에서 상태를 확인하세요. 보류된 메일은 `bogo approve {run}`으로 보냅니다.",
    },
  },
  RESEND_NOT_RECIPIENT: {
    severity: "error",
    say: {
      en: "{found} did not get {run}, and stored mail goes to its own recipients only.",
      ko: "{found:은/는} {run}의 수신자가 아닙니다. 저장된 메일은 원래 수신자에게만 다시 보낼 수 있습니다.",
    },
    next: {
      en: "Its recipients: {known}. For somebody else, `bogo run` with `--to` makes a test send.",
      ko: "수신자: {known}. 다른 사람에게는 `bogo run`의 `--to`로 시험 발송을 하세요.",
    },
  },
  CORRECT_NOT_SENT: {
    severity: "error",
    say: {
      en: "{report}, {period}, has not been sent to anybody, so there is nothing to correct.",
      ko: "{report}의 {period} 리포트는 아직 아무에게도 발송되지 않아 정정할 것이 없습니다.",
    },
    next: {
      en: "Run it without `--correct`. Nothing was sent.",
      ko: "`--correct` 없이 실행하세요. 아무것도 발송되지 않았습니다.",
    },
  },
  CORRECT_SAME: {
    severity: "error",
    say: {
      en: "The report says today exactly what was sent as {run}, so no correction was made.",
      ko: "지금 만든 리포트가 이미 보낸 {run:과/와} 똑같아 정정본을 만들지 않았습니다.",
    },
    next: {
      en: "Put the export with the right figures into the inbox and run again. To send the same mail again: `bogo resend {run}`.",
      ko: "바른 수치의 파일을 inbox에 넣고 다시 실행하세요. 같은 메일을 다시 보내려면 `bogo resend {run}`을 쓰세요.",
    },
  },
  MAIL_DKIM_KEY: {
    severity: "error",
    say: {
      en: "`dkim.private_key` of agency.yaml holds no private key that mail can be signed with: {why}.",
      ko: "agency.yaml의 `dkim.private_key`가 서명에 쓸 수 있는 개인 키가 아닙니다: {why}",
    },
    next: {
      en: "Put the RSA key in PEM form (`-----BEGIN PRIVATE KEY-----`) where the reference points. Nothing was sent.",
      ko: "참조가 가리키는 곳에 PEM 형식의 RSA 키(`-----BEGIN PRIVATE KEY-----`)를 넣으세요. 아무것도 발송되지 않았습니다.",
    },
  },
  MAIL_TOKEN_URL: {
    severity: "error",
    say: {
      en: "`smtp.oauth2.url` is no https address, so the client's secret would travel in clear. Nothing was sent.",
      ko: "`smtp.oauth2.url`이 https 주소가 아니어서 비밀 값이 암호화 없이 전송될 수 있습니다. 아무것도 발송되지 않았습니다.",
    },
    next: {
      en: "Write the token address of your mail provider, beginning with `https://`.",
      ko: "메일 서비스의 토큰 주소를 `https://`로 시작하도록 쓰세요.",
    },
  },
} satisfies Record<string, ProblemEntry>;
