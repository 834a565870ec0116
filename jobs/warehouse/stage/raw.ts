import type { DuckDBConnection } from "@duckdb/node-api";
import { literal } from "../../../transforms/clean/text.ts";
import type { Table } from "../../extract/table.ts";

/** The cells of a row, as the cleaning's SQL knows them. */
export const cellNames = ({ source }: Table): string[] =>
  Array.from({ length: source.width }, (_, index) => `c${index}`);

/**
 * The cells as text, untouched. Of a file read as it lies there, lines that the engine cannot cut are recorded by it,
 * never dropped in silence; the plain tables written by the extract have none. A small buffer holds as many lines as are
 * read at a time, and no faster with more. The plain tables' longest line is the extract's longest record in quotes.
 */
export function rawSql(table: Table): string {
  const { path, delimiter, skip, numbered } = table.source;
  const types = [...(numbered ? ["line", "fold"] : []), ...cellNames(table)].map(
    (name) => `'${name}': '${name.startsWith("c") ? "VARCHAR" : "BIGINT"}'`,
  );
  const options = [
    literal(path),
    `columns = {${types.join(", ")}}`,
    "auto_detect = false",
    "header = false",
    `delim = ${literal(delimiter)}`,
    `quote = '"'`,
    `escape = '"'`,
    `skip = ${skip}`,
    "strict_mode = true",
    ...(numbered
      ? ["max_line_size = 1000000"]
      : ["max_line_size = 200000", "buffer_size = 8000000", "store_rejects = true"]),
  ];
  return `SELECT ${numbered ? "" : "CAST(NULL AS BIGINT) AS line, "}* FROM read_csv(${options.join(", ")})`;
}

export async function rows(db: DuckDBConnection, sql: string): Promise<Record<string, unknown>[]> {
  return (await db.runAndReadAll(sql)).getRowObjectsJson();
}
