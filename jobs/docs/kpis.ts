import type { KpiDef } from "../../transforms/definitions.ts";
import { type MetricId, metricIds, metrics } from "../../transforms/metrics.ts";
import { table, WRITTEN } from "./table.ts";

/** The KPI dictionary and the base metrics behind it. */
export function kpiDictionary(kpis: ReadonlyMap<string, KpiDef>): string {
  const calculated = [...kpis.values()].filter(({ id, formula }) => formula !== id);
  const rows = calculated.map((kpi) => [
    `\`${kpi.id}\``,
    kpi.label.ko,
    kpi.label.en,
    formulaText(kpi),
    kpi.unit,
    arrows[kpi.better],
    kpi.stage ?? "",
    kpi.tier,
    kpi.timing,
    [kpi.purpose.en, kpi.note?.en ?? ""].filter(Boolean).join(". "),
  ]);
  const stored = metricIds.map((id) => [
    `\`${id}\``,
    metrics[id].label.ko,
    metrics[id].label.en,
    metrics[id].unit,
    additivity[metrics[id].over],
    meaning(kpis, id),
  ]);
  return `${[
    WRITTEN,
    "# KPIs",
    "Rates are never stored and never averaged: each is calculated from the sums of its parts. Where a part is unknown or there is nothing to divide by, the value is “–” with its reason, never 0. A client may change an entry or add one under `kpis:`.",
    table(["Id", "Korean", "English", "Formula", "Unit", "Better", "Stage", "Tier", "Timing", "Purpose"], rows),
    "## Base metrics",
    "The only things that are stored. Each is a KPI by itself.",
    table(["Id", "Korean", "English", "Unit", "Over days and rows", "On platforms"], stored),
  ].join("\n\n")}\n`;
}

const arrows = { up: "↑", down: "↓", neither: "–" };
const additivity = { sum: "sum", last: "last value", never: "never added" };

function formulaText({ formula, by_channel, metric_by_platform }: KpiDef): string {
  const channels = Object.entries(by_channel).map(([channel, text]) => `${channel}: \`${text}\``);
  return [`\`${formula}\``, ...channels, ...meanings(metric_by_platform)].join("; ");
}

function meaning(kpis: ReadonlyMap<string, KpiDef>, id: MetricId): string {
  return meanings(kpis.get(id)?.metric_by_platform ?? {}).join("; ");
}

function meanings(metricByPlatform: KpiDef["metric_by_platform"]): string[] {
  return Object.entries(metricByPlatform).flatMap(([metric, platforms]) =>
    Object.entries(platforms).map(([platform, text]) => `${platform}: \`${text}\` for \`${metric}\``),
  );
}
