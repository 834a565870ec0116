import Big from "big.js";
import { describe, expect, it } from "vitest";
import type { SumRow } from "../../transforms/records.ts";
import type { Report } from "../../transforms/report/model.ts";
import { before, every, OVERVIEW, overviewOf, plain, type Rows, week } from "./client.ts";

const values = ({ overview }: { overview: NonNullable<Report["overview"]> }) =>
  overview.lines.map(({ channel, headline, cost, conversions }) => [
    channel,
    headline.id,
    headline.value,
    cost.value,
    conversions.value,
  ]);

/** The rows of some platforms, or all but those. */
const without = (rows: SumRow[] = [], platform: string, from: string) =>
  rows.filter((row) => row.platform !== platform || row.from < from);

describe("the lines of an overview", () => {
  it("have each channel's own figures, and add up to the totals in one currency", async () => {
    const report = await overviewOf(plain());
    // Google 7 × 1,000 won and Meta 7 × $1 at 1,400; a return of (42,000 + 28 × 1,400) on 16,800.
    expect(values(report)).toEqual([
      ["ppc", "roas", "4.83333333333333333", "16800", "21"],
      ["seo", "clicks", "210", null, null],
      ["web", "sessions", "1400", null, "21"],
    ]);
    expect(report.overview.total.cost.value).toBe("16800");
    expect(report.overview.total.conversions.value).toBe("42");
    expect(report.overview.total.conversion_value.value).toBe("144200");
    expect(report.overview.lines.map(({ state }) => state)).toEqual(["complete", "complete", "complete"]);
  });

  it("stand beside the shop's own figures, from which revenue, ROAS and CPA are taken", async () => {
    const { kpis, overview } = await overviewOf(plain());
    const value = (id: string) => kpis.find((kpi) => kpi.id === id)?.value;
    expect(overview.shop?.orders.value).toBe("35");
    expect(value("revenue")).toBe("105000");
    expect(value("blended_roas")).toBe("6.25");
    expect(value("blended_cpa")).toBe("480");
  });

  it("say that platforms may count an order twice, in the report's language", async () => {
    expect((await overviewOf(plain())).overview.total.double_counting).toBe("매체 합산(중복 가능)");
    const english = await overviewOf(plain(), { locale: "en-US" });
    expect(english.overview.total.double_counting).toBe("Platform-reported, may double count");
    expect(english.overview.notes.map(({ code }) => code)).toEqual(["RATE", "VAT", "DOUBLE", "SHOP", "FUNNEL"]);
    expect(english.overview.notes[0]?.text).toContain("1 USD = 1400 KRW");
  });

  it("refuse a total of money where a dated rate is missing, and say for which day", async () => {
    const report = await overviewOf(plain(), { rates: { source: { ko: "", en: "" }, rates: [] } });
    const { total, lines } = report.overview;
    for (const kpi of [total.cost, total.conversion_value, lines[0]?.cost, lines[0]?.headline])
      expect(kpi).toMatchObject({ value: null, reason: "no_rate" });
    expect(total.conversions.value).toBe("42");
    expect(report.kpis.find(({ id }) => id === "blended_roas")).toMatchObject({ value: null, reason: "no_rate" });
    expect(report.missing.some(({ source, reason }) => source === "USD" && reason.includes("2026-10-26"))).toBe(true);
  });

  it("name a channel that has no figures, before any number", async () => {
    const rows = plain();
    const report = await overviewOf({ ...rows, seo: without(rows.seo, "search_console", week.from) });
    expect(report.overview.lines[1]).toMatchObject({ channel: "seo", state: "missing" });
    expect(report.missing).toEqual([
      { channel: "seo", source: "검색", reason: "이 기간의 데이터가 없어 합계에 들어 있지 않습니다." },
    ]);
    expect(report.banners.map(({ code }) => code)).toContain("MISSING");
  });

  it("name a platform that gave figures before and gives none now, and compare no sum that lacks it", async () => {
    const rows = plain();
    const report = await overviewOf({ ...rows, ppc: without(rows.ppc, "meta_ads", week.from) });
    expect(report.overview.lines[0]).toMatchObject({ state: "partial", without: ["메타 광고"] });
    expect(report.overview.total.cost).toMatchObject({ value: "7000", excludes: ["메타 광고"] });
    expect(report.overview.total.cost.changes.previous).toMatchObject({ kind: "none" });
    const roas = report.kpis.find(({ id }) => id === "blended_roas");
    expect(roas?.excludes).toEqual(["메타 광고"]);
    expect(roas?.changes.previous).toMatchObject({ kind: "none" });
  });

  it("tell a channel in which nothing ran by intent from one without data", async () => {
    const text = OVERVIEW.replace("  seo:\n", "  seo:\n    paused: [{ from: 2026-10-26, reason: 개편 }]\n");
    const report = await overviewOf({ ...plain(), seo: [] }, { text });
    expect(report.overview.lines[1]?.state).toBe("paused");
    expect(report.missing).toEqual([]);
  });

  it("add up to the total for any figures, each account once", async () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 48271) % 2147483647;
      return seed;
    };
    for (let round = 0; round < 4; round++) {
      const rows: Rows = {
        ppc: every("google_ads", week, { cost: `${random()}.${random()}`, conversions: `${random() % 99}.5` }),
        seo: every("search_console", week, { clicks: String(random() % 999), impressions: "9999" }),
        web: every("ga4", week, { sessions: String(random() % 999), cost: `${random() % 99}`, conversions: "3" }),
        overview: every("manual", week, { orders: "1", revenue: "2" }),
      };
      const { lines, total, notes } = (await overviewOf(rows)).overview;
      for (const metric of ["cost", "conversions", "conversion_value"] as const) {
        const sum = lines.reduce((all, line) => all.plus(line[metric].value ?? 0), new Big(0));
        expect(sum.toFixed(), metric).toBe(total[metric].value ?? "0");
      }
      expect(notes.map(({ code }) => code)).not.toContain("SHARED");
    }
  });

  it("say so where two channels look at one account, which the total counts once", async () => {
    const rows = plain();
    const both = every("google_ads", week, { cost: "1000" });
    const { lines, total, notes } = (
      await overviewOf({ ...rows, seo: both }, { sums: [...(rows.ppc ?? []), ...(rows.overview ?? [])] })
    ).overview;
    expect(lines.map(({ cost }) => cost.value)).toEqual(["16800", "7000", null]);
    expect(total.cost.value).toBe("16800");
    expect(notes.find(({ code }) => code === "SHARED")?.text).toContain("한 번만");
  });
});

describe("the funnel", () => {
  it("divides each stage by the one before", async () => {
    const { funnel } = (await overviewOf(plain())).overview;
    // 7 × (10,000 + 5,000 + 1,000) impressions, 1,400 sessions, 700 engaged ones, 35 orders (28 the week before).
    expect(funnel.map(({ stage, kpi, conversion }) => [stage, kpi.value, conversion?.value])).toEqual([
      ["awareness", "112000", undefined],
      ["acquisition", "1400", "0.0125"],
      ["activation", "700", "0.5"],
      ["revenue", "35", "0.05"],
    ]);
    expect(funnel[3]?.conversion).toMatchObject({ label: "활성화 → 수익화", previous: "0.04" });
    expect(funnel[3]?.conversion?.changes.previous).toMatchObject({ kind: "change", ratio: "0.25", delta: "0.01" });
  });

  it("leaves a stage that nobody counted unknown, and both rates beside it", async () => {
    const { funnel } = (await overviewOf({ ...plain(), web: [] })).overview;
    expect(funnel.map(({ kpi }) => kpi.value)).toEqual(["112000", null, null, "35"]);
    expect(funnel.map(({ conversion }) => conversion && [conversion.value, conversion.reason])).toEqual([
      null,
      [null, "not_collected"],
      [null, "not_collected"],
      [null, "not_collected"],
    ]);
  });

  it("gives no rate between stages of which one lacks a channel or a day", async () => {
    const rows = plain();
    const noSearch = (await overviewOf({ ...rows, seo: without(rows.seo, "search_console", week.from) })).overview;
    expect(noSearch.funnel[0]?.kpi).toMatchObject({ value: "105000", excludes: ["검색"] });
    expect(noSearch.funnel[1]?.conversion).toMatchObject({ value: null, reason: "incomplete" });
    const noSunday = (await overviewOf({ ...rows, web: rows.web?.filter(({ from }) => from !== week.to) })).overview;
    expect(noSunday.funnel[1]?.conversion).toMatchObject({ value: null, reason: "incomplete" });
    expect(noSunday.funnel[2]?.conversion?.value).toBe("0.5");
    expect(noSunday.funnel[3]?.conversion).toMatchObject({ value: null, reason: "incomplete" });
  });
});

describe("the KPI tree", () => {
  it("hangs each KPI below the nearest of a higher tier, of its own channel where there is one", async () => {
    const { tree } = (await overviewOf(plain())).overview;
    expect(tree.map(({ id, parent, tier }) => `${id} < ${parent} ${tier}`)).toEqual([
      "orders < null strategic",
      "revenue < orders strategic",
      "aov@overview < revenue tactical",
      "clicks@seo < revenue operational",
      "blended_roas < orders strategic",
      "roas@ppc < blended_roas tactical",
      "cpa@ppc < blended_roas tactical",
      "cpc@ppc < cpa@ppc operational",
      "ctr@ppc < cpa@ppc operational",
      "cvr@web < blended_roas tactical",
      "bounce_rate@web < cvr@web operational",
      "cac < orders strategic",
    ]);
    const value = (id: string) => tree.find((each) => each.id === id)?.kpi.value;
    expect(value("aov@overview")).toBe("3000");
    expect(value("cpa@ppc")).toBe("800");
    // (700 + 350) clicks of 105,000 impressions: the ads' alone, without those of search.
    expect(value("ctr@ppc")).toBe("0.01");
    expect(value("cac")).toBeNull();
  });
});

describe("what leads", () => {
  it("is the North Star under the client's name for it, then what matters while its days last", async () => {
    const report = await overviewOf(plain());
    expect(report.headline).toBe("orders");
    expect(report.kpis.map(({ id, label }) => `${id} ${label}`)).toEqual([
      "orders 주간 주문수",
      "blended_cpa 통합 CPA",
      "revenue 자사몰 매출",
      "cost 광고비(VAT 별도)",
      "blended_roas 통합 ROAS",
    ]);
    expect(report.kpis[0]?.goal).toMatchObject({ achieved: true, target: "30" });
    expect(report.overview.omtm).toMatchObject({ kpi: "blended_cpa", until: "2026-12-31" });
    const over = OVERVIEW.replace("until: 2026-12-31", "until: 2026-10-25");
    expect((await overviewOf(plain(), { text: over })).overview.omtm).toBeNull();
  });

  it("says the answer first, then the money, the channels and the funnel, in Korean and English", async () => {
    expect((await overviewOf(plain())).summary).toEqual([
      "주간 주문수는 35, 전주보다 25.0% 늘었습니다.",
      "광고비(VAT 별도) 1.68만 원에 자사몰 매출 10.5만 원, 통합 ROAS는 625%입니다(전주 대비 +19.8%).",
      "채널별로는 검색 클릭수(+20.0%)의 상승, 광고 광고수익률(ROAS)(-4.2%)의 하락이 가장 컸습니다.",
      "퍼널에서는 활성화 → 수익화 전환율이 5.0%로 가장 크게 바뀌었습니다(+1.0%p).",
    ]);
    expect((await overviewOf(plain(), { locale: "en-US" })).summary).toEqual([
      "Weekly orders rose 25.0% against the previous week to 35.",
      "₩16.8K of cost stand against ₩105K of the shop's own revenue: Blended ROAS 625% (+19.8% vs previous week).",
      "Search rose most (Clicks +20.0%); Ads fell most (ROAS -4.2%).",
      "In the funnel, Activation → Revenue moved most, to 5.0% (+1.0 pp).",
    ]);
  });

  it("counts people only where an export gives them for exactly the period", async () => {
    const text = OVERVIEW.replace("kpi: orders, label: { ko: 주간 주문수, en: Weekly orders }", "kpi: users");
    const rows = plain();
    const daily = { ...rows, web: every("ga4", { from: before.from, to: week.to }, { users: "10", sessions: "20" }) };
    expect((await overviewOf(daily, { text })).kpis[0]).toMatchObject({
      id: "users",
      value: null,
      reason: "not_additive",
    });
    const whole = every("ga4", { from: week.from, to: week.from }, { users: "55" }, { kind: "window", to: week.to });
    expect((await overviewOf({ ...rows, web: whole }, { text })).kpis[0]?.value).toBe("55");
  });
});
