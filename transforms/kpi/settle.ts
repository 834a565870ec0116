import type { MetricId, PlatformId } from "../metrics.ts";
import { daysBetween } from "../period.ts";

/** Days after which a platform no longer restates a day: its counts and cost, and its conversions. */
export interface Settle {
  days: number;
  conversions: number;
}

export type SettleTimes = Readonly<Partial<Record<PlatformId, Settle>>>;

/** True while a platform may still restate this metric of a period that ended on `to`, seen on the morning of `today`. */
export function isProvisional(
  platform: PlatformId,
  metric: MetricId,
  to: string,
  today: string,
  times: SettleTimes,
): boolean {
  const settle = times[platform];
  if (!settle) return false;
  return daysBetween(to, today) < (attributed.has(metric) ? settle.conversions : settle.days);
}

/** Metrics that are attributed to an earlier click or view, so that they grow for weeks. */
export const attributed: ReadonlySet<MetricId> = new Set([
  "conversions",
  "conversion_value",
  "purchases",
  "purchase_value",
  "leads",
  "adds_to_cart",
  "installs",
]);
