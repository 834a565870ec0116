import { openDuckDb } from "../../jobs/warehouse/duckdb.ts";
import { extraction } from "./facts.ts";

/**
 * A process for the crash test: loads day after day into the warehouse named on the command line and says so after each
 * commit, until it is killed. Each load replaces the day before in part, so that a half commit would show.
 */
const [path = ""] = process.argv.slice(2);
const warehouse = await openDuckDb(path);
for (let n = 1; n < 400; n++) {
  const given = extraction({
    sha256: `sha-${n}`,
    file: `${n}.csv`,
    generatedAt: `2026-03-01T00:00:00.${String(n).padStart(3, "0")}Z`,
  });
  await warehouse.load(given, async (id, into) => {
    await warehouse.connection.run(
      `INSERT INTO ${into} (extraction, day, campaign, clicks) SELECT CAST(? AS INTEGER), DATE '2026-03-01', CAST(i AS VARCHAR), CAST(? AS BIGINT) FROM range(1000) AS r(i)`,
      [id, n],
    );
    return { rows: 1000, rejected: 0, skipped: {} };
  });
  process.stdout.write(`${n}\n`);
}
