import { resolve } from "node:path";
import { literal } from "../../transforms/clean/text.ts";
import { type MetricId, metrics } from "../../transforms/metrics.ts";
import { identifier, metricType } from "./facts.ts";

/**
 * Writes a Parquet file (Zstandard) from a CSV of the same columns: days as dates, metrics as whole numbers or exact
 * decimals, the rest as text. An empty cell is null; an empty text does not occur.
 */
export async function writeParquet(csv: string, parquet: string, columns: readonly string[]): Promise<void> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    for (const setting of [
      "SET memory_limit = '256MB'",
      "SET autoinstall_known_extensions = false",
      "SET autoload_known_extensions = false",
    ])
      await connection.run(setting);
    const shape = columns.map((name) => `${literal(name)}: 'VARCHAR'`).join(", ");
    const cells = columns.map((name) => `CAST(${identifier(name)} AS ${typeOf(name)}) AS ${identifier(name)}`);
    await connection.run(
      `COPY (SELECT ${cells.join(", ")} FROM read_csv(${literal(resolve(csv))}, header = true, auto_detect = false,
        columns = {${shape}}, quote = '"', escape = '"', strict_mode = true, nullstr = '', max_line_size = 8388608))
       TO ${literal(resolve(parquet))} (FORMAT parquet, COMPRESSION zstd)`,
    );
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function typeOf(column: string): string {
  if (Object.hasOwn(metrics, column)) return metricType(column as MetricId);
  return ["day", "from", "to"].includes(column) ? "DATE" : "VARCHAR";
}
