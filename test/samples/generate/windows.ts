import { addDays, type Day, daysBetween, monthsOf, type Span } from "./day.ts";

/** A window that is exported when its last day is over: its newest figures are still young. */
export type Window = Span;

/**
 * How an account executive downloads: `months` at a time for the past, each window reaching back `overlap` days into
 * the one before, then every Sunday the last `trailing` days. Each window ends later than the one before it.
 */
export function downloads(
  span: Span,
  plan: { months: number; overlap: number; weeklyFrom: Day; trailing: number },
): Window[] {
  const past = monthsOf({ from: span.from, to: addDays(plan.weeklyFrom, -1) });
  const blocks: Window[] = [];
  for (let at = 0; at < past.length; at += plan.months) {
    const first = past[at];
    const last = past[Math.min(at + plan.months, past.length) - 1];
    if (first && last) blocks.push({ from: reachBack(first.from, plan.overlap, span.from), to: last.to });
  }
  const sundays: Day[] = [];
  for (let to = span.to; to >= plan.weeklyFrom; to = addDays(to, -7)) sundays.unshift(to);
  return [...blocks, ...sundays.map((to) => ({ from: reachBack(to, plan.trailing - 1, span.from), to }))];
}

function reachBack(day: Day, days: number, earliest: Day): Day {
  return addDays(day, -Math.min(days, daysBetween(earliest, day)));
}
