import type { DuckDBConnection } from "@duckdb/node-api";
import { narrowedSql, notRead } from "../../../transforms/clean/number.ts";
import { type MetricId, metrics } from "../../../transforms/metrics.ts";
import type { Table } from "../../extract/table.ts";
import { identifier, metricType } from "../facts.ts";
import { rows } from "./raw.ts";
import type { Staged } from "./staged.ts";

/** What the rows of a table come to. */
export interface Summary {
  rows: number;
  keys: number;
  /** Whether a fraction needs the wide type. */
  wide: boolean;
  /** Whether a stored cell is `notRead`, or a row has no day. */
  misread: boolean;
  from: string | null;
  to: string | null;
  sums: Staged["sums"];
}

export async function summary(
  db: DuckDBConnection,
  { plan, declared }: Table,
  from: string,
  of: "judged" | "stored",
): Promise<Summary> {
  const adding = plan.metrics.filter((id) => metrics[id].over === "sum");
  const sums = adding.map((id) => `CAST(sum("${id}") AS VARCHAR) AS "${id}"`);
  const days = plan.columns.includes("day")
    ? ["CAST(min(day) AS VARCHAR) AS first", "CAST(max(day) AS VARCHAR) AS last"]
    : [];
  const key = of === "stored" ? factKey({ plan }) : [];
  const keys = key.length > 0 ? [`count(DISTINCT hash(${key.join(", ")})) AS keys`] : [];
  const misfits = plan.metrics
    .filter((id) => of === "judged" && metrics[id].scale > 0)
    .map((id) => `"${id}" IS NOT NULL AND ${narrowedSql(identifier(id), metricType(id))} IS NULL`);
  const wide = misfits.length > 0 ? [`coalesce(bool_or(${misfits.join(" OR ")}), false) AS wide`] : [];
  const marks = plan.metrics.map((id) => `coalesce(min("${id}") = ${markOf(id)}, false)`);
  const dayless = plan.columns.includes("day") ? ["count(day) < count(*)"] : [];
  const misread = of === "stored" ? [`${[...marks, ...dayless, "false"].join(" OR ")} AS misread`] : [];
  const [found = {}] = await rows(
    db,
    `SELECT ${["count(*) AS rows", ...days, ...keys, ...wide, ...misread, ...sums].join(", ")} FROM ${from}`,
  );
  const total = adding.flatMap((id) => (found[id] === null ? [] : [[id, plainDecimal(String(found[id]))]]));
  const text = (value: unknown) => (value === null || value === undefined ? null : String(value));
  return {
    rows: Number(found.rows),
    keys: Number(found.keys ?? found.rows),
    wide: found.wide === true,
    misread: found.misread === true,
    // An export without rows still speaks of its days: nothing ran.
    from: text(found.first) ?? declared?.from ?? null,
    to: text(found.last) ?? declared?.to ?? null,
    sums: Object.fromEntries(total),
  };
}

const factKey = ({ plan }: Pick<Table, "plan">): string[] =>
  ["day", ...plan.cut].filter((name) => plan.columns.includes(name)).map(identifier);

/** `5474.03000` as `5474.03`. */
const plainDecimal = (text: string): string => (text.includes(".") ? text.replace(/\.?0+$/u, "") : text);

/** What stands in a metric's place where its cell was not read. */
export const markOf = (id: MetricId): string => (metrics[id].scale === 0 ? notRead.count : notRead.fraction);
