import { describe, expect, it } from "vitest";
import { judgeRatesFor } from "../../jobs/check/rates.ts";
import type { Send } from "../../jobs/check/sends.ts";
import { sayProblem } from "../../transforms/problem.ts";
import { judged } from "../config/home.ts";
import { weeklyAds } from "../fixtures/def.ts";
import { OVERVIEW } from "./client.ts";

const file = "clients/hanbit/client.yaml";
const platforms = new Map([
  ["google_ads", ["cost", "clicks", "impressions", "conversions", "conversion_value"]],
  ["ga4", ["sessions", "users"]],
  ["search_console", ["clicks", "impressions", "position_weight"]],
  ["manual", ["orders", "revenue", "new_customers"]],
] as const);
const options = { platforms } as unknown as Parameters<typeof judged>[1];
const lineOf = (text: string, words: string) => text.split("\n").findIndex((line) => line.includes(words)) + 1;

describe("the overview in client.yaml", () => {
  it("is one report over every channel, led by the North Star and by what matters now", async () => {
    const { client, said } = await judged(OVERVIEW);
    expect(said).toEqual([]);
    const def = client?.reports.find(({ id }) => id === "overview");
    expect(def).toMatchObject({
      cadence: "weekly",
      channels: ["ppc", "seo", "web", "overview"],
      kpis: ["orders", "blended_cpa", "revenue", "cost", "blended_roas"],
      sections: ["summary", "comment", "north_star", "channels", "funnel", "tree"],
    });
    expect(def?.overview?.lines.map(({ channel, kpi }) => `${channel} ${kpi}`)).toEqual([
      "ppc roas",
      "seo clicks",
      "web sessions",
    ]);
    expect(def?.overview?.funnel.map(({ stage, kpi, channels }) => [stage, kpi, ...channels])).toEqual([
      ["awareness", "impressions", "ppc", "seo"],
      ["acquisition", "sessions", "web"],
      ["activation", "engaged_sessions", "web"],
      ["revenue", "orders", "overview"],
    ]);
    expect(client?.reports.filter(({ id, overview }) => id !== "overview" && overview !== null)).toEqual([]);
  });

  it("covers only the channels that it names, and takes a tree, a funnel and a headline of its own", async () => {
    const text = OVERVIEW.replace(
      "  overview:\n",
      "  overview:\n    covers: [ppc]\n    tree: [revenue, { kpi: cpc, channel: ppc }, { kpi: clicks, channel: seo }]\n    funnel: [{ stage: acquisition, kpi: clicks, channels: [seo, ppc] }]\n",
    ).replace("  ppc:\n", "  ppc:\n    headline: cpa\n");
    const { client, said } = await judged(text);
    expect(said).toEqual([]);
    const def = client?.reports.find(({ id }) => id === "overview");
    expect(def?.channels).toEqual(["ppc", "overview"]);
    expect(def?.overview).toMatchObject({
      lines: [{ channel: "ppc", kpi: "cpa" }],
      tree: [
        { kpi: "revenue", channel: null },
        { kpi: "cpc", channel: "ppc" },
      ],
      funnel: [{ stage: "acquisition", kpi: "clicks", channels: ["ppc"] }],
    });
  });

  it("is refused where nobody supplies its North Star", async () => {
    const text = OVERVIEW.replace("    sources: [{ files: manual/*, account: shop }]\n", "");
    const { config } = await judged(text.replace("files: meta/*", "platform: google_ads, files: meta/*"), options);
    const [found] = config.problems.filter(({ code }) => code === "CONFIG_STAR_SOURCE");
    expect(found?.line).toBe(lineOf(text, "north_star"));
    expect(found && sayProblem(found, "ko")).toBe(
      "`north_star`의 `orders`에 필요한 `orders`를 주는 소스가 종합 리포트의 채널에 없습니다.",
    );
    expect(config.clients.get("hanbit")?.ok).toBe(false);
  });

  it("is refused where one of its KPIs has an input that none of its channels' sources supply", async () => {
    const text = OVERVIEW.replace("  overview:\n", "  overview:\n    kpis: [cost, installs]\n");
    const { said } = await judged(text.replace("files: meta/*", "platform: google_ads, files: meta/*"), {
      platforms: new Map([...platforms].filter(([name]) => name !== "manual")),
    } as unknown as Parameters<typeof judged>[1]);
    expect(said.filter((each) => each.startsWith("CONFIG_KPI_INPUT"))).toEqual([]); // a CSV by hand may hold anything
    const none = text.replace("    sources: [{ files: manual/*, account: shop }]\n", "");
    const { said: refused } = await judged(
      none.replace("files: meta/*", "platform: google_ads, files: meta/*"),
      options,
    );
    expect(refused).toContain(`CONFIG_KPI_INPUT ${file}:${lineOf(none, "kpis: [cost, installs]")}:18`);
  });

  it("warns of a North Star that is not named, and of one that no report shows", async () => {
    const nameless = OVERVIEW.replace(/^north_star:.*\n/m, "").replace(/^omtm:.*\n/m, "");
    expect((await judged(nameless)).said).toEqual([`CONFIG_STAR_ABSENT ${file}:${lineOf(nameless, "overview:")}:3`]);
    const unused = OVERVIEW.replace(/ {2}overview:\n(?: {4}.*\n)+/, "");
    expect((await judged(unused)).said.map((each) => each.split(" ")[0])).toEqual([
      "CONFIG_STAR_UNUSED",
      "CONFIG_STAR_UNUSED",
    ]);
  });

  it("refuses KPIs and channels that are not there, dates that end before they begin, and its keys elsewhere", async () => {
    const first = async (text: string) => (await judged(text)).said[0]?.split(" ")[0];
    expect(await first(OVERVIEW.replace("kpi: orders, label", "kpi: ordes, label"))).toBe("CONFIG_UNKNOWN_KPI");
    expect(await first(OVERVIEW.replace("from: 2026-10-01", "from: 2027-10-01"))).toBe("CONFIG_DATES");
    expect(await first(OVERVIEW.replace("  overview:\n", "  overview:\n    covers: [ppc, email]\n"))).toBe(
      "CONFIG_UNKNOWN_CHANNEL",
    );
    expect(await first(OVERVIEW.replace("  seo:\n", "  seo:\n    covers: [ppc]\n"))).toBe("CONFIG_OVERVIEW_ONLY");
    expect(await first(OVERVIEW.replace("  seo:\n", "  seo:\n    headline: klicks\n"))).toBe("CONFIG_UNKNOWN_KPI");
  });
});

describe("bogo check", () => {
  const source = { channel: "ppc", files: "meta/*", currency: "USD" } as unknown as Send["report"]["sources"][number];
  const send = (from: string, to: string): Send =>
    ({
      report: { ...weeklyAds, sources: [source] },
      slot: { period: { from, to } },
      paused: false,
      lacking: [],
    }) as unknown as Send; // only what is looked at
  const rates = [{ from: "2026-10-01", to: "2026-10-31", base: "USD", quote: "KRW", rate: "1400" }];

  it("warns of the days on which a report to come has no rate", () => {
    expect(judgeRatesFor([send("2026-10-19", "2026-10-25")], rates, "hanbit")).toEqual([]);
    const [found] = judgeRatesFor([send("2026-10-26", "2026-11-01")], rates, "hanbit");
    expect(found).toMatchObject({ code: "CHECK_RATE_MISSING", severity: "warning", client: "hanbit" });
    expect(found && sayProblem(found, "en")).toBe(
      "rates.yaml has no rate from USD→KRW for Nov 1, 2026: the ppc.weekly report would give no total of money.",
    );
  });
});
