import { Temporal } from "temporal-polyfill";
import type { ReportDef } from "../definitions.ts";
import { metrics } from "../metrics.ts";
import {
  addDays,
  baselineLength,
  daysOf,
  type Period,
  type PeriodRules,
  previousOf,
  trailing,
  yearAgoOf,
} from "../period.ts";

/** Every range of days that one report looks at. */
export interface ReportPeriods {
  period: Period;
  previous: Period;
  year_ago: Period;
  /** The periods that the baseline is the mean of, oldest first. */
  baseline: Period[];
  /** Thirteen, the report's own last. */
  trend: Period[];
  /** A year before each of them. */
  trend_year_ago: Period[];
  rules: PeriodRules;
  /** False when the period is not over yet: it is cut at yesterday, and what it is compared with to the same length. */
  over: boolean;
}

/** A trend line holds this many periods. */
const trendLength = 13;

/** The period and all it is compared with, seen on the morning of `today`. */
export function reportPeriods(def: ReportDef, whole: Period, today: string): ReportPeriods {
  const rules: PeriodRules = { week_starts: def.week_starts, week_label: def.week_label };
  const { cadence } = def;
  const over = today > whole.to;
  const period = over ? whole : { from: whole.from, to: addDays(today, -1) };
  const length = daysOf(period).length;
  const cut = (compared: Period): Period => {
    const end = addDays(compared.from, length - 1);
    return over || end > compared.to ? compared : { from: compared.from, to: end };
  };
  const yearAgo = (of: Period): Period =>
    def.year_ago === "calendar" && (cadence === "weekly" || cadence === "daily")
      ? { from: sameDateYearAgo(of.from), to: sameDateYearAgo(of.to) }
      : yearAgoOf(cadence, of);
  const before = trailing(cadence, whole, trendLength - 1, rules);
  return {
    period,
    previous: cut(previousOf(cadence, whole, rules)),
    year_ago: cut(yearAgo(whole)),
    baseline: over ? trailing(cadence, whole, baselineLength[cadence], rules) : [],
    trend: [...before, period],
    trend_year_ago: [...before.map(yearAgo), cut(yearAgo(whole))],
    rules,
    over,
  };
}

/** The oldest day that anything in the report needs. */
export function oldestDay({ year_ago, baseline, trend, trend_year_ago, previous }: ReportPeriods): string {
  return (
    [year_ago, previous, ...baseline, ...trend, ...trend_year_ago].map(({ from }) => from).toSorted()[0] ??
    previous.from
  );
}

/** 29 February meets 28 February. */
function sameDateYearAgo(day: string): string {
  return Temporal.PlainDate.from(day).subtract({ years: 1 }).toString();
}

/** Whether values of this KPI over several periods add up, so that a mean divides their sum. */
export const addsUp = (id: string): boolean =>
  Object.hasOwn(metrics, id) && metrics[id as keyof typeof metrics].over === "sum"; // just looked up
