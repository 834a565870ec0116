import type { ProblemEntry } from "../problem.ts";

/** Problems of whoever runs the program: the ledger's place, its backups, what is erased. */
export const operationProblems = {
  LEDGER_FOOTING: {
    severity: "error",
    say: {
      en: "The ledger would lie in {folder}, on {kind}, which {why}: what was sent could be sent again.",
      ko: "원장이 놓일 {folder:은/는} {kind} 파일 시스템이며 {why}. 이미 보낸 리포트가 다시 발송될 수 있습니다.",
    },
    next: {
      en: "Put the state folder on a local disk or a block volume of this machine. For tests and demos alone, set BOGO_LEDGER_ANYWHERE=1. Nothing was sent.",
      ko: "state 폴더를 로컬 디스크나 블록 볼륨에 두세요. 시험과 데모에서만 BOGO_LEDGER_ANYWHERE=1을 쓸 수 있습니다. 아무것도 발송되지 않았습니다.",
    },
  },
  LEDGER_MISSING: {
    severity: "error",
    say: { en: "There is no ledger at {file}.", ko: "{file}에 원장이 없습니다." },
    next: {
      en: "Check `--home` or BOGO_STATE. If it is lost, `bogo ledger restore <backup>` brings a copy back.",
      ko: "`--home`이나 BOGO_STATE를 확인하세요. 잃어버렸다면 `bogo ledger restore <백업>`으로 되돌릴 수 있습니다.",
    },
  },
  LEDGER_HELD: {
    severity: "error",
    say: {
      en: "Another process has the ledger open, so it was not replaced.",
      ko: "다른 프로세스가 원장을 열고 있어 바꾸지 않았습니다.",
    },
    next: {
      en: "Stop `bogo serve` and whatever else of it runs, then restore again. Nothing was changed.",
      ko: "`bogo serve` 등 실행 중인 프로세스를 멈춘 뒤 다시 되돌리세요. 바뀐 것은 없습니다.",
    },
  },
  LEDGER_BACKUP_UNFIT: {
    severity: "error",
    say: { en: "{file} cannot be restored: {why}.", ko: "{file:을/를} 되돌릴 수 없습니다: {why}" },
    next: {
      en: "Choose another backup; those made by themselves lie in `backup` of the state folder. Nothing was changed.",
      ko: "다른 백업을 고르세요. 자동 백업은 state 폴더의 `backup`에 있습니다. 바뀐 것은 없습니다.",
    },
  },
  LEDGER_DAMAGED: {
    severity: "error",
    say: { en: "The ledger is damaged: {why}.", ko: "원장이 손상되었습니다: {why}" },
    next: {
      en: "Stop everything that uses it and run `bogo ledger restore` with the newest sound backup.",
      ko: "원장을 쓰는 프로세스를 모두 멈추고 가장 최근의 온전한 백업으로 `bogo ledger restore`를 실행하세요.",
    },
  },
  LEDGER_MAIL_CHANGED: {
    severity: "error",
    say: {
      en: "The stored mail {path} is missing or no longer what was made.",
      ko: "저장된 메일 {path:이/가} 없거나 만들어진 내용과 다릅니다.",
    },
    next: {
      en: "Bring it back from a backup of the state folder. What is queued of it is not sent until then.",
      ko: "state 폴더의 백업에서 되살리세요. 그때까지 대기 중인 발송은 나가지 않습니다.",
    },
  },
  LEDGER_RESTORED: {
    severity: "error",
    say: {
      en: "The ledger is older than what it has sent ({source}, noticed {found} UTC). It may not know of mails that have left, so nothing is sent.",
      ko: "원장이 실제 발송 내역보다 오래되었습니다({source}, {found} UTC 확인). 이미 보낸 메일을 모를 수 있어 발송을 멈췄습니다.",
    },
    next: {
      en: "Compare `bogo history` with the mail server's log, settle what differs, then say `bogo ledger resume --by <name>`.",
      ko: "`bogo history`를 메일 서버 로그와 비교해 차이를 정리한 뒤 `bogo ledger resume --by <이름>`을 실행하세요.",
    },
  },
  CONFIG_KEPT: {
    severity: "warning",
    say: {
      en: "This file has problems, so the one that was accepted on {since} UTC stays in force.",
      ko: "이 파일에 문제가 있어 {since} UTC에 승인된 설정을 그대로 씁니다.",
    },
    next: {
      en: "Mend what is listed; `bogo check` shows whether all is well. Reports go on as before until then.",
      ko: "표시된 문제를 고치고 `bogo check`로 확인하세요. 그때까지 리포트는 이전 설정대로 나갑니다.",
    },
  },
  ERASE_UNKNOWN: {
    severity: "error",
    say: { en: "Nothing is held of a client `{client}`.", ko: "`{client}` 클라이언트에 대해 보관 중인 것이 없습니다." },
    next: {
      en: "Check its name with `bogo history`. Nothing was erased.",
      ko: "`bogo history`로 이름을 확인하세요. 아무것도 지우지 않았습니다.",
    },
  },
  ERASE_CONFIGURED: {
    severity: "error",
    say: {
      en: "{folder} still stands, so what is erased would be loaded again.",
      ko: "{folder:이/가} 남아 있어 지워도 다시 불러오게 됩니다.",
    },
    next: {
      en: "Take the folder out of the config first, then erase. Nothing was erased.",
      ko: "먼저 설정에서 폴더를 빼낸 뒤 지우세요. 아무것도 지우지 않았습니다.",
    },
  },
  ERASE_SENDING: {
    severity: "error",
    say: {
      en: "{count} mail(s) of {client} are leaving at this moment.",
      ko: "{client} 메일 {count}통이 지금 발송되고 있습니다.",
    },
    next: {
      en: "Wait until `bogo history {client}` shows how they ended, then erase. Nothing was erased.",
      ko: "`bogo history {client}`에 결과가 나온 뒤 지우세요. 아무것도 지우지 않았습니다.",
    },
  },
  NOTICE_RUN: {
    severity: "error",
    say: { en: "The report {run} is not made: {why}", ko: "{run} 리포트를 만들지 못했습니다: {why}" },
    next: {
      en: "`bogo history {client}` shows where it stands. Nothing of it was sent.",
      ko: "`bogo history {client}`로 상태를 확인하세요. 이 리포트는 발송되지 않았습니다.",
    },
  },
  NOTICE_MESSAGE: {
    severity: "warning",
    say: {
      en: "The report {run} for {audience} is made and held: {why}",
      ko: "{audience} 대상 {run} 리포트를 만들었으나 보류했습니다: {why}",
    },
    next: {
      en: "`bogo history {client}` shows it. It is not sent until somebody decides.",
      ko: "`bogo history {client}`로 확인하세요. 결정하기 전에는 발송되지 않습니다.",
    },
  },
  NOTICE_UNKNOWN: {
    severity: "error",
    say: {
      en: "Whether {count} mail(s) of {run} to {audience} arrived is not known: the mail server's answer never came.",
      ko: "{audience} 대상 {run} 메일 {count}통의 도착 여부를 알 수 없습니다. 메일 서버의 응답이 오지 않았습니다.",
    },
    next: {
      en: "Look into the mail server's log or ask the readers; `bogo history {client}` names them, each with the number for `bogo resolve`. Nothing is sent again by itself.",
      ko: "메일 서버 로그를 보거나 수신자에게 확인하세요. 수신자와 `bogo resolve`에 쓸 번호는 `bogo history {client}`에 있습니다. 저절로 다시 발송되지 않습니다.",
    },
  },
  NOTICE_FAILED: {
    severity: "error",
    say: {
      en: "{count} mail(s) of {run} to {audience} could not be delivered.",
      ko: "{audience} 대상 {run} 메일 {count}통을 전달하지 못했습니다.",
    },
    next: {
      en: "`bogo history {client}` says whose and why; once that is mended, `bogo resend {run}` sends the stored mail. Other readers are not affected.",
      ko: "`bogo history {client}`에서 수신자와 이유를 확인하고, 원인을 해결한 뒤 `bogo resend {run}`으로 저장된 메일을 보내세요. 다른 수신자에게는 영향이 없습니다.",
    },
  },
  NOTICE_SERVER: {
    severity: "error",
    say: {
      en: "The mail server does not take our mail; {count} deliveries wait. {why}",
      ko: "메일 서버가 메일을 받지 않아 {count}건이 발송을 기다립니다. {why}",
    },
    next: {
      en: "Check `smtp` in agency.yaml and the server. Everything is stored and leaves by itself once the server takes it.",
      ko: "agency.yaml의 `smtp`와 메일 서버를 확인하세요. 모두 저장되어 있으며 서버가 받으면 저절로 발송됩니다.",
    },
  },
  NOTICE_OVERDUE: {
    severity: "error",
    say: {
      en: "{report} {cadence} of the period from {from} was due at {slot} and is neither sent nor held.",
      ko: "{from}에 시작하는 기간의 {report} {cadence} 리포트가 {slot}에 나가야 했지만 발송도 보류도 되지 않았습니다.",
    },
    next: {
      en: "See that `bogo serve` runs, then `bogo history {client}`. `bogo run {client} {report} --cadence {cadence} --period {from}` makes it now.",
      ko: "`bogo serve`가 실행 중인지 보고 `bogo history {client}`를 확인하세요. `bogo run {client} {report} --cadence {cadence} --period {from}`으로 바로 만들 수 있습니다.",
    },
  },
  NOTICE_SKIPPED: {
    severity: "warning",
    say: { en: "The report {run} was left out: {why}", ko: "{run} 리포트를 건너뛰었습니다: {why}" },
    next: {
      en: "Nothing to do, unless readers miss it.",
      ko: "수신자가 찾지 않는다면 할 일은 없습니다.",
    },
  },
  NOTICE_CONFIG: {
    severity: "error",
    say: {
      en: "The config of {client} has {count} error(s). The first: {why}",
      ko: "{client} 설정에 오류가 {count}건 있습니다. 첫 번째: {why}",
    },
    next: {
      en: "`{check}` lists all of them. Until they are mended, what was accepted before stays in force; a new client does not run.",
      ko: "`{check}`로 모두 볼 수 있습니다. 고칠 때까지 이전에 승인된 설정을 그대로 쓰며, 새 클라이언트는 실행되지 않습니다.",
    },
  },
  NOTICE_LACKING: {
    severity: "warning",
    say: { en: "{report}: {what}", ko: "{report}: {what}" },
    next: {
      en: "Download them and drop them into `inbox/{client}/` or `inbox/_shared/`; `bogo check {client}` shows what is still missing.",
      ko: "파일을 내려받아 `inbox/{client}/` 또는 `inbox/_shared/`에 넣으세요. `bogo check {client}`로 남은 파일을 볼 수 있습니다.",
    },
  },
} satisfies Record<string, ProblemEntry>;
