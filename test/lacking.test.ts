import { describe, expect, it } from "vitest";
import { type Covered, lackingFor } from "../transforms/lacking.ts";
import type { Cadence } from "../transforms/metrics.ts";
import { defaultRules, periodOf } from "../transforms/period.ts";

/** A daily export of the days given, `10-26 11-01`, of 2026. */
function table(days: string, more: Partial<Covered> = {}): Covered {
  const [from = null, to = from] = days.split(" ").map((day) => `2026-${day}`);
  return {
    file: "a.csv",
    kind: "daily",
    format: "google_ads.table",
    cut: ["campaign"],
    metrics: ["clicks"],
    filters: {},
    rank: 10,
    from,
    to,
    declared: true,
    generatedAt: null,
    ...more,
  };
}

const lacking = (covered: readonly Covered[], day = "2026-10-26", cadence: Cadence = "weekly") =>
  lackingFor(covered, { period: periodOf(cadence, day), cadence, rules: defaultRules });

const nothing = { exports: [], windows: [], lists: [] };

describe("what a report still lacks", () => {
  it("is nothing where its days are covered, by one export or by several that meet or overlap", () => {
    expect(lacking([table("10-26 11-01")])).toBeNull();
    expect(lacking([table("10-01 10-28"), table("10-29 11-01")])).toBeNull();
    expect(lacking([table("09-01 10-30"), table("10-20 11-10")])).toBeNull();
  });

  it("is the whole period of a source that has brought nothing", () => {
    expect(lacking([])).toEqual({ until: null, days: [{ from: "2026-10-26", to: "2026-11-01" }], ...nothing });
  });

  it("is the days that no export covers, in runs: before, between and after", () => {
    expect(lacking([table("10-27 10-28"), table("10-31 10-31")])).toEqual({
      until: "2026-10-31",
      days: [
        { from: "2026-10-26", to: "2026-10-26" },
        { from: "2026-10-29", to: "2026-10-30" },
        { from: "2026-11-01", to: "2026-11-01" },
      ],
      ...nothing,
    });
    expect(lacking([table("10-01 10-25")])?.days).toEqual([{ from: "2026-10-26", to: "2026-11-01" }]);
  });

  it("does not count a narrowed export, nor a cut that never feeds totals beside one that does", () => {
    const week = [{ from: "2026-10-26", to: "2026-11-01" }];
    expect(lacking([table("10-26 11-01", { filters: { page: "/blog" } })])?.days).toEqual(week);
    expect(lacking([table("10-01 10-25"), table("10-26 11-01", { rank: null })])?.days).toEqual(week);
    expect(lacking([table("10-26 11-01", { rank: null })])).toBeNull();
  });

  it("is no day where a total of exactly the period stands for them", () => {
    expect(lacking([table("10-01 10-25"), table("10-26 11-01", { kind: "window" })])).toBeNull();
  });

  it("is no day where nobody knows what a large export covers", () => {
    expect(lacking([table("10-01 10-25"), table("", { from: null, to: null })])).toBeNull();
  });

  it("is an export by day that came for the weeks before and was forgotten, but not one that ends a day early", () => {
    const views = table("10-01 11-01", { file: "Views.csv", metrics: ["views"] });
    const follows = { file: "Follows.csv", metrics: ["followers_gained"] } as const;
    expect(lacking([views, table("10-19 10-25", follows)])).toEqual({
      until: "2026-11-01",
      days: [],
      ...nothing,
      exports: ["Follows.csv"],
    });
    expect(lacking([views, table("10-19 10-31", follows)])).toBeNull();
    expect(lacking([views, table("08-01 08-31", follows)])).toBeNull();
  });

  it("is a report of exactly the month where one came for a month before, and not for a week", () => {
    const daily = table("09-01 11-30");
    const keywords = (days: string) =>
      table(days, { file: "키워드.csv", kind: "window", cut: ["keyword"], rank: null });
    expect(lacking([daily, keywords("09-01 09-30")], "2026-10-01", "monthly")?.windows).toEqual(["키워드.csv"]);
    expect(
      lacking([daily, keywords("09-01 09-30"), keywords("10-02 10-31")], "2026-10-01", "monthly")?.windows,
    ).toEqual(["키워드.csv"]);
    expect(lacking([daily, keywords("09-01 09-30"), keywords("10-01 10-31")], "2026-10-01", "monthly")).toBeNull();
    expect(lacking([daily, keywords("09-01 09-30")])).toBeNull();
  });

  it("is a report of exactly the period from a source that brings reports without days and nothing else", () => {
    const month = table("10-01 10-31", { kind: "window", file: "월간.csv" });
    expect(lacking([month])).toEqual({ until: "2026-10-31", days: [], ...nothing, windows: ["월간.csv"] });
    expect(lacking([month], "2026-10-01", "monthly")).toBeNull();
  });

  it("is a list of posts that was made before the period was over", () => {
    const list = (days: string, more: Partial<Covered> = {}) =>
      table(days, { kind: "snapshot", file: "posts.csv", ...more });
    expect(lacking([list("10-01 10-31")])?.lists).toEqual(["posts.csv"]);
    expect(lacking([list("10-01 11-01")])).toBeNull();
    expect(lacking([list("10-01 10-20", { generatedAt: "2026-11-01T23:00:00Z" })])?.lists).toEqual(["posts.csv"]);
    expect(lacking([list("10-01 10-20", { generatedAt: "2026-11-02" })])).toBeNull();
  });

  it("takes a list that does not say when it was made for new where it holds something of the period", () => {
    const list = (days: string) => table(days, { kind: "snapshot", file: "campaigns.csv", declared: false });
    expect(lacking([list("10-01 10-29")])).toBeNull();
    expect(lacking([list("10-01 10-22")])?.lists).toEqual(["campaigns.csv"]);
  });
});
