import { Temporal } from "temporal-polyfill";
import type { ReportDef } from "./definitions.ts";
import { isLate, quietUntil } from "./due.ts";
import type { Period } from "./period.ts";
import type { Problem, ProblemCode } from "./problem.ts";
import { pauseIn } from "./report/pause.ts";

/** A run whose slot has come and of which nothing is made yet. */
export interface Waiting {
  period: Period;
  state: string;
  reason: { code: string; facts: Readonly<Record<string, string>> } | null;
  /** The slot's instant. */
  at: string;
  /** How often it was begun without coming to an end in order. */
  tries: number;
  next: string | null;
  seen: string | null;
}

/** What is known when its turn comes. */
export interface Moment {
  now: string;
  /** A fingerprint of all that decides whether it can be made. */
  seen: string;
}

/** How a turn ends that makes nothing: in which state the run is left, why, and when to look again. */
export interface Ending {
  state: "waiting" | "held" | "skipped";
  reason: { code: ProblemCode; facts: Readonly<Record<string, string>> };
  /** When to look again although nothing has changed; null where only a change can help. */
  next: string | null;
  seen: string | null;
  /** Whether it counts among the tries that came to no end in order. */
  failed: boolean;
}

export type Turn =
  | { kind: "leave" }
  | { kind: "end"; end: Ending }
  /** To be made: only `complete`, or as it is; `late` is the slot's local time where readers should hear of it. */
  | { kind: "make"; def: ReportDef; complete: boolean; late: string | null };

/**
 * What to do with a run now. It is looked at when something has changed since the last look, or when its time has come;
 * a report that its client's config no longer has, or that is paused, is let go.
 */
export function turnOf(run: Waiting, def: ReportDef | null, { now, seen }: Moment): Turn {
  if (!def) return skip("RUN_REPORT_GONE");
  if (pauseIn(def, run.period)?.whole) return skip("RUN_PAUSED");
  if (run.seen === seen && (run.next === null || run.next > now)) return { kind: "leave" };
  const late = isLate(run.at, now);
  const until = late ? quietUntil(def.slots, def.timezone, now) : null;
  if (until !== null) {
    // What is held or waits for exports is told as it was; only a report that could go says that it rests.
    if (run.reason !== null) return { kind: "leave" };
    return end({ state: "waiting", reason: { code: "RUN_QUIET", facts: { until } }, next: null, seen: null });
  }
  if (run.tries >= maxTries && run.reason?.code !== "RUN_KEEPS_ENDING" && run.reason?.code !== "RUN_UNEXPECTED")
    return end({
      state: "held",
      reason: { code: "RUN_KEEPS_ENDING", facts: { tries: String(run.tries) } },
      next: plus(now, hourMinutes),
      seen,
      failed: true,
    });
  const local = Temporal.Instant.from(run.at).toZonedDateTimeISO(def.timezone).toPlainDateTime();
  return {
    kind: "make",
    def,
    complete: def.slots.on_incomplete === "hold" || now < deadlineOf(run, def),
    late: late ? local.toString({ smallestUnit: "minute" }) : null,
  };
}

/** When to look again at a run that is begun now, should the process end before the try does. */
export function horizonOf({ tries }: Pick<Waiting, "tries">, now: string): string {
  return tries < maxTries ? now : plus(now, hourMinutes);
}

/**
 * How a try ended that met these problems. Exports that are missing are waited for until the report's time is up, then
 * it is held until they come; what nobody foresaw is tried again by itself; anything else is held for a person, and
 * looked at again within the hour, since some of it (a full disk) passes.
 */
export function endingOf(
  problems: readonly Problem[],
  run: Waiting,
  def: ReportDef,
  { now, seen: looked }: Moment,
): Ending {
  const [first] = problems;
  const reason = { code: first?.code ?? ("RUN_UNEXPECTED" as const), facts: first?.facts ?? { why: "–" } };
  // A file that is still being written does not change once it is done.
  const seen = problems.some(({ code }) => code === "FILE_GROWING") ? null : looked;
  if (forExports.has(reason.code)) {
    const deadline = deadlineOf(run, def);
    return now < deadline
      ? { state: "waiting", reason, next: deadline, seen, failed: false }
      : { state: "held", reason, next: null, seen, failed: false };
  }
  if (reason.code !== "RUN_UNEXPECTED")
    return { state: "held", reason, next: plus(now, hourMinutes), seen, failed: false };
  const wait = minutesAfter[run.tries] ?? hourMinutes;
  return { state: run.tries + 1 < maxTries ? "waiting" : "held", reason, next: plus(now, wait), seen, failed: true };
}

/** After so many it is no accident any more. */
const maxTries = 5;
const hourMinutes = 60;
/** Minutes to the next try after the first, second … that failed for no known reason. */
const minutesAfter = [1, 5, 15];

/** Reasons that end by themselves when the exports come. */
const forExports: ReadonlySet<ProblemCode> = new Set(["RUN_LACKING", "RUN_NO_DATA"]);

const deadlineOf = ({ at }: Pick<Waiting, "at">, { slots }: ReportDef): string => plus(at, slots.wait_minutes);

const end = (ending: Omit<Ending, "failed"> & { failed?: boolean }): Turn => ({
  kind: "end",
  end: { failed: false, ...ending },
});

const skip = (code: "RUN_REPORT_GONE" | "RUN_PAUSED"): Turn =>
  end({ state: "skipped", reason: { code, facts: {} }, next: null, seen: null });

const plus = (instant: string, minutes: number): string =>
  Temporal.Instant.from(instant).add({ minutes }).toString({ fractionalSecondDigits: 3 });
