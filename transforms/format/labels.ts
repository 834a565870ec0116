import type { PlatformId, Text } from "../metrics.ts";
import type { PlatformFormats } from "./format.ts";

export type PlatformLabels = Readonly<Record<PlatformId, Text>>;

/** How platforms are called. */
export function platformLabels(formats: readonly PlatformFormats[]): PlatformLabels {
  return Object.fromEntries(formats.map(({ platform, label }) => [platform, label]));
}

/** A platform's name; its id where figures outlived the formats they were read by. */
export function platformName(platform: PlatformId, labels: PlatformLabels, lang: keyof Text): string {
  return labels[platform]?.[lang] ?? platform;
}
