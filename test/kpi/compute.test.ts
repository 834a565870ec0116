import { describe, expect, it } from "vitest";
import { computeKpi } from "../../transforms/kpi/compute.ts";
import { decimalText } from "../../transforms/kpi/decimal.ts";
import { figures, type Span } from "../../transforms/kpi/figures.ts";
import type { MoneyRules } from "../../transforms/kpi/money.ts";
import type { SumRow } from "../../transforms/records.ts";
import { book, day, entry, won } from "./sums.ts";

const week = { from: "2026-10-26", to: "2026-11-01" };

function compute(id: string, rows: readonly SumRow[], span: Span = week, rules: MoneyRules = won) {
  const reading = computeKpi(entry(id), span, figures(rows, rules), book);
  return { ...reading, value: reading.value === null ? null : decimalText(reading.value) };
}

describe("a KPI", () => {
  it("divides sums, never averages rates", () => {
    // 1/10 and 90/100: the mean of the rates would be 0.5; the rate of the sums is 91/110.
    const rows = [
      day("google_ads", "2026-10-26", { clicks: "1", impressions: "10" }),
      day("google_ads", "2026-10-27", { clicks: "90", impressions: "100" }),
    ];
    expect(compute("ctr", rows).value).toBe("0.82727272727272727");
  });

  it("takes a platform's own meaning of a metric: Meta's clicks are its link clicks", () => {
    const rows = [
      day("google_ads", "2026-10-26", { clicks: "30", impressions: "1000" }),
      day("meta_ads", "2026-10-26", { clicks: "500", link_clicks: "20", impressions: "1000" }),
    ];
    expect(compute("ctr", rows).value).toBe("0.025");
  });

  it("leaves out whole and by name a platform that lacks an input", () => {
    const rows = [
      day("google_ads", "2026-10-26", { conversion_value: "300", cost: "100" }),
      day("meta_ads", "2026-10-26", { cost: "50" }),
    ];
    const { value, excludes } = compute("roas", rows);
    expect(value).toBe("3");
    expect(excludes).toEqual(["meta_ads"]);
  });

  it("pools inputs where no account has them all, as the shop's revenue over the platforms' cost", () => {
    const rows = [
      day("google_ads", "2026-10-26", { cost: "100" }),
      day("meta_ads", "2026-10-26", { cost: "60" }),
      day("manual", "2026-10-26", { revenue: "800" }),
    ];
    expect(compute("blended_roas", rows)).toMatchObject({ value: "5", excludes: [] });
  });

  it("is unknown, with the reason, rather than 0 or infinite", () => {
    expect(compute("roas", [])).toMatchObject({ value: null, reason: "not_collected" });
    expect(compute("cpa", [day("google_ads", "2026-10-26", { cost: "100", conversions: "0" })])).toMatchObject({
      value: null,
      reason: "no_denominator",
    });
  });

  it("never adds people over days, and shows them where an export gives the period whole", () => {
    const daily = [day("meta_ads", "2026-10-26", { reach: "10" }), day("meta_ads", "2026-10-27", { reach: "10" })];
    expect(compute("reach", daily)).toMatchObject({ value: null, reason: "not_additive" });
    const whole = day("meta_ads", week.from, { reach: "17" }, { kind: "window", to: week.to });
    expect(compute("reach", [...daily, whole]).value).toBe("17");
    const other = day("ga4", week.from, { reach: "5" }, { kind: "window", to: week.to });
    expect(compute("reach", [whole, other])).toMatchObject({ value: null, reason: "not_additive" });
  });

  it("uses a window only for exactly its period and never spreads it over days", () => {
    const october = day(
      "ga4",
      "2026-10-01",
      { sessions: "310", engaged_sessions: "217" },
      { kind: "window", to: "2026-10-31" },
    );
    expect(compute("sessions", [october], { from: "2026-10-01", to: "2026-10-31" }).value).toBe("310");
    expect(compute("bounce_rate", [october], { from: "2026-10-01", to: "2026-10-31" }).value).toBe("0.3");
    expect(compute("sessions", [october]).value).toBeNull();
  });

  it("names the days that no export covers", () => {
    const rows = [day("google_ads", "2026-10-26", { clicks: "1" }), day("google_ads", "2026-10-28", { clicks: "2" })];
    expect(compute("clicks", rows, { from: "2026-10-26", to: "2026-10-28" })).toMatchObject({
      value: "3",
      missing: ["2026-10-27"],
    });
  });

  it("takes the last day's followers", () => {
    const rows = [day("x", "2026-10-26", { followers: "100" }), day("x", "2026-10-30", { followers: "130" })];
    expect(compute("followers", rows).value).toBe("130");
  });
});

describe("money", () => {
  const rates = [
    { from: "2026-10-01", to: "2026-10-31", base: "USD", quote: "KRW", rate: "1400" },
    { from: "2026-11-01", to: "2026-11-30", base: "USD", quote: "KRW", rate: "1300" },
  ];

  it("is converted day by day at the dated rate", () => {
    const rows = [
      day("meta_ads", "2026-10-31", { cost: "10" }, { currency: "USD" }),
      day("meta_ads", "2026-11-01", { cost: "10" }, { currency: "USD" }),
      day("google_ads", "2026-10-31", { cost: "500" }),
    ];
    expect(compute("cost", rows, week, { ...won, rates }).value).toBe("27500");
  });

  it("is refused as a total where a day has no dated rate, which is named", () => {
    const rows = [
      day("google_ads", "2026-10-31", { cost: "500" }),
      day("meta_ads", "2026-11-01", { cost: "10" }, { currency: "USD" }),
    ];
    const all = figures(rows, { ...won, rates: rates.slice(0, 1) });
    expect(computeKpi(entry("cost"), week, all, book)).toMatchObject({ value: null, reason: "no_rate" });
    expect(all.ratesMissing()).toEqual([{ currency: "USD", day: "2026-11-01" }]);
  });

  it("loses the VAT that a source holds and its reader does not want, from cost alone", () => {
    const rows = [day("naver_searchad", "2026-10-26", { cost: "1100", conversion_value: "1100" }, { vat: "included" })];
    expect(compute("cost", rows).value).toBe("1000");
    expect(compute("roas", rows).value).toBe("1.1");
    expect(compute("cost", rows, week, { ...won, cost_basis: "vat_included" }).value).toBe("1100");
  });
});

describe("posts and emails", () => {
  const post = (at: string, asOf: string, engagements: string, latest: boolean): SumRow =>
    day("facebook_page", at, { engagements, posts: "1" }, { kind: "snapshot", asOf, latest });
  const previous = { from: "2026-10-19", to: "2026-10-25" };

  it("count with their newest figures in totals", () => {
    const rows = [post("2026-10-20", "2026-10-25", "40", false), post("2026-10-20", "2026-11-01", "90", true)];
    expect(compute("engagements", rows, previous).value).toBe("90");
  });

  it("are compared at equal age where that is held", () => {
    const rows = [
      post("2026-10-20", "2026-10-25", "40", false),
      post("2026-10-20", "2026-11-01", "90", true),
      post("2026-10-27", "2026-11-01", "50", true),
    ];
    expect(compute("engagements", rows, { ...previous, sameAgeAs: week })).toMatchObject({
      value: "40",
      sameAge: true,
    });
  });

  it("say so where it is not held", () => {
    const rows = [post("2026-10-20", "2026-11-01", "90", true), post("2026-10-27", "2026-11-01", "50", true)];
    expect(compute("engagements", rows, { ...previous, sameAgeAs: week })).toMatchObject({
      value: "90",
      sameAge: false,
    });
  });
});
