import { DuckDBInstance } from "@duckdb/node-api";
import { formatsOf } from "../../config/formats.ts";
import { projectConfig } from "../../config/load.ts";
import { readTables } from "../../jobs/extract/read.ts";
import { openDuckDb } from "../../jobs/warehouse/duckdb.ts";
import { stage } from "../../jobs/warehouse/stage.ts";
import type { Took } from "./ingest.ts";

/**
 * One measured round in a process of its own, so that its peak of memory is its own too: `child.ts <engine|ingest> <file>
 * <new database>`. Prints what it took and what was loaded. Opening the database is not measured.
 */
const [way, file = "", database = ""] = process.argv.slice(2);
const [memory, threads] = ["256MB", 2];
const figures = await (way === "engine" ? readClean() : load());
process.stdout.write(JSON.stringify({ ...figures, peak: process.resourceUsage().maxRSS / 1024 } satisfies Took));

/** The engine's own read of a clean copy into a typed table, with the settings that a warehouse has. */
async function readClean() {
  const columns =
    "{'day':'DATE','campaign':'VARCHAR','ad_group':'VARCHAR','keyword':'VARCHAR','match_type':'VARCHAR','currency':'VARCHAR','impressions':'BIGINT','clicks':'BIGINT','cost':'DECIMAL(18,2)','conversions':'DECIMAL(18,2)','value':'DECIMAL(18,2)'}";
  const db = await (await DuckDBInstance.create(database)).connect();
  await db.run(`SET threads = ${threads}; SET memory_limit = '${memory}'`);
  return timed(async () => {
    await db.run("BEGIN TRANSACTION");
    await db.run(
      `CREATE TABLE facts AS SELECT * FROM read_csv('${file}', columns = ${columns}, auto_detect = false, header = false, delim = ',', quote = '"')`,
    );
    await db.run("COMMIT");
    return { rows: 0, sums: {} };
  });
}

/** The way every export takes: hashed, recognised, cleaned, checked line by line, settled and committed. */
async function load() {
  const { formats } = await formatsOf(projectConfig);
  const work = `${database}.work`;
  const warehouse = await openDuckDb(database, { read: [file.slice(0, file.lastIndexOf("/")), work], threads, memory });
  const took = await timed(async () => {
    const [table] = (await readTables(file, { formats, work })).tables;
    if (!table) throw new Error("the export was not recognised");
    let sums: Record<string, string> = {};
    const { rows } = await warehouse.load({ ...table, account: "123-456-7890" }, async (id, into) => {
      const staged = await stage(warehouse.connection, table, { extraction: id, into });
      sums = staged.sums;
      return { rows: staged.rows, rejected: staged.rejectedTotal, skipped: { ...staged.skipped } };
    });
    return { rows, sums };
  });
  await warehouse.close();
  return took;
}

async function timed<Result>(work: () => Promise<Result>) {
  const [start, before] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { ...result, wall: performance.now() - start, processor: (user + system) / 1000 };
}
