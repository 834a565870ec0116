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
  /** How often it was begun without coming to an end in order. */
  tries: number;
  next: string | null;
  seen: string | null;
}

/** What is left to do by itself or by a person. */
export interface Undone {
  waiting: number;
  held: number;
  /** Deliveries that are queued, on their way or unknown, of messages that are not held. */
  unsent: number;
}

/** The schedule's part of the ledger. */
export interface ScheduleLedger {
  standings(client: string): Standing[];
  /**
   * Moves a report on and opens the runs of the periods between, in one transaction. False where it did not stand at
   * `before` (null: nowhere) any more: another process was first, and nothing changed.
   */
  moveOn(report: Scheduled, move: { before: string | null; next: string; opened: readonly Opening[] }, now: string): boolean;
  /**
   * Undoes what a clock that was wrong has moved: a report that moved on at an instant still to come goes back to the
   * first period that it opened then. Runs of it that were not made begin anew at their slot.
   */
  moveBack(now: string): number;
  /** Waiting runs, and those held for data, whose slot has come; those first that failed least. */
  turns(now: string, client?: string): Turn[];
  /** Counts a try, before it. */
  beginTry(run: number): void;
  /** How a try ended that made nothing. Changes only a run that nobody has made meanwhile. */
  endTry(
    run: number,
    end: { state: "waiting" | "held" | "skipped"; reason: Reason | null; next: string | null; seen: string | null; failed?: boolean },
    now: string,
  ): void;
  /** Lets a run that was skipped or held before anything was made of it be made after all; false for any other. */
  reopen(run: number, now: string): boolean;
  /** Runs whose deliveries have all ended are done. */
  settleRuns(now: string): void;
  undone(now: string): Undone;
}
