import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ExcelJS from "exceljs";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { judgeTemplate } from "../../jobs/template.ts";
import { keyNames } from "../../templates/excel/own/keys.ts";
import { fillTemplate, openTemplate } from "../../templates/excel/own/template.ts";
import { sayProblem } from "../../transforms/problem.ts";
import type { RawRow } from "../../transforms/records.ts";
import { stampOf } from "../../transforms/report/stamp.ts";
import { koreanWeekly } from "../fixtures/report.ts";
import { sampleTemplate } from "./sample-template.ts";

const rows: RawRow[] = Array.from({ length: 7 }, (_, at) => ({
  from: `2026-10-2${at + 1}`,
  day: `2026-10-2${at + 1}`,
  platform: "Google Ads",
  campaign_name: at === 0 ? "=cmd|' /c calc'!A1" : `캠페인 & ${at}`,
  clicks: String(10 + at),
  cost: `${1000 * (at + 1)}.5`,
}));

describe("a template of an account executive's own", () => {
  let template: Buffer;
  let filled: Buffer;
  let before: Record<string, Uint8Array>;
  let after: Record<string, Uint8Array>;
  const text = (path: string) => strFromU8(after[path] ?? new Uint8Array());
  beforeAll(async () => {
    template = await sampleTemplate();
    const opened = openTemplate(template);
    if ("refused" in opened) throw new Error(opened.refused);
    filled = await fillTemplate(opened.parts, koreanWeekly, rows);
    before = unzipSync(template, { filter: ({ name }) => !name.endsWith("/") });
    after = unzipSync(filled);
  });

  it("says which keys and columns it asks for", () => {
    const opened = openTemplate(template);
    expect("asked" in opened && { ...opened.asked, keys: opened.asked.keys.toSorted() }).toEqual({
      keys: ["client", "period", "as_of", "state", "kpi.cost", "kpi.cost.change", "summary", "versus"].toSorted(),
      heads: ["날짜", "매체", "캠페인 이름", "클릭수", "광고비"],
    });
    const known = keyNames(["cost"]);
    expect(known).toEqual(expect.arrayContaining(["client", "kpi.cost", "kpi.cost.change", "summary"]));
  });

  it("keeps logo, styles and every part that looks at no data as they are, to the byte", () => {
    const kept = Object.keys(before).filter((path) => Buffer.from(before[path]!).equals(Buffer.from(after[path]!)));
    expect(Object.keys(after).toSorted()).toEqual(Object.keys(before).toSorted());
    expect(
      Object.keys(before)
        .filter((path) => !kept.includes(path))
        .toSorted(),
    ).toEqual([
      "docProps/core.xml",
      "xl/charts/chart1.xml",
      "xl/sharedStrings.xml",
      "xl/tables/table1.xml",
      "xl/workbook.xml",
      "xl/worksheets/sheet1.xml",
      "xl/worksheets/sheet2.xml",
    ]);
    expect(kept).toEqual(expect.arrayContaining(["xl/media/image1.png", "xl/styles.xml", "xl/drawings/drawing1.xml"]));
  });

  it("holds the report's rows in the template's own looks, and its formula column in each", async () => {
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(filled as unknown as ArrayBuffer);
    const sheet = book.getWorksheet("데이터")!;
    expect(sheet.rowCount).toBe(8);
    expect(sheet.getCell("A2").value).toEqual(new Date("2026-10-21T00:00:00Z"));
    expect(sheet.getCell("A8").numFmt).toBe("yyyy.mm.dd");
    expect(sheet.getCell("C2").value).toBe("=cmd|' /c calc'!A1");
    expect(sheet.getCell("E8").value).toBe(7000.5);
    expect(sheet.getCell("F8").formula).toBe("E8/D8");
    expect(text("xl/worksheets/sheet2.xml")).not.toContain("예시");
  });

  it("lets chart, table, name, sparkline, bars and formulas look at all of them", () => {
    expect(text("xl/charts/chart1.xml")).toContain("<c:f>'데이터'!$E$2:$E$8</c:f>");
    expect(text("xl/charts/chart1.xml")).not.toContain("Cache");
    expect(text("xl/tables/table1.xml")).toMatch(/<table [^>]*ref="A1:F8"/);
    expect(text("xl/workbook.xml")).toMatch(/데이터(?:'|&apos;)!\$D\$2:\$D\$8</);
    expect(text("xl/workbook.xml")).toMatch(/<calcPr [^>]*fullCalcOnLoad="1"/);
    expect(text("xl/worksheets/sheet1.xml")).toContain("<xm:f>데이터!E2:E8</xm:f>");
    expect(text("xl/worksheets/sheet1.xml")).toContain("<f>SUM(데이터!E2:E8)</f></c>");
    expect(text("xl/worksheets/sheet2.xml")).toContain('<conditionalFormatting sqref="E2:E8">');
    expect(text("xl/worksheets/sheet2.xml")).toContain("<xm:sqref>E2:E8</xm:sqref>");
  });

  it("has the report's figures in place of the keys: numbers as numbers, marked-up text across its parts", async () => {
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(filled as unknown as ArrayBuffer);
    const page = book.getWorksheet("보고서")!;
    expect(page.getCell("A1").value).toBe("한빛커피 · 10월 5주차 (10/26~11/1)");
    expect(page.getCell("A2").text).toBe("기준: 2026.11.02 09:00 (잠정치)");
    expect(page.getCell("B4").value).toBe(6120450);
    expect(page.getCell("B4").numFmt).toBe('"₩"#,##0');
    expect(page.getCell("C4").value).toBe(-0.031);
    expect(text("xl/charts/chart1.xml")).toContain("한빛커피 광고비");
    for (const part of Object.values(after)) expect(strFromU8(part)).not.toContain("{{");
  });

  it("carries the report's stamp, keeps its author, and is the same to the byte when filled again", async () => {
    expect(text("docProps/core.xml")).toContain(`<dc:identifier>${stampOf(koreanWeekly)}</dc:identifier>`);
    expect(text("docProps/core.xml")).toContain("<dc:creator>이과장</dc:creator>");
    const again = openTemplate(template);
    expect("parts" in again && (await fillTemplate(again.parts, koreanWeekly, rows)).equals(filled)).toBe(true);
  });
});

describe("check, of a template", () => {
  const root = mkdtempSync(join(tmpdir(), "bogo-template-"));
  const folder = join(root, "clients", "hanbit", "templates");
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const judge = (template: string) => judgeTemplate(root, { client: "hanbit", template, kpis: ["cost", "roas"] });

  it("names a key and a column that no report has, with the nearest, and a file that is not there", async () => {
    const parts = unzipSync(await sampleTemplate(), { filter: ({ name }) => !name.endsWith("/") });
    const texts = strFromU8(parts["xl/sharedStrings.xml"]!);
    const misspelt = texts.replace("{{kpi.cost}}", "{{kpi.cots}}").replace(">클릭수<", ">클릭 숫자<");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "wrong.xlsx"), zipSync({ ...parts, "xl/sharedStrings.xml": strToU8(misspelt) }));
    writeFileSync(join(folder, "macros.xlsx"), zipSync({ ...parts, "xl/vbaProject.bin": strToU8("x") }));
    const said = async (name: string) => (await judge(name)).map((each) => `${each.code}: ${sayProblem(each, "en")}`);
    expect(await said("wrong.xlsx")).toEqual([
      "TEMPLATE_KEY_UNKNOWN: The template asks for `{{kpi.cots}}`, which no report has.",
      "TEMPLATE_HEAD_UNKNOWN: The template's data sheet has a column “클릭 숫자” that no export fills.",
    ]);
    const [key, head] = await judge("wrong.xlsx");
    expect(key?.facts.nearest).toBe("{{kpi.cost}}");
    expect(head?.facts.nearest).toBe("클릭수");
    expect(await said("macros.xlsx")).toEqual([
      "TEMPLATE_REFUSED: The template macros.xlsx is not used: it holds macros.",
    ]);
    expect(await said("none.xlsx")).toEqual(["TEMPLATE_MISSING: The template none.xlsx is not there."]);
  });
});

describe("a workbook that could harm whoever opens it", () => {
  let parts: Record<string, Uint8Array>;
  beforeAll(async () => {
    parts = unzipSync(await sampleTemplate());
  });
  const refusal = (change: Record<string, string | Uint8Array>): string => {
    const changed = Object.entries(change).map(([path, content]) => [
      path,
      typeof content === "string" ? strToU8(content) : content,
    ]);
    const opened = openTemplate(zipSync({ ...parts, ...Object.fromEntries(changed) }));
    return "refused" in opened ? opened.refused : "";
  };
  const sheet = (cell: string) =>
    `<worksheet><sheetData><row r="1"><c r="A1">${cell}</c></row></sheetData></worksheet>`;
  const outside = '<Relationship Id="rId9" Type="x/oleLink" Target="file:///x" TargetMode="External"/></Relationships>';

  it("is refused, each for its reason", () => {
    const rels = strFromU8(parts["xl/_rels/workbook.xml.rels"]!);
    expect(refusal({})).toBe("");
    expect(refusal({ "xl/vbaProject.bin": "x" })).toBe("macros");
    expect(refusal({ "xl/externalLinks/externalLink1.xml": "<x/>" })).toBe("links");
    expect(refusal({ "xl/_rels/workbook.xml.rels": rels.replace("</Relationships>", outside) })).toBe("links");
    expect(refusal({ "xl/embeddings/oleObject1.bin": "x" })).toBe("active");
    expect(refusal({ "xl/styles.xml": '<!DOCTYPE x [<!ENTITY a "b">]><styleSheet/>' })).toBe("dtd");
    expect(refusal({ "xl/worksheets/sheet9.xml": sheet('<f>WEBSERVICE("http://x")</f>') })).toBe("remote_formula");
    expect(refusal({ "xl/worksheets/sheet9.xml": sheet("<f>cmd|'/c calc'!A1</f>") })).toBe("remote_formula");
    expect(refusal({ "xl/media/big.bin": new Uint8Array(70_000_000) })).toBe("bomb");
    expect(openTemplate(Buffer.from("no zip"))).toEqual({ refused: "not_xlsx" });
    expect(openTemplate(Buffer.concat([Buffer.from("PK\u0003\u0004"), Buffer.alloc(50)]))).toEqual({
      refused: "damaged",
    });
    expect(openTemplate(Buffer.alloc(5_000_001))).toEqual({ refused: "size" });
  });
});
