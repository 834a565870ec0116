// One step in a process of its own: `growth-child.ts history|load <export> <database> [rows]`. Prints milliseconds.
import { formatsOf } from "../../config/formats.ts";
import { projectConfig } from "../../config/load.ts";
import { readTables } from "../../jobs/extract/read.ts";
import { openDuckDb } from "../../jobs/warehouse/duckdb.ts";
import { stage } from "../../jobs/warehouse/stage.ts";

const [what, file = "", database = "", rows = "0"] = process.argv.slice(2);
const { formats } = await formatsOf(projectConfig);
const work = `${database}.work`;
const folder = file.slice(0, file.lastIndexOf("/"));
const account = "123-456-7890";

const began = performance.now();
const warehouse = await openDuckDb(database, { read: [folder, work], threads: 2, memory: "256MB" });
const [table] = (await readTables(file, { formats, work })).tables;
if (!table) throw new Error("the export was not recognised");
if (what === "history") {
  // Every day up to the end of the year before, as if exported long ago.
  const older = {
    ...table,
    account,
    sha256: "history",
    file: "history.csv",
    declared: null,
    generatedAt: "2025-12-31",
  };
  await warehouse.load(older, async (id, into) => {
    // In the order in which exports came, week after week: two years of days, each with as many keywords.
    const keywords = Math.trunc(Number(rows) / 730);
    await warehouse.connection.run(
      `INSERT INTO ${into} (extraction, line, day, campaign, campaign_name, ad_group, ad_group_name, keyword, keyword_name, match_type, impressions, clicks, cost, conversions, conversion_value)
       SELECT ${id}, i, DATE '2025-12-31' - CAST(729 - i // ${keywords} AS INTEGER), 'Campaign ' || (k % 40), 'Campaign ' || (k % 40), 'Group ' || (k % 400),
         'Group ' || (k % 400), 'keyword ' || k, 'keyword ' || k, 'Exact match', i % 1000, i % 30, i % 70 + 0.25, 0.5, i % 90
       FROM (SELECT i, i % ${keywords} AS k FROM range(${keywords * 730}) AS r(i)) ORDER BY i`,
    );
    return { rows: Number(rows), rejected: 0, skipped: {} };
  });
} else {
  await warehouse.load({ ...table, account }, async (id, into) => {
    const staged = await stage(warehouse.connection, table, { extraction: id, into });
    return { rows: staged.rows, rejected: staged.rejectedTotal, skipped: { ...staged.skipped } };
  });
}
const load = performance.now() - began;

const ask = { channels: ["ppc"], metrics: ["cost", "clicks", "conversions"] } as const;
await question("2025-11-06", "2025-12-03"); // the first one reads the catalogue
const asked = performance.now();
await question("2025-12-04", "2025-12-31");
await question("2025-11-06", "2025-12-03");
const query = (performance.now() - asked) / 2;
await warehouse.close();
process.stdout.write(JSON.stringify({ load, query }));

async function question(from: string, to: string): Promise<void> {
  await warehouse.parts({ ...ask, from, to, by: ["campaign"], windows: "exact" });
}
