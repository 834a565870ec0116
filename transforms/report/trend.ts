import type { KpiDef } from "../definitions.ts";
import { computeKpi } from "../kpi/compute.ts";
import { textOrNull } from "../kpi/decimal.ts";
import { daysOf, pointLabel } from "../period.ts";
import { type Inputs, isKpiProvisional, kpiLabel } from "./kpis.ts";
import type { Daily, Trend } from "./model.ts";

/** Thirteen periods of each KPI. A period that an export covers in part is marked; one that none covers is null. */
export function trendOf(defs: readonly KpiDef[], given: Inputs): Trend {
  const { periods, figures, book, def } = given;
  const readings = defs.map((kpi) => periods.trend.map((period) => computeKpi(kpi, period, figures, book)));
  return {
    points: periods.trend.map((period, at) => {
      const all = readings.flatMap((of) => of[at] ?? []);
      return {
        ...period,
        label: pointLabel(def.cadence, period, def.locale, at === 0),
        partial: all.some(({ missing }) => missing.length > 0) || (!periods.over && at === periods.trend.length - 1),
        provisional: all.some((reading) => isKpiProvisional(reading, period, given)),
      };
    }),
    series: defs.map((kpi, index) => ({
      kpi: kpi.id,
      label: kpiLabel(kpi, def),
      values: (readings[index] ?? []).map(({ value }) => textOrNull(value)),
      provisional: (readings[index] ?? []).map((reading, at) => {
        const period = periods.trend[at];
        return period !== undefined && isKpiProvisional(reading, period, given);
      }),
      year_ago: periods.trend_year_ago.map((period) => {
        const { value, missing } = computeKpi(kpi, period, figures, book);
        return missing.length > 0 ? null : textOrNull(value);
      }),
    })),
  };
}

/** Each day of the period beside the day opposite it in the previous one; null where no KPI has days. */
export function dailyOf(defs: readonly KpiDef[], given: Inputs): Daily | null {
  const { periods, figures, book, def } = given;
  const days = daysOf(periods.period);
  if (days.length < 2 || days.length > 31) return null;
  const previous = daysOf(periods.previous);
  const opposite = days.map((_, at) => previous[at] ?? null);
  const value = (kpi: KpiDef, day: string | null): string | null => {
    if (day === null) return null;
    const reading = computeKpi(kpi, { from: day, to: day }, figures, book);
    return reading.used.length ? textOrNull(reading.value) : null;
  };
  const series = defs
    .map((kpi) => ({
      kpi: kpi.id,
      label: kpiLabel(kpi, def),
      current: days.map((day) => value(kpi, day)),
      previous: opposite.map((day) => value(kpi, day)),
    }))
    .filter(({ current }) => current.filter((each) => each !== null).length > 1);
  return series.length ? { days, previous_days: opposite, series } : null;
}
