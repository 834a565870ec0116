import type { KpiDef } from "../../transforms/definitions.ts";
import type { MoneyRules } from "../../transforms/kpi/money.ts";
import { type MetricId, metricIds, metrics, type PlatformId } from "../../transforms/metrics.ts";
import type { SumRow } from "../../transforms/records.ts";

/** Rows as a warehouse answers them, and the dictionary entries that tests of KPIs need. */

export const won: MoneyRules = { currency: "KRW", cost_basis: "vat_excluded", vat_rate: "0.1", rates: [] };

export function day(platform: PlatformId, at: string, values: SumRow["values"], more: Partial<SumRow> = {}): SumRow {
  const base = { platform, account: platform, currency: "KRW", vat: "excluded", kind: "daily" } as const;
  return { ...base, from: at, to: at, asOf: null, latest: true, values, ...more };
}

function kpi(id: string, formula: string, more: Partial<KpiDef> = {}): KpiDef {
  const label = { ko: id, en: id };
  const rest = {
    purpose: label,
    by_channel: {},
    metric_by_platform: {},
    needs: [],
    unit: "ratio",
    decimals: 2,
  } as const;
  return {
    id,
    label,
    formula,
    ...rest,
    better: "up",
    stage: null,
    tier: "operational",
    timing: "leading",
    parent: null,
    note: null,
    ...more,
  };
}

export const dictionary: ReadonlyMap<string, KpiDef> = new Map(
  [
    ...metricIds.map((id: MetricId) =>
      kpi(id, id, { unit: metrics[id].unit === "money" ? "money" : "count", decimals: 0 }),
    ),
    kpi("ctr", "clicks / impressions", { metric_by_platform: { clicks: { meta_ads: "link_clicks" } } }),
    kpi("roas", "conversion_value / cost"),
    kpi("cpa", "cost / conversions", { unit: "money", better: "down" }),
    kpi("blended_roas", "revenue / cost"),
    kpi("bounce_rate", "1 - engaged_sessions / sessions", { better: "down" }),
    kpi("frequency", "impressions / reach"),
  ].map((each) => [each.id, each]),
);

export const book = { kpis: dictionary, channel: null, parameters: {} };

/** An entry that is there. */
export function entry(id: string): KpiDef {
  const found = dictionary.get(id);
  if (!found) throw new Error(`no KPI ${id}`);
  return found;
}
