import type { DuckDBConnection } from "@duckdb/node-api";
import { dimensions } from "../../transforms/metrics.ts";
import type { Table } from "../extract/table.ts";
import { identifier } from "./facts.ts";

/** One of a table's first rows as it was understood: its day, its texts and its figures, each as plain text. */
export type FirstRow = Readonly<Record<string, string | null>>;

/** The days on which an extraction has rows, in order. */
export async function rowDays(db: DuckDBConnection, extraction: number): Promise<string[]> {
  const found = await db.runAndReadAll(
    `SELECT DISTINCT CAST(day AS VARCHAR) AS day FROM facts WHERE extraction = ${extraction} AND day IS NOT NULL ORDER BY day`,
  );
  return found.getRowObjects().map(({ day }) => String(day));
}

/** Rows in the file's order. A dimension with an id shows the name that goes with it, where the file has one. */
export async function firstRows(
  db: DuckDBConnection,
  { plan }: Pick<Table, "plan">,
  extraction: number,
  count: number,
): Promise<FirstRow[]> {
  if (count === 0) return [];
  const named = (id: string) =>
    id in dimensions && plan.columns.includes(`${id}_name`)
      ? `coalesce(${identifier(`${id}_name`)}, ${identifier(id)})`
      : identifier(id);
  const ids = ["line", ...plan.columns.filter((id) => !id.endsWith("_name"))];
  const listed = ids.map((id) => `CAST(${named(id)} AS VARCHAR) AS ${identifier(id)}`).join(", ");
  const found = await db.runAndReadAll(
    `SELECT ${listed} FROM facts WHERE extraction = ${extraction} ORDER BY facts.line LIMIT ${count}`,
  );
  return found
    .getRowObjects()
    .map((row) =>
      Object.fromEntries(Object.entries(row).map(([id, value]) => [id, value === null ? null : `${value}`])),
    );
}
