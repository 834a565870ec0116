import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { formatsOf } from "../../config/formats.ts";
import { projectConfig } from "../../config/load.ts";
import { readTables } from "../../jobs/extract/read.ts";
import { openDuckDb } from "../../jobs/warehouse/duckdb.ts";
import { stage } from "../../jobs/warehouse/stage.ts";
import type { PlatformFormats } from "../../transforms/format/format.ts";
import { type Written, writeExports } from "./messy.ts";

export interface IngestFigures {
  rows: number;
  megabytes: number;
  /** Medians over the rounds, in milliseconds. */
  engine: number;
  ingest: number;
  ratio: number;
  /** The same of the processor's time, which other people's work on the machine disturbs less. */
  processor: number;
}

interface Took {
  wall: number;
  processor: number;
}

const [memory, threads] = ["1GB", 2];

/**
 * How long a messy export of two million rows takes from hashing the file to the commit, against DuckDB reading a clean
 * copy of it into a typed table. Both write a new database file with the same settings; opening it is in neither, nor is
 * the copy into the archive. The rounds alternate, so that a busy machine slows both.
 */
export async function benchIngest({ rows = 2_000_000, rounds = 5 } = {}): Promise<IngestFigures> {
  const folder = mkdtempSync(join(tmpdir(), "bogo-bench-"));
  try {
    const [messy, clean] = [join(folder, "Search keyword report.csv"), join(folder, "clean.csv")];
    const truth = await writeExports(messy, clean, rows);
    const { formats } = await formatsOf(projectConfig);
    const engine: Took[] = [];
    const ingest: Took[] = [];
    for (let round = 0; round < rounds; round += 1) {
      engine.push(await readClean(clean, join(folder, `engine-${round}.duckdb`)));
      ingest.push(await load(messy, join(folder, `ingest-${round}.duckdb`), formats, truth));
    }
    const of = (took: readonly Took[], what: keyof Took) => median(took.map((each) => each[what]));
    return {
      rows,
      megabytes: Math.round(statSync(messy).size / 1e6),
      engine: Math.round(of(engine, "wall")),
      ingest: Math.round(of(ingest, "wall")),
      ratio: hundredths(of(ingest, "wall") / of(engine, "wall")),
      processor: hundredths(of(ingest, "processor") / of(engine, "processor")),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function readClean(path: string, database: string): Promise<Took> {
  const columns =
    "{'day':'DATE','campaign':'VARCHAR','ad_group':'VARCHAR','keyword':'VARCHAR','match_type':'VARCHAR','currency':'VARCHAR','impressions':'BIGINT','clicks':'BIGINT','cost':'DECIMAL(18,2)','conversions':'DECIMAL(18,2)','value':'DECIMAL(18,2)'}";
  const instance = await DuckDBInstance.create(database);
  const db = await instance.connect();
  await db.run(`SET threads = ${threads}; SET memory_limit = '${memory}'`);
  const took = await timed(async () => {
    await db.run("BEGIN TRANSACTION");
    await db.run(
      `CREATE TABLE facts AS SELECT * FROM read_csv('${path}', columns = ${columns}, auto_detect = false, header = false, delim = ',', quote = '"')`,
    );
    await db.run("COMMIT");
  });
  db.closeSync();
  instance.closeSync();
  rmSync(database, { force: true });
  return took;
}

/** The way every export takes: hashed, recognised, cleaned, checked line by line, settled and committed. */
async function load(
  path: string,
  database: string,
  formats: readonly PlatformFormats[],
  { rows, impressions, cost }: Written,
): Promise<Took> {
  const folder = join(database, "..");
  const warehouse = await openDuckDb(database, { read: [folder], memory, threads });
  let sums: Record<string, string> = {};
  let loaded = 0;
  const took = await timed(async () => {
    const [table] = (await readTables(path, { formats, work: folder })).tables;
    if (!table) throw new Error("the export was not recognised");
    const extraction = { ...table, account: "123-456-7890" };
    const { rows } = await warehouse.load(extraction, async (id, into) => {
      const staged = await stage(warehouse.connection, table, { extraction: id, into });
      sums = staged.sums;
      return { rows: staged.rows, rejected: staged.rejectedTotal, skipped: { ...staged.skipped } };
    });
    loaded = rows;
  });
  await warehouse.close();
  rmSync(database, { force: true });
  const cents = String(cost).padStart(3, "0");
  const money = `${cents.slice(0, -2)}.${cents.slice(-2)}`.replace(/\.?0+$/u, "");
  if (loaded !== rows || sums.cost !== money || sums.impressions !== String(impressions)) {
    throw new Error(`wrong figures: ${loaded} rows, ${JSON.stringify(sums)}`);
  }
  return took;
}

async function timed(work: () => Promise<void>): Promise<Took> {
  const [start, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: performance.now() - start, processor: (user + system) / 1000 };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

const hundredths = (value: number): number => Math.round(value * 100) / 100;
