import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inspect } from "../../jobs/extract/inspect.ts";
import type { Column } from "../../transforms/format/format.ts";
import { formatTests, sample } from "./samples.ts";

const { held, look, totals } = formatTests();

describe("what overlaps", () => {
  it("adds ads that share a name and day where the export has no ids", async () => {
    const { combined } = await look(sample("meta_ads", "한빛커피-광고-Oct-30-2026-Oct-31-2026.csv"));
    expect(combined).toMatchObject([{ rows: 4, sums: { cost: "102550", conversions: "5" } }]);
  });

  it("replaces a post's lifetime figures by the later export's, never adds them", async () => {
    const paths = [
      "account_analytics_content_2026-10-26_2026-11-01.csv",
      "account_analytics_content_quoted_2026-10-26_2026-11-01.csv",
    ];
    const { combined } = await look(...paths.map((name) => sample("x", name)));
    expect(combined).toMatchObject([{ rows: 4, sums: { posts: "4", impressions: "6325" } }]);
  });

  it("takes the download whose window ends later for the newer one, also where both end with the same post", async () => {
    const text = readFileSync(sample("x", "account_analytics_content_2026-10-26_2026-11-01.csv"), "utf8");
    const older = join(held.work, "account_analytics_content_2026-10-05_2026-10-31.csv");
    const newer = join(held.work, "account_analytics_content_2026-10-12_2026-11-01.csv");
    writeFileSync(newer, text);
    writeFileSync(older, text.replace(",1204,20,", ",1100,19,"));
    const { combined } = await inspect([newer, older], held);
    expect(combined).toMatchObject([{ rows: 4, sums: { impressions: "6325", likes: "101" } }]);
  });

  it("keeps every metric of a platform that gives one a file", async () => {
    const names = ["Views.csv", "Follows.csv", "Interactions.csv", "Visits.csv", "Link clicks.csv"];
    const { combined } = await look(...names.map((name) => sample("facebook_page", name)));
    expect(combined).toMatchObject([
      {
        sums: { views: "35780", followers_gained: "11", engagements: "747", profile_visits: "366", link_clicks: "84" },
      },
    ]);
  });
});

describe("what feeds totals", () => {
  const naver = (name: string) => sample("naver_searchad", name);
  const noAccount = (path: string, name: string) => {
    const copy = join(held.work, name);
    writeFileSync(copy, readFileSync(path, "utf8").replace(",hanbit", ",one"));
    return copy;
  };
  const campaigns = () => noAccount(naver("한빛 캠페인 일별_보고서_hanbit.csv"), "campaigns.csv");
  const types = () => noAccount(naver("전환유형_보고서_hanbit.csv"), "types.csv");
  const devices = () => noAccount(naver("기기별_보고서_hanbit.csv"), "devices.csv");
  const week = ["2026-10-05", "2026-10-06"] as const;

  it("conversions come from the cost report, never from the one split by type besides", async () => {
    expect(await totals("ppc", "conversions", ...week, types(), campaigns())).toBe("48");
  });

  it("conversions split by type do not stand in for a total", async () => {
    expect(await totals("ppc", "conversions", ...week, types())).toBe("0");
  });

  it("cost by campaign and cost by campaign and device count once", async () => {
    expect(await totals("ppc", "cost", ...week, devices(), campaigns())).toBe("277800");
  });

  it("a page's own series outranks its posts, which still give likes and their number", async () => {
    const days = ["2026-10-26", "2026-11-01"] as const;
    const paths = [
      sample("facebook_page", "Views.csv"),
      sample("facebook_page", "Oct-26-2026_Nov-01-2026_1203344556677889.csv"),
    ];
    expect(await totals("social", "views", ...days, ...paths)).toBe("35780");
    expect(await totals("social", "likes", ...days, ...paths)).toBe("690");
    expect(await totals("social", "posts", ...days, ...paths)).toBe("4");
  });
});

describe("what is damaged", () => {
  const given = async (name: string, text: string) => {
    const path = join(held.work, name);
    writeFileSync(path, text);
    return (await look(path)).files[0];
  };

  it("refuses ids that a spreadsheet has rounded, and names the line", async () => {
    const text = readFileSync(sample("facebook_page", "Aug-01-2025_Aug-31-2025_2203344556677001.csv"), "utf8");
    const found = await given("posts.csv", text.replace("61550000000012345", "6.155E+16"));
    expect(found?.tables).toMatchObject([{ rows: 1, rejected: 1 }]);
    expect(found?.problems).toContainEqual(expect.objectContaining({ code: "FILE_ROW_ID", line: 2 }));
  });

  it("shows both lines where two rows of one ad and day contradict each other", async () => {
    const header = "Ad ID,Ad name,Day,Impressions,Amount spent (USD)";
    const found = await given(
      "ads.csv",
      `${header}\n120210000000000301,A,2026-10-28,10,1.5\n120210000000000301,A,2026-10-28,12,1.7\n`,
    );
    expect(found?.tables).toMatchObject([{ rows: 0, rejected: 2 }]);
    expect(found?.problems.map(({ line }) => line)).toEqual(expect.arrayContaining([2, 3]));
  });

  it("takes a metric name that is none out of a file written by hand, and keeps the rest", async () => {
    const found = await given(
      "by-hand.csv",
      "metric,from,to,value\norders,2026-10-01,2026-10-07,12\nordres,2026-10-08,2026-10-14,13\n",
    );
    expect(found?.tables).toMatchObject([{ rows: 1, rejected: 1, sums: { orders: "12" } }]);
    expect(found?.problems).toContainEqual(expect.objectContaining({ code: "FILE_ROW_METRIC", line: 3 }));
  });

  it("names every line of a file written by hand where no metric in it is one", async () => {
    const found = await given(
      "none.csv",
      "metric,from,to,value\nordres,2026-10-01,2026-10-07,12\nsale,2026-10-01,2026-10-07,9\n",
    );
    expect(found?.tables).toMatchObject([{ rows: 0, rejected: 2, sums: {} }]);
    expect(found?.problems.filter(({ code }) => code === "FILE_ROW_METRIC").map(({ line }) => line)).toEqual([2, 3]);
  });

  it("counts follows once in an audience file that repeats them between shares of people", async () => {
    const follows = '"Facebook follows"\n"Date","Primary"\n"2026-10-01T00:00:00","5"\n"2026-10-02T00:00:00","6"\n';
    const path = join(held.work, "Audience.csv");
    writeFileSync(
      path,
      Buffer.from(
        `\uFEFFsep=,\n${follows}\n"Top territories"\n"Top Territories","Distribution"\n"Korea","0.91"\n\n${follows}`,
        "utf16le",
      ),
    );
    const [found] = (await look(path)).files;
    expect(found?.tables).toMatchObject([{ rows: 2, rejected: 0, sums: { followers_gained: "11" } }]);
    expect(found?.tables[0]?.skipped).toMatchObject({ preamble: 6, duplicates: 2, blank: 2, ignored: 2 });
  });

  it("shows both lines where a table that stands again in an audience file says otherwise", async () => {
    const follows = (last: number) =>
      `"Facebook follows"\n"Date","Primary"\n"2026-10-01T00:00:00","5"\n"2026-10-02T00:00:00","${last}"\n`;
    const path = join(held.work, "Audience (1).csv");
    writeFileSync(path, Buffer.from(`\uFEFFsep=,\n${follows(6)}\n${follows(7)}`, "utf16le"));
    const [found] = (await look(path)).files;
    expect(found?.tables).toMatchObject([{ rows: 1, rejected: 2, sums: { followers_gained: "5" } }]);
    expect(found?.problems.map(({ code }) => code)).toContain("FILE_ROWS_CONTRADICT");
  });

  it("names the last line of a series that was cut off in the middle of a row", async () => {
    const path = join(held.work, "Follows (cut).csv");
    const text = '\uFEFFsep=,\n"Facebook follows"\n"Date","Primary"\n"2026-10-01T00:00:00","5"\n"2026-10-02T00:00:00"';
    writeFileSync(path, Buffer.from(text, "utf16le"));
    const [found] = (await look(path)).files;
    expect(found?.tables).toMatchObject([{ rows: 1, rejected: 1 }]);
    expect(found?.problems).toContainEqual(expect.objectContaining({ code: "FILE_ROW_CELLS", line: 5 }));
  });

  it("takes results for conversions where a format says of which kind, and leaves the others unknown", async () => {
    const purchases = {
      is: "conversions",
      names: ["Results"],
      only: { names: ["Result indicator"], values: ["actions:purchase"] },
    };
    const formats = held.formats.map((each) => ({
      ...each,
      formats: each.formats.map((format) => ({ ...format, columns: [purchases as Column, ...format.columns] })),
    }));
    const path = join(held.work, "kinds.csv");
    writeFileSync(
      path,
      "Campaign name,Day,Results,Result indicator,Impressions,Amount spent (USD)\nA,2026-10-28,3,actions:purchase,10,1.5\nB,2026-10-28,many,reach,900,2\nC,2026-10-28,40,actions:link_click,80,3\n",
    );
    const [found] = (await inspect([path], { ...held, formats })).files;
    expect(found?.tables).toMatchObject([{ rows: 3, rejected: 0, sums: { conversions: "3", impressions: "990" } }]);
  });

  it("does not take results of any kind for conversions", async () => {
    const found = await given(
      "results.csv",
      "Campaign name,Day,Results,Result indicator,Impressions,Amount spent (USD)\nA,2026-10-28,3,actions:purchase,10,1.5\n",
    );
    expect(found?.tables[0]?.sums).toEqual({ impressions: "10", cost: "1.5" });
  });

  it("names the nearest format of a Naver report whose first line is gone", async () => {
    const text = readFileSync(sample("naver_searchad", "성별연령_보고서_hanbit.csv"), "utf8");
    const found = await given("cut.csv", text.split("\n").slice(1).join("\n"));
    expect(found?.tables).toEqual([]);
    expect(found?.problems[0]).toMatchObject({
      code: "FILE_UNKNOWN",
      say: expect.stringContaining("naver_searchad.report"),
    });
  });
});
