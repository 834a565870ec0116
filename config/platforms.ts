import type { MetricId, PlatformId } from "../transforms/metrics.ts";
import { type Problem, problem } from "../transforms/problem.ts";
import type { KpiChanges } from "./dictionary.ts";
import { nearest } from "./nearest.ts";
import type { Path, YamlFile } from "./yaml.ts";

/** The platforms that a format file describes, and which base metrics each supplies; null where nobody knows. */
export type Platforms = ReadonlyMap<PlatformId, readonly MetricId[] | null>;

/** Where a file names a platform, as a value or as a key. */
export interface NamedPlatform {
  platform: PlatformId;
  path: Path;
  part: "key" | "value";
}

/** The platforms that no format file describes: their exports could never be read. Without a list nothing is judged. */
export function unknownPlatforms(
  named: readonly NamedPlatform[],
  platforms: Platforms | null,
  yaml: YamlFile,
): Problem[] {
  if (!platforms) return [];
  const known = [...platforms.keys()];
  return named
    .filter(({ platform }) => !platforms.has(platform))
    .map(({ platform, path, part }) =>
      problem(
        "CONFIG_UNKNOWN_PLATFORM",
        { found: platform, nearest: nearest(platform, known) },
        yaml.place(path, part),
      ),
    );
}

/** Every platform for which entries of a KPI dictionary define a metric of their own. */
export function platformsInKpis(changes: KpiChanges, path: Path = []): NamedPlatform[] {
  return Object.entries(changes).flatMap(([id, { metric_by_platform = {} }]) =>
    Object.entries(metric_by_platform).flatMap(([metric, byPlatform]) =>
      Object.keys(byPlatform).map((platform) => ({
        platform,
        path: [...path, id, "metric_by_platform", metric, platform],
        part: "key" as const,
      })),
    ),
  );
}
