import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { readTables } from "../../jobs/extract/read.ts";
import type { Declared } from "../../jobs/extract/table.ts";
import { openDuckDb } from "../../jobs/warehouse/duckdb.ts";
import { createFacts, stage } from "../../jobs/warehouse/stage.ts";
import { sayProblem } from "../../transforms/problem.ts";
import { formatTests, sample } from "./samples.ts";

const { held, look, totals } = formatTests();

const given = (name: string, content: string | Uint8Array): string => {
  const path = join(held.work, name);
  writeFileSync(path, content);
  return path;
};
const text = (platform: string, name: string) => readFileSync(sample(platform, name), "utf8");

/** What a file becomes where its source says these things, and the facts of all its tables, in the order of its lines. */
async function load(path: string, source: Declared, columns: string) {
  const { tables, problems } = await readTables(path, { ...held, source });
  const warehouse = await openDuckDb(":memory:", { read: [held.work] });
  try {
    await createFacts(warehouse.connection, "facts");
    const staged = [];
    for (const [index, table] of tables.entries()) {
      staged.push(await stage(warehouse.connection, table, { extraction: index, into: "facts" }));
    }
    const found = await warehouse.connection.runAndReadAll(
      `SELECT ${columns} FROM facts ORDER BY extraction, line, day`,
    );
    return { tables, staged, problems, facts: found.getRowsJson() };
  } finally {
    await warehouse.close();
  }
}

describe("Microsoft's grid of campaigns, which has no days", () => {
  const grid = () => sample("microsoft_ads", "campaigns grid.csv");

  it("is refused where neither the file nor its source says the days", async () => {
    const [found] = (await look(grid())).files;
    expect(found?.tables).toEqual([]);
    expect(found?.problems).toMatchObject([{ code: "FILE_PERIOD_UNKNOWN", severity: "error" }]);
  });

  it("takes its days from its source; a campaign called Brand total is no total, Search total is one", async () => {
    const source = { account: "F119R2Q8", currency: "USD", period: { from: "2026-10-01", to: "2026-10-31" } };
    const { tables, staged, problems } = await load(grid(), source, "line");
    expect(problems).toEqual([]);
    expect(tables).toMatchObject([
      { format: "microsoft_ads.grid", kind: "window", cut: ["campaign"], currency: "USD" },
    ]);
    expect(staged).toMatchObject([
      { rows: 3, rejectedTotal: 0, skipped: { totals: 3, preamble: 1 }, from: "2026-10-01", to: "2026-10-31" },
    ]);
    expect(staged[0]?.sums).toEqual({ impressions: "7822", clicks: "629", cost: "608.45", conversions: "50.5" });
  });
});

describe("a report of Microsoft", () => {
  const day = () => text("microsoft_ads", "Campaign by day.csv");
  const sums = { impressions: "2747", clicks: "216", cost: "197.235", conversions: "11.75", conversion_value: "1266" };

  it("is the same without the lines above and below, and in a zip", async () => {
    const bare = given("bare.csv", day().split("\r\n").slice(10, 15).join("\r\n"));
    const zip = given("report.zip", zipSync({ "Campaign by day.csv": strToU8(day()) }));
    const { files } = await look(bare, zip);
    for (const { tables } of files) expect(tables).toMatchObject([{ format: "microsoft_ads.report", rows: 4, sums }]);
  });

  it("is not taken for days where it is by week", async () => {
    const [found] = (await look(given("weeks.csv", day().replace("Aggregation: Daily", "Aggregation: Weekly")))).files;
    expect(found?.tables).toEqual([]);
    expect(found?.problems).toMatchObject([{ code: "FILE_REFUSED", say: expect.stringContaining("not by day") }]);
  });

  it("is doubted where it has fewer rows than it states, no closing line and no row of its last day", async () => {
    const cut = day().split("\r\n").slice(0, 13).join("\r\n");
    const [found] = (await look(given("cut.csv", cut))).files;
    expect(found?.tables).toMatchObject([{ rows: 2 }]);
    expect(found?.problems).toMatchObject([
      { code: "FILE_DOUBT_FOOTER" },
      { code: "FILE_DOUBT_ROWS", say: expect.stringContaining("4 rows") },
      { code: "FILE_DOUBT_DAYS", say: expect.stringContaining("2026-10-27") },
    ]);
  });

  it("by hour and one by day count the day once", async () => {
    const days = given("days.csv", day().replaceAll("F119R2Q8", "one"));
    const paths = [days, sample("microsoft_ads", "Hourly performance.csv")];
    expect(await totals("ppc", "cost", "2026-10-26", "2026-10-27", ...paths)).toBe("43.43");
    expect(await totals("ppc", "cost", "2026-10-26", "2026-10-27", days)).toBe("197.235");
  });

  it("that is hourly shows what it cannot read when nothing above says so", async () => {
    const lines = text("microsoft_ads", "Hourly performance.csv").split("\r\n").slice(10, 13).join("\r\n");
    const [found] = (await look(given("hours.csv", lines))).files;
    expect(found?.tables).toMatchObject([{ rows: 0, rejected: 2 }]);
  });
});

describe("LinkedIn", () => {
  it("reads a single row below five lines of preamble", async () => {
    const all = readFileSync(sample("linkedin_ads", "account_510203040_campaign_performance_report.csv"), "utf16le");
    const one = Buffer.from(all.split("\n").slice(0, 7).join("\n"), "utf16le");
    const [found] = (await look(given("one.csv", one))).files;
    expect(found?.tables).toMatchObject([{ format: "linkedin_ads.groups", rows: 1, sums: { cost: "120.55" } }]);
  });

  it("calls one thing by one name, whatever the platform calls the level", async () => {
    const names = [
      "account_510203040_campaign_performance_report.csv",
      "account_510203041_ad_set_performance_report.csv",
    ];
    const read = await Promise.all(
      names.map((name) =>
        load(sample("linkedin_ads", name), {}, "campaign, campaign_name, ad_group, ad_group_name, cost"),
      ),
    );
    expect(read[0]?.facts).toEqual(read[1]?.facts);
    expect(read[0]?.facts[0]?.slice(0, 4)).toEqual(["601234001", "2026 Q4", "301122001", "Retail buyers"]);
  });
});

describe("estimates of SEMrush and Ahrefs", () => {
  it("stay metrics of their own, as the file says them, and never feed totals", async () => {
    const path = sample("ahrefs", "www.northwind.example-organic-keywords-subdomai_2026-10-26_17-06-19.csv");
    const { tables, facts } = await load(path, {}, "keyword, page, search_volume, traffic_estimate");
    expect(tables).toMatchObject([{ rank: null, metrics: ["search_volume", "traffic_estimate"] }]);
    expect(facts).toEqual([
      ["hiking boots", "https://www.northwind.example/boots", "90000.000000", "2480.000000"],
      ["trail runners", null, "8100.000000", "0.000000"],
      ['gore-tex "light" jacket', "https://www.northwind.example/jackets", "700.000000", "21.000000"],
    ]);
  });

  it("keep the rows of one keyword apart, by address and type of position", async () => {
    const path = sample("semrush", "northwind.example-organic.Positions-us-20261026-2026-10-27T08_11_02Z.csv");
    const { facts } = await load(path, {}, "keyword, segment, traffic_estimate, traffic_cost_estimate");
    expect(facts.slice(1, 3)).toEqual([
      ["hiking boots", "Organic", "180.000000", "255.000000"],
      ["hiking boots", "Featured snippet", "905.000000", "1285.000000"],
    ]);
  });

  it("by day come from the columns of the days, never from the one that adds them", async () => {
    const path = sample("semrush", "overview-trend-2026-10-27T08_16_31Z.csv");
    const { tables, facts } = await load(path, {}, "day, country, traffic_estimate, traffic_cost_estimate");
    expect(tables.map(({ metrics }) => metrics)).toEqual([["traffic_estimate"], ["traffic_cost_estimate"]]);
    expect(facts).toEqual([
      ["2026-10-24", "us", "12150.000000", null],
      ["2026-10-25", "us", "12210.000000", null],
      ["2026-10-26", "us", "12250.000000", null],
      ["2026-10-24", "us", null, "16900.000000"],
      ["2026-10-25", "us", null, "17020.000000"],
      ["2026-10-26", "us", null, "17080.000000"],
    ]);
  });

  it("are asked for their day where the file was renamed", async () => {
    const renamed = given(
      "positions.csv",
      text("semrush", "hanbit.example-organic.Positions-kr-20261026-2026-10-27T08_12_40Z.csv"),
    );
    expect((await look(renamed)).files[0]).toMatchObject({ tables: [], problems: [{ code: "FILE_PERIOD_UNKNOWN" }] });
    const { staged } = await load(renamed, { period: { from: "2026-10-26", to: "2026-10-26" } }, "line");
    expect(staged).toMatchObject([{ rows: 2, from: "2026-10-26", to: "2026-10-26" }]);
  });
});

describe("a chart of Amplitude", () => {
  const chart = (name: string) => sample("amplitude", name);

  it("feeds totals where it has one segment, and never where segments overlap", async () => {
    const { tables: several } = await readTables(chart("Sessions by platform.csv"), held);
    const { tables: single } = await readTables(chart("Sessions.csv"), held);
    expect(several[0]?.rank).toBeNull();
    expect(single[0]?.rank).toBe(1);

    const days = ["2026-10-26", "2026-10-28"] as const;
    expect(await totals("product", "sessions", ...days, chart("Sessions by platform.csv"))).toBe("0");
    const both = [chart("Sessions.csv"), chart("Sessions by platform.csv")];
    expect(await totals("product", "sessions", ...days, ...both)).toBe("1666547");
  });

  it("leaves out what was before, which stands under the days of now", async () => {
    const { facts } = await load(
      chart("Sessions by platform.csv"),
      {},
      "DISTINCT ON (segment) segment, line, day, extraction",
    );
    expect(facts.map(([segment]) => segment).toSorted()).toEqual(["App", "App + Web", "Web"]);
  });

  const every = (...days: string[]) =>
    days.reduce(
      (chart, day, index) => chart.replace(`2026-10-2${6 + index}T`, `${day}T`),
      text("amplitude", "Sessions.csv").replace('"\tSessions"', '"\tActive Users"'),
    );

  it("by week holds each week together", async () => {
    const weeks = given("weeks.csv", every("2026-10-12", "2026-10-19", "2026-11-02"));
    const { tables, staged, facts } = await load(weeks, {}, "active_users");
    expect(tables.map(({ kind }) => kind)).toEqual(["window", "window", "window"]);
    expect(staged.map(({ from, to }) => [from, to])).toEqual([
      ["2026-10-12", "2026-10-18"],
      ["2026-10-19", "2026-10-25"],
      ["2026-11-02", "2026-11-08"],
    ]);
    expect(facts).toEqual([["583259"], ["583159"], ["500129"]]);
  });

  it("by month holds each month together", async () => {
    const months = given("months.csv", every("2026-08-01", "2026-09-01", "2026-10-01"));
    const { staged } = await load(months, {}, "line");
    expect(staged.map(({ to }) => to)).toEqual(["2026-08-31", "2026-09-30", "2026-10-31"]);
  });

  it("of something unknown is refused by its name", async () => {
    const songs = text("amplitude", "Sessions.csv").replace('"\tSessions"', '"\tSongs played"');
    const [found] = (await look(given("songs.csv", songs))).files;
    expect(found?.tables).toMatchObject([{ rows: 0, rejected: 1 }]);
    expect(found?.problems).toContainEqual(expect.objectContaining({ say: expect.stringContaining("Songs played") }));
  });

  it("loses a whole line where one of its cells is no number, and names the day", async () => {
    const bad = text("amplitude", "Sessions by platform.csv").replace('"470255"', '"n.n."');
    const [found] = (await look(given("bad.csv", bad))).files;
    expect(found?.tables).toMatchObject([{ rows: 2, rejected: 1, sums: { sessions: "1991631" } }]);
    expect(found?.problems).toContainEqual(
      expect.objectContaining({ code: "FILE_ROW_NUMBER", line: 7, say: expect.stringContaining("2026-10-27") }),
    );
  });

  it("that is a funnel is refused: rates cannot be added", async () => {
    const [found] = (await look(chart("Checkout funnel.csv"))).files;
    expect(found).toMatchObject({
      tables: [],
      problems: [{ code: "FILE_REFUSED", say: expect.stringContaining("funnel") }],
    });
  });
});

describe("files that hold no figures, or two periods in one", () => {
  const refusal = async (path: string) => {
    const { tables, problems } = await readTables(path, held);
    expect(tables).toEqual([]);
    expect(problems.map(({ code }) => code)).toEqual(["FILE_REFUSED"]);
    return problems.flatMap((each) => [sayProblem(each, "en"), sayProblem(each, "ko")]);
  };

  it("are named: Search Console in comparison mode, as a zip and as one file", async () => {
    const columns = (unit: string) =>
      ["Clicks", "Impressions", "CTR", "Position"].flatMap((name) => [
        `Last ${unit} ${name}`,
        `Previous ${unit} ${name}`,
      ]);
    const pages = `${["Top pages", ...columns("3 months")].join(",")}\nhttps://shop.example/,10,8,200,190,5%,4.21%,4.2,4.4`;
    const chart = `${["Date", ...columns("3 months")].join(",")}\n2026-10-01,10,8,200,190,5%,4.21%,4.2,4.4`;
    const zip = given(
      "https___shop.example_-Performance-on-Search-2026-11-01.zip",
      zipSync({
        "Pages.csv": strToU8(pages),
        "Chart.csv": strToU8(chart),
        "Filters.csv": strToU8("Filter,Value\nSearch type,Web"),
      }),
    );
    const korean =
      "인기 검색어,최근 3개월 클릭수,이전 3개월 클릭수,최근 3개월 노출,이전 3개월 노출,최근 3개월 CTR,이전 3개월 CTR,최근 3개월 게재 순위,이전 3개월 게재 순위";
    for (const path of [
      zip,
      given("Pages.csv", pages),
      given("검색어 수.csv", `${korean}\n드립백,3,2,90,80,3.3%,2.5%,6.1,7`),
    ]) {
      const [en, ko] = await refusal(path);
      expect(en).toContain("comparison mode");
      expect(ko).toContain("비교를 끄고");
    }
  });

  it("are named: what Google Ads Editor writes", async () => {
    const header =
      "Campaign\tLabels\tCampaign Type\tNetworks\tCampaign Daily Budget\tLanguages\tBid Strategy Type\tAd Group\tMax CPC\tKeyword\tCriterion Type\tCampaign Status";
    const rows =
      "Search - Boots\t\tSearch\tGoogle search\t25.00\ten\tManual CPC\t\t\t\t\tEnabled\nSearch - Boots\t\t\t\t\t\t\tBoots\t1.20\thiking boots\tExact\tEnabled";
    const [en, ko] = await refusal(given("editor.csv", Buffer.from(`\uFEFF${header}\n${rows}\n`, "utf16le")));
    expect(en).toContain("Google Ads Editor");
    expect(ko).toContain("일 구분");
  });

  it("do not hide what is a report of figures", async () => {
    const report =
      'Campaign report\n"October 1, 2026 - October 2, 2026"\nCampaign,Campaign type,Networks,Currency code,Impr.,Clicks,Cost\nA,Search,Google,USD,10,1,0.5\n';
    const [found] = (await look(given("Campaign report.csv", report))).files;
    expect(found?.tables).toMatchObject([{ format: "google_ads.table", rows: 1 }]);
  });
});
