import { type MetricId, metricIds, metrics, type Unit } from "../../transforms/metrics.ts";
import type { ValueUnit } from "../../transforms/report/model.ts";
import { formatValue } from "../../transforms/text.ts";
import type { Lang } from "./words.ts";

/** A figure of a metric as reports print it; fractions keep two digits at most. */
export function figure(id: MetricId, value: string | null, currency: string | null, lang: Lang): string {
  const decimals = Math.min(2, value?.split(".")[1]?.replace(/0+$/u, "").length ?? 0);
  const unit = units[metrics[id].unit];
  return formatValue(value, { unit, decimals, currency: unit === "money" ? currency : null }, localeOf(lang));
}

/** The figures that people look for first, then the others in the catalogue's order. */
export function inOrder(ids: ReadonlySet<string>): MetricId[] {
  return [...headline, ...metricIds.filter((id) => !headline.includes(id))].filter((id) => ids.has(id));
}

const headline: readonly MetricId[] = ["impressions", "clicks", "cost", "conversions", "conversion_value"];

const localeOf = (lang: Lang) => (lang === "ko" ? "ko-KR" : "en-US");

const units: Readonly<Record<Unit, ValueUnit>> = {
  count: "count",
  money: "money",
  seconds: "seconds",
  hours: "count",
  weight: "count",
  people: "count",
  estimate: "count",
  points: "count",
};
