import type { OnUnknown } from "../../transforms/definitions.ts";
import type { Cadence } from "../../transforms/metrics.ts";
import type { Problem } from "../../transforms/problem.ts";
import type { Kpi } from "../../transforms/report/model.ts";
import type { Clock } from "../clock.ts";
import type { Operations } from "./operations.ts";
import type { Remedies } from "./remedies.ts";
import type { ScheduleLedger } from "./schedule.ts";

/** The name under which each tick is noted with `beat`. */
export const TICK = "tick";

/** `waiting` for data or still being built; `held` by a guard; `rendered` and stored; `done`: no delivery is open. */
export type RunState = "waiting" | "held" | "rendered" | "done" | "skipped";
export type MessageState = "held" | "ready";
export type DeliveryState =
  | "queued"
  | "sending"
  | "handed"
  | "accepted"
  | "unknown"
  | "failed"
  | "cancelled"
  | "bounced";

/** What a run is: its period's first day, never the time at which it was made. A correction is a new revision. */
export interface RunIdentity {
  client: string;
  report: string;
  cadence: Cadence;
  from: string;
  revision: number;
}

/** The run's name for people, logs and headers: `hanbit-coffee.ppc.weekly.2026-10-26.r1`. */
export function runName({ client, report, cadence, from, revision }: RunIdentity): string {
  return `${client}.${report}.${cadence}.${from}.r${revision}`;
}

/** The part of a problem that the ledger keeps. */
export type Reason = Pick<Problem, "code" | "facts">;

export interface NewMessage {
  audience: string;
  state: MessageState;
  reason: Reason | null;
  subject: string;
  messageId: string;
  /** The envelope's sender, a bare address. */
  sender: string;
  path: string;
  sha256: string;
  size: number;
  onUnknown: OnUnknown;
  /** Whose approval it needs before it may leave; null where nobody's. */
  approver: string | null;
  /** Bare addresses; one delivery each. */
  recipients: readonly string[];
}

/** One figure of a sent report, kept beyond the retention of its files. */
export type Figure = Pick<Kpi, "id" | "value" | "unit" | "currency" | "reason">;

/** A stored message with the deliveries of it that may be claimed now. */
export interface Due {
  client: string;
  run: number;
  name: string;
  message: number;
  audience: string;
  sender: string;
  path: string;
  sha256: string;
  deliveries: DueDelivery[];
}

export interface DueDelivery {
  id: number;
  recipient: string;
  tries: number;
  /** When the present row of tries began; null before the first. */
  since: string | null;
}

/** What became of one try. `next` is when a queued delivery may be tried again. */
export type Outcome = {
  code: number | null;
  response: string | null;
  reason: Reason | null;
} & ({ state: "accepted" | "failed" | "unknown" } | { state: "queued"; next: string });

export interface DeliveryRecord {
  id: number;
  recipient: string;
  state: DeliveryState;
  tries: number;
  next: string;
  code: number | null;
  response: string | null;
  reason: Reason | null;
  /** How often it was queued again although the reader may have it. */
  repeats: number;
  changed: string;
}

export interface MessageRecord extends Omit<NewMessage, "recipients"> {
  id: number;
  deliveries: DeliveryRecord[];
}

export interface RunRecord extends RunIdentity {
  id: number;
  to: string;
  state: RunState;
  reason: Reason | null;
  begun: string;
  changed: string;
  messages: MessageRecord[];
}

export interface SeenFile {
  client: string;
  sha256: string;
  path: string;
  source: string;
  seen: string;
  /** The order of extraction: counts up in the order of first sight. */
  order: number;
  /** What could not be read of it. */
  unread: Problem[];
}

/** Days of one of a source's tables that BigQuery was last asked for `at`, and the file with the answer. */
export interface AskedDays {
  client: string;
  source: string;
  part: string;
  /** Whether its rows are of days, or of all of them together. */
  spans: "days" | "period";
  /** Which edition of the statement was asked, where people may change it. */
  edition: string;
  from: string;
  to: string;
  at: string;
  /** A hash of what was answered: the same figures make no new file. */
  figures: string;
  sha256: string;
  path: string;
}

/** `accepted` by a person and not loaded yet; `loaded` since; `gone` where the file left the inbox unanswered. */
export type HoldState = "open" | "accepted" | "loaded" | "gone";

/** An export of a client that waits for a person, or waited. */
export interface Hold {
  id: number;
  client: string;
  sha256: string;
  path: string;
  source: string;
  state: HoldState;
  /** Why it is held. */
  problems: Problem[];
  /** What accepting it confirms for all files to come: `format kakao_moment.report`. */
  confirms: string[];
  opened: string;
  changed: string;
  /** Who accepted it, where that was said. */
  by: string | null;
}

/**
 * The ledger: decides what is due and who may send it. Every change is one transaction; a change of a delivery is
 * conditional on its state and on the claim that holds it, so that two processes cannot both make it.
 */
export interface Ledger extends Operations, Remedies, ScheduleLedger {
  /** Opens a run, or finds the one with this identity. Only an existing run in `waiting` may be built anew. */
  beginRun(run: RunIdentity & { to: string }, now: string): { run: number; state: RunState; existing: boolean };
  finishRun(run: number, state: RunState, now: string, reason?: Reason | null): void;
  /**
   * Stores messages, deliveries and figures together and makes the run `rendered`. A run that has them keeps its own.
   * What earlier revisions have not sent yet is cancelled.
   */
  addMessages(run: number, messages: readonly NewMessage[], figures: readonly Figure[], now: string): void;
  /** What may be sent: queued deliveries of ready messages, of one run or client, optionally only those due by then. */
  due(ask: { run?: number; client?: string; by?: string }): Due[];
  /** Takes queued deliveries for one owner; returns the ids that it really got. */
  claim(deliveries: readonly number[], owner: string, leaseMs: number, now: string): number[];
  /** The fence before the last bytes leave: true only when the owner still holds every one of them. */
  markHanded(deliveries: readonly number[], owner: string, now: string): boolean;
  /** Ends a try; false when the row is no longer this owner's to change. Unknown may mean queued once more. */
  mark(delivery: number, owner: string, outcome: Outcome, now: string): boolean;
  /** After a crash: what was being sent is queued again, what was handed over is unknown. */
  recover(now: string): { requeued: number; unknown: number };
  run(run: number): RunRecord;
  /** Newest first. */
  history(ask?: { client?: string; limit?: number }): RunRecord[];
  figures(run: number): Figure[];
  /** Notes a file at first sight; the same bytes at the same path keep their place in the order. */
  recordSeen(file: Omit<SeenFile, "seen" | "order" | "unread">, now: string): SeenFile & { first: boolean };
  listSeen(client: string): SeenFile[];
  /** Where a file of these bytes and this name was seen, in any client. */
  seenAs(sha256: string, path: string): Pick<SeenFile, "client" | "source">[];
  /** Keeps what could not be read of a file: it is read once, but every report over it must say so. */
  noteUnread(file: Pick<SeenFile, "client" | "sha256" | "source">, problems: readonly Problem[]): void;
  /** Notes what BigQuery was asked for. The same days of the same table are noted once, as they were last. */
  keepAsked(days: AskedDays): void;
  /** What a source was asked for, the last time last. */
  asked(client: string, source: string): AskedDays[];
  /** Holds a file back, or says anew why; whatever state it was in, it is open now. */
  openHold(hold: Pick<Hold, "client" | "sha256" | "path" | "source" | "problems" | "confirms">, now: string): Hold;
  holdOf(client: string, sha256: string, source: string): Hold | null;
  holds(ask?: { client?: string; state?: HoldState }): Hold[];
  /** Null where it is not open: accepted before, or gone. */
  acceptHold(id: number, by: string | null, now: string): Hold | null;
  /** `loaded` puts the file at the end of the order of extraction. */
  closeHold(id: number, state: "loaded" | "gone", now: string): void;
  confirm(subjects: readonly string[], by: string | null, now: string): void;
  isConfirmed(subject: string): boolean;
  /** Runs `work` while no other process holds `name`; waits for it a while, then fails with LEDGER_BUSY. */
  withLease<Result>(name: string, owner: string, work: () => Promise<Result>, options: LeaseOptions): Promise<Result>;
  close(): void;
}

/** The clock must be the computer's own: a lease is about living processes, not about the report's day. */
export interface LeaseOptions {
  clock: Clock;
  leaseMs?: number;
  waitMs?: number;
}
