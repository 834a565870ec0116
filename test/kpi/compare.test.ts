import Big from "big.js";
import { describe, expect, it } from "vitest";
import type { GoalDef } from "../../transforms/definitions.ts";
import { changeOf, meanOf } from "../../transforms/kpi/compare.ts";
import { goalFor, judgeGoal } from "../../transforms/kpi/goal.ts";
import { pacingOf } from "../../transforms/kpi/pacing.ts";
import { isProvisional } from "../../transforms/kpi/settle.ts";
import { entry } from "./sums.ts";

const big = (text: string | null): Big | null => (text === null ? null : new Big(text));

describe("a change", () => {
  it.each([
    ["rises", "110", "100", { kind: "change", ratio: "0.1", delta: "10", comparable: true }],
    ["falls below zero", "-5", "-4", { kind: "change", ratio: "-0.25", delta: "-1", comparable: true }],
    ["is from a true zero", "5", "0", { kind: "new", ratio: null, delta: "5", comparable: true }],
    ["stays zero", "0", "0", { kind: "change", ratio: "0", delta: "0", comparable: true }],
    ["has no base", "5", null, { kind: "none", ratio: null, delta: null, comparable: false }],
    ["has no value", null, "5", { kind: "none", ratio: null, delta: null, comparable: false }],
  ])("%s", (_, now, before, expected) => {
    expect(changeOf(big(now), big(before))).toEqual(expected);
  });

  it("keeps its number and loses its comparability when the two were not taken alike", () => {
    expect(changeOf(big("110"), big("100"), false)).toMatchObject({ ratio: "0.1", comparable: false });
  });

  it("is not computed against a mean with an unknown in it", () => {
    expect(meanOf([big("1"), null])).toBeNull();
    expect(meanOf([big("1"), big("2")])?.toString()).toBe("1.5");
  });
});

describe("a goal", () => {
  const goal = (more: Partial<GoalDef>): GoalDef => ({
    channel: "ppc",
    kpi: "roas",
    kind: "at_least",
    target: "3.5",
    target_to: null,
    per: "week",
    owner: "lee",
    from: null,
    until: null,
    ...more,
  });
  const week = { from: "2026-10-26", to: "2026-11-01" };
  const judge = (given: GoalDef, value: string | null, over = true) =>
    judgeGoal({
      goal: given,
      value: big(value),
      def: entry(given.kpi),
      currency: "KRW",
      owner: "이과장",
      period: week,
      over,
      locale: "ko-KR",
    });

  it("is achieved by how much", () => {
    expect(judge(goal({}), "4.2")).toMatchObject({
      achieved: true,
      achievement: "1.2",
      text: "목표 350% 이상",
      owner: "이과장",
    });
    expect(judge(goal({}), "2.8")).toMatchObject({ achieved: false, achievement: "0.8" });
  });

  it("counts the other way round where less is better, and is capped at 200 %", () => {
    const cpa = goal({ kpi: "cpa", kind: "at_most", target: "10000" });
    expect(judge(cpa, "8000")).toMatchObject({ achieved: true, achievement: "1.25" });
    expect(judge(cpa, "0")).toMatchObject({ achievement: "2" });
    expect(judge(goal({}), "70")).toMatchObject({ achievement: "2" });
  });

  it("is undecided while its value is unknown", () => {
    expect(judge(goal({}), null)).toMatchObject({ achieved: null, achievement: null });
  });

  it("of a budget is no achievement before its period is over, and a miss at once", () => {
    const budget = goal({ kpi: "cost", kind: "budget", target: "1000" });
    expect(judge(budget, "50", false)).toMatchObject({ achieved: null });
    expect(judge(budget, "50")).toMatchObject({ achieved: true });
    expect(judge(budget, "1001", false)).toMatchObject({ achieved: false });
  });

  it("is pro-rated where it begins inside the period of a sum", () => {
    const clicks = goal({ kpi: "clicks", target: "700", from: "2026-10-29" });
    expect(judge(clicks, "500")).toMatchObject({ target: "400", pro_rated: true, achieved: true });
  });

  it("of a sum holds only for reports of its own length; of a rate for any", () => {
    expect(goalFor("clicks", [goal({ kpi: "clicks", per: "month" })], "weekly", week)).toBeNull();
    expect(goalFor("roas", [goal({ per: "month" })], "weekly", week)).not.toBeNull();
    expect(goalFor("roas", [goal({ from: "2026-11-02" })], "weekly", week)).toBeNull();
  });
});

describe("pacing", () => {
  it("sets what is spent beside the days that are gone", () => {
    const pacing = pacingOf({
      label: "cost",
      currency: "KRW",
      budget: new Big("3000"),
      spent: new Big("600"),
      through: "2026-11-10",
    });
    expect(pacing).toMatchObject({
      month: "2026-11",
      used: "0.2",
      elapsed: "0.33333333333333333",
      projected: "1800",
      needed_per_day: "120",
    });
  });

  it("has nothing left to spend a day after the month's last", () => {
    const pacing = pacingOf({
      label: "cost",
      currency: "KRW",
      budget: new Big("3000"),
      spent: new Big("3100"),
      through: "2026-11-30",
    });
    expect(pacing).toMatchObject({ needed_per_day: null, elapsed: "1", projected: "3100" });
  });
});

describe("a figure", () => {
  const times = { google_ads: { days: 1, conversions: 7 } };
  it.each([
    ["cost", "2026-11-01", "2026-11-02", false],
    ["conversions", "2026-11-01", "2026-11-02", true],
    ["conversions", "2026-10-26", "2026-11-02", false],
  ] as const)("of %s to %s, seen on %s, is provisional: %s", (metric, to, today, expected) => {
    expect(isProvisional("google_ads", metric, to, today, times)).toBe(expected);
  });
});
