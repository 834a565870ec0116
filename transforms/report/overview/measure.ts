import type { KpiDef } from "../../definitions.ts";
import { noChange } from "../../kpi/compare.ts";
import { type FigureSource, figures } from "../../kpi/figures.ts";
import type { MoneyRules } from "../../kpi/money.ts";
import type { ChannelId, PlatformId } from "../../metrics.ts";
import { type Inputs, kpiOf, platformIn } from "../kpis.ts";
import type { Kpi } from "../model.ts";
import { metricsOf } from "../parts.ts";
import type { ChannelSums } from "./asks.ts";

/** Figures and formulas of some channels alone, as their own reports have them. */
export function inputsOf(
  channels: readonly ChannelId[],
  sums: readonly ChannelSums[],
  given: Inputs,
  money: MoneyRules,
): Inputs {
  const rows = sums.filter(({ channel }) => channels.includes(channel)).flatMap((each) => each.rows);
  const channel = channels.length === 1 ? (channels[0] ?? null) : given.book.channel;
  return { ...given, figures: figures(rows, money), book: { ...given.book, channel } };
}

/** A KPI over some channels, without a goal. What platforms left out of it is named, and then it compares with nothing. */
export function measured(id: string, given: Inputs): Kpi {
  const def = given.book.kpis.get(id);
  if (!def) throw new Error(`no KPI ${id}`); // config has been judged
  return withoutAbsent(kpiOf(def, { ...given, def: { ...given.def, goals: [] } }), def, given);
}

/**
 * A KPI that says which platforms gave it figures in the period before and give none now. Its sum is smaller for want of
 * an export, not of customers, so it shows no change.
 */
export function withoutAbsent(kpi: Kpi, def: KpiDef | undefined, given: Inputs): Kpi {
  const gone = def ? absent(def, given) : [];
  if (gone.length === 0 || kpi.value === null) return kpi;
  const names = gone.map((platform) => platformIn(platform, given));
  return {
    ...kpi,
    excludes: [...new Set([...kpi.excludes, ...names])],
    changes: Object.fromEntries(Object.keys(kpi.changes).map((basis) => [basis, noChange])),
    per_day: null,
  };
}

/** Platforms that gave some input of a KPI in the period before and give none in this one. */
export function absent(def: KpiDef, given: Inputs): PlatformId[] {
  const { periods, figures: all } = given;
  const wanted = metricsOf([def], given);
  const gives = (source: FigureSource, period: Inputs["periods"]["period"]): boolean =>
    wanted.some((metric) => {
      const { value, reason } = all.read(source, metric, period);
      return value !== null || reason === "no_rate" || reason === "not_additive";
    });
  const gone = all.sources.filter((source) => gives(source, periods.previous) && !gives(source, periods.period));
  return [...new Set(gone.map(({ platform }) => platform))];
}
