import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { openDuckDb } from "../../jobs/warehouse/duckdb.ts";
import { extraction, lines, march, subjectOf } from "./facts.ts";

const folder = mkdtempSync(join(tmpdir(), "warehouse-safety-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("a DuckDB warehouse whose process is killed", () => {
  it.each([1, 2, 3])(
    "opens again with every load that was acknowledged and nothing of the one cut off (%i)",
    async (round) => {
      const path = join(folder, `killed-${round}.duckdb`);
      const acknowledged = await killAfter(path, 2 + round);
      const warehouse = await openDuckDb(path);
      const files = await warehouse.files(march());
      expect(files.length).toBeGreaterThanOrEqual(acknowledged);
      expect(files.length).toBeLessThanOrEqual(acknowledged + 1);
      expect(lines(await warehouse.sums(march({ metrics: ["clicks"] })))).toEqual([
        `2026-03-01 clicks=${files.length * 1000}`,
      ]);
      expect(files.map(({ rows, superseded }) => rows - superseded).toSorted()).toEqual([
        ...Array(files.length - 1).fill(0),
        1000,
      ]);
      const next = await subjectOf(warehouse).load(extraction({ sha256: "next" }), [
        { day: "2026-03-02", campaign: "1", clicks: 1 },
      ]);
      expect(next.outcome).toBe("loaded");
      await warehouse.close();
    },
    20_000,
  );
});

/** Starts the loader, kills it right after its `count`th acknowledgement, and says how many it acknowledged. */
async function killAfter(path: string, count: number): Promise<number> {
  const child = spawn(process.execPath, [fileURLToPath(new URL("loader.ts", import.meta.url)), path]);
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk;
    if (said.split("\n").length > count) child.kill("SIGKILL");
  });
  await new Promise((resolve) => child.on("close", resolve));
  return said.split("\n").length - 1;
}

describe("a DuckDB warehouse that is reopened", () => {
  it("holds what it held", async () => {
    const path = join(folder, "again", "client.duckdb");
    const first = await openDuckDb(path);
    await subjectOf(first).load(extraction(), [{ day: "2026-03-01", campaign: "1", clicks: 5 }]);
    await first.close();
    const second = await openDuckDb(path);
    expect(lines(await second.sums(march({ metrics: ["clicks", "score_sum"] })))).toEqual(["2026-03-01 clicks=5"]);
    await second.close();
  });

  it("runs loads that are asked for at the same time one after the other", async () => {
    const warehouse = await openDuckDb(":memory:");
    const { load } = subjectOf(warehouse);
    const day = (n: number) => `2026-03-0${n}`;
    await Promise.all([1, 2, 3, 4].map((n) => load(extraction(), [{ day: day(n), campaign: "1", clicks: n }])));
    expect(lines(await warehouse.sums(march({ metrics: ["clicks"] })))).toEqual(
      [1, 2, 3, 4].map((n) => `${day(n)} clicks=${n}`),
    );
    await warehouse.close();
  });
});

describe("SQL in a DuckDB warehouse", () => {
  const inbox = join(folder, "inbox");
  mkdirSync(inbox);
  writeFileSync(join(inbox, "a.csv"), "x\n1\n");
  writeFileSync(join(folder, "secret.csv"), "x\n2\n");

  it("reads the folders that it was given", async () => {
    const warehouse = await openDuckDb(":memory:", { read: [inbox] });
    const read = await warehouse.connection.runAndReadAll(`SELECT * FROM read_csv('${join(inbox, "a.csv")}')`);
    expect(read.getRows()).toEqual([[1n]]);
    await warehouse.close();
  });

  it.each([
    ["a file outside", `SELECT * FROM read_csv('${join(folder, "secret.csv")}')`],
    ["a file outside by ..", `SELECT * FROM read_csv('${inbox}/../secret.csv')`],
    ["a system file", "SELECT * FROM read_text('/etc/passwd')"],
    ["the web", "SELECT * FROM read_csv('https://hanbit.example/x.csv')"],
    ["a folder's names", "SELECT * FROM glob('/etc/*')"],
    ["another database", `ATTACH '${join(folder, "other.duckdb")}'`],
    ["writing outside", `COPY (SELECT 1) TO '${join(folder, "out.csv")}'`],
    ["exporting the database", `EXPORT DATABASE '${join(folder, "dump")}'`],
    ["installing an extension", "INSTALL httpfs"],
    ["loading an extension", "LOAD httpfs"],
    ["opening up again", "SET enable_external_access = true"],
    ["allowing more folders", "SET allowed_directories = ['/']"],
    ["unlocking", "SET lock_configuration = false"],
    ["more memory", "SET memory_limit = '64GB'"],
  ])("is refused %s", async (_, sql) => {
    const warehouse = await openDuckDb(":memory:", { read: [inbox] });
    await expect(warehouse.connection.run(sql)).rejects.toThrow();
    await warehouse.close();
  });

  it("takes no name that the catalogue does not hold", async () => {
    const warehouse = await openDuckDb(":memory:");
    await subjectOf(warehouse).load(extraction(), [{ day: "2026-03-01", campaign: "1", clicks: 5 }]);
    const evil = 'clicks") FROM facts; DROP TABLE facts; --';
    await expect(
      warehouse.parts({ ...march({ metrics: ["clicks"] }), by: [evil as "campaign"], windows: "exact" }),
    ).rejects.toThrow();
    expect(await warehouse.sums(march({ metrics: [evil as "clicks"] }))).toEqual([]);
    expect(await warehouse.sums(march({ metrics: ["clicks"] }))).toHaveLength(1);
    await warehouse.close();
  });
});
