import type { PlatformId } from "../metrics.ts";
import type { PlatformFormats } from "./format.ts";

/** The time zone in which a platform counts the days of everyone, where all its formats say the same. */
export function fixedZones(platforms: readonly PlatformFormats[]): Partial<Record<PlatformId, string>> {
  const zones: Partial<Record<PlatformId, string>> = {};
  for (const { platform, formats } of platforms) {
    const [zone, ...others] = new Set(formats.map(({ set }) => set.timezone));
    if (zone !== undefined && others.length === 0) zones[platform] = zone;
  }
  return zones;
}
