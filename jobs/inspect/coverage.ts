import type { Run } from "../../transforms/ownership.ts";
import { addDays } from "../../transforms/period.ts";

/** What a table of daily rows says about days. */
export interface DayFacts {
  /** The days that have rows. */
  days: readonly string[];
  declared: Run | null;
  generated: string | null;
}

/** Which days a table speaks of, and what a day without a row means there. */
export interface Coverage {
  /** The first and the last day that it declares or has rows on. */
  range: Run;
  /** Covered and without a row: nothing happened. */
  zero: Run[];
  /** Within the range and covered by nothing: unknown. */
  unknown: Run[];
}

/**
 * The same rule as loading: declared days count even where they have no row, but none after the day the file was made;
 * without a declaration the days from the first row to the last. A row outside the declared days speaks for its own.
 */
export function coverageOf({ days, declared, generated }: DayFacts): Coverage | null {
  const ends = [days[0], days.at(-1), declared?.from, declared?.to].filter((day) => day !== undefined).toSorted();
  const [from, to] = [ends[0], ends.at(-1)];
  if (!from || !to) return null;
  const range = { from, to };
  if (!declared) return { range, zero: between(days, range), unknown: [] };
  const made = generated?.slice(0, 10);
  const end = made && made < declared.to ? made : declared.to;
  if (end < declared.from) return { range, zero: [], unknown: between(days, range) };
  const inside = days.filter((day) => day >= declared.from && day <= end);
  const unknown = between(days, range).flatMap((run) => [
    { from: run.from, to: earlier(run.to, addDays(declared.from, -1)) },
    { from: later(run.from, addDays(end, 1)), to: run.to },
  ]);
  const stated = { from: declared.from, to: end };
  return { range, zero: between(inside, stated), unknown: unknown.filter((run) => run.from <= run.to) };
}

/** `10-12, 10-18~10-20`: each run in few letters, with its year where that is not the range's. */
export function runText(runs: readonly Run[], { from }: Run): string {
  const year = from.slice(0, 5);
  const short = (day: string) => (day.startsWith(year) ? day.slice(5) : day);
  return runs.map((run) => (run.from === run.to ? short(run.from) : `${short(run.from)}~${short(run.to)}`)).join(", ");
}

/** The runs of days within a run on which none of these days lies. Days come in order, and may be years apart. */
function between(days: readonly string[], { from, to }: Run): Run[] {
  const runs: Run[] = [];
  let next = from;
  for (const day of days) {
    if (day > next) runs.push({ from: next, to: addDays(day, -1) });
    next = addDays(day, 1);
  }
  return (days.at(-1) ?? "") < to ? [...runs, { from: next, to }] : runs;
}

const earlier = (a: string, b: string): string => (a < b ? a : b);
const later = (a: string, b: string): string => (a > b ? a : b);
