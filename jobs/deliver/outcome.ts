import { nextTry } from "../../transforms/retry.ts";
import type { DueDelivery, Outcome } from "../ledger/ledger.ts";
import { because } from "../ledger/reason.ts";
import type { RecipientOutcome } from "./smtp.ts";

/** What the mail server's answer means for one delivery: whether it is over, and if not, when it is tried again. */
export function toOutcome(
  { address: recipient, outcome, code, text, untrusted }: RecipientOutcome,
  { id, tries, since }: DueDelivery,
  host: string,
  now: string,
): Outcome {
  const said = { code, response: text };
  if (outcome === "accepted") return { state: "accepted", ...said, reason: null };
  if (outcome === "refused")
    return { state: "failed", ...said, reason: because("MAIL_REFUSED", { recipient, answer: text }) };
  if (outcome === "unknown")
    return { state: "unknown", ...said, reason: because("MAIL_UNKNOWN", { recipient, delivery: id }) };
  const next = nextTry({ id, tries: tries + 1, since: since ?? now, now });
  if (next === null) return { state: "failed", ...said, reason: because("MAIL_GIVEN_UP", { recipient, answer: text }) };
  if (untrusted) return { state: "queued", next, ...said, reason: because("MAIL_UNTRUSTED", { host, answer: text }) };
  const reason =
    code === null
      ? because("MAIL_CONNECTION", { host, answer: text })
      : because("MAIL_DEFERRED", { recipient, answer: text, next: `${next.slice(0, 16).replace("T", " ")} UTC` });
  return { state: "queued", next, ...said, reason };
}
