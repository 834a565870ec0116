import type { MetricId, PlatformId } from "../metrics.ts";
import { metrics } from "../metrics.ts";
import type { PlatformFormats } from "./format.ts";

/** Every metric that a platform's exports can hold, so that a KPI nobody can feed is refused; null: no format is known. */
export function platformMetrics(formats: readonly PlatformFormats[], platform: PlatformId): MetricId[] | null {
  const own = formats
    .filter((each) => each.platform === platform)
    .flatMap((each) => each.formats)
    .filter((each) => !each.refuse);
  if (own.length === 0) return null;
  if (own.some(({ shape }) => shape === "long")) return Object.keys(metrics) as MetricId[];
  const held = own.flatMap(({ columns, derive }) => [...columns.map(({ is }) => is), ...Object.keys(derive)]);
  return [...new Set(held)].filter((is): is is MetricId => is in metrics);
}
