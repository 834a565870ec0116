import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type Asked, type Fault, startBigQuery, stopEngine, type TestBigQuery } from "./server.ts";
import { stage } from "./stage.ts";
import { putTransfer, type Stat } from "./tables.ts";

const held = vi.hoisted(() => ({ server: null as unknown }));
vi.mock("../../jobs/access.ts", async (original) => {
  const { throughServer } = await import("./subject.ts");
  return throughServer(await original(), () => held.server as TestBigQuery);
});

let server: TestBigQuery;
beforeAll(async () => {
  server = await startBigQuery();
  held.server = server;
});
afterEach(() => server.fault(null));
afterAll(async () => {
  await server.close();
  await stopEngine();
});

const source = (dataset: string, more = "") => `  ppc:
    cadence: { monthly: { day: 3, at: "10:00" } }
    sources:
      - bigquery: { preset: google_ads, project: client-project, dataset: ${dataset}, customer: "123-456-7890"${more} }
        timezone: Asia/Seoul`;

const october = { from: "2026-10-01", to: "2026-10-04" };
const needs = { days: [october], periods: [october] };
const costs = ["impressions", "clicks", "cost", "conversions", "conversion_value"] as const;

/** Two campaigns; the first of them on two devices and two networks a day. */
const rows: Stat[] = [
  ["2026-10-01", "11", "MOBILE", "SEARCH", 100, 10, 1_000_001, 0.1, 10.1],
  ["2026-10-01", "11", "DESKTOP", "SEARCH", 50, 5, 2_500_000, 0.2, 20.2],
  ["2026-10-01", "11", "DESKTOP", "CONTENT", 7, 1, 333_333, 0, 0],
  ["2026-10-01", "22", "MOBILE", "SEARCH", 1000, 3, 9_000_000, 1.5, 30],
  ["2026-10-02", "11", "MOBILE", "SEARCH", 40, 4, 400_000, 0.3, 3],
  ["2026-10-04", "22", "TABLET", "SEARCH", 8, 2, 20_000, 0, 0],
];
const campaigns: [string, string, string][] = [
  ["2026-10-02", "11", "Old name"],
  ["2026-10-04", "11", "브랜드, \"검색\""],
  ["2026-10-04", "22", "Total: everything"],
];
const snapshots = ["2026-10-01", "2026-10-02", "2026-10-03", "2026-10-04"];
const put = (dataset: string, changed: Partial<Parameters<typeof putTransfer>[1]> = {}) =>
  putTransfer(server, { dataset, customer: "1234567890", stats: rows, snapshots, campaigns, ...changed });

describe("the transfer of Google Ads", () => {
  it("is summed over devices and networks, to the micro and to the tenth of a conversion, under its newest names", async () => {
    put("ads_sums");
    const hanbit = stage(source("ads_sums"));
    expect((await hanbit.load(needs, "2026-11-03T01:00:00.000Z")).codes).toEqual([]);
    // 1.000001 + 2.5 + 0.333333 + 9 = 12.833334; 0.1 + 0.2 + 0 + 1.5 = 1.8; 10.1 + 20.2 + 30 = 60.3
    expect(await hanbit.sums("ppc", [...costs], october)).toEqual([
      "2026-10-01 impressions=1157 clicks=19 cost=12.833334 conversions=1.8 conversion_value=60.3",
      "2026-10-02 impressions=40 clicks=4 cost=0.4 conversions=0.3 conversion_value=3",
      "2026-10-04 impressions=8 clicks=2 cost=0.02 conversions=0 conversion_value=0",
    ]);
    expect(await hanbit.parts("ppc", "campaign", ["cost"], october)).toEqual([
      "Total: everything cost=9.02",
      '브랜드, "검색" cost=4.233334',
    ]);
    expect((await hanbit.noted()).files).toEqual(["google_ads 2026-10-01 – 2026-10-04.csv"]);
  });
});
