import { describe, expect, it } from "vitest";
import type { ReportDef } from "../../transforms/definitions.ts";
import { daysOf, type Period } from "../../transforms/period.ts";
import type { SumRow } from "../../transforms/records.ts";
import { buildReport, type Material } from "../../transforms/report/build.ts";
import { reportPeriods } from "../../transforms/report/periods.ts";
import { weeklyAds as base } from "../fixtures/def.ts";
import { day, dictionary } from "../kpi/sums.ts";

const week: Period = { from: "2026-10-26", to: "2026-11-01" };

function build(
  sums: readonly SumRow[],
  more: Partial<ReportDef> = {},
  given: Partial<Material> & { period?: Period } = {},
) {
  const def = { ...base, ...more };
  const { period = week, today = "2026-11-02", ...rest } = given;
  return buildReport({
    def,
    periods: reportPeriods(def, period, today),
    channelLabels: { ppc: { ko: "광고", en: "Ads" } },
    kpis: dictionary,
    rates: { source: { ko: "예시", en: "sample" }, rates: [] },
    platformLabels: { google_ads: { ko: "Google Ads", en: "Google Ads" } },
    settle: { google_ads: { days: 1, conversions: 30 } },
    zones: {},
    owners: {},
    sums,
    parts: [],
    files: [],
    traces: [],
    holidays: [],
    comment: [],
    missing: [],
    run: { id: "0", revision: 1, as_of: "2026-11-02T09:00:00+09:00" },
    today,
    ...rest,
  });
}

/** The same figures on every day of a range. */
const every = (period: Period, values: SumRow["values"]): SumRow[] =>
  daysOf(period).map((at) => day("google_ads", at, values));

const long = { from: "2026-07-01", to: "2026-11-01" };

describe("a report", () => {
  it("is not made where nobody holds a figure for its period", () => {
    expect(build([])).toBeNull();
  });

  it("is made for a paused week and says so, without figures and without calling them missing", () => {
    const report = build([], { pauses: [{ from: "2026-10-20", until: "2026-11-10", reason: "재고 소진" }] });
    expect(report?.banners).toEqual([{ code: "PAUSED", text: "집행 없음: 2026-10-26 ~ 2026-11-01. 재고 소진" }]);
    expect(report?.missing).toEqual([]);
    expect(report?.kpis.map(({ value }) => value)).toEqual([null, null, null]);
  });

  it("names itself by client, channel and cadence in its language", () => {
    expect(build(every(long, { clicks: "1" }))?.title).toBe("한빛커피 광고 주간 리포트");
    expect(build(every(long, { clicks: "1" }), { locale: "en-US" })?.title).toBe("Hanbit Coffee Ads weekly report");
  });

  it("notes whose days the figures are of and the window of conversions, where platform or source says so", () => {
    const source = {
      channel: "ppc" as const,
      files: "google-ads/*",
      account: "google_ads",
      platform: null,
      currency: null,
      vat: null,
      timezone: "Asia/Seoul",
      window: "클릭 후 30일",
      period: null,
      complete: false,
    };
    const noted = (zones: Material["zones"], sources = [source]) =>
      build(every(long, { clicks: "1" }), { sources }, { zones })
        ?.notes.filter(({ code }) => code === "ZONES" || code === "WINDOWS")
        .map(({ text }) => text);
    expect(noted({})).toEqual([
      "날짜 기준 시간대: Asia/Seoul (Google Ads).",
      "전환 기여 기간: Google Ads 클릭 후 30일.",
    ]);
    expect(noted({ google_ads: "America/Los_Angeles" })?.[0]).toBe(
      "날짜 기준 시간대: America/Los_Angeles (Google Ads).",
    );
    expect(noted({}, [{ ...source, account: "another" }])).toEqual([]);
  });

  it("compares a week that lacks a day with the days opposite those it has, and names the day", () => {
    const rows = every(long, { clicks: "10" }).filter(({ from }) => from !== "2026-10-28");
    const report = build(rows);
    const clicks = report?.kpis[0];
    expect(clicks).toMatchObject({ value: "60", previous: "70" });
    expect(clicks?.changes.previous).toMatchObject({ kind: "change", ratio: "0" });
    expect(report?.period.missing_days).toEqual(["2026-10-28"]);
    expect(report?.missing).toEqual([
      { channel: "ppc", source: "Google Ads", reason: "2026-10-28 데이터가 없습니다." },
    ]);
    expect(report?.trend.points.at(-1)?.partial).toBe(true);
  });

  it("cuts a running week at yesterday and what it is compared with to the same length", () => {
    const report = build(every(long, { clicks: "10" }), {}, { today: "2026-10-29" });
    expect(report?.period).toMatchObject({ from: "2026-10-26", to: "2026-10-28" });
    expect(report?.comparisons.previous).toMatchObject({ from: "2026-10-19", to: "2026-10-21" });
    expect(report?.kpis[0]).toMatchObject({ value: "30", previous: "30" });
    expect(report?.banners.map(({ code }) => code)).toContain("RUNNING");
  });

  it("takes the mean of thirteen weeks as usual, and of a rate the value over all of them", () => {
    const earlier = every(
      { from: "2026-07-27", to: "2026-10-25" },
      { clicks: "10", conversion_value: "30", cost: "10" },
    );
    const report = build([...earlier, ...every(week, { clicks: "20", conversion_value: "80", cost: "20" })]);
    expect(report?.kpis[0]).toMatchObject({ value: "140", baseline: "70" });
    expect(report?.kpis[2]).toMatchObject({ value: "4", baseline: "3" });
  });

  it("shows no arrow where a provisional figure meets a final one", () => {
    const report = build(every(long, { clicks: "10", conversion_value: "30", cost: "10" }), {
      cadence: "weekly",
      compare: ["year_ago"],
    });
    expect(report?.kpis[2]).toMatchObject({ id: "roas", provisional: true });
    expect(report?.kpis[0]).toMatchObject({ id: "clicks", provisional: false });
    expect(report?.period.final).toBe(false);
    const october = build(every({ from: "2025-09-01", to: "2026-11-01" }, { conversion_value: "30", cost: "10" }), {
      compare: ["year_ago"],
    });
    expect(october?.kpis[2]?.changes.year_ago).toMatchObject({ kind: "change", comparable: false });
  });

  it("adds the month to date beside the same days of the month before", () => {
    const report = build([
      ...every({ from: "2026-08-01", to: "2026-09-30" }, { clicks: "10" }),
      ...every({ from: "2026-10-01", to: "2026-11-01" }, { clicks: "11" }),
    ]);
    const table = report?.breakdowns.find(({ id }) => id === "month_to_date");
    // October whole: 31 × 11 against September's 30 × 10; 1 November: 11 against 1 October's 11.
    expect(table?.rows.map(({ name, values }) => [name, values[0]])).toEqual([
      ["2026년 10월", "341"],
      ["2026년 11월", "11"],
    ]);
    expect(table?.rows[0]?.changes[0]).toMatchObject({ delta: "41" });
    expect(table?.rows[1]?.changes[0]).toMatchObject({ delta: "0" });
  });

  it("names holidays that only one of the compared periods has", () => {
    const holidays = [
      { date: "2026-09-25", name: "추석" },
      { date: "2026-10-03", name: "개천절" },
    ];
    const report = build(
      every({ from: "2026-08-01", to: "2026-10-31" }, { clicks: "1" }),
      { cadence: "monthly" },
      { holidays, period: { from: "2026-10-01", to: "2026-10-31" } },
    );
    const texts = report?.notes.map(({ text }) => text);
    expect(texts).toContain("이번 기간에만 있는 공휴일: 개천절.");
    expect(texts).toContain("비교 기간에만 있는 공휴일: 추석.");
    expect(report?.kpis[0]?.per_day).toMatchObject({ value: "1", previous: "1", change: { ratio: "0" } });
  });

  it("refuses a total where a day has no dated rate, and names the day", () => {
    const rows = [...every(long, { cost: "100" }), day("meta_ads", "2026-10-30", { cost: "5" }, { currency: "USD" })];
    const report = build(rows);
    expect(report?.kpis[1]).toMatchObject({ id: "cost", value: null, reason: "no_rate" });
    expect(report?.missing.map(({ reason }) => reason)).toContain(
      "2026-10-30의 USD→KRW 환율이 rates.yaml에 없어 합계를 내지 않았습니다.",
    );
  });
});
