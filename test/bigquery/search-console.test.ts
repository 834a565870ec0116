import { describe, expect, it, vi } from "vitest";
import { server } from "./served.ts";
import { stage } from "./stage.ts";
import { type PageRow, putBulk, type SiteRow } from "./tables.ts";

vi.mock("../../jobs/access.ts", async (original) =>
  (await import("./served.ts")).throughServer(await original<typeof import("../../jobs/access.ts")>()),
);

const ours = "https://hanbit.example/";
const source = (dataset: string) => `  seo:
    cadence: { monthly: { day: 4, at: "10:00" } }
    sources:
      - bigquery: { preset: search_console, project: client-project, dataset: ${dataset} }
        account: "${ours}"`;
const days = { from: "2026-10-01", to: "2026-10-03" };
const needs = { days: [days], periods: [days] };

/** Rows are not consolidated: the same query, device and country may stand twice. */
const site: SiteRow[] = [
  ["2026-10-01", ours, "원두", "kor", "WEB", "MOBILE", 10, 2, 25],
  ["2026-10-01", ours, "원두", "kor", "WEB", "MOBILE", 5, 1, 5],
  ["2026-10-01", ours, 'drip, "hand"', "usa", "WEB", "DESKTOP", 4, 0, 40],
  ["2026-10-01", ours, "", "kor", "WEB", "MOBILE", 81, 7, 100],
  ["2026-10-01", ours, "원두", "kor", "IMAGE", "MOBILE", 999, 99, 999],
  ["2026-10-01", "https://other.example/", "원두", "kor", "WEB", "MOBILE", 777, 77, 777],
  ["2026-10-02", ours, "-", "kor", "WEB", "TABLET", 3, 1, 0],
];
const pages: PageRow[] = [
  ["2026-10-01", ours, `${ours}a`, "원두", "kor", "WEB", "MOBILE", 15, 3, 30],
  ["2026-10-01", ours, `${ours}b`, "원두", "kor", "WEB", "MOBILE", 15, 0, 75],
  ["2026-10-01", ours, `${ours}a`, "", "kor", "WEB", "MOBILE", 85, 7, 140],
];

describe("the bulk export of Search Console", () => {
  it("counts the site once, its queries without the anonymised ones, and its pages apart", async () => {
    putBulk(server, { dataset: "search", site, pages, logged: ["2026-10-01", "2026-10-02"] });
    const hanbit = stage(source("search"));
    expect((await hanbit.load(needs, "2026-10-08T01:00:00.000Z")).codes).toEqual([]);
    // 10 + 5 + 4 + 81 impressions; 25 + 5 + 40 + 100 positions from 0, and 1 more for each impression.
    expect(await hanbit.sums("seo", ["impressions", "clicks", "position_weight"], days)).toEqual([
      "2026-10-01 impressions=100 clicks=10 position_weight=270",
      "2026-10-02 impressions=3 clicks=1 position_weight=3",
    ]);
    expect(await hanbit.parts("seo", "query", ["impressions", "clicks", "position_weight"], days)).toEqual([
      "- impressions=3 clicks=1 position_weight=3",
      'drip, "hand" impressions=4 clicks=0 position_weight=44',
      "원두 impressions=15 clicks=3 position_weight=45",
    ]);
    // 15 + 85 impressions on page a, 30 + 140 + 100; 15 on page b, 75 + 15.
    expect(await hanbit.parts("seo", "page", ["impressions", "clicks", "position_weight"], days)).toEqual([
      "https://hanbit.example/a impressions=100 clicks=10 position_weight=270",
      "https://hanbit.example/b impressions=15 clicks=0 position_weight=90",
    ]);
  });

  it("knows a day without a search from one that is not exported yet, and reads no other days", async () => {
    putBulk(server, { dataset: "quiet", site: site.slice(0, 1), pages: [], logged: ["2026-10-01", "2026-10-02"] });
    const hanbit = stage(source("quiet"));
    server.asked.length = 0;
    expect((await hanbit.load(needs, "2026-10-08T01:00:00.000Z")).codes).toEqual([]);
    expect(await hanbit.sums("seo", ["clicks"], days)).toEqual(["2026-10-01 clicks=2", "2026-10-02 clicks=0"]);
    const figures = server.asked.filter(({ kind, sql }) => kind === "query" && sql?.includes("position_weight"));
    expect(figures).toHaveLength(3);
    for (const { sql } of figures) {
      expect(sql).toContain("data_date BETWEEN DATE '2026-10-01' AND DATE '2026-10-02'");
      expect(sql).toContain("search_type = 'WEB'");
    }
  });
});
