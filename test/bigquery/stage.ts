import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import type { Client } from "../../config/config.ts";
import { fixedClock } from "../../jobs/clock.ts";
import { type Context, openLedger, outsideOf, readConfig } from "../../jobs/context.ts";
import { fetchSources } from "../../jobs/fetch/fetch.ts";
import { loadExports, reloadArchive } from "../../jobs/load.ts";
import { withWarehouse } from "../../jobs/open.ts";
import { makeReport, type Outside } from "../../jobs/report.ts";
import { rootsFrom } from "../../jobs/roots.ts";
import type { Needs } from "../../transforms/asking.ts";
import type { ChannelId, DimensionId, MetricId } from "../../transforms/metrics.ts";
import { AGENCY } from "../config/home.ts";

/** A home with one client, `hanbit`, whose sources the test writes. */
export interface Stage {
  /** Writes a file of the client's config folder. */
  write(path: string, text: string): void;
  /** Gives the client other channels. */
  configure(channels: string): void;
  /** Writes a file into the client's inbox. */
  bring(path: string, text: string): void;
  /** Asks and loads, as the beginning of a report does; gives the problems' codes with their words. */
  load(needs: Needs, now: string): Promise<{ codes: string[]; said: string[]; read: number }>;
  /** Makes the warehouse anew from the archive alone. */
  rebuild(now: string): Promise<string[]>;
  /** Sums of a channel, each line `2026-10-01 cost=12.5 clicks=3`. */
  sums(channel: ChannelId, metrics: MetricId[], days: { from: string; to: string }): Promise<string[]>;
  /** Sums by part, each line `brand clicks=3`, the largest first as the test asks for it. */
  parts(
    channel: ChannelId,
    by: DimensionId,
    metrics: MetricId[],
    days: { from: string; to: string },
  ): Promise<string[]>;
  report(
    id: string,
    period: { from: string; to: string },
    now: string,
    complete?: boolean,
  ): ReturnType<typeof makeReport>;
  /** Whatever else a job does at this client at an instant. */
  within<Result>(now: string, work: (outside: Outside, client: Client) => Promise<Result>): Promise<Result>;
  /** What BigQuery was asked and has billed so far, and the exports that were noted, by name. */
  noted(): Promise<{ billed: number; files: string[] }>;
}

const client = (channels: string): string => `client: 한빛커피
locale: en-US
timezone: Asia/Seoul
country: KR
currency: KRW
ae: lee
formats: [excel]
channels:
${channels}
recipients:
  client: ["김대표 <ceo@hanbit.example>"]
`;

export function stage(channels: string, files: Readonly<Record<string, string>> = {}): Stage {
  const folder = mkdtempSync(join(tmpdir(), "bogo-source-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write("config/agency.yaml", AGENCY);
  write("config/clients/hanbit/client.yaml", client(channels));
  const own: Stage["write"] = (path, text) => write(`config/clients/hanbit/${path}`, text);
  for (const [path, text] of Object.entries(files)) own(path, text);

  async function within<Result>(now: string, work: (outside: Outside) => Promise<Result>): Promise<Result> {
    const context: Context = {
      roots: rootsFrom(folder, {}),
      lang: "en",
      env: {},
      clock: fixedClock(now),
      terminal: false,
      print: () => {},
      tell: () => {},
    };
    const written = await readConfig(context);
    const refused = written.problems.filter(({ severity }) => severity === "error");
    if (refused.length > 0) throw new Error(JSON.stringify(refused));
    const ledger = await openLedger(context);
    try {
      return await work(outsideOf(context, written, ledger));
    } finally {
      ledger.close();
    }
  }
  const hanbit = (outside: Outside) => outside.clients[0]!;
  const noted = "2026-11-30T00:00:00.000Z";
  const print = (row: { values: Partial<Record<MetricId, string>> }, metrics: MetricId[]) =>
    metrics.map((id) => `${id}=${row.values[id] ?? "–"}`).join(" ");

  return {
    write: own,
    configure: (next) => own("client.yaml", client(next)),
    bring: (path, text) => write(`inbox/hanbit/${path}`, text),
    load: (needs, now) =>
      within(now, async (outside) => {
        const asked = { client: hanbit(outside), sources: hanbit(outside).sources, report: "test", needs };
        const unanswered = await fetchSources(asked, outside);
        const { problems, read } = await withWarehouse("hanbit", outside, (warehouse, work) =>
          loadExports(hanbit(outside), [], warehouse, work, { ...outside, quietMs: 0 }),
        );
        const all = [...unanswered, ...problems];
        return { codes: all.map(({ code }) => code), said: all.map(({ facts }) => JSON.stringify(facts)), read };
      }),
    rebuild: (now) =>
      within(now, async (outside) => {
        const { problems } = await withWarehouse(
          "hanbit",
          outside,
          (warehouse, work) => reloadArchive(hanbit(outside), warehouse, work, outside),
          { anew: true },
        );
        return problems.map(({ code }) => code);
      }),
    sums: (channel, metrics, days) =>
      within(noted, (outside) =>
        withWarehouse("hanbit", outside, async (warehouse) => {
          const { sources } = hanbit(outside);
          const rows = await warehouse.sums({ ...days, channels: [channel], sources, metrics });
          return rows
            .map((row) => `${row.kind === "window" ? `${row.from} – ${row.to}` : row.from} ${print(row, metrics)}`)
            .toSorted();
        }),
      ),
    parts: (channel, by, metrics, days) =>
      within(noted, (outside) =>
        withWarehouse("hanbit", outside, async (warehouse) => {
          const rows = await warehouse.parts({
            ...days,
            channels: [channel],
            metrics,
            sources: hanbit(outside).sources,
            by: [by],
            windows: "exact",
          });
          return rows.map((row) => `${row.names[0]} ${print(row, metrics)}`).toSorted();
        }),
      ),
    report: (id, period, now, complete = false) =>
      within(now, (outside) => {
        const def = hanbit(outside).reports.find((each) => each.id === id)!;
        return makeReport({ client: hanbit(outside), def, period, complete }, outside);
      }),
    within: (now, work) => within(now, (outside) => work(outside, hanbit(outside))),
    noted: () =>
      within(noted, async ({ ledger }) => ({
        billed: ledger.counts().billed.find((each) => each.client === "hanbit")?.bytes ?? 0,
        files: ledger.listSeen("hanbit").map(({ path }) => path),
      })),
  };
}
