import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { formatsOf } from "../../config/formats.ts";
import { projectConfig } from "../../config/load.ts";
import { readTables } from "../../jobs/extract/read.ts";
import { createFacts, stage } from "../../jobs/warehouse/stage.ts";
import { writeExports } from "./messy.ts";

export interface IngestFigures {
  rows: number;
  megabytes: number;
  /** Medians over the rounds, in milliseconds. */
  engine: number;
  ingest: number;
  ratio: number;
}

/**
 * How long a messy export of two million rows takes from hashing the file to the commit, against DuckDB reading a clean
 * copy of it into a typed table. Both write a database file; the rounds alternate, so that a busy machine slows both.
 */
export async function benchIngest({ rows = 2_000_000, rounds = 5 } = {}): Promise<IngestFigures> {
  const folder = mkdtempSync(join(tmpdir(), "bogo-bench-"));
  try {
    const [messy, clean] = [join(folder, "Search keyword report.csv"), join(folder, "clean.csv")];
    const truth = await writeExports(messy, clean, rows);
    const { formats } = await formatsOf(projectConfig);
    const times: { engine: number[]; ingest: number[] } = { engine: [], ingest: [] };
    for (let round = 0; round < rounds; round += 1) {
      times.engine.push(await timed(join(folder, `engine-${round}.duckdb`), (db) => readClean(db, clean)));
      const ingest = async (db: DuckDBConnection) => {
        const { tables } = await readTables(messy, { formats, work: folder });
        await createFacts(db, "facts");
        await db.run("BEGIN TRANSACTION");
        const [table] = tables;
        if (!table) throw new Error("the export was not recognised");
        const staged = await stage(db, table, { extraction: 1, into: "facts" });
        await db.run("COMMIT");
        const cents = String(truth.cost).padStart(3, "0");
        const cost = `${cents.slice(0, -2)}.${cents.slice(-2)}`.replace(/\.?0+$/u, "");
        if (
          staged.rows !== rows ||
          staged.sums.cost !== cost ||
          staged.sums.impressions !== String(truth.impressions)
        ) {
          throw new Error(`wrong figures: ${JSON.stringify(staged)}`);
        }
      };
      times.ingest.push(await timed(join(folder, `ingest-${round}.duckdb`), ingest));
    }
    const [engine, ingest] = [median(times.engine), median(times.ingest)];
    return {
      rows,
      megabytes: Math.round(statSync(messy).size / 1e6),
      engine,
      ingest,
      ratio: Math.round((ingest / engine) * 100) / 100,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function readClean(db: DuckDBConnection, path: string): Promise<void> {
  const columns =
    "{'day':'DATE','campaign':'VARCHAR','ad_group':'VARCHAR','keyword':'VARCHAR','match_type':'VARCHAR','currency':'VARCHAR','impressions':'BIGINT','clicks':'BIGINT','cost':'DECIMAL(18,2)','conversions':'DECIMAL(18,2)','value':'DECIMAL(18,2)'}";
  await db.run("BEGIN TRANSACTION");
  await db.run(
    `CREATE TABLE facts AS SELECT * FROM read_csv('${path}', columns = ${columns}, auto_detect = false, header = false, delim = ',', quote = '"')`,
  );
  await db.run("COMMIT");
}

async function timed(path: string, work: (db: DuckDBConnection) => Promise<void>): Promise<number> {
  const instance = await DuckDBInstance.create(path);
  const db = await instance.connect();
  await db.run("SET threads = 2");
  const start = performance.now();
  await work(db);
  const took = performance.now() - start;
  db.closeSync();
  instance.closeSync();
  rmSync(path, { force: true });
  return took;
}

function median(values: readonly number[]): number {
  return Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0);
}
