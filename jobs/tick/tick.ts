import type { Agency } from "../../config/config.ts";
import type { Environment } from "../../config/secret.ts";
import { type Clock, later } from "../clock.ts";
import type { Context, Written } from "../context.ts";
import { readConfigOrKept } from "../context.ts";
import { smtpSettings } from "../deliver/settings.ts";
import type { SmtpSettings } from "../deliver/smtp.ts";
import type { MailStore } from "../deliver/store.ts";
import { type Ledger, TICK } from "../ledger/ledger.ts";
import type { Log } from "../log.ts";
import { overdueCause, reminderCause, skippedCause } from "../notice/causes.ts";
import { notices } from "../notice/notices.ts";
import { applyRetention } from "../retention.ts";
import { missedCodes, plan } from "./plan.ts";
import type { Pool } from "./pool.ts";

export interface TickOutside extends Pick<Context, "roots" | "env" | "clock"> {
  ledger: Ledger;
  store: MailStore;
  pool: Pick<Pool, "begin">;
  log: Log;
  /** Told of the config that this tick works by. */
  onConfig?: (written: Written) => void;
}

/**
 * Everything that is due at this moment: it is written down, the clients at whom there is something to do are begun, and
 * people are told what needs them. What is due is the ledger's answer, never the alarm's: a tick that came late, twice or
 * not at all changes nothing but the hour. `begun` is run between the two, for a caller that waits for the work.
 */
export async function tick(outside: TickOutside, begun: () => Promise<void> = async () => {}): Promise<void> {
  const { ledger, roots, clock, pool, log } = outside;
  const written = await readConfigOrKept(outside);
  outside.onConfig?.(written);
  // Nothing leaves from a ledger that was put back in time; people are told all the same.
  if (written.config.agency && !ledger.restored(clock.now())) {
    for (const client of await plan(clock.now(), { ledger, config: written.config, roots })) pool.begin(client);
    await begun();
  }
  await tell(written, outside);
  ledger.beat(TICK, clock.now());
  if (!written.config.agency) log.error("config.refused", { problems: written.problems.map(({ code }) => code) });
}

/** Whether something is due and neither done nor given up: then a tick does not end well. */
export function isUndone(ledger: Ledger, { now }: Pick<Clock, "now">): boolean {
  return ledger.turns(now()).length + ledger.due({ by: now() }).length + ledger.counts().waitingForPerson > 0;
}

async function tell(written: Written, { ledger, store, env, clock, log }: TickOutside): Promise<void> {
  const { agency } = written.config;
  const now = clock.now();
  const overdue = overdueTurns(ledger, now).filter(({ opened }) => opened < later(now, -overdueMs));
  const missed = ledger.skips(missedCodes, later(now, -newsMs));
  const more = [
    ...overdue.map(overdueCause),
    ...missed.map(skippedCause),
    ...ledger.reminders(now).flatMap((each) => reminderCause(each) ?? []),
  ];
  await notices(now, { ledger, config: written.config, smtp: agency && settings(agency, env, log), more, log });
  if (agency)
    for (const erased of await applyRetention(now, { ledger, store, agency })) log.info("erased", { ...erased });
}

/** Runs whose slot has passed and of which nobody can say why they are not made; the longest due first. */
export function overdueTurns(ledger: Pick<Ledger, "turns">, now: string) {
  return ledger.turns(now).filter(({ state, reason }) => state === "waiting" && reason === null);
}

/** Longer than the work of a busy morning takes. */
const overdueMs = 30 * 60_000;
/** A missed period is news for so long; told once. */
const newsMs = 7 * 86_400_000;

/** Null where they cannot be read now: notices then stay due. */
function settings(agency: Agency, env: Environment, log: Log): SmtpSettings | null {
  try {
    return smtpSettings(agency, env);
  } catch (error) {
    log.error("smtp.refused", { why: error });
    return null;
  }
}
