import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { literal } from "../../../transforms/clean/text.ts";
import { dimensionIds, type MetricId } from "../../../transforms/metrics.ts";
import { integer, json, type Row, type Statements, textOrNull } from "../engine.ts";
import { identifier } from "../facts.ts";
import type { Shape } from "../store.ts";
import { catalogueTables, layoutMark, liveLayout } from "./layout.ts";

/** Whose warehouse it is, and which table has its facts. */
export interface Head {
  client: string;
  facts: string;
  /** The columns that the table of facts was made with. */
  mark: string;
}

/** Puts the rows of `live` into the catalogue's tables. */
export async function restore(catalogue: Statements, rows: readonly Row[]): Promise<Head | null> {
  const shape = Object.fromEntries(
    liveLayout.columns.map(({ name, type }) => [
      name,
      { INTEGER: "BIGINT", DATE: "DATE" }[type as string] ?? "VARCHAR",
    ]),
  );
  for (const [table, columns] of Object.entries(catalogueTables)) {
    const own = rows.filter(({ record }) => record === table);
    if (own.length === 0) continue;
    await catalogue.run(
      `INSERT INTO ${table} SELECT ${columns.map(identifier).join(", ")}
      FROM (SELECT unnest(from_json(?, '[${JSON.stringify(shape)}]'), recursive := true))`,
      [JSON.stringify(own)],
    );
  }
  const head = rows.find(({ record }) => record === "warehouse");
  return head ? { client: `${head.client}`, facts: `${head.facts}`, mark: `${head.sha256}` } : null;
}

/** Writes the catalogue as the rows of `live` into a Parquet file, and tells how many there are and what they hash to. */
export async function save(
  catalogue: Statements,
  { client, facts }: Omit<Head, "mark">,
  folder: string,
): Promise<{ path: string; rows: number; sha256: string }> {
  const path = join(folder, "live.parquet");
  const head = `SELECT 'warehouse' AS record, ${literal(client)} AS client, ${literal(facts)} AS facts, ${literal(layoutMark)} AS sha256`;
  const tables = Object.entries(catalogueTables).map(
    ([table, columns]) => `SELECT '${table}' AS record, ${columns.map(identifier).join(", ")} FROM ${table}`,
  );
  const all = [head, ...tables].join(" UNION ALL BY NAME ");
  await catalogue.run(`COPY (SELECT * FROM (${all}) ORDER BY ALL) TO ${literal(path)} (FORMAT parquet)`);
  const [found] = await catalogue.all(`SELECT COUNT(*) AS n FROM (${all})`);
  const sha256 = createHash("sha256")
    .update(await readFile(path))
    .digest("hex");
  return { path, rows: integer(found?.n), sha256 };
}

/** The streams that are held, as their tables are made. */
export async function shapesOf(catalogue: Statements): Promise<Shape[]> {
  const rows = await catalogue.all("SELECT id, platform, cut, metrics FROM stream");
  return rows.map((row) => ({
    stream: integer(row.id),
    cut: dimensionIds.filter((id) => json<string[]>(row.cut).includes(id)),
    metrics: json<MetricId[]>(row.metrics),
    platform: textOrNull(row.platform) as Shape["platform"],
  }));
}
