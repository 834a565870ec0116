import { existsSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { BigQueryPlace } from "../../config/config.ts";
import { fixedClock } from "../../jobs/clock.ts";
import { rebuild } from "../../jobs/commands/rebuild.ts";
import { type Context, clientNamed, openLedger, outsideOf, readConfig } from "../../jobs/context.ts";
import { loadExports } from "../../jobs/load.ts";
import { withWarehouse } from "../../jobs/open.ts";
import { BogoError } from "../../transforms/problem.ts";
import type { SumRow } from "../../transforms/records.ts";
import { ACME, home } from "../cli/home.ts";
import { startBigQuery, stopEngine, type TestBigQuery } from "./server.ts";
import { accessTo } from "./subject.ts";

const held = vi.hoisted(() => ({ server: null as unknown }));
vi.mock("../../jobs/access.ts", () => ({
  accessOf: (client: string, { dataset }: BigQueryPlace) => accessTo(held.server as TestBigQuery, { client, dataset }),
}));

let server: TestBigQuery;
beforeAll(async () => {
  server = await startBigQuery();
  held.server = server;
});
afterAll(async () => {
  await server.close();
  await stopEngine();
});

const inBigQuery = (dataset: string) =>
  `${ACME}warehouse: { bigquery: { project: test-project, dataset: ${dataset}, credentials: "\${file:/run/secrets/bigquery.json}" } }\n`;

/** A home whose client is loaded into a file, and what is done there. */
async function loaded() {
  const at = home();
  const said: string[] = [];
  const context: Context = {
    roots: {
      config: join(at.folder, "config"),
      inbox: join(at.folder, "inbox"),
      state: join(at.folder, "state"),
      out: at.folder,
    },
    lang: "en",
    env: {},
    clock: fixedClock("2025-10-20T12:00:00Z"),
    terminal: false,
    print: (text) => void said.push(text),
    tell: (text) => void said.push(text),
  };
  /** The client's sums by whatever its config says now. */
  const look = async (): Promise<{ sums: SumRow[]; billed: number }> => {
    const written = await readConfig(context);
    const ledger = await openLedger(context);
    try {
      const outside = outsideOf(context, written, ledger);
      const client = clientNamed(written, "acme");
      const sums = await withWarehouse("acme", outside, async (warehouse, work) => {
        await loadExports(client, [], warehouse, work, outside);
        return warehouse.sums({
          from: "2025-10-01",
          to: "2025-10-31",
          channels: ["ppc"],
          metrics: ["cost", "conversions", "clicks"],
        });
      });
      return { sums, billed: ledger.counts().billed.find((each) => each.client === "acme")?.bytes ?? 0 };
    } finally {
      ledger.close();
    }
  };
  const file = join(context.roots.state, "warehouse", "acme.duckdb");
  const { sums } = await look();
  return { at, context, said, look, file, sums };
}

const codeOf = (error: unknown): string => (error instanceof BogoError ? error.problems[0]!.code : String(error));
const code = (work: Promise<unknown>): Promise<string> => work.then(() => "none", codeOf);

describe("bogo rebuild --warehouse", () => {
  it("moves a client to BigQuery and back, with every sum what it was, and counts what was billed", async () => {
    const { at, context, said, look, file, sums } = await loaded();
    expect(sums.length).toBeGreaterThan(20);
    expect(await code(rebuild(context, "acme", { warehouse: "bigquery" }))).toBe("WAREHOUSE_UNSET");

    at.write("config/clients/acme/client.yaml", inBigQuery("moved"));
    expect(await code(look())).toBe("BIGQUERY_NOT_MOVED");
    expect(await rebuild(context, "acme", { warehouse: "bigquery" })).toBe(0);
    expect(said.at(-1)).toMatch(/^[1-9]\d+ sums compared before and after: all equal\.$/);
    expect(existsSync(file)).toBe(false);
    const there = await look();
    expect(there.sums).toEqual(sums);
    expect(there.billed).toBeGreaterThan(0);
    expect(server.asked.some(({ kind }) => kind === "query")).toBe(true);

    // Rebuilt where it is, it has new tables and the old ones are gone.
    const tables = () => [...server.tables.keys()].filter((name) => name.startsWith("moved.")).toSorted();
    const before = tables();
    await rebuild(context, "acme");
    expect(tables().map((name) => name.replace(/_\w+$/, ""))).toEqual(["moved.facts", "moved.live", "moved.tally"]);
    expect(tables()).not.toEqual(before);
    expect((await look()).sums).toEqual(sums);

    at.write("config/clients/acme/client.yaml", ACME);
    expect(await code(look())).toBe("WAREHOUSE_MOVED");
    at.write("config/clients/acme/client.yaml", inBigQuery("moved"));
    await rebuild(context, "acme", { warehouse: "duckdb" });
    at.write("config/clients/acme/client.yaml", ACME);
    expect((await look()).sums).toEqual(sums);
  });

  it("switches nothing where a sum would change, and says which", async () => {
    const { at, context, look, file, sums } = await loaded();
    const duckdb = await DuckDBInstance.create(file);
    const db = await duckdb.connect();
    await db.run("UPDATE facts_1 SET cost = cost + 0.01 WHERE day = DATE '2025-10-08' AND campaign = 'Display'");
    db.closeSync();
    duckdb.closeSync();
    at.write("config/clients/acme/client.yaml", inBigQuery("differs"));
    const failed = await rebuild(context, "acme", { warehouse: "bigquery" }).catch((error: unknown) => error);
    expect(codeOf(failed)).toBe("WAREHOUSE_DIFFERS");
    expect((failed as BogoError).message).toMatch(
      /2025-10-08 cost was \d+\.\d+ and would be \d+\.\d+ \(1 differences\)/,
    );
    expect([...server.tables.keys()].filter((name) => name.startsWith("differs."))).toEqual(["differs.live"]);
    at.write("config/clients/acme/client.yaml", ACME);
    expect((await look()).sums).toHaveLength(sums.length);
  });
});
