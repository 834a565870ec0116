import type { z } from "zod";
import type { CadenceDef, KpiDef, PartId, TableDef } from "../transforms/definitions.ts";
import { FormulaError, formulaOf, inputs, parseFormula } from "../transforms/kpi/formula.ts";
import { type Metric, metricIds, metrics } from "../transforms/metrics.ts";
import { type Problem, problem } from "../transforms/problem.ts";
import { nearest } from "./nearest.ts";
import type { KpiChange } from "./schema/kpis.ts";
import type { CadenceMap, TableEntry } from "./schema/words.ts";
import type { Path, YamlFile } from "./yaml.ts";

export type KpiChanges = Readonly<Record<string, z.infer<typeof KpiChange>>>;

/** Every base metric as a KPI of its own. */
export function metricKpis(): Map<string, KpiDef> {
  return new Map(metricIds.map((id) => [id, metricKpi(id, metrics[id])]));
}

/**
 * Lays entries over a dictionary, field by field, and proves every formula: it parses, its names are known, and none
 * leads back to itself.
 */
export function layKpis(
  below: ReadonlyMap<string, KpiDef>,
  changes: KpiChanges,
  yaml: YamlFile,
  path: Path = [],
): { kpis: Map<string, KpiDef>; problems: Problem[] } {
  const kpis = new Map(below);
  const problems: Problem[] = [];
  for (const [id, change] of Object.entries(changes)) {
    const base = kpis.get(id);
    const missing = base ? [] : required.filter((key) => change[key] === undefined);
    for (const key of missing)
      problems.push(
        problem(
          "CONFIG_KPI_PART",
          { kpi: id, key, nearest: nearest(id, [...below.keys()]) },
          yaml.place([...path, id], "key"),
        ),
      );
    if (missing.length === 0) kpis.set(id, { ...blank, ...base, ...stripped(change), id } as KpiDef); // no field is missing
  }
  for (const id of Object.keys(changes)) {
    const kpi = kpis.get(id);
    if (kpi) problems.push(...proven(kpi, kpis, yaml, [...path, id]));
  }
  return { kpis, problems };
}

/** A cadence map as definitions, defaults filled in: Monday, the third day, nine o'clock. */
export function cadencesOf(map: z.infer<typeof CadenceMap>): CadenceDef[] {
  const common = (entry: { at?: string; on_holiday?: CadenceDef["on_holiday"] }) => ({
    at: entry.at ?? "09:00",
    on_holiday: entry.on_holiday ?? ("send" as const),
  });
  const { daily, weekly, monthly, quarterly } = map;
  return [
    ...(daily ? [{ cadence: "daily" as const, ...common(daily) }] : []),
    ...(weekly ? [{ cadence: "weekly" as const, day: weekly.day ?? "mon", ...common(weekly) }] : []),
    ...(monthly ? [{ cadence: "monthly" as const, day: monthly.day ?? 3, ...common(monthly) }] : []),
    ...(quarterly ? [{ cadence: "quarterly" as const, day: quarterly.day ?? 5, ...common(quarterly) }] : []),
  ];
}

/** Table entries as definitions. */
export function tablesOf(entries: readonly z.infer<typeof TableEntry>[]): TableDef[] {
  return entries.map((entry) => {
    if (typeof entry === "string") return { by: [entry], kpis: null, order: null, limit: DEFAULT_ROWS };
    const by: readonly PartId[] = Array.isArray(entry.by) ? entry.by : [entry.by];
    return { by, kpis: entry.kpis ?? null, order: entry.order ?? null, limit: entry.limit ?? DEFAULT_ROWS };
  });
}

const DEFAULT_ROWS = 10;

const required = ["label", "purpose", "formula", "unit", "decimals", "better", "tier", "timing"] as const;

const blank = { by_channel: {}, metric_by_platform: {}, needs: [], stage: null, parent: null, note: null };

/** Metrics of which less is better; a cost or a reach is neither good nor bad by itself. */
const downIsGood: readonly string[] = [
  "unsubscribes",
  "complaints",
  "bounces",
  "soft_bounces",
  "hard_bounces",
  "followers_lost",
  "detractors",
  "mentions_negative",
];
const neither: readonly string[] = ["cost", "search_volume", "traffic_cost_estimate", "passives", "position_weight"];

function metricKpi(id: string, { unit, scale, label }: Metric): KpiDef {
  return {
    ...blank,
    id,
    label,
    purpose: label,
    formula: id,
    unit: unit === "money" || unit === "seconds" ? unit : "count",
    decimals: unit === "money" ? 2 : unit === "hours" || (unit === "count" && scale > 0) ? 1 : 0,
    better: downIsGood.includes(id) ? "down" : neither.includes(id) ? "neither" : "up",
    tier: "operational",
    timing: "leading",
  };
}

function stripped(change: KpiChanges[string]): Partial<KpiDef> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

function proven(kpi: KpiDef, kpis: ReadonlyMap<string, KpiDef>, yaml: YamlFile, path: Path): Problem[] {
  const formulas: [Path, string][] = [
    [["formula"], kpi.formula],
    ...Object.entries(kpi.by_channel).map(([channel, text]): [Path, string] => [["by_channel", channel], text]),
    ...Object.entries(kpi.metric_by_platform).flatMap(([metric, byPlatform]) =>
      Object.entries(byPlatform).map(([platform, text]): [Path, string] => [
        ["metric_by_platform", metric, platform],
        text,
      ]),
    ),
  ];
  return formulas.flatMap(([where, text]) => {
    const place = yaml.place([...path, ...where]);
    try {
      const known = [...kpis.keys(), ...kpi.needs];
      const strange = inputs(parseFormula(text)).filter((name) => !known.includes(name));
      if (strange.length === 0) formulaOf({ ...kpi, formula: text, by_channel: {} }, kpis);
      return strange.map((found) =>
        problem("CONFIG_FORMULA_NAME", { kpi: kpi.id, found, nearest: nearest(found, known) }, place),
      );
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error;
      const { at, found, expected } = error;
      return [problem("CONFIG_FORMULA", { kpi: kpi.id, formula: text, at, found, expected }, place)];
    }
  });
}
