import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { Refusal } from "./store.ts";
import type { Cell, Field } from "./values.ts";

/** Reads an uploaded Parquet file into the columns of a table, or refuses it as BigQuery would. */
export async function readParquet(
  db: DuckDBConnection,
  folder: string,
  bytes: Buffer,
  fields: readonly Field[],
  { table, decimals }: { table: string; decimals: readonly string[] },
): Promise<Cell[][]> {
  // Each under a name of its own: the engine remembers what a file of that name held.
  const path = join(folder, `${crypto.randomUUID()}.parquet`);
  writeFileSync(path, bytes);
  const from = `read_parquet('${path}')`;
  const described = await db.runAndReadAll(`DESCRIBE SELECT * FROM ${from}`);
  const found = new Map(described.getRowObjectsJson().map((row) => [String(row.column_name), String(row.column_type)]));
  const mismatch = (what: string) =>
    new Refusal(400, "invalid", `Provided Schema does not match Table ${table}. ${what}`);
  for (const [name, type] of found) {
    const field = fields.find((each) => each.name === name);
    if (!field) throw mismatch(`Cannot add fields (field: ${name})`);
    const has = typesOf(type, decimals);
    if (!has.includes(field.type)) throw mismatch(`Field ${name} has changed type from ${field.type} to ${has[0]}`);
  }
  const cells = fields.map(({ name }) => (found.has(name) ? `CAST("${name}" AS VARCHAR)` : "CAST(NULL AS VARCHAR)"));
  const read = await db.runAndReadAll(`SELECT ${cells.join(", ")} FROM ${from}`);
  rmSync(path);
  return read.getRows() as Cell[][];
}

/** The types that a Parquet column may be loaded into, the likeliest first. */
function typesOf(type: string, decimals: readonly string[]): string[] {
  const [, precision, scale] = /^DECIMAL\((\d+),(\d+)\)$/.exec(type) ?? [];
  if (precision && scale) {
    const isNumeric = Number(scale) <= 9 && Number(precision) - Number(scale) <= 29;
    return (isNumeric ? ["NUMERIC", "BIGNUMERIC"] : ["BIGNUMERIC"]).filter((each) => decimals.includes(each));
  }
  const known: Readonly<Record<string, string>> = {
    BIGINT: "INTEGER",
    INTEGER: "INTEGER",
    VARCHAR: "STRING",
    DATE: "DATE",
    BOOLEAN: "BOOLEAN",
    DOUBLE: "FLOAT",
  };
  return [known[type] ?? type];
}
