import type { KpiDef } from "../definitions.ts";
import { changeOf } from "../kpi/compare.ts";
import { computeKpi } from "../kpi/compute.ts";
import { textOrNull } from "../kpi/decimal.ts";
import { monthOf } from "../kpi/pacing.ts";
import { addDays, daysBetween, daysOf, type Period, periodLabel, rangeLabel, shift } from "../period.ts";
import { type Inputs, isKpiProvisional, kpiLabel } from "./kpis.ts";
import type { Table, TableRow } from "./model.ts";

/**
 * Month to date (월 누적), for weekly reports: each month that the week touches, from its first day through the week's
 * last day in it, beside the same days of the month before. Null for other cadences.
 */
export function monthToDate(defs: readonly KpiDef[], given: Inputs): Table | null {
  const { def, periods } = given;
  if (def.cadence !== "weekly") return null;
  const months = [...new Map(daysOf(periods.period).map((day) => [day.slice(0, 7), monthOf(day)])).values()];
  const rows = months
    .map((month) => rowOf(month, defs, given))
    .filter((row) => row.values.some((value) => value !== null));
  const [first, last] = [months[0], periods.period.to];
  if (!first || rows.length === 0) return null;
  const korean = def.locale === "ko-KR";
  return {
    id: "month_to_date",
    title: korean ? "월 누적" : "Month to date",
    by: ["day"],
    from: first.from,
    to: last,
    columns: defs.map((kpi) => ({
      kpi: kpi.id,
      label: kpiLabel(kpi, def),
      unit: kpi.unit,
      currency: kpi.unit === "money" ? def.currency : null,
      decimals: kpi.decimals,
      better: kpi.better,
    })),
    rows,
    total: null,
    others: null,
    note: korean ? "증감은 전월의 같은 일수와 비교했습니다." : "Changes are against the same days of the month before.",
  };
}

function rowOf(month: Period, defs: readonly KpiDef[], given: Inputs): TableRow {
  const { def, periods, figures, book } = given;
  const span = { from: month.from, to: month.to < periods.period.to ? month.to : periods.period.to };
  const before = sameDays(span, month);
  const readings = defs.map((kpi) => computeKpi(kpi, span, figures, book));
  return {
    key: month.from,
    name: periodLabel("monthly", month, def.locale),
    detail: rangeLabel(span, def.locale),
    values: readings.map(({ value }) => textOrNull(value)),
    changes: defs.map((kpi, at) => {
      const now = readings[at];
      const then = computeKpi(kpi, { ...before, sameAgeAs: span }, figures, book);
      const open = now !== undefined && isKpiProvisional(now, span, given) && !isKpiProvisional(then, before, given);
      const whole = now !== undefined && now.missing.length + then.missing.length === 0;
      return changeOf(now?.value ?? null, then.value, whole && then.sameAge && !open);
    }),
    spark: [],
  };
}

/** As many days from the start of the month before, at most all of it. */
function sameDays({ from, to }: Period, month: Period): Period {
  const previous = shift("monthly", month, -1);
  const end = addDays(previous.from, daysBetween(from, to));
  return { from: previous.from, to: end < previous.to ? end : previous.to };
}
