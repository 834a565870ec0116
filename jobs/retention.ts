import type { Agency } from "../config/config.ts";
import { later } from "./clock.ts";
import type { MailStore } from "./deliver/store.ts";
import type { Ledger } from "./ledger/ledger.ts";
import type { Erased } from "./ledger/operations.ts";

/** Days that an address is kept after its delivery ended. */
const addressDays = 400;

/**
 * Erases what has been kept long enough: stored mails after the agency's days, addresses after 400. Figures stay. For
 * each tick: it looks once a day.
 */
export async function applyRetention(
  now: string,
  { ledger, store, agency }: { ledger: Ledger; store: MailStore; agency: Pick<Agency, "retention"> },
): Promise<Erased[]> {
  if (ledger.lastBeat("retention")?.slice(0, 10) === now.slice(0, 10)) return [];
  const mails = ledger.expiredMails(daysBefore(now, agency.retention));
  // The bytes first: were the process to end in between, the next day would do it again, and nothing would be forgotten.
  for (const mail of mails) await store.erase(mail);
  const erased = ledger.expire(
    mails.map(({ id }) => id),
    daysBefore(now, addressDays),
    now,
  );
  ledger.beat("retention", now);
  return erased;
}

const daysBefore = (now: string, days: number): string => later(now, -days * 86_400_000);
