import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ExcelJS from "exceljs";
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { readTables } from "../../jobs/extract/read.ts";
import { formatTests, sample } from "./samples.ts";

const { held, look, totals } = formatTests();

const given = (name: string, content: string | Uint8Array) => {
  const path = join(held.work, name);
  writeFileSync(path, content);
  return path;
};

describe("what overlaps", () => {
  it("counts an export once that was downloaded as .csv and as .xlsx", async () => {
    const names = ["한빛커피-광고-20261026-20261027.csv", "한빛커피-광고-20261026-20261027.xlsx"];
    const { combined } = await look(...names.map((name) => sample("tiktok_ads", name)));
    expect(combined).toMatchObject([{ rows: 4, sums: { cost: "146580", link_clicks: "291" } }]);
  });

  it("adds the variations of a Klaviyo test to their campaign", async () => {
    const path = sample("klaviyo", "Campaign Performance (variants).csv");
    expect(await totals("email", "sent", "2026-10-27", "2026-10-27", path)).toBe("12000");
  });

  it("takes Kakao's 7 days for conversions, never with the 1 day that they hold", async () => {
    const path = sample("kakao_moment", "맞춤보고서_한빛커피.csv");
    expect(await totals("ppc", "conversions", "2026-10-26", "2026-10-27", path)).toBe("16");
  });
});

describe("what feeds totals", () => {
  const october = ["2026-10-01", "2026-10-31"] as const;

  it("a video's views of a month do not stand in for the channel's, which come by day", async () => {
    const content = sample("youtube", "Content 2026-10-01_2026-10-31 Northwind Outfitters.zip");
    const days = sample("youtube", "Date 2026-10-01_2026-10-03 Northwind Outfitters.zip");
    expect(await totals("social", "views", ...october, content)).toBe("0");
    expect(await totals("social", "views", ...october, content, days)).toBe("885");
  });

  it("a LinkedIn page's daily total counts, neither its parts nor its posts besides", async () => {
    const path = sample("linkedin_page", "northwind_content_1793620800000.xls");
    expect(await totals("social", "impressions", "2026-10-26", "2026-10-28", path)).toBe("3600");
    expect(await totals("social", "posts", "2026-10-26", "2026-10-28", path)).toBe("3");
  });

  it("what flows send is not taken for the campaigns", async () => {
    const paths = ["Campaign Performance 2026-10.csv", "Northwind-Klaviyo-Flows.csv"].map((each) =>
      sample("klaviyo", each),
    );
    expect(await totals("email", "delivered", ...october, ...paths)).toBe("31061");
  });
});

describe("what people do to files", () => {
  const zip = () => unzipSync(readFileSync(sample("youtube", "Date 2026-10-01_2026-10-03 Northwind Outfitters.zip")));

  it("YouTube's table may be unpacked and renamed", async () => {
    const { files } = await look(given("channel views.csv", zip()["Table data.csv"] ?? new Uint8Array()));
    expect(files[0]).toMatchObject({
      tables: [{ format: "youtube.days", rows: 3, sums: { views: "885" } }],
      problems: [],
    });
  });

  it("YouTube's totals alone are not taken for a table", async () => {
    const { files } = await look(given("Totals.csv", zip()["Totals.csv"] ?? new Uint8Array()));
    expect(files[0]?.tables).toEqual([]);
    expect(files[0]?.problems.map(({ code }) => code)).toEqual(["FILE_UNKNOWN"]);
  });

  it("ids that a workbook holds as numbers have lost their last digits and are refused, line by line", async () => {
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(sample("tiktok_ads", "Northwind-Ads-20261026-20261027.xlsx"));
    const cell = book.worksheets[0]!.getCell("D3");
    cell.value = Number(cell.value);
    const { files } = await look(given("ads.xlsx", new Uint8Array(await book.xlsx.writeBuffer())));
    expect(files[0]?.tables).toMatchObject([{ rows: 3, rejected: 1, skipped: { totals: 1 } }]);
    expect(files[0]?.problems).toContainEqual(expect.objectContaining({ code: "FILE_ROW_ID", line: 3 }));
  });

  it("Kakao's list of ads has no day: its source says which days it covers", async () => {
    const header =
      "소재\t소재 ID\t상태\t심사 상태\t상위 광고그룹\t상위 광고그룹 ID\t상위 캠페인\t상위 캠페인 ID\t비용\t노출수\t클릭수\t클릭률\t도달수\t클릭당 비용";
    const row =
      "드립백_01\t9001\t운영중\t승인\t신규\t5501\t비즈보드_드립백\t3301\t179,300\t238,422\t1,392\t0.58%\t150,001\t129";
    const path = given("소재.csv", `${header}\n${row}\n`);
    expect((await look(path)).files[0]?.problems.map(({ code }) => code)).toEqual(["FILE_PERIOD_UNKNOWN"]);
    const period = { from: "2026-10-26", to: "2026-10-27" };
    const { tables, problems } = await readTables(path, { ...held, source: { period } });
    expect(problems).toEqual([]);
    expect(tables).toMatchObject([{ kind: "window", cut: ["campaign", "ad_group", "ad"], declared: period }]);
  });

  it("a share without its count is no count", async () => {
    const text = readFileSync(sample("stibee", "이메일 목록.csv"), "utf8").replace('"1,102"', "34.4%");
    const { files } = await look(given("이메일 목록.csv", text));
    expect(files[0]?.tables).toMatchObject([{ rows: 1, rejected: 1 }]);
    expect(files[0]?.problems).toContainEqual(expect.objectContaining({ code: "FILE_ROW_NUMBER", line: 2 }));
  });
});
