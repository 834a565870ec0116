import type { Day } from "./records.ts";

/** Days in a row, both ends inclusive. */
export interface Run {
  from: Day;
  to: Day;
}

/** Somebody's claim on a run of days. */
export interface Claim<T> extends Run {
  owner: T;
}

/**
 * Which claim counts for each day: the last in the list that covers it, as runs of days in order.
 *
 * Platforms restate a day for weeks, so a later export corrects an earlier one; adding the two would count twice.
 * Sorted by `newness`, an older export that arrives late fills only days that nobody owns.
 */
export function ownership<T>(claims: readonly Claim<T>[]): Claim<T>[] {
  if (claims.length === 0) return [];
  const first = Math.min(...claims.map(({ from }) => dayNumber(from)));
  const last = Math.max(...claims.map(({ to }) => dayNumber(to)));
  const painted = new Int32Array(last - first + 1);
  claims.forEach(({ from, to }, index) => {
    painted.fill(index + 1, dayNumber(from) - first, dayNumber(to) - first + 1);
  });

  const owned: Claim<T>[] = [];
  const at = (day: number) => claims[(painted[day] ?? 0) - 1];
  for (let start = 0, end = 1; end <= painted.length; end++) {
    const claim = at(start);
    if (end < painted.length && claim?.owner === at(end)?.owner) continue;
    if (claim) owned.push({ owner: claim.owner, from: dayOf(first + start), to: dayOf(first + end - 1) });
    start = end;
  }
  return owned;
}

/** Runs of days in order, those that touch made one. */
export function mergeRuns(runs: readonly Run[]): Run[] {
  return ownership(runs.map(({ from, to }) => ({ owner: 0, from, to }))).map(({ from, to }) => ({ from, to }));
}

/**
 * How new an extraction is, in milliseconds: when the platform made it, else the last day that it covers. Where two are
 * equally new, the one seen last counts as newer. An instant without an offset is read as UTC, so that the order does
 * not depend on the machine.
 */
export function newness(generatedAt: string | null, lastDay: Day | null): number {
  const stated = generatedAt ?? lastDay;
  if (stated === null) return 0;
  const hasTime = stated.length > 10;
  const hasOffset = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(stated.slice(10));
  return Date.parse(hasTime && !hasOffset ? `${stated.replace(" ", "T")}Z` : stated);
}

/** Days since 1970-01-01, for arithmetic on days that no time zone touches. */
export function dayNumber(day: Day): number {
  return Date.parse(day) / 86_400_000;
}

/** The day of a `dayNumber`. */
export function dayOf(number: number): Day {
  return new Date(number * 86_400_000).toISOString().slice(0, 10);
}
