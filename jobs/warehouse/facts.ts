import type { DuckDBConnection } from "@duckdb/node-api";
import { narrowDecimal } from "../../transforms/clean/number.ts";
import { literal } from "../../transforms/clean/text.ts";
import { dimensionIds, entityDimensions, type MetricId, metricIds, metrics } from "../../transforms/metrics.ts";

/** A column of the canonical facts table: its name and DuckDB type. */
export interface FactColumn {
  name: string;
  type: string;
}

/**
 * The columns of every facts table, in order: `extraction, line, day`, one VARCHAR a dimension, `<entity>_name` for
 * dimensions with an id, then one column a metric. `line` is the physical line the row stood on, null for files so
 * large that only trouble makes the engine look lines up. `day` is null in rows of a window.
 */
export const factColumns: readonly FactColumn[] = [
  { name: "extraction", type: "INTEGER" },
  { name: "line", type: "BIGINT" },
  { name: "day", type: "DATE" },
  ...dimensionIds.map((name) => ({ name, type: "VARCHAR" })),
  ...entityDimensions.map((name) => ({ name: `${name}_name`, type: "VARCHAR" })),
  ...metricIds.map((name) => ({ name, type: firstType(name) })),
];

/** Creates the canonical facts table. There is no primary key: a name may stand on several rows that add. */
export async function createFacts(db: DuckDBConnection, name: string, { temp = false } = {}): Promise<void> {
  const columns = factColumns.map((each) => `${identifier(each.name)} ${each.type}`).join(", ");
  await db.run(`CREATE ${temp ? "TEMP " : ""}TABLE ${identifier(name)} (${columns})`);
}

/** Counts are whole; everything else keeps the digits that its catalogue entry asks for, exactly. */
export function metricType(id: MetricId): string {
  const { scale } = metrics[id];
  return scale === 0 ? "BIGINT" : `DECIMAL(38,${scale})`;
}

/** The type a metric's column has until a value comes that needs the other. */
function firstType(id: MetricId): string {
  return metrics[id].scale === 0 ? "BIGINT" : narrowDecimal;
}

/** Gives a table's fractions the types that hold every digit, in the caller's transaction. */
export async function widen(db: DuckDBConnection, table: string, ids: readonly MetricId[]): Promise<void> {
  const columns = await db.runAndReadAll(`PRAGMA table_info(${literal(table)})`);
  const types = new Map(columns.getRowObjects().map(({ name, type }) => [String(name), String(type)]));
  for (const id of ids) {
    if (types.get(id) === metricType(id)) continue;
    await db.run(`ALTER TABLE ${identifier(table)} ALTER COLUMN ${identifier(id)} TYPE ${metricType(id)}`);
  }
}

/** Quotes a name for SQL. Names come from the catalogue or the caller's code, never from a file or a config. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
