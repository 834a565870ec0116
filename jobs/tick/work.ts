import type { Agency, Client } from "../../config/config.ts";
import { endingOf, horizonOf, turnOf } from "../../transforms/turn.ts";
import { archiveOnce } from "../archive.ts";
import { daysOff } from "../days-off.ts";
import { type Outside as Delivery, deliverQueued } from "../deliver/deliver.ts";
import { overallState } from "../history.ts";
import { runName } from "../ledger/ledger.ts";
import type { Turn } from "../ledger/schedule.ts";
import type { Log } from "../log.ts";
import { type Outside, runReport } from "../report.ts";
import { asBogoError } from "../unexpected.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { periodOf, reportOf } from "./plan.ts";
import { remind } from "./remind.ts";
import { remindersDue } from "./reminders-due.ts";

export interface WorkOutside extends Outside {
  agency: Agency;
  delivery: Delivery;
  log: Pick<Log, "info" | "warn" | "error">;
  /** Aborted, nothing new is begun. */
  signal?: AbortSignal;
  /** Told of the run that is being made, and again with null when it is not any more: until then nothing of it is kept. */
  onTry?: (turn: Turn | null) => void;
}

/**
 * Everything that there is to do at one client now: its stored mails that are due leave first, then each report whose
 * turn it is is made and sent, then what the next ones lack is looked at.
 */
export async function workFor(client: Client, world: WorkOutside): Promise<void> {
  // Each of its reports looks at all its exports.
  const outside = { ...world, archive: archiveOnce() };
  const { ledger, clock, signal } = outside;
  await deliverQueued(outside.delivery, client.slug);
  for (const turn of ledger.turns(clock.now(), client.slug)) {
    if (signal?.aborted) return;
    await take(turn, client, outside);
  }
  const now = clock.now();
  const due = signal?.aborted ? [] : remindersDue(client, await daysOff(client, now), ledger, now);
  await remind(client, due, outside);
}

/** One run's turn: it is left, ended without being made, or made and sent. A failure is its own and ends no other's. */
export async function take(turn: Turn, client: Client, outside: WorkOutside): Promise<void> {
  const { ledger, clock, agency, delivery, log, roots } = outside;
  const run = { ...turn, period: periodOf(turn) };
  const now = clock.now();
  const moment = { now, seen: fingerprintOf(client, { roots, ledger, now }) };
  const step = turnOf(run, reportOf(client, turn), moment);
  const facts = { report: runName(turn) };
  if (step.kind === "leave") return;
  if (step.kind === "end") return endTry(step.end);
  const { def, complete, late } = step;
  ledger.beginTry(turn.run, { next: horizonOf(turn, moment.now), seen: moment.seen });
  outside.onTry?.(turn);
  const onStep: Outside["onStep"] = (name) => {
    if (name === "send") outside.onTry?.(null);
  };
  try {
    const job = { client, def, period: run.period, complete, late };
    const { record, made } = await runReport(job, agency, { ...outside, onStep }, delivery);
    const problems = (made?.problems ?? []).map(({ code, file }) => ({ code, file }));
    log.info("report.sent", { ...facts, state: overallState(record), ...(problems.length ? { problems } : {}) });
  } catch (error) {
    const failure = asBogoError(error, { client: client.slug });
    if (failure.cause instanceof Error) log.error("report.failed", { ...facts, stack: failure.cause.stack });
    endTry(endingOf(failure.problems, run, def, { now: clock.now(), seen: moment.seen }));
  } finally {
    outside.onTry?.(null);
  }

  function endTry(end: Parameters<typeof ledger.endTry>[1]): void {
    ledger.endTry(turn.run, end, clock.now());
    const { state, reason } = end;
    if (state !== turn.state || reason?.code !== turn.reason?.code)
      log.info("report.waits", { ...facts, state, reason: reason?.code });
  }
}
