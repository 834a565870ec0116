import type { ProblemEntry } from "../problem.ts";

/** Problems on the way to the reader: addresses, SMTP, the ledger. */
export const deliveryProblems = {
  MAIL_CONNECTION: {
    severity: "error",
    say: { en: "The mail server {host} did not take the message: {answer}.", ko: "메일 서버 {host:이/가} 메시지를 받지 않았습니다: {answer}" },
    next: { en: "Nothing is lost: the delivery stays queued and the next run sends it. Check `smtp` in agency.yaml.", ko: "유실된 것은 없습니다. 발송은 대기 상태로 남아 다음 실행 때 보냅니다. agency.yaml의 `smtp`를 확인하세요." },
  },
} satisfies Record<string, ProblemEntry>;
