import type { Ask, Extraction } from "../../jobs/warehouse/warehouse.ts";
import type { MetricId } from "../../transforms/metrics.ts";
import type { Fact } from "./facts.ts";

interface Given {
  extraction: Extraction;
  facts: readonly Fact[];
}

/**
 * The sums, worked out the slow way, a day and a metric at a time, straight from the rules: which export of a table is
 * newest for the day, which table is preferred for the metric, what its rows add up to. Values in cents.
 */
export function modelSums(given: readonly Given[], { from, to, metrics }: Ask): string[] {
  const lines: string[] = [];
  for (const day of calendar(from, to)) {
    for (const metric of metrics) lines.push(...sumsOf(given, day, metric));
  }
  return lines;
}

function sumsOf(given: readonly Given[], day: string, metric: MetricId): string[] {
  const covering = given.filter((each) => covers(each, day) && each.extraction.metrics.includes(metric));
  const [best] = covering.toSorted(
    (a, b) =>
      (a.extraction.rank ?? 99) - (b.extraction.rank ?? 99) ||
      (a.extraction.generatedAt! < b.extraction.generatedAt! ? 1 : -1),
  );
  if (!best) return [];
  if (best.extraction.kind !== "snapshot") {
    const total = add(
      best.facts.filter((fact) => fact.day === day),
      metric,
    );
    return total === null ? [] : [`${day} - true ${metric}=${total}`];
  }
  const versions = covering.filter((each) => tableOf(each) === tableOf(best));
  const ages = [...new Set(versions.map(asOf))].toSorted();
  return ages.flatMap((age, index) => {
    const known = new Map<string, Fact>();
    const table = given.filter((each) => tableOf(each) === tableOf(best) && asOf(each) <= age);
    for (const each of table.toSorted((a, b) => (a.extraction.generatedAt! < b.extraction.generatedAt! ? -1 : 1))) {
      for (const fact of each.facts) known.set(fact.post!, fact);
    }
    const total = add(
      [...known.values()].filter((fact) => fact.day === day),
      metric,
    );
    return total === null ? [] : [`${day} ${age} ${index === ages.length - 1} ${metric}=${total}`];
  });
}

/** Its declared days; without them from its first to its last row; and any day that has a row. */
function covers({ extraction: { declared }, facts }: Given, day: string): boolean {
  const days = facts.map((fact) => fact.day!).toSorted();
  if (days.includes(day)) return true;
  const [first, last] = declared ? [declared.from, declared.to] : [days[0], days.at(-1)];
  return first !== undefined && last !== undefined && first <= day && day <= last;
}

const tableOf = ({ extraction }: Given): string =>
  JSON.stringify([extraction.format, extraction.cut, extraction.metrics, extraction.kind]);
const asOf = ({ extraction }: Given): string => extraction.generatedAt!.slice(0, 10);

/** No row is a zero; rows of which none has a value are unknown. */
function add(facts: readonly Fact[], metric: MetricId): string | null {
  const values = facts.flatMap((fact) =>
    fact[metric] === null || fact[metric] === undefined ? [] : [Number(fact[metric])],
  );
  if (facts.length > 0 && values.length === 0) return null;
  return String(values.reduce((sum, value) => sum + Math.round(value * 100), 0) / 100);
}

function calendar(from: string, to: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}
