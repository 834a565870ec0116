import Big from "big.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadConfig, projectConfig } from "../../config/load.ts";
import type { KpiDef } from "../../transforms/definitions.ts";
import {
  evaluate,
  FormulaError,
  formulaOf,
  inputs,
  meaningOf,
  parseFormula,
  printFormula,
} from "../../transforms/kpi/formula.ts";

const { kpis } = await loadConfig(projectConfig);
const kpi = (id: string): KpiDef => kpis.get(id)!;
const numbers = (values: Record<string, string | null>): Record<string, Big | null> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value === null ? null : new Big(value)]));
const result = (text: string, values: Record<string, string | null>): (string | null)[] => {
  const { value, reason } = evaluate(parseFormula(text), numbers(values));
  return [value?.toFixed() ?? null, reason];
};

describe("a formula", () => {
  it.each([
    ["products before sums", "1 + 2 * 3", "7"],
    ["left to right", "10 - 3 - 2", "5"],
    ["divisions left to right", "100 / 5 / 2", "10"],
    ["brackets first", "(1 + 2) * 3", "9"],
    ["a minus before a bracket", "-(2 - 5) * 2", "6"],
    ["decimals exactly", "0.1 + 0.2", "0.3"],
  ])("takes %s", (_, text, value) => {
    expect(result(text, {})).toEqual([value, null]);
  });

  it.each([
    ["nothing", "", 1, "end"],
    ["an operator without an operand", "cost /", 7, "end"],
    ["two names in a row", "cost clicks", 6, "clicks"],
    ["a bracket that stays open", "(cost / clicks", 15, "end"],
    ["a bracket that was never opened", "cost)", 5, ")"],
    ["letters that no name has", "cost / Clicks", 8, "C"],
    ["what only looks like arithmetic", "cost ** 2", 7, "*"],
    ["a semicolon", "cost; clicks", 5, ";"],
  ])("refuses %s and says where", (_, text, at, found) => {
    expect(() => parseFormula(text)).toThrow(FormulaError);
    try {
      parseFormula(text);
    } catch (error) {
      expect(error).toMatchObject({ at, found });
    }
  });

  it("refuses a tower of brackets instead of exhausting the stack", () => {
    expect(() => parseFormula("(".repeat(100_000))).toThrow("fewer brackets");
    expect(() => parseFormula("-".repeat(100_000))).toThrow("fewer brackets");
  });

  it("names its inputs once, in the order of their first use", () => {
    expect(inputs(parseFormula("(revenue * margin - full_cost) / full_cost"))).toEqual([
      "revenue",
      "margin",
      "full_cost",
    ]);
  });

  it("keeps 30 digits of a division", () => {
    expect(result("cost / clicks", { cost: "2", clicks: "3" })[0]).toBe("0.666666666666666666666666666667");
  });

  it("is unknown where an input is, and names no denominator only where all are known", () => {
    expect(result("cost / clicks", { cost: null, clicks: "0" })).toEqual([null, "not_collected"]);
    expect(result("cost / clicks", { clicks: "5" })).toEqual([null, "not_collected"]);
    expect(result("cost / clicks", { cost: "5", clicks: "0" })).toEqual([null, "no_denominator"]);
    expect(result("1 - engaged_sessions / sessions", { engaged_sessions: "0", sessions: "0" })).toEqual([
      null,
      "no_denominator",
    ]);
  });

  it("passes on why an input is unknown", () => {
    const ast = parseFormula("impressions / reach");
    expect(evaluate(ast, numbers({ impressions: "10", reach: null }), { reach: "not_additive" }).reason).toBe(
      "not_additive",
    );
  });

  it("does not take an object's own machinery for a value", () => {
    expect(result("constructor / clicks", { clicks: "1" })).toEqual([null, "not_collected"]);
  });

  it("means the same after it was printed and read again", () => {
    const leaf = fc.oneof(fc.constantFrom("a", "b", "c"), fc.nat(99).map(String));
    const formula = fc.letrec<{ any: string }>((tie) => ({
      any: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        leaf,
        fc
          .tuple(tie("any"), fc.constantFrom("+", "-", "*", "/"), tie("any"))
          .map(([left, sign, right]) => `(${left}) ${sign} (${right})`),
        tie("any").map((inner) => `-(${inner})`),
      ),
    })).any;
    const back = (text: string): string => text.replaceAll("−", "-").replaceAll("×", "*").replaceAll("÷", "/");
    fc.assert(
      fc.property(
        formula,
        fc.record({ a: fc.nat(50), b: fc.integer({ min: -9, max: 9 }), c: fc.nat(7) }),
        (text, { a, b, c }) => {
          const values = { a: new Big(a), b: new Big(b), c: new Big(c) };
          const ast = parseFormula(text);
          const printed = evaluate(parseFormula(back(printFormula(ast))), values);
          expect(printed.value?.toFixed()).toBe(evaluate(ast, values).value?.toFixed());
        },
      ),
    );
  });
});

describe("the dictionary's formulas", () => {
  // Each worked by hand, the two long ones by another decimal library.
  it.each<[string, Record<string, string>, string]>([
    ["ctr", { clicks: "3549", impressions: "136122" }, "0.026072199938290651033631595187"],
    ["cpc", { cost: "5474.03", clicks: "3549" }, "1.542414764722457030149337841646"],
    ["cpm", { cost: "250", impressions: "100000" }, "2.5"],
    ["cpv", { cost: "12", video_views: "48" }, "0.25"],
    ["vtr", { video_views: "25", impressions: "1000" }, "0.025"],
    ["cvr", { conversions: "12.5", clicks: "500" }, "0.025"],
    ["cpa", { cost: "1000", conversions: "12.5" }, "80"],
    ["cpl", { cost: "90000", leads: "3" }, "30000"],
    ["cpi", { cost: "90000", installs: "45" }, "2000"],
    ["roas", { conversion_value: "7000000", cost: "2000000" }, "3.5"],
    ["roi", { revenue: "1000", margin: "0.4", cost: "250" }, "0.6"],
    ["cac", { cost: "900", new_customers: "30" }, "30"],
    ["aov", { purchase_value: "120", purchases: "4" }, "30"],
    ["arpu", { revenue: "500", users: "200" }, "2.5"],
    ["ltv", { revenue: "500", users: "200", margin: "0.4", retained: "75", active_start: "100" }, "4"],
    ["blended_roas", { revenue: "900", cost: "300" }, "3"],
    ["blended_cpa", { cost: "300", orders: "12" }, "25"],
    ["engagement_rate", { engagements: "30", impressions: "1200" }, "0.025"],
    ["interactions_per_post", { engagements: "30", posts: "4" }, "7.5"],
    ["click_rate", { unique_clicks: "15", delivered: "600" }, "0.025"],
    ["open_rate", { unique_opens: "240", delivered: "600" }, "0.4"],
    ["click_to_open_rate", { unique_clicks: "15", unique_opens: "240" }, "0.0625"],
    ["unsubscribe_rate", { unsubscribes: "3", delivered: "600" }, "0.005"],
    ["bounce_rate_email", { bounces: "10", sent: "400" }, "0.025"],
    ["bounce_rate", { engaged_sessions: "650", sessions: "1000" }, "0.35"],
    ["time_on_site", { engagement_seconds: "5400", sessions: "60" }, "90"],
    ["pages_per_session", { pageviews: "150", sessions: "60" }, "2.5"],
    ["average_position", { position_weight: "840", impressions: "100" }, "8.4"],
    ["frequency", { impressions: "900", reach: "300" }, "3"],
    ["retention_rate", { retained: "75", active_start: "100" }, "0.75"],
    ["churn_rate", { retained: "75", active_start: "100" }, "0.25"],
    ["nps", { promoters: "55", detractors: "15", responses: "100" }, "40"],
  ])("%s", (id, values, expected) => {
    expect(evaluate(formulaOf(kpi(id), kpis), numbers(values)).value?.toFixed()).toBe(expected);
  });

  it("mean another thing on another channel", () => {
    expect(inputs(formulaOf(kpi("cvr"), kpis, "web"))).toEqual(["purchases", "sessions"]);
    expect(inputs(formulaOf(kpi("cvr"), kpis, "ppc"))).toEqual(["conversions", "clicks"]);
    expect(inputs(formulaOf(kpi("aov"), kpis, "overview"))).toEqual(["revenue", "orders"]);
  });

  it("count link clicks on Meta and TikTok in clicks, CTR, CPC and CVR alike", () => {
    for (const id of ["clicks", "ctr", "cpc", "cvr"]) {
      expect(inputs(meaningOf(kpi(id), "clicks", "meta_ads"))).toEqual(["link_clicks"]);
      expect(inputs(meaningOf(kpi(id), "clicks", "tiktok_ads"))).toEqual(["link_clicks"]);
      expect(inputs(meaningOf(kpi(id), "clicks", "google_ads"))).toEqual(["clicks"]);
    }
  });

  it("divide engagement by what each platform counts as seen", () => {
    expect(inputs(meaningOf(kpi("engagement_rate"), "impressions", "x"))).toEqual(["impressions"]);
    expect(inputs(meaningOf(kpi("engagement_rate"), "impressions", "instagram"))).toEqual(["views"]);
  });

  it("have no lifetime value where nobody leaves", () => {
    const values = numbers({ revenue: "500", users: "200", margin: "0.4", retained: "100", active_start: "100" });
    expect(evaluate(formulaOf(kpi("ltv"), kpis), values)).toEqual({ value: null, reason: "no_denominator" });
  });

  it("may not lead back to themselves", () => {
    const circle = new Map(kpis)
      .set("a", { ...kpi("ctr"), id: "a", formula: "b" })
      .set("b", { ...kpi("ctr"), id: "b", formula: "a / 2" });
    expect(() => formulaOf(circle.get("a")!, circle)).toThrow("a → b → a");
  });
});
