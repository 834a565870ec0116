import { describe, expect, it, vi } from "vitest";
import { server } from "./served.ts";
import { stage } from "./stage.ts";
import { putEvents } from "./tables.ts";

vi.mock("../../jobs/access.ts", async (original) =>
  (await import("./served.ts")).throughServer(await original<typeof import("../../jobs/access.ts")>()),
);

const source = (dataset: string) => `  web:
    cadence: { monthly: { day: 4, at: "10:00" } }
    sources:
      - { bigquery: { preset: ga4, project: client-project, dataset: ${dataset} }, timezone: Asia/Seoul }`;
const days = { from: "2026-10-01", to: "2026-10-02" };
const needs = { days: [days], periods: [days] };

/** 30 September to 3 October; what is asked for are the 1st and the 2nd. */
function put(dataset: string): void {
  putEvents(server, dataset, "events_20260930", [
    { name: "session_start", person: "ann", at: 1, session: 100, engaged: "0" },
    { name: "page_view", person: "ann", at: 2, session: 100 },
  ]);
  putEvents(server, dataset, "events_20261001", [
    // Ann's session began before midnight: it is the day before's.
    { name: "page_view", person: "ann", at: 11, session: 100, engaged: "1" },
    { name: "first_visit", person: "bob", at: 12, session: 200 },
    { name: "page_view", person: "bob", at: 13, session: 200, engaged: 1 },
    { name: "purchase", person: "bob", at: 14, session: 200, order: "T1", revenue: 10.1 },
    // The thank-you page was loaded again.
    { name: "purchase", person: "bob", at: 15, session: 200, order: "T1", revenue: 10.1 },
    // Two people may have a session of the same number.
    { name: "page_view", person: "cho", at: 16, session: 200, engaged: "0" },
    // Without consent there is no person and no session, but there is a page.
    { name: "page_view", person: null, at: 17 },
    // Dan begins late and is engaged after midnight.
    { name: "session_start", person: "dan", at: 18, session: 300, engaged: "0" },
  ]);
  putEvents(server, dataset, "events_20261002", [
    { name: "page_view", person: "dan", at: 21, session: 300, engaged: "1" },
    { name: "page_view", person: "bob", at: 22, session: 400 },
    { name: "screen_view", person: "bob", at: 23, session: 400 },
    { name: "purchase", person: "bob", at: 24, session: 400, order: "T1", revenue: 10.1 },
    { name: "purchase", person: "bob", at: 25, session: 400, order: "T2", revenue: 0.2 },
    // Two orders without an id are two.
    { name: "purchase", person: "bob", at: 26, session: 400, order: "(not set)", revenue: 1 },
    { name: "purchase", person: "bob", at: 27, session: 400, revenue: 1.05 },
    { name: "session_start", person: "eve", at: 28, session: 500, engaged: "0" },
  ]);
  putEvents(server, dataset, "events_20261003", [
    { name: "page_view", person: "eve", at: 31, session: 500, engaged: "1" },
    { name: "page_view", person: "fay", at: 32, session: 600 },
  ]);
}

const metrics = ["sessions", "engaged_sessions", "pageviews", "new_users", "purchases", "purchase_value"] as const;

describe("the export of Google Analytics 4", () => {
  it("counts sessions where they began, orders once, and what has no person as pages alone", async () => {
    put("analytics_1");
    const hanbit = stage(source("analytics_1"));
    expect((await hanbit.load(needs, "2026-10-08T01:00:00.000Z")).codes).toEqual([]);
    expect(await hanbit.sums("web", [...metrics], days)).toEqual([
      // Sessions of bob, cho and dan, of which bob's and dan's are engaged; one order of 10.1.
      "2026-10-01 sessions=3 engaged_sessions=2 pageviews=4 new_users=1 purchases=1 purchase_value=10.1",
      // Sessions of bob and eve; orders T2 and the two without an id: 0.2 + 1 + 1.05.
      "2026-10-02 sessions=2 engaged_sessions=1 pageviews=3 new_users=0 purchases=3 purchase_value=2.25",
    ]);
  });

  it("counts people once over the whole period, and by day beside it", async () => {
    put("analytics_2");
    const hanbit = stage(source("analytics_2"));
    await hanbit.load(needs, "2026-10-08T01:00:00.000Z");
    expect(await hanbit.sums("web", ["users"], days)).toEqual([
      "2026-10-01 users=4",
      // ann, bob, cho, dan, eve
      "2026-10-01 – 2026-10-02 users=5",
      "2026-10-02 users=3",
    ]);
    // Periods overlap, and neither replaces the other: the next hour brings nothing new.
    const both = { ...needs, periods: [days, { from: "2026-10-01", to: "2026-10-01" }] };
    await hanbit.load(both, "2026-10-02T01:00:00.000Z");
    const { files } = await hanbit.noted();
    expect(await hanbit.load(both, "2026-10-02T02:00:00.000Z")).toMatchObject({ codes: [], read: 0 });
    expect((await hanbit.noted()).files).toEqual(files);
  });

  it("reads the tables of the days themselves, and of no others", async () => {
    put("analytics_3");
    server.asked.length = 0;
    await stage(source("analytics_3")).load(needs, "2026-10-08T01:00:00.000Z");
    const statements = server.asked.flatMap(({ kind, sql }) => (kind === "query" && sql ? [sql] : []));
    const tables = (sql: string) => [...sql.matchAll(/events_(\d{8})/g)].map(([, day]) => day);
    expect(statements.map(tables)).toEqual([
      ["20260930", "20261001", "20261002", "20261003"],
      ["20261001", "20261002"],
    ]);
  });

  it("reads a day that is still being written from its own table, says so, and reads it again once it is done", async () => {
    put("analytics_4");
    const events = server.tables.get("analytics_4.events_20261002")!;
    server.tables.delete("analytics_4.events_20261003");
    server.tables.delete("analytics_4.events_20261002");
    server.put({ ...events, id: "events_intraday_20261002", rows: events.rows.slice(0, 2) });
    const hanbit = stage(source("analytics_4"));
    const first = await hanbit.load(needs, "2026-10-02T23:00:00.000Z");
    expect(new Set(first.codes)).toEqual(new Set(["FILE_INCOMPLETE"]));
    expect(await hanbit.sums("web", ["pageviews"], days)).toEqual(["2026-10-01 pageviews=4", "2026-10-02 pageviews=2"]);
    server.put({ ...events });
    expect((await hanbit.load(needs, "2026-10-03T02:00:00.000Z")).codes).toEqual([]);
    expect(await hanbit.sums("web", ["pageviews"], days)).toEqual(["2026-10-01 pageviews=4", "2026-10-02 pageviews=3"]);
  });

  it("is not stopped for the hour by a question that failed: under the same name it is asked once more", async () => {
    put("analytics_6");
    const capped = (cap: string) =>
      source("analytics_6").replace("analytics_6 }", `analytics_6, max_bytes_billed: ${cap} }`);
    const hanbit = stage(capped("1 MB"));
    server.asked.length = 0;
    // The tables are small, but BigQuery bills at least 10 MB.
    const { codes, said } = await hanbit.load(needs, "2026-10-08T01:10:00.000Z");
    expect(codes).toEqual(["BIGQUERY_SOURCE_CAP"]);
    expect(said[0]).toContain("10485760 or higher required");
    hanbit.configure(capped("1 GB"));
    expect((await hanbit.load(needs, "2026-10-08T01:20:00.000Z")).codes).toEqual([]);
    const [failed, found, again] = server.asked.filter(({ kind, sql }) => kind === "query" && sql?.includes("begun"));
    expect(found?.jobId).toBe(failed?.jobId);
    expect(again?.jobId).toBe(`${failed?.jobId}-2`);
    expect(await hanbit.sums("web", ["pageviews"], days)).toEqual(["2026-10-01 pageviews=4", "2026-10-02 pageviews=3"]);
  });

  it("says nothing of a day without a table, and no people of a period that lacks one", async () => {
    put("analytics_5");
    server.tables.delete("analytics_5.events_20261001");
    const hanbit = stage(source("analytics_5"));
    expect((await hanbit.load(needs, "2026-10-08T01:00:00.000Z")).codes).toEqual([]);
    expect(await hanbit.sums("web", ["pageviews"], days)).toEqual(["2026-10-02 pageviews=3"]);
    expect((await hanbit.noted()).files).toEqual(["ga4 2026-10-02 – 2026-10-02.csv"]);
  });
});
