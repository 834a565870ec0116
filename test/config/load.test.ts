import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readComment } from "../../config/comment.ts";
import { loadConfig, projectConfig } from "../../config/load.ts";
import { nextStep, type Problem, sayProblem } from "../../transforms/problem.ts";
import { AGENCY, CLIENT, home, judged, short } from "./home.ts";

const file = "clients/hanbit/client.yaml";
const tell = (each: Problem) =>
  [sayProblem(each, "ko"), nextStep(each, "ko"), sayProblem(each, "en"), nextStep(each, "en")].join("\n");

describe("a client.yaml that is right", () => {
  it("becomes a report for each word of its cadence, with every default filled in", async () => {
    const { client, said } = await judged(CLIENT);
    expect(said).toEqual([]);
    expect(client?.reports.map(({ id, cadence }) => `${id} ${cadence}`)).toEqual(["ppc weekly", "ppc monthly"]);
    expect(client?.reports[0]).toMatchObject({
      locale: "ko-KR",
      schedule: { cadence: "weekly", day: "mon", at: "09:00", on_holiday: "send" },
      kpis: ["cost", "impressions", "clicks", "ctr", "cpc", "conversions", "cvr", "cpa", "roas"],
      formats: ["excel", "pdf"],
      ae: { name: "이과장", address: "lee@agency.example" },
      vat_rate: "0.1",
      cost_basis: "vat_excluded",
      compare: ["previous", "year_ago", "baseline"],
      year_ago: "weekday",
      audiences: [{ id: "client", recipients: [{ name: "김대표", address: "ceo@hanbit.example" }] }],
      goals: [{ channel: "ppc", kpi: "roas", kind: "at_least", target: "3.5", per: "week", owner: "lee" }],
    });
  });

  it("keeps ids as written and amounts exact", async () => {
    const text = CLIENT.replace("at_least: 350%", 'at_least: "1,234.50%"').replace('"1"', '"00123456789012345678901"');
    const { client } = await judged(text);
    expect(client?.sources[0]?.account).toBe("00123456789012345678901");
    expect(client?.goals[0]?.target).toBe("12.345");
  });

  it("may call KPIs, sections and tables by names of its own, and refuses a KPI that is not there", async () => {
    const labels =
      "labels: { kpis: { roas: 광고 효율 }, sections: { tops: { ko: 잘된 소재, en: Best } }, tables: { platform: 매체 비교 } }\n";
    const { client, said } = await judged(CLIENT + labels);
    expect(said).toEqual([]);
    expect(client?.kpis.get("roas")?.label).toEqual({ ko: "광고 효율", en: "광고 효율" });
    expect(client?.reports[0]?.labels).toEqual({
      sections: { tops: { ko: "잘된 소재", en: "Best" } },
      tables: { platform: { ko: "매체 비교", en: "매체 비교" } },
    });
    expect((await judged(`${CLIENT}labels: { kpis: { roaz: x } }\n`)).said).toEqual([
      `CONFIG_UNKNOWN_KPI ${file}:14:25`,
    ]);
    expect((await judged(`${CLIENT}labels: { sections: { top: x } }\n`)).said).toEqual([
      `CONFIG_UNKNOWN_KEY ${file}:14:23`,
    ]);
  });

  it("adds the reports of `reports:`, over several channels and narrowed", async () => {
    const { client, said } = await judged(`${CLIENT}reports:
  - { id: brand-a, channels: [ppc], only: { campaign: "A_*" }, locale: en-US, cadence: { monthly: { day: 5, at: "09:00" } }, to: [client] }
`);
    expect(said).toEqual([]);
    expect(client?.reports.at(-1)).toMatchObject({
      id: "brand-a",
      cadence: "monthly",
      locale: "en-US",
      only: { campaign: "A_*" },
    });
  });

  it("gives the overview every channel and every source", async () => {
    const { client } = await judged(CLIENT.replace("channels:\n", "channels:\n  overview: {}\n"));
    const overview = client?.reports.find(({ id }) => id === "overview");
    expect(overview?.channels).toEqual(["overview", "ppc"]);
    expect(overview?.sources.map(({ files }) => files)).toEqual(["google-ads/*"]);
  });

  it("may change a KPI, add one, and choose what engagement is divided by", async () => {
    const { client, said } = await judged(`${CLIENT}engagement_by: { x: followers }
kpis:
  cvr: { by_channel: { ppc: leads / clicks } }
  cost_per_visit:
    { label: { ko: 방문당 비용, en: Cost per visit }, purpose: { ko: 방문 한 번, en: One visit }, formula: cost / sessions, unit: money, decimals: 0, better: down, tier: tactical, timing: leading }
`);
    expect(said).toEqual([]);
    expect(client?.kpis.get("cvr")).toMatchObject({
      formula: "conversions / clicks",
      by_channel: { ppc: "leads / clicks" },
    });
    expect(client?.kpis.get("cost_per_visit")?.label.ko).toBe("방문당 비용");
    expect(client?.kpis.get("engagement_rate")?.metric_by_platform.impressions).toMatchObject({
      x: "followers",
      instagram: "views",
    });
  });
});

describe("a client.yaml that is wrong", () => {
  it("has all its mistakes named at once, each at its place", async () => {
    const { client, said } = await judged(`client: 한빛커피
locale: ko
timezone: Asia/Seul
country: Korea
currency: WON
ae: kim
channels:
  ppc:
    cadance: { weekly: {} }
    sources: [{ files: ../other/*, account: 1234567890 }]
    kpis: [cost, rosa]
    goals:
      - { kpi: roas, per: week }
recpients:
  client: [ceo@hanbit.example]
`);
    expect(client).toBeNull();
    expect(said).toEqual([
      `CONFIG_MISSING_KEY ${file}:1:1`,
      `CONFIG_NOT_ONE_OF ${file}:2:9`,
      `CONFIG_NOT_TIMEZONE ${file}:3:11`,
      `CONFIG_NOT_COUNTRY ${file}:4:10`,
      `CONFIG_NOT_CURRENCY ${file}:5:11`,
      `CONFIG_UNKNOWN_PERSON ${file}:6:5`,
      `CONFIG_UNKNOWN_KEY ${file}:9:5`,
      `CONFIG_GLOB_OUTSIDE ${file}:10:24`,
      `CONFIG_NOT_TEXT ${file}:10:45`,
      `CONFIG_UNKNOWN_KPI ${file}:11:18`,
      `CONFIG_MISSING_KEY ${file}:13:9`,
      `CONFIG_UNKNOWN_KEY ${file}:14:1`,
    ]);
  });

  it.each<[string, [string, string], string, Record<string, string>]>([
    ["a person nobody knows", ["ae: lee", "ae: leee"], "CONFIG_UNKNOWN_PERSON", { found: "leee", nearest: "lee" }],
    ["an owner nobody knows", ["owner: lee", "owner: park"], "CONFIG_UNKNOWN_PERSON", { found: "park" }],
    ["a KPI nobody knows", ["kpi: roas", "kpi: raos"], "CONFIG_UNKNOWN_KPI", { found: "raos", nearest: "roas" }],
    ["a goal for a ratio without its unit", ["350%", "3.5"], "CONFIG_GOAL_UNIT", { found: "3.5", expected: "350%" }],
    ["a goal without a period", ["per: week, ", ""], "CONFIG_MISSING_KEY", { key: "per" }],
    ["a goal without an owner", [", owner: lee", ""], "CONFIG_MISSING_KEY", { key: "owner" }],
    ["a goal without a target", ["at_least: 350%, ", ""], "CONFIG_GOAL_TARGET", {}],
    ["a goal with two targets", ["at_least: 350%", "at_least: 350%, at_most: 400%"], "CONFIG_GOAL_TARGET", {}],
    ["a budget of something that is no money", ["at_least: 350%", "budget: 350%"], "CONFIG_GOAL_UNIT", { kpi: "roas" }],
    [
      "a budget in another currency",
      ["kpi: roas, at_least: 350%", "kpi: cost, budget: $5000"],
      "CONFIG_GOAL_UNIT",
      { found: "$5000" },
    ],
    [
      "a range from high to low",
      ["at_least: 350%", "between: [400%, 300%]"],
      "CONFIG_GOAL_RANGE",
      { found: "400% – 300%" },
    ],
    [
      "days in the wrong order",
      ["owner: lee", "owner: lee, from: 2026-02-01, until: 2026-01-01"],
      "CONFIG_DATES",
      { from: "2026-02-01" },
    ],
    [
      "a day that does not exist",
      ["owner: lee", "owner: lee, from: 2026-02-30"],
      "CONFIG_NOT_DAY",
      { found: "2026-02-30" },
    ],
    [
      "a recipient in another domain",
      ["ceo@hanbit.example", "ceo@hanbit.exmaple"],
      "CONFIG_RECIPIENT_DOMAIN",
      { known: "hanbit.example, agency.example" },
    ],
    [
      "a subdomain of an allowed domain",
      ["ceo@hanbit.example", "ceo@evil.hanbit.example"],
      "CONFIG_RECIPIENT_DOMAIN",
      {},
    ],
    [
      "two addresses in one text",
      ["김대표 <ceo@hanbit.example>", "ceo@hanbit.example, x@evil.example"],
      "CONFIG_NOT_ADDRESS",
      {},
    ],
    [
      "an address hidden in the name",
      ["김대표 <ceo@hanbit.example>", "x@evil.example, 김 <ceo@hanbit.example>"],
      "CONFIG_NOT_ADDRESS",
      {},
    ],
    ["one reader twice", ['"]', '", CEO@hanbit.example]'], "CONFIG_RECIPIENT_TWICE", {}],
    [
      "a formula that breaks off",
      ["recipients:", "kpis: { ctr: { formula: clicks / } }\nrecipients:"],
      "CONFIG_FORMULA",
      { kpi: "ctr", at: "9" },
    ],
    [
      "a formula over an unknown name",
      ["recipients:", "kpis: { ctr: { formula: clics / impressions } }\nrecipients:"],
      "CONFIG_FORMULA_NAME",
      { nearest: "clicks" },
    ],
    [
      "a formula that leads back to itself",
      ["recipients:", "kpis: { ctr: { formula: ctr * 2 } }\nrecipients:"],
      "CONFIG_FORMULA",
      { found: "ctr → ctr" },
    ],
    [
      "a new KPI without all its parts",
      ["recipients:", "kpis: { ctrr: { formula: clicks / impressions } }\nrecipients:"],
      "CONFIG_KPI_PART",
      { nearest: "ctr" },
    ],
    [
      "a KPI whose parameter is not given",
      ["    goals:", "    kpis: [roi]\n    goals:"],
      "CONFIG_KPI_PARAMETER",
      { parameter: "margin" },
    ],
    [
      "an audience nobody knows",
      ["    goals:", "    to: [clinet]\n    goals:"],
      "CONFIG_UNKNOWN_AUDIENCE",
      { nearest: "client" },
    ],
    [
      "a report id that a channel has",
      ["recipients:", "reports: [{ id: ppc, channels: [ppc], cadence: { daily: {} } }]\nrecipients:"],
      "CONFIG_REPORT_ID",
      { found: "ppc" },
    ],
    [
      "a report over a channel that the client lacks",
      ["recipients:", "reports: [{ id: all, channels: [ppc, seo], cadence: { daily: {} } }]\nrecipients:"],
      "CONFIG_UNKNOWN_CHANNEL",
      { found: "seo" },
    ],
    ["an empty cadence", ["    goals:", "    cadence: {}\n    goals:"], "CONFIG_EMPTY", { key: "cadence" }],
    [
      "a time of day without quotes or zero",
      ["    goals:", '    cadence: { daily: { at: "9:00" } }\n    goals:'],
      "CONFIG_NOT_TIME",
      { found: "9:00" },
    ],
    [
      "a table by an unknown dimension",
      ["    goals:", "    breakdowns: [campain]\n    goals:"],
      "CONFIG_NOT_ONE_OF",
      { nearest: "campaign" },
    ],
    [
      "an unknown key in a table",
      ["    goals:", "    tops: [{ by: ad, limt: 5 }]\n    goals:"],
      "CONFIG_UNKNOWN_KEY",
      { found: "limt", nearest: "limit" },
    ],
    ["a channel nobody knows", ["  ppc:", "  pcc:"], "CONFIG_UNKNOWN_KEY", { found: "pcc", nearest: "ppc" }],
    [
      "a text where keys belong",
      ["channels:\n  ppc:", "channels:\n  seo: monthly\n  ppc:"],
      "CONFIG_NOT_KEYS",
      { key: "seo", found: "monthly" },
    ],
    [
      "a day of the month that no month has",
      ["    goals:", "    cadence: { monthly: { day: 32 } }\n    goals:"],
      "CONFIG_RANGE",
      { least: "1", most: "31" },
    ],
  ])("names %s", async (_, [from, to], code, facts) => {
    expect(CLIENT).toContain(from);
    const { client, config } = await judged(CLIENT.replace(from, to));
    expect(client).toBeNull();
    const problem = config.problems.find((each) => each.code === code);
    expect(config.problems.map(short).join("\n")).toContain(code);
    expect(problem?.facts).toMatchObject(facts);
    expect(problem?.line).toBeGreaterThan(0);
    for (const each of config.problems) expect(tell(each)).not.toMatch(/\{\w+[:}]/);
  });

  it("hides none of its mistakes behind another one", async () => {
    const text = CLIENT.replace("locale: ko-KR", "locale: ko")
      .replace("ae: lee", "ae: leee")
      .replace("350%", "3.5")
      .replace("ceo@hanbit", "ceo@hambit");
    const { config } = await judged(text);
    expect(config.problems.map(({ code, line }) => `${line} ${code}`)).toEqual([
      "2 CONFIG_NOT_ONE_OF",
      "6 CONFIG_UNKNOWN_PERSON",
      "11 CONFIG_GOAL_UNIT",
      "13 CONFIG_RECIPIENT_DOMAIN",
    ]);
  });

  it("has its problems told in Korean and English, with the nearest name and the next step", async () => {
    const { config } = await judged(CLIENT.replace("recipients:", "recpients:"));
    const unknown = config.problems.find(({ code }) => code === "CONFIG_UNKNOWN_KEY")!;
    expect(sayProblem(unknown, "ko")).toBe("`recpients`는 여기서 쓸 수 있는 항목이 아닙니다.");
    expect(nextStep(unknown, "ko")).toMatch(
      /^`recipients`를 쓰려던 것인지 확인하세요\. 쓸 수 있는 항목: client, locale/,
    );
    expect(sayProblem(unknown, "en")).toBe("`recpients` is not a known key here.");
    expect(nextStep(unknown, "en")).toMatch(/^Did you mean `recipients`\? Known keys: client, locale/);
  });

  it("is refused a KPI that the sources cannot feed, with the input that is missing", async () => {
    const platforms = new Map([["google_ads", ["cost", "clicks", "impressions"] as const]]);
    const text = CLIENT.replace("    goals:", "    kpis: [ctr, cpa]\n    goals:");
    const { config } = await judged(text, { platforms });
    const [problem] = config.problems;
    expect(problem).toMatchObject({
      code: "CONFIG_KPI_INPUT",
      facts: { kpi: "cpa", metric: "conversions" },
      line: 10,
      column: 17,
    });
    const unknown = await judged(text.replace("google-ads/*", "manual/*"), { platforms });
    expect(unknown.said).toEqual([]);
  });

  it("is refused a platform that no format file describes, with the nearest that one does", async () => {
    const platforms = new Map([
      ["google_ads", null],
      ["pinterest", null],
    ]);
    const text = CLIENT.replace('account: "1"', 'account: "1", platform: pinterst').replace(
      "recipients:",
      "engagement_by: { googel_ads: reach }\nkpis: { ctr: { metric_by_platform: { clicks: { pintrest: link_clicks } } } }\nrecipients:",
    );
    const { config } = await judged(text, { platforms });
    const said = config.problems.map(({ code, line, facts }) => [code, line, facts.found, facts.nearest]);
    expect(said).toEqual([
      ["CONFIG_UNKNOWN_PLATFORM", 9, "pinterst", "pinterest"],
      ["CONFIG_UNKNOWN_PLATFORM", 12, "googel_ads", "google_ads"],
      ["CONFIG_UNKNOWN_PLATFORM", 13, "pintrest", "pinterest"],
    ]);
    expect(
      (await judged(CLIENT.replace('account: "1"', 'account: "1", platform: pinterest'), { platforms })).said,
    ).toEqual([]);
  });

  it("stops that client alone", async () => {
    const root = home({
      "agency.yaml": AGENCY.replace("domains: {", "domains: { other: [other.example],"),
      "clients/hanbit/client.yaml": CLIENT.replace("ae: lee", "ae: nobody"),
      "clients/other/client.yaml": CLIENT.replace("hanbit.example", "other.example").replace('"1"', '"2"'),
    });
    const { clients } = await loadConfig(root);
    expect([clients.get("hanbit")?.ok, clients.get("other")?.ok]).toEqual([false, true]);
  });
});

describe("two clients", () => {
  const both = (client: string, other: string) =>
    loadConfig(
      home({
        "agency.yaml": AGENCY.replace("domains: {", "domains: { other: [hanbit.example],"),
        "clients/hanbit/client.yaml": client,
        "clients/other/client.yaml": other,
      }),
    );

  it("with one account are both refused", async () => {
    const { clients, problems } = await both(CLIENT, CLIENT.replace("ceo@", "cfo@"));
    expect(problems.map(short)).toEqual([
      "CONFIG_SAME_ACCOUNT clients/hanbit/client.yaml:9:47",
      "CONFIG_SAME_ACCOUNT clients/other/client.yaml:9:47",
    ]);
    expect([...clients.values()].map(({ ok }) => ok)).toEqual([false, false]);
  });

  it("with one account are refused even where one of them has another mistake", async () => {
    const { problems } = await both(CLIENT, CLIENT.replace("ae: lee", "ae: [lee]"));
    expect(problems.map(({ code, client }) => `${code} ${client}`)).toContain("CONFIG_SAME_ACCOUNT hanbit");
  });

  it("may both call their shop `shop`", async () => {
    const shop = CLIENT.replace("google-ads/*", "manual/*").replace('"1"', "shop");
    const { problems } = await both(shop, shop.replace("ceo@", "cfo@"));
    expect(problems).toEqual([]);
  });

  it("with the same readers are warned, and run", async () => {
    const { clients, problems } = await both(CLIENT, CLIENT.replace('"1"', '"2"'));
    expect(problems.map(({ code }) => code)).toEqual(["CONFIG_SAME_RECIPIENTS", "CONFIG_SAME_RECIPIENTS"]);
    expect([...clients.values()].map(({ ok }) => ok)).toEqual([true, true]);
  });
});

describe("comments", () => {
  it("are read in parts, one a heading, as plain text", () => {
    const text = "\uFEFF머리말\r\n## 총평\r\n\r\n좋음 <b>1</b>\n둘째 줄\n\n### 이슈 ###\n\n## 차주 계획\n#아님\n";
    const root = home({ "clients/hanbit/comments/ppc.weekly.2026-10-26.md": text });
    expect(readComment(root, "hanbit", "ppc", "weekly", "2026-10-26")).toEqual([
      { heading: "", text: "머리말" },
      { heading: "총평", text: "좋음 <b>1</b>\n둘째 줄" },
      { heading: "차주 계획", text: "#아님" },
    ]);
    expect(readComment(root, "hanbit", "ppc", "weekly", "2026-11-02")).toEqual([]);
  });

  it("belong to a period of a report, or are named with the name they should have", async () => {
    const root = home({
      "agency.yaml": AGENCY,
      "clients/hanbit/client.yaml": CLIENT,
      "clients/hanbit/comments/ppc.weekly.2026-10-26.md": "## 총평\n좋음",
      "clients/hanbit/comments/ppc.weekly.2026-10-28.md": "a Wednesday",
      "clients/hanbit/comments/seo.monthly.2026-10-01.md": "no such report",
      "clients/hanbit/comments/ppc.monthly.2026-13-01.md": "no such month",
    });
    const { problems } = await loadConfig(root);
    expect(problems.map(({ facts }) => [facts.found, facts.nearest])).toEqual([
      ["ppc.monthly.2026-13-01.md", "ppc.monthly.2026-01-01.md"],
      ["ppc.weekly.2026-10-28.md", "ppc.weekly.2026-10-26.md"],
      ["seo.monthly.2026-10-01.md", "ppc.weekly.2026-09-28.md"],
    ]);
  });
});

describe("a config root", () => {
  it("says what it lacks", async () => {
    const root = home({});
    rmSync(join(root, "clients"), { recursive: true });
    const { problems, agency, clients } = await loadConfig(root);
    expect(problems.map(({ facts }) => facts.missing)).toEqual(["agency.yaml", "clients"]);
    expect([agency, clients.size]).toEqual([null, 0]);
  });

  it("takes what it lacks from the project and lays what it has over it", async () => {
    const root = home({
      "agency.yaml": AGENCY,
      "clients/hanbit/client.yaml": CLIENT,
      "channels.yaml": "ppc: { kpis: [roas, cost] }\n",
      "kpis.yaml": "roas: { decimals: 1 }\n",
      "rates.yaml": "source: { ko: 은행, en: Bank }\nrates: []\n",
    });
    const { problems, channels, kpis, rates, clients } = await loadConfig(root);
    expect(problems).toEqual([]);
    expect(channels.get("ppc")).toMatchObject({ kpis: ["roas", "cost"], heatmap: "clicks" });
    expect(kpis.get("roas")).toMatchObject({ decimals: 1, formula: "conversion_value / cost" });
    expect(rates).toEqual({ source: { ko: "은행", en: "Bank" }, rates: [] });
    expect(clients.get("hanbit")?.client?.reports[0]?.kpis).toEqual(["roas", "cost"]);
  });

  it("has no two rates of one pair on one day", async () => {
    const rate = (from: string, to: string) =>
      `  - { from: ${from}, to: ${to}, base: USD, quote: KRW, rate: "1300.10" }\n`;
    const rates = `source: { ko: 은행, en: Bank }\nrates:\n${rate("2026-01-01", "2026-01-31")}${rate("2026-01-31", "2026-02-28")}`;
    const { problems } = await loadConfig(home({ "agency.yaml": AGENCY, "rates.yaml": rates }));
    expect(problems.map(short)).toEqual(["CONFIG_DOMAINS_STALE agency.yaml:6:12", "CONFIG_RATE_ORDER rates.yaml:4:5"]);
  });

  it("of the project itself is right, and so is a copy of it elsewhere", async () => {
    const project = await loadConfig(projectConfig);
    expect(project.problems).toEqual([]);
    const root = home({});
    cpSync(projectConfig, root, { recursive: true });
    const copy = await loadConfig(root);
    expect(copy.problems).toEqual([]);
    expect(copy.clients).toEqual(project.clients);
  });
});
