import type { ReportDef } from "./definitions.ts";
import { mergeRuns, ownership, type Run } from "./ownership.ts";
import { addDays, daysOf, type Period } from "./period.ts";
import type { Day } from "./records.ts";
import { reportPeriods } from "./report/periods.ts";

/** Days that were asked for, and when. */
export interface AskedRun extends Run {
  at: string;
}

/** What a report needs of a source that is asked: days, and the periods over which people are counted once. */
export interface Needs {
  days: readonly Run[];
  periods: readonly Run[];
}

/** The report's period and those that it is compared with. */
export function needsOf(def: ReportDef, whole: Period, today: Day): Needs {
  const { period, previous, year_ago, baseline } = reportPeriods(def, whole, today);
  const periods = [period, previous, ...(def.compare.includes("year_ago") ? [year_ago] : [])];
  return { periods, days: mergeRuns([...periods, ...baseline]) };
}

/** How long figures may change, in days, and the present instant. */
export interface Settling {
  settle: number;
  now: string;
}

/**
 * The days that are to be asked for now: those that were never asked for, and those that may have changed since. What
 * was asked for within the same hour is not asked for again.
 */
export function daysToAsk(needed: readonly Run[], asked: readonly AskedRun[], settling: Settling): Day[] {
  return needed.flatMap(daysOf).filter((day) => {
    const newest = newestOf(asked.filter(({ from, to }) => from <= day && day <= to));
    return newest === null || !stands(day, newest, settling);
  });
}

/** The same for periods, each of which is asked for as a whole. */
export function periodsToAsk(needed: readonly Run[], asked: readonly AskedRun[], settling: Settling): Run[] {
  return needed.filter(({ from, to }) => {
    const newest = newestOf(asked.filter((each) => each.from === from && each.to === to));
    return newest === null || !stands(to, newest, settling);
  });
}

/** Days in a row as runs within a calendar month, the newest first: what a report is about comes before its history. */
export function monthlyRuns(days: readonly Day[]): Run[] {
  const runs: Run[] = [];
  for (const day of [...new Set(days)].toSorted()) {
    const last = runs.at(-1);
    if (last && addDays(last.to, 1) === day && last.to.slice(0, 7) === day.slice(0, 7)) last.to = day;
    else runs.push({ from: day, to: day });
  }
  return runs.toReversed();
}

/**
 * The answers that still count, of those of one table in the order in which they came: of days the last that holds one,
 * of periods each its own.
 */
export function standing<Answer extends AskedRun & { spans: "days" | "period" }>(answers: readonly Answer[]): Answer[] {
  const owners = new Set(
    ownership(
      answers.filter(({ spans }) => spans === "days").map((owner) => ({ owner, from: owner.from, to: owner.to })),
    ).map(({ owner }) => owner),
  );
  return answers.filter((answer) => answer.spans === "period" || owners.has(answer));
}

/** An instant's hour: within it a question is the same question. */
export const hourOf = (instant: string): string => instant.slice(0, 13);

const newestOf = (asked: readonly AskedRun[]): string | null =>
  asked
    .map(({ at }) => at)
    .toSorted()
    .at(-1) ?? null;

const stands = (day: Day, at: string, { settle, now }: Settling): boolean =>
  hourOf(at) === hourOf(now) || at.slice(0, 10) > addDays(day, settle);
