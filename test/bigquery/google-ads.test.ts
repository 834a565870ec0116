import { afterEach, describe, expect, it, vi } from "vitest";
import { loadExports } from "../../jobs/load.ts";
import { copyState } from "../../jobs/preview/copy.ts";
import { nextStep, problem } from "../../transforms/problem.ts";
import { server } from "./served.ts";
import type { Asked, Fault } from "./server.ts";
import { stage } from "./stage.ts";
import { putTransfer, type Stat } from "./tables.ts";

vi.mock("../../jobs/access.ts", async (original) =>
  (await import("./served.ts")).throughServer(await original<typeof import("../../jobs/access.ts")>()),
);

afterEach(() => server.fault(null));

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
  ["2026-10-04", "11", '브랜드, "검색"'],
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
      // Nothing ran, and the snapshot of that day says that the transfer knew.
      "2026-10-03 impressions=0 clicks=0 cost=0 conversions=0 conversion_value=0",
      "2026-10-04 impressions=8 clicks=2 cost=0.02 conversions=0 conversion_value=0",
    ]);
    expect(await hanbit.parts("ppc", "campaign", ["cost"], october)).toEqual([
      "Total: everything cost=9.02",
      '브랜드, "검색" cost=4.233334',
    ]);
    expect((await hanbit.noted()).files).toEqual(["google_ads 2026-10-01 – 2026-10-04.csv"]);
  });

  it("names its days as constants on the partition and on the segment, and says nothing of days it does not hold", async () => {
    put("ads_days", { snapshots: ["2026-10-01", "2026-10-02", "2026-10-04"] });
    const hanbit = stage(source("ads_days"));
    server.asked.length = 0;
    await hanbit.load(needs, "2026-11-03T01:00:00.000Z");
    expect((await hanbit.noted()).files).toEqual([
      "google_ads 2026-10-04 – 2026-10-04.csv",
      "google_ads 2026-10-01 – 2026-10-02.csv",
    ]);
    expect(await hanbit.sums("ppc", ["clicks"], october)).toEqual([
      "2026-10-01 clicks=19",
      "2026-10-02 clicks=4",
      "2026-10-04 clicks=2",
    ]);
    const statements = server.asked.flatMap(({ kind, sql }) => (kind === "query" && sql ? [sql] : []));
    const figures = statements.filter((sql) => sql.includes("metrics_cost_micros"));
    expect(figures).toHaveLength(2);
    expect(figures[1]).toContain(
      "WHERE _DATA_DATE BETWEEN DATE '2026-10-01' AND DATE '2026-10-02' AND segments_date BETWEEN DATE '2026-10-01' AND DATE '2026-10-02'",
    );
    for (const sql of figures) expect(sql).toMatch(/ads_Campaign_1234567890`\s+WHERE _DATA_DATE = _LATEST_DATE/);
  });

  it("of a manager account gives the figures of the one account that is named", async () => {
    const hanbit = stage(source("ads_manager", ', manager: "999-999-9999"'));
    putTransfer(server, {
      dataset: "ads_manager",
      customer: "1234567890",
      suffix: "9999999999",
      stats: rows.slice(0, 1),
      snapshots,
    });
    const table = server.tables.get("ads_manager.ads_CampaignBasicStats_9999999999")!;
    const [first = []] = table.rows;
    table.rows.push(first.map((cell, at) => (table.fields[at]!.name === "customer_id" ? "5555555555" : cell)));
    expect(await hanbit.load(needs, "2026-11-03T01:00:00.000Z")).toMatchObject({ codes: [], read: 1 });
    expect(await hanbit.sums("ppc", ["clicks"], { from: "2026-10-01", to: "2026-10-01" })).toEqual([
      "2026-10-01 clicks=10",
    ]);
  });

  it("asks again only for what may have changed, loads only what has, and rebuilds without asking", async () => {
    put("ads_again");
    const hanbit = stage(source("ads_again"));
    await hanbit.load(needs, "2026-10-06T01:00:00.000Z");
    const asked = async (now: string) => {
      server.asked.length = 0;
      const { read } = await hanbit.load(needs, now);
      const questions = server.asked.filter(({ kind, sql }) => kind === "query" && sql?.includes("cost_micros"));
      return { questions: questions.length, read };
    };
    expect(await asked("2026-10-06T01:40:00.000Z")).toEqual({ questions: 0, read: 0 });
    expect(await asked("2026-10-07T01:00:00.000Z")).toEqual({ questions: 1, read: 0 });
    expect((await hanbit.noted()).files).toHaveLength(1);

    // A conversion comes late, and is taken back again.
    const restated: Stat[] = [
      ...rows.slice(0, 4),
      ["2026-10-02", "11", "MOBILE", "SEARCH", 40, 4, 400_000, 2, 9],
      ...rows.slice(5),
    ];
    put("ads_again", { stats: restated });
    expect(await asked("2026-10-08T01:00:00.000Z")).toEqual({ questions: 1, read: 1 });
    const second = { from: "2026-10-02", to: "2026-10-02" };
    expect(await hanbit.sums("ppc", ["conversions"], second)).toEqual(["2026-10-02 conversions=2"]);
    put("ads_again");
    expect(await asked("2026-10-09T01:00:00.000Z")).toEqual({ questions: 1, read: 1 });
    expect(await hanbit.sums("ppc", ["conversions"], second)).toEqual(["2026-10-02 conversions=0.3"]);

    // What was asked for more than thirty days after a day stands: on 2 November that is the 1st and the 2nd of October.
    expect(await asked("2026-11-02T01:00:00.000Z")).toEqual({ questions: 1, read: 0 });
    expect(await asked("2026-11-09T01:00:00.000Z")).toEqual({ questions: 1, read: 1 });
    expect((await hanbit.noted()).files.at(-1)).toBe("google_ads 2026-10-03 – 2026-10-04.csv");
    server.asked.length = 0;
    expect(await asked("2026-11-10T01:00:00.000Z")).toEqual({ questions: 0, read: 0 });
    expect(server.asked).toEqual([]);

    const before = await hanbit.sums("ppc", [...costs], october);
    expect(await hanbit.rebuild("2026-11-11T01:00:00.000Z")).toEqual([]);
    expect(server.asked).toEqual([]);
    expect(await hanbit.sums("ppc", [...costs], october)).toEqual(before);
  });

  it("and the files of the same account that people brought are never added together", async () => {
    put("ads_both");
    const hanbit = stage(
      `${source("ads_both")}\n      - { files: google-ads/*, account: "123-456-7890", timezone: Asia/Seoul }`,
    );
    hanbit.bring(
      "google-ads/Campaign report.csv",
      [
        "Campaign report",
        '"October 1, 2026 - October 4, 2026"',
        "Campaign,Day,Currency code,Impr.,Clicks,Cost,Conversions,Conv. value",
        ...snapshots.map((day) => `Brand,${day},KRW,1,500,2,0,0`),
        "Total: Account, --,KRW,4,2000,8,0,0",
        "",
      ].join("\n"),
    );
    expect((await hanbit.load(needs, "2026-11-03T01:00:00.000Z")).codes).toEqual([]);
    // What was asked for on 3 November is newer than what ends on 4 October.
    expect(await hanbit.sums("ppc", ["clicks"], october)).toEqual([
      "2026-10-01 clicks=19",
      "2026-10-02 clicks=4",
      "2026-10-03 clicks=0",
      "2026-10-04 clicks=2",
    ]);
  });

  it("that would take figures away is held, looks the same in the preview, and counts once a person accepts it", async () => {
    put("ads_less");
    const hanbit = stage(source("ads_less"));
    await hanbit.load(needs, "2026-10-20T01:00:00.000Z");
    put("ads_less", { stats: rows.filter(([, campaign]) => campaign === "11") });
    expect((await hanbit.load(needs, "2026-10-21T01:00:00.000Z")).codes).toEqual(["LOAD_HELD"]);
    const first = { from: "2026-10-01", to: "2026-10-01" };
    expect(await hanbit.sums("ppc", ["clicks"], first)).toEqual(["2026-10-01 clicks=19"]);
    const seen = await hanbit.within("2026-10-21T02:00:00.000Z", async (outside, client) => {
      const copy = await copyState(outside.roots, client.slug);
      const own = { ...outside, roots: copy.roots, ledger: copy.ledger };
      const { problems } = await loadExports(client, [], copy.warehouse, copy.work, own);
      await copy.close();
      return problems.map(({ code }) => code);
    });
    expect(seen).toEqual(["LOAD_HELD"]);
    await hanbit.within("2026-10-21T03:00:00.000Z", async ({ ledger, clock }) => {
      for (const { id } of ledger.holds({ client: "hanbit", state: "open" })) ledger.acceptHold(id, "lee", clock.now());
    });
    expect((await hanbit.load(needs, "2026-10-21T04:00:00.000Z")).codes).toEqual([]);
    expect(await hanbit.sums("ppc", ["clicks"], first)).toEqual(["2026-10-01 clicks=16"]);
  });

  it("may be refused: each reason is a problem, what came before stays, and the next hour mends it", async () => {
    put("ads_faults");
    const hanbit = stage(source("ads_faults"));
    const refused: [Fault, string][] = [
      [{ refuse: 403, reason: "accessDenied" }, "BIGQUERY_SOURCE_DENIED"],
      [{ refuse: 403, reason: "quotaExceeded" }, "BIGQUERY_QUOTA"],
      [{ refuse: 404, reason: "notFound" }, "BIGQUERY_SOURCE_MISSING"],
      [{ refuse: 400, reason: "invalidQuery" }, "BIGQUERY_SOURCE_REFUSED"],
      [{ refuse: 503, reason: "backendError" }, "BIGQUERY_SILENT"],
      [{ refuse: 403, reason: "rateLimitExceeded" }, "BIGQUERY_SILENT"],
    ];
    for (const [fault, code] of refused) {
      for (const kind of ["dry run", "query"] as const) {
        server.fault((asked: Asked) => (asked.kind === kind ? fault : null));
        expect([kind, ...(await hanbit.load(needs, "2026-11-03T01:00:00.000Z")).codes]).toEqual([kind, code]);
      }
    }
    let left = 2;
    server.fault(({ kind }) => (kind === "query" && left-- > 0 ? { refuse: 403, reason: "rateLimitExceeded" } : null));
    expect((await hanbit.load(needs, "2026-11-03T01:00:00.000Z")).codes).toEqual([]);
    expect(await hanbit.sums("ppc", ["clicks"], { from: "2026-10-04", to: "2026-10-04" })).toEqual([
      "2026-10-04 clicks=2",
    ]);
    server.fault(() => ({ refuse: 403, reason: "accessDenied" }));
    expect((await hanbit.load(needs, "2026-11-03T02:00:00.000Z")).codes).toEqual(["BIGQUERY_SOURCE_DENIED"]);
    expect(await hanbit.sums("ppc", ["clicks"], { from: "2026-10-04", to: "2026-10-04" })).toEqual([
      "2026-10-04 clicks=2",
    ]);
  });

  it("that is not where the config says is named with where it was looked for", async () => {
    const { codes, said } = await stage(source("nowhere")).load(needs, "2026-11-03T01:00:00.000Z");
    expect(codes).toEqual(["BIGQUERY_SOURCE_MISSING"]);
    expect(said[0]).toMatch(/Not found: Dataset client-project:nowhere.*|asia-northeast3/);
    put("half");
    server.tables.delete("half.ads_Campaign_1234567890");
    const half = await stage(source("half")).load(needs, "2026-11-03T01:00:00.000Z");
    expect(half.codes).toEqual(["BIGQUERY_SOURCE_MISSING"]);
    expect(half.said[0]).toMatch(/half\.ads_Campaign_1234567890/);
  });

  it("that would read more than the cap is not run, and says how much, and which setting it is", async () => {
    const name = "x".repeat(2 ** 20);
    put("ads_large", { campaigns: Array.from({ length: 11 }, (_, at) => ["2026-10-04", String(at), name]) });
    const hanbit = stage(source("ads_large", ", max_bytes_billed: 10 MB"));
    server.asked.length = 0;
    const { codes, said } = await hanbit.load(needs, "2026-11-03T01:00:00.000Z");
    expect(codes).toEqual(["BIGQUERY_SOURCE_CAP"]);
    // Eleven names of 1 MB, and some bytes more.
    expect(JSON.parse(said[0]!)).toMatchObject({ dataset: "ads_large", cap: "10", why: "12 MB" });
    expect(nextStep({ ...problem("BIGQUERY_SOURCE_CAP"), facts: JSON.parse(said[0]!) }, "en")).toContain(
      "max_bytes_billed",
    );
    // Which days there are was asked, within the cap; the figures were not.
    expect(server.asked.map(({ kind }) => kind)).toEqual(["dry run", "query", "results", "dry run"]);
    expect(server.asked[1]).toMatchObject({ bytesCap: String(10 * 2 ** 20) });
  });

  it("is asked by one job an hour, which who comes after a crash joins", async () => {
    put("ads_crash");
    const hanbit = stage(source("ads_crash"));
    server.asked.length = 0;
    // The job runs, and the process dies before it has read the answer.
    server.fault(({ kind, jobId }) =>
      kind === "results" && isFigures(jobId) ? { refuse: 400, reason: "invalid" } : null,
    );
    const isFigures = (jobId: string | null) =>
      server.asked.some((each) => each.kind === "query" && each.jobId === jobId && each.sql?.includes("cost_micros"));
    expect((await hanbit.load(needs, "2026-11-03T01:05:00.000Z")).codes).toEqual(["BIGQUERY_SOURCE_REFUSED"]);
    server.fault(null);
    const { billed } = await hanbit.noted();
    expect((await hanbit.load(needs, "2026-11-03T01:55:00.000Z")).codes).toEqual([]);
    const jobs = server.asked.filter(({ kind, sql }) => kind === "query" && sql?.includes("cost_micros"));
    expect(jobs).toHaveLength(2);
    expect(new Set(jobs.map(({ jobId }) => jobId)).size).toBe(1);
    expect(jobs[0]!.labels).toEqual({ client: "hanbit", report: "test", source: "ppc-google_ads" });
    expect(await hanbit.sums("ppc", ["clicks"], { from: "2026-10-04", to: "2026-10-04" })).toEqual([
      "2026-10-04 clicks=2",
    ]);
    // What days there are was asked anew; the figures were billed for once.
    expect((await hanbit.noted()).billed - billed).toBe(10 * 2 ** 20);
  });
});
