import { type DimensionId, dimensions, type MetricId } from "../../transforms/metrics.ts";
import { type Claim, dayNumber, dayOf, ownership } from "../../transforms/ownership.ts";
import type { Source } from "./held.ts";
import { globExpression } from "./sql.ts";
import type { Ask, Day } from "./warehouse.ts";

export type By = DimensionId | "platform" | "account";

/** Days of one source that feed some metrics. Choices of one source never overlap; a metric's day has one choice. */
export interface Choice {
  source: Source;
  from: Day;
  to: Day;
  metrics: ReadonlySet<MetricId>;
}

/**
 * The sources that may answer at all: the accounts asked for, cuts that hold every dimension the narrowing names, and
 * nothing that its export had narrowed itself, unless to exactly what is asked.
 *
 * A cut without a rank (queries, which under-count) answers only questions about its own dimensions.
 */
export function eligible(sources: readonly Source[], only: Ask["only"] = {}, by: readonly By[] = []): Source[] {
  const asked = new Map(Object.entries(only));
  return sources.filter((source) => {
    for (const key of ["platform", "account"] as const) {
      const glob = asked.get(key);
      if (glob !== undefined && !new RegExp(`^${globExpression(glob)}$`).test(source[key])) return false;
    }
    if (!Object.entries(source.filters).every(([key, value]) => asked.get(key) === value)) return false;
    const has = (key: string) => (source.cut as readonly string[]).includes(key);
    const needed = [...asked.keys()].filter(isDimension);
    if (!needed.every((key) => has(key) || source.filters[key] === asked.get(key))) return false;
    const cut = by.filter(isDimension);
    if (!cut.every((key) => has(key) || (key === "weekday" && source.kind !== "window"))) return false;
    const isAskedFor = Object.keys(source.filters).length > 0 || [...needed, ...cut].some(has);
    return source.rank !== null || isAskedFor;
  });
}

export const isDimension = (key: string): key is DimensionId => Object.hasOwn(dimensions, key);

/** Best first: by rank, those without one last; equal ranks by the newest export, then by the one seen last. */
export function byPreference(a: Source, b: Source): number {
  return (
    (a.rank ?? Number.POSITIVE_INFINITY) - (b.rank ?? Number.POSITIVE_INFINITY) ||
    b.newness - a.newness ||
    (b.extraction ?? b.stream) - (a.extraction ?? a.stream)
  );
}

/** For each day one source of this metric: the most preferred that covers it. Cuts are never added together. */
export function chooseByDay(
  sources: readonly Source[],
  metric: MetricId,
  { from, to }: Pick<Ask, "from" | "to">,
): Claim<Source>[] {
  const claims = sources
    .filter((source) => source.kind !== "window" && source.metrics.has(metric))
    .toSorted((a, b) => byPreference(b, a))
    .flatMap((owner) => owner.runs.map((run) => ({ owner, from: later(run.from, from), to: earlier(run.to, to) })))
    .filter((claim) => claim.from <= claim.to);
  return ownership(claims);
}

/** Puts the days chosen for each metric together: per source, runs in which the same metrics are chosen. */
export function choices(chosen: ReadonlyMap<MetricId, readonly Claim<Source>[]>): Choice[] {
  const bySource = new Map<Source, { metric: MetricId; from: Day; to: Day }[]>();
  for (const [metric, claims] of chosen) {
    for (const { owner, from, to } of claims) {
      const list = bySource.get(owner) ?? [];
      bySource.set(owner, list);
      list.push({ metric, from, to });
    }
  }
  return [...bySource].flatMap(([source, runs]) => {
    const edges = [...new Set(runs.flatMap(({ from, to }) => [dayNumber(from), dayNumber(to) + 1]))].toSorted(
      (a, b) => a - b,
    );
    return edges.slice(1).flatMap((end, index) => {
      const [from, to] = [dayOf(edges[index] ?? end), dayOf(end - 1)];
      const feeding = runs.filter((run) => run.from <= from && run.to >= to).map(({ metric }) => metric);
      return feeding.length > 0 ? [{ source, from, to, metrics: new Set(feeding) }] : [];
    });
  });
}

export const later = (a: Day, b: Day): Day => (a > b ? a : b);
export const earlier = (a: Day, b: Day): Day => (a < b ? a : b);
