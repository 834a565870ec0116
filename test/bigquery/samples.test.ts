import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { BigQueryPlace, Client } from "../../config/config.ts";
import { fixedClock } from "../../jobs/clock.ts";
import { type Context, openLedger, outsideOf, readConfig } from "../../jobs/context.ts";
import { confirmsFormat } from "../../jobs/hold.ts";
import { makeReport } from "../../jobs/report.ts";
import { projectRoot } from "../../jobs/roots.ts";
import type { ChannelId } from "../../transforms/metrics.ts";
import { newestComplete } from "../../transforms/period.ts";
import { startBigQuery, stopEngine, type TestBigQuery } from "./server.ts";
import { accessTo } from "./subject.ts";

const held = vi.hoisted(() => ({ server: null as unknown }));
vi.mock("../../jobs/access.ts", () => ({
  accessOf: (client: string, { dataset }: BigQueryPlace) =>
    accessTo(held.server as TestBigQuery, { client, dataset, patience: { call: 60_000, pauses: [] } }),
}));
vi.mock("../../jobs/documents.ts", () => ({
  renderDocuments: async (_: unknown, rows: unknown) => ({ rows }),
}));

const folder = mkdtempSync(join(tmpdir(), "bogo-engines-"));
const clock = fixedClock("2026-11-02T03:00:00Z");
let server: TestBigQuery;
beforeAll(async () => {
  server = await startBigQuery({ page: 10_000 });
  held.server = server;
});
afterAll(async () => {
  await server.close();
  await stopEngine();
  rmSync(folder, { recursive: true });
});

const place = (slug: string): BigQueryPlace => ({
  project: "test-project",
  dataset: `bogo_${slug.replaceAll("-", "_")}`,
  location: "asia-northeast3",
  credentials: null,
  max_bytes_billed: 10 * 2 ** 30,
});

/** Every report of a client, made with its figures in one engine or the other. */
async function reportsOf(
  slug: string,
  channels: readonly ChannelId[] | null,
  engine: "duckdb" | "bigquery",
): Promise<unknown[]> {
  const out = join(folder, engine);
  const context: Context = {
    roots: { config: join(projectRoot, "config"), inbox: join(projectRoot, "inbox"), state: join(out, "state"), out },
    lang: "en",
    env: {},
    clock,
    terminal: false,
    print: () => {},
    tell: () => {},
  };
  const written = await readConfig(context);
  const ledger = await openLedger(context);
  try {
    ledger.confirm(
      written.formats.flatMap(({ formats }) => formats.map(({ id }) => confirmsFormat(id))),
      null,
      clock.now(),
    );
    const around = outsideOf(context, written, ledger);
    const kept = (client: Client): Client => ({
      ...client,
      sources: client.sources.filter(({ channel }) => channels?.includes(channel) ?? true),
      warehouse: engine === "bigquery" ? place(client.slug) : null,
    });
    const outside = { ...around, clients: around.clients.map(kept) };
    const client = outside.clients.find((each) => each.slug === slug)!;
    const made: unknown[] = [];
    for (const def of client.reports.filter(({ id }) => channels === null || channels.some((each) => each === id))) {
      const period = newestComplete(def.cadence, "2026-11-02", {
        week_starts: def.week_starts,
        week_label: def.week_label,
      });
      const { report, documents, problems } = await makeReport({ client, def, period }, outside);
      made.push({ report, documents, problems });
    }
    return made;
  } finally {
    ledger.close();
  }
}

/** One channel of one client each time; all of both clients, some minutes, with BOGO_ENGINES=all. */
const asked: [string, ChannelId[] | null][] =
  process.env.BOGO_ENGINES === "all"
    ? [
        ["hanbit-coffee", null],
        ["northwind-outfitters", null],
      ]
    : [["northwind-outfitters", ["ppc"]]];

describe("the reports of the sample clients", () => {
  it.each(asked)(
    "are the same to the digit from DuckDB and from BigQuery: %s",
    async (slug, channels) => {
      const [one, other] = [await reportsOf(slug, channels, "duckdb"), await reportsOf(slug, channels, "bigquery")];
      expect(one.length).toBeGreaterThan(1);
      expect(JSON.stringify(other)).toBe(JSON.stringify(one));
      const statements = server.asked.filter(({ kind, sql }) => kind === "query" && !sql?.startsWith("DELETE")).length;
      expect(statements).toBeGreaterThan(20);
      process.stdout.write(`${slug}: ${one.length} reports equal to the digit, ${statements} statements\n`);
    },
    3_600_000,
  );
});
