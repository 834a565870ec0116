import type { Cadence } from "../../transforms/metrics.ts";
import type { Period } from "../../transforms/period.ts";
import type { Reason, RunIdentity, RunState } from "./ledger.ts";

/** A report of a client at one of its cadences. */
export interface Scheduled {
  client: string;
  report: string;
  cadence: Cadence;
}

/** Where a report stands: the first day of the first period that is not dealt with. */
export interface Standing extends Scheduled {
  next: string;
}

/** A period whose slot has come: to be made, or skipped with the reason. */
export interface Opening {
  period: Period;
  /** The slot's instant. */
  at: string;
  skipped: Reason | null;
}

/** A run that the schedule has to bring to an end. */
export interface Turn extends RunIdentity {
  run: number;
  to: string;
  state: RunState;
  reason: Reason | null;
  /** The slot's instant. */
  at: string;
  /** When it was seen that its slot had come. */
  opened: string;
  /** How often it was begun without coming to an end in order. */
  tries: number;
  /** When to look again although nothing that was `seen` has changed; null where only a change can help. */
  next: string | null;
  /** A fingerprint of what it was last tried with; null where it was not. */
  seen: string | null;
}

/** How a try ended that made nothing. */
export interface TryEnd extends Pick<Turn, "reason" | "next" | "seen"> {
  state: "waiting" | "held" | "skipped";
  /** Whether it counts among the tries that came to no end in order. */
  failed: boolean;
}

/** What a report lacked when that was looked at before its slot. */
export interface Reminder extends Scheduled {
  from: string;
  /** The slot's instant. */
  slot: string;
  /** Null where nothing was lacking. */
  reason: Reason | null;
  looked: string;
}

/** A run that went by without being made. */
export interface Skip extends RunIdentity {
  run: number;
  reason: Reason;
  since: string;
}

/** The schedule's part of the ledger. */
export interface ScheduleLedger {
  standings(client: string): Standing[];
  /**
   * Moves a report on and opens the runs of the periods between, in one transaction. False where it did not stand at
   * `before` (null: nowhere) any more: another process was first, and nothing changed.
   */
  moveOn(
    report: Scheduled,
    move: { before: string | null; next: string; opened: readonly Opening[] },
    now: string,
  ): boolean;
  /** Opens runs out of turn. Those that were skipped, or that wait, are made after all; those that were made are not. */
  openRuns(report: Scheduled, opened: readonly Opening[], now: string): number[];
  /**
   * Undoes what a clock that was wrong has moved: a report that moved on at an instant still to come goes back to the
   * first period that it opened then, runs of which nothing was made begin anew at their slot, and waits that it set
   * are over. Tells how many reports went back.
   */
  moveBack(now: string): number;
  /** Runs that wait or are held before anything was made of them, whose slot has come; the longest waiting first. */
  turns(now: string, client?: string): Turn[];
  /** Counts a try, before it; should it never end, it is not looked at before `next`. */
  beginTry(run: number, look: Pick<Turn, "next" | "seen">): void;
  /** Changes only a run of which nobody has made anything meanwhile. */
  endTry(run: number, end: TryEnd, now: string): void;
  /** Lets a run that was skipped or held before anything was made of it be made after all; false for any other. */
  reopen(run: number, now: string): boolean;
  /** What was looked at before slots that are still to come. */
  reminders(now: string): Reminder[];
  keepReminder(reminder: Reminder): void;
  /** Runs that were skipped with one of these reasons, since an instant or ever. */
  skips(codes: readonly string[], since?: string): Skip[];
}
