import { createHash } from "node:crypto";
import { type DimensionId, dimensionIds, type MetricId, metricIds, metrics } from "../../../transforms/metrics.ts";
import { factColumns } from "../facts.ts";
import type { Column, Layout } from "./remote.ts";

/**
 * All facts of a client lie in one table: by day in partitions, so that a report reads its days alone, and within them by
 * platform, cut and extraction. Columns that a stream lacks cost nothing where they are not read.
 */
export const factsLayout: Layout = {
  columns: factColumns.flatMap(({ name }): Column[] => {
    const column: Column = { name, type: typeOf(name) };
    return name === "day" ? [column, { name: "platform", type: "STRING" }, { name: "cut", type: "STRING" }] : [column];
  }),
  partition: "day",
  clusters: ["platform", "cut", "extraction"],
};

/** What each extraction's rows came to when it was loaded, for good. */
export const tallyLayout: Layout = {
  columns: [...integers("extraction"), { name: "day", type: "DATE" }, ...strings("metric", "amount")],
  clusters: ["extraction"],
};

/** The table of tallies that belongs to a table of facts. */
export const tallyTable = (facts: string): string => facts.replace("facts", "tally");

/**
 * What is loaded and who owns which day, as one table: `record` says which of the catalogue's tables a row is of. It is
 * replaced as a whole by one job, which is the moment in which a load counts.
 */
export const liveLayout: Layout = {
  columns: [
    ...strings("record", "client", "facts"),
    ...integers("id", "stream", "extraction"),
    ...strings("channel", "platform", "account", "format", "kind", "cut", "metrics", "filters"),
    ...strings("sha256", "file", "declared", "currency", "vat", "generated_at", "skipped"),
    ...integers("table_index", "rank", "newness", "rows", "rejected"),
    ...(["as_of", "from_day", "to_day"] as const).map((name): Column => ({ name, type: "DATE" })),
  ],
};

/** The tables of the catalogue, each with its columns in order. */
export const catalogueTables = {
  stream: ["id", "channel", "platform", "account", "format", "kind", "cut", "metrics", "filters"],
  extraction: [
    ...["id", "stream", "sha256", "table_index", "file", "declared", "rank", "currency", "vat", "generated_at"],
    ...["newness", "as_of", "from_day", "to_day", "rows", "rejected", "skipped"],
  ],
  covered: ["extraction", "from_day", "to_day"],
  live: ["stream", "extraction", "from_day", "to_day"],
} as const;

/** Tells whether a table was made with the columns of today. */
export const layoutMark = createHash("sha256").update(JSON.stringify(factsLayout)).digest("hex").slice(0, 16);

/** A cut as the table is clustered by it: `campaign,device`, or nothing for an undivided one. */
export function cutName(cut: readonly DimensionId[]): string {
  return dimensionIds.filter((id) => cut.includes(id)).join(",");
}

/** The DuckDB type in which a column leaves for BigQuery, of the digits that its column there holds. */
export function parquetType(name: string): string | null {
  return { NUMERIC: "DECIMAL(35,6)", BIGNUMERIC: "DECIMAL(38,17)" }[typeOf(name) as string] ?? null;
}

function typeOf(name: string): Column["type"] {
  if (name === "day") return "DATE";
  if (name === "extraction" || name === "line") return "INTEGER";
  if (!(metricIds as readonly string[]).includes(name)) return "STRING";
  const { scale } = metrics[name as MetricId];
  return scale === 0 ? "INTEGER" : scale <= 9 ? "NUMERIC" : "BIGNUMERIC";
}

function strings(...names: string[]): Column[] {
  return names.map((name) => ({ name, type: "STRING" }));
}

function integers(...names: string[]): Column[] {
  return names.map((name) => ({ name, type: "INTEGER" }));
}
