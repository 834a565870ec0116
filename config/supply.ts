import type { z } from "zod";
import type { KpiDef, Preset } from "../transforms/definitions.ts";
import { inputs, meaningOf } from "../transforms/kpi/formula.ts";
import { type MetricId, metrics, type PlatformId } from "../transforms/metrics.ts";
import type { Platforms } from "./platforms.ts";
import type { ChannelEntry } from "./schema/client.ts";

/** What a source's platform can supply. */
export interface Supplied {
  platform: PlatformId;
  metrics: ReadonlySet<string>;
}

type Source = NonNullable<z.infer<typeof ChannelEntry>["sources"]>[number];

/** The first metric of some that no source can supply. A source whose platform nobody knows may supply any. */
export function lackingInput(
  kpi: KpiDef,
  asked: readonly string[],
  supplied: readonly (Supplied | null)[],
): string | undefined {
  return asked
    .filter((name) => Object.hasOwn(metrics, name))
    .find((name) =>
      supplied.every(
        (source) =>
          source &&
          !inputs(meaningOf(kpi, name as MetricId, source.platform)).every((each) => source.metrics.has(each)),
      ),
    );
}

/** What a source's platform can supply, or the tables it is asked in; null where it could be any platform. */
export function suppliedBy(source: Source, platforms: Platforms | null): Supplied | null {
  const preset = source.bigquery?.preset;
  if (preset) return { platform: preset, metrics: new Set(presetMetrics[preset]) };
  const platform = source.platform ?? platformOf(source.files ?? "", platforms);
  const held = platform && platforms?.get(platform);
  return platform && held ? { platform, metrics: new Set<string>(held) } : null;
}

/** What is asked for in the tables of each preset: less than the platform's exports may hold. */
const presetMetrics: Readonly<Record<Preset, readonly MetricId[]>> = {
  google_ads: ["impressions", "clicks", "cost", "conversions", "conversion_value"],
  search_console: ["impressions", "clicks", "position_weight"],
  ga4: ["sessions", "engaged_sessions", "pageviews", "users", "new_users", "purchases", "purchase_value"],
};

/** The platform that a glob's folder stands for by custom: `google-ads/*`. Null where it could be any. */
function platformOf(glob: string, platforms: Platforms | null): PlatformId | null {
  const folder = (glob.split("/")[0] ?? "").replaceAll("-", "_");
  const customary: Readonly<Record<string, PlatformId>> = {
    naver: "naver_searchad",
    meta: "meta_ads",
    facebook: "facebook_page",
  };
  if (platforms?.has(folder)) return folder === "manual" ? null : folder;
  return customary[folder] ?? null;
}
