import ExcelJS from "exceljs";
import { strFromU8, unzipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { renderWorkbook } from "../../templates/excel/render.ts";
import { formatChange, formatValue } from "../../templates/text.ts";
import type { Report } from "../../transforms/report/model.ts";
import { englishMonthly, koreanWeekly } from "../fixtures/report.ts";

const keys = ["day", "platform", "campaign", "campaign_name", "clicks", "cost"];

async function* rawRows() {
  yield {
    day: "2026-10-26",
    platform: "네이버 검색광고",
    campaign: "c-1",
    campaign_name: "=cmd|' /c calc'!A1",
    clicks: "12",
    cost: "345.6700000",
  };
  yield {
    day: "2026-11-01",
    platform: "Google Ads",
    campaign: "c-2",
    campaign_name: "브랜드 \uD800\uFFFF🍁",
    clicks: null,
    cost: "NaN",
  };
}

async function opened(bytes: Buffer): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes as unknown as ArrayBuffer); // the library's types know only one kind of bytes
  return book;
}

/** Rows as a reader meets them: values of cells, what formulas came to, merged ones once, trailing blanks gone. */
function rowsOf(book: ExcelJS.Workbook, name: string): unknown[][] {
  const rows: unknown[][] = [];
  book.getWorksheet(name)?.eachRow({ includeEmpty: true }, (row) => {
    const cells: unknown[] = [];
    row.eachCell({ includeEmpty: true }, (cell) =>
      cells.push(cell.master === cell ? (cell.formula ? cell.result : cell.value) : null),
    );
    while (cells.length > 0 && cells.at(-1) === null) cells.pop();
    rows.push(cells);
  });
  return rows;
}

describe("the Korean weekly workbook", () => {
  let bytes: Buffer;
  let book: ExcelJS.Workbook;
  beforeAll(async () => {
    bytes = await renderWorkbook(koreanWeekly, { rows: rawRows(), rowColumns: keys });
    book = await opened(bytes);
  });

  it("has its sheets in reading order", () => {
    expect(book.worksheets.map(({ name }) => name)).toEqual([
      "요약",
      "추이",
      "일별 추이",
      "세부 · 매체별 성과",
      "세부 · 캠페인별 성과",
      "상위 · 인기 검색어",
      "요일·시간대",
      "변동 요인",
      "대사",
      "안내",
      "항목별 추이",
      "데이터",
    ]);
  });

  it("answers on the first sheet: title, period, warning, sentences, comment", () => {
    const first = rowsOf(book, "요약").map(([cell]) => cell);
    expect(first.slice(0, 2)).toEqual(["한빛커피 광고 주간 리포트", "10월 5주차 (10/26~11/1) · 잠정치"]);
    expect(first).toContain("※ 전환 지표는 잠정치입니다. 매체가 며칠 더 보정할 수 있습니다.");
    expect(first).toContain("ROAS는 402%로 지난주보다 14.9% 올랐습니다(+52%p).");
    expect(first).toContain("총평");
  });

  it("holds each KPI as real numbers beside what it is compared with", () => {
    const rows = rowsOf(book, "요약");
    const at = rows.findIndex(([cell]) => cell === "지표");
    expect(rows[at]).toEqual([
      "지표",
      "이번 기간",
      "추이",
      "전주",
      "전주 대비",
      "증감 폭",
      "전년 동기",
      "전년 동기 대비",
      "평소(평균)",
      "평소 대비",
      "목표",
      "달성률",
      "결과",
      "비고",
    ]);
    const line = (label: string) => rows.find(([cell]) => cell === label);
    expect(line("광고수익률(ROAS)")).toEqual([
      "광고수익률(ROAS)",
      4.02,
      null,
      3.5,
      0.148571,
      52,
      3.11,
      0.2926,
      3.42,
      0.1754,
      "목표 350% 이상",
      1.1486,
      "✓ 달성",
      "잠정치 · 메타 광고 제외",
    ]);
    expect(line("전환당 비용")).toEqual([
      "전환당 비용",
      "–",
      null,
      5673.96,
      "비교 불가",
      "–",
      "–",
      "–",
      "–",
      "–",
      null,
      null,
      null,
      "집계 불가",
    ]);
  });

  it("prints numbers as the other outputs do", () => {
    const sheet = book.getWorksheet("요약")!;
    const at = rowsOf(book, "요약").findIndex(([cell]) => cell === "광고수익률(ROAS)") + 1;
    expect(sheet.getCell(at, 2).numFmt).toBe("#,##0%");
    expect(sheet.getCell(at, 5).numFmt).toBe('"▲ "+#,##0.0%;"▼ "-#,##0.0%;0.0%');
    expect(sheet.getCell(at, 6).numFmt).toBe('+#,##0"%p";-#,##0"%p";#,##0"%p"');
    const cost = rowsOf(book, "요약").findIndex(([cell]) => cell === "광고비(VAT 별도)") + 1;
    expect(sheet.getCell(cost, 2).numFmt).toBe("[$₩]#,##0;-[$₩]#,##0");
    const conversions = rowsOf(book, "요약").findIndex(([cell]) => cell === "전환수") + 1;
    expect(sheet.getCell(conversions, 5).numFmt).toContain("(잠정)");
  });

  it("keeps a total out of reach of the filter over a breakdown", () => {
    const sheet = book.getWorksheet("세부 · 캠페인별 성과")!;
    const rows = rowsOf(book, "세부 · 캠페인별 성과");
    const total = rows.findIndex(([cell]) => cell === "합계");
    expect(rows[total]?.slice(0, 3)).toEqual(["합계", null, 6120450]);
    expect(rows[total - 1]?.[0]).toBe("기타 9개");
    const last = rows.findIndex(([cell]) => cell === "테스트 <b>소재</b>") + 1;
    expect(sheet.getTables()).toEqual([
      expect.objectContaining({ table: expect.objectContaining({ autoFilterRef: `A4:L${last}` }) }),
    ]);
    expect(sheet.views[0]).toMatchObject({ state: "frozen", xSplit: 1, ySplit: 4 });
    expect(sheet.pageSetup).toMatchObject({
      paperSize: 9,
      orientation: "landscape",
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: "4:4",
    });
  });

  it("explains the change with parts that add up", () => {
    const rows = rowsOf(book, "변동 요인");
    expect(rows.slice(3)).toEqual([
      ["광고수익률(ROAS) · 전주 대비 +52%p · 캠페인"],
      ["요인", "효율 변화", "비중 변화", "기여"],
      ["브랜드_한빛커피", 31, 6, 37],
      ["드립백 선물세트 🎁 가을 한정", 14, 5, 19],
      ["디스플레이 확장", -3, -1, -4],
      ["합계", null, null, 52],
    ]);
  });

  it("shows an hour without figures as a dash, never as 0", () => {
    const rows = rowsOf(book, "요일·시간대");
    expect(rows[4]?.slice(0, 2)).toEqual(["월", 40]);
    expect(rows[10]?.slice(0, 5)).toEqual(["일", "–", "–", "–", 64]);
  });

  it("lists notes, definitions, what is missing and the files with their hashes", () => {
    const cells = rowsOf(book, "안내").flat();
    for (const text of [
      koreanWeekly.notes[1]?.text,
      koreanWeekly.definitions[0]?.formula,
      "naver/*",
      koreanWeekly.sources[1]?.sha256,
    ]) {
      expect(cells).toContain(text);
    }
  });

  it("streams raw rows: numbers, real days, hostile names as plain text", () => {
    const rows = rowsOf(book, "데이터");
    expect(rows[0]).toEqual(["날짜", "매체", "캠페인", "캠페인 이름", "클릭수", "광고비"]);
    expect(rows[1]).toEqual([
      new Date("2026-10-26T00:00:00Z"),
      "네이버 검색광고",
      "c-1",
      "=cmd|' /c calc'!A1",
      12,
      345.67,
    ]);
    expect(rows[2]).toEqual([new Date("2026-11-01T00:00:00Z"), "Google Ads", "c-2", "브랜드 🍁"]);
  });

  it("turns no text into a formula or a link, and marks what looks like one", () => {
    const parts = unzipSync(bytes);
    expect(strFromU8(parts["xl/styles.xml"]!)).toContain('quotePrefix="1" numFmtId="49"');
    for (const [name, part] of Object.entries(parts))
      if (name.includes("worksheets/sheet")) expect(strFromU8(part)).not.toMatch(/hyperlink|<x14:id\/>/);
    const own = /^(?:IF|IFERROR|SUM|ROUND)\(|^\(?[A-Z]+\d+[+-][A-Z]+\d+\)?(?:\*100)?$|^kpi_\w+$/;
    for (const sheet of book.worksheets)
      sheet.eachRow((row) => row.eachCell((cell) => cell.formula && expect(cell.formula).toMatch(own)));
    expect(book.getWorksheet("데이터")?.getCell("D2").value).toBe("=cmd|' /c calc'!A1");
  });

  it("tells whose report it is and when it was made, not when it was written", () => {
    expect(book).toMatchObject({ title: "한빛커피 광고 주간 리포트", creator: "예시 에이전시", language: "ko-KR" });
    expect(book.created.toISOString()).toBe("2026-11-02T00:00:00.000Z");
    expect(book.modified.toISOString()).toBe("2026-11-02T00:00:00.000Z");
  });

  it("is the same to the byte when made again", async () => {
    expect((await renderWorkbook(koreanWeekly, { rows: rawRows(), rowColumns: keys })).equals(bytes)).toBe(true);
  });
});

describe("other workbooks", () => {
  it("read in English, with times as times and the same changes as text prints", async () => {
    const book = await opened(await renderWorkbook(englishMonthly));
    expect(book.worksheets.map(({ name }) => name)).toEqual([
      "Summary",
      "Trend",
      "By · By channel group",
      "Top · Top pages",
      "Notes",
    ]);
    const sheet = book.getWorksheet("Summary")!;
    const at = rowsOf(book, "Summary").findIndex(([cell]) => cell === "Time on site") + 1;
    expect(sheet.getCell(at, 2).numFmt).toBe('[m]"m "s"s"');
    expect(Number(sheet.getCell(at, 5).value)).toBe(0.0438);
    expect(
      rowsOf(book, "Summary")
        .find(([cell]) => cell === "Visitors")
        ?.at(-1),
    ).toBe("cannot be added up");
    const revenue = englishMonthly.kpis[4]!;
    expect(formatChange(revenue.changes.year_ago, { ...revenue, locale: "en-US" }).label).toBe(
      rowsOf(book, "Summary").find(([cell]) => cell === "Revenue")?.[7],
    );
  });

  it("survive names, amounts and texts that nobody expects, and say where digits end", async () => {
    const hostile: Report = structuredClone(koreanWeekly);
    hostile.title = `한빛 & <b>커피</b> \uD800\u0000 ${"긴 제목 ".repeat(40)}`;
    hostile.kpis = Array.from({ length: 40 }, (_, index) => ({
      ...hostile.kpis[index % 9]!,
      label: `=cmd 지표 ${index} ${"가".repeat(120)}`,
    }));
    hostile.kpis[0]!.value = "1234567890123456789";
    hostile.breakdowns[1]!.title = "History/[캠페인]: *아주* 긴 표의 제목입니다 서른한 자를 넘겨야 합니다";
    hostile.tops.push(hostile.tops[0]!);
    const book = await opened(await renderWorkbook(hostile));
    expect(rowsOf(book, "안내").flat()).toContain(
      "15자리를 넘는 값은 엑셀이 앞 15자리만 보관합니다. 정확한 값은 PDF에 있습니다.",
    );
    expect(book.worksheets.filter(({ name }) => name.startsWith("상위 · 인기 검색어"))).toHaveLength(2);
  });

  it("stand on one KPI without any comparison", async () => {
    const kpi = { ...englishMonthly.kpis[1]!, previous: null, year_ago: null, changes: {}, per_day: null };
    const bare: Report = {
      ...englishMonthly,
      kpis: [kpi],
      compare: [],
      comparisons: { previous: null, year_ago: null, baseline: null },
      trend: { points: [], series: [] },
      breakdowns: [],
      tops: [],
      notes: [],
      sources: [],
      definitions: [],
      summary: [],
      ae: null,
    };
    const book = await opened(await renderWorkbook(bare));
    expect(book.worksheets.map(({ name }) => name)).toEqual(["Summary", "Notes"]);
    expect(rowsOf(book, "Summary").find(([cell]) => cell === "Sessions")).toEqual(["Sessions", 184220]);
    expect(formatValue(kpi.value, kpi, "en-US")).toBe("184,220");
  });
});
