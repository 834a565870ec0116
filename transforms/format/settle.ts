import type { Settle, SettleTimes } from "../kpi/settle.ts";
import type { PlatformId } from "../metrics.ts";
import type { PlatformFormats } from "./format.ts";

/** How long each platform may restate its figures: the longest that any of its formats says. */
export function settleTimes(platforms: readonly PlatformFormats[]): SettleTimes {
  const times: Partial<Record<PlatformId, Settle>> = {};
  for (const { platform, formats } of platforms) {
    for (const { settle } of formats) {
      const held = times[platform] ?? { days: 0, conversions: 0 };
      times[platform] = {
        days: Math.max(held.days, settle.days),
        conversions: Math.max(held.conversions, settle.conversions),
      };
    }
  }
  return times;
}
