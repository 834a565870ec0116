import ExcelJS from "exceljs";
import { area, fixed } from "../../templates/excel/ooxml/address.ts";
import { chartPart } from "../../templates/excel/ooxml/chart.ts";
import { drawingPart } from "../../templates/excel/ooxml/drawing.ts";
import { barRule, extensions } from "../../templates/excel/ooxml/extensions.ts";
import { add, type Parts, put, relate, textOf } from "../../templates/excel/ooxml/parts.ts";
import { inserted } from "../../templates/excel/ooxml/sheet-xml.ts";
import { mendImages, mendStyles } from "../../templates/excel/ooxml/styles.ts";
import { tablePart } from "../../templates/excel/ooxml/table.ts";
import { pack, unpack } from "../../templates/excel/ooxml/zip.ts";

/** One pixel of the agency's blue: a logo that no other file is copied for. */
const logo = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mOQ8Z/4HwADJwIbFKLyywAAAABJRU5ErkJggg==";

const heads = ["날짜", "매체", "캠페인 이름", "클릭수", "광고비", "CPC"];
const samples = [
  ["2026-01-05", "예시 매체", "예시 캠페인 1", 10, 1000],
  ["2026-01-06", "예시 매체", "예시 캠페인 2", 20, 3000],
  ["2026-01-07", "예시 매체", "예시 캠페인 3", 30, 2000],
] as const;

/**
 * A workbook as an account executive would make it: a page with a logo, placeholders, formulas, a chart, a sparkline and
 * bars over three sample rows, which lie in an Excel table on the sheet 데이터 with a formula column of its own.
 */
export async function sampleTemplate(): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  Object.assign(book, { creator: "이과장", company: "예시 에이전시", created: new Date(0), modified: new Date(0) });
  const page = book.addWorksheet("보고서", { pageSetup: { paperSize: 9, orientation: "landscape" } });
  page.columns = [{ width: 26 }, { width: 18 }, { width: 24 }];
  page.getCell("A1").value = "{{client}} · {{period}}";
  page.getCell("A1").font = { size: 20, bold: true, color: { argb: "FF1D4F91" } };
  page.getCell("A2").value = {
    richText: [{ text: "기준: {{as", font: { italic: true } }, { text: "_of}} ({{state}})" }],
  };
  page.addRow([]);
  page.addRow(["광고비", "{{kpi.cost}}", "{{kpi.cost.change}}"]).getCell(2).numFmt = '"₩"#,##0';
  page.getCell("C4").numFmt = "+0.0%;-0.0%";
  page.addRow(["행의 광고비 합계", { formula: "SUM(데이터!E2:E4)", result: 6000 }]).getCell(2).numFmt = '"₩"#,##0';
  page.addRow(["클릭당 비용", { formula: "IF(SUM(클릭)=0,0,B5/SUM(클릭))", result: 100 }]);
  page.addRow(["흐름"]);
  page.addRow(["{{summary}}"]).getCell(1).alignment = { wrapText: true };
  const image = book.addImage({ base64: logo, extension: "png" });
  page.addImage(image, { tl: { col: 2, row: 0 }, ext: { width: 60, height: 24 }, editAs: "oneCell" });
  const data = book.addWorksheet("데이터", { state: "hidden" });
  data.addRow(heads).font = { bold: true };
  samples.forEach(([day, ...rest], at) => {
    const cpc = { formula: `E${at + 2}/D${at + 2}`, result: Number(rest[3]) / Number(rest[2]) };
    const row = data.addRow([new Date(`${day}T00:00:00Z`), ...rest, cpc]);
    row.getCell(1).numFmt = "yyyy.mm.dd";
    row.getCell(5).numFmt = '"₩"#,##0';
  });
  const chart = book.addWorksheet("차트");
  chart.getCell("A1").value = "{{versus}} 광고비";
  book.definedNames.add(fixed("데이터", [4, 4], [2, 4]), "클릭");
  const parts = unpack(new Uint8Array(await book.xlsx.writeBuffer()));
  mendStyles(parts, "맑은 고딕");
  mendImages(parts);
  addTable(parts);
  addChart(parts);
  addLooks(parts);
  return pack(parts);
}

const [first, second, third] = [1, 2, 3].map((number) => `xl/worksheets/sheet${number}.xml`) as [
  string,
  string,
  string,
];

function addTable(parts: Parts): void {
  const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml";
  const table = tablePart({ id: 1, name: "원본", ref: area([1, 6], [1, 4]), columns: heads });
  const relation = relate(parts, second, "table", add(parts, "xl/tables/table{}.xml", type, table));
  const list = `<tableParts count="1"><tablePart r:id="${relation}"/></tableParts>`;
  put(parts, second, inserted(textOf(parts, second), "tableParts", list));
}

function addChart(parts: Parts): void {
  const held = { 1: samples.map(([day]) => day), 5: samples.map(([, , , , cost]) => cost) };
  const chart = chartPart(
    {
      title: "{{client}} 광고비",
      alt: "광고비",
      categories: { column: 1, rows: [2, 4] },
      plots: [
        {
          kind: "column",
          format: "#,##0",
          series: [{ name: { column: 5, row: 1 }, values: { column: 5, rows: [2, 4] }, colour: "#c0272d" }],
        },
      ],
      share: 1,
    },
    {
      font: "맑은 고딕",
      ink: "#111c2e",
      line: "#dde2ea",
      paper: "#ffffff",
      refer: ({ column, rows }) => fixed("데이터", [column, column], rows),
      held: ({ column, rows }) => (rows[0] === 1 ? [heads[column - 1] ?? null] : [...held[column as 1 | 5]]),
    },
  );
  const office = "application/vnd.openxmlformats-officedocument";
  const drawing = add(parts, "xl/drawings/drawing{}.xml", `${office}.drawing+xml`, "");
  const target = add(parts, "xl/charts/chart{}.xml", `${office}.drawingml.chart+xml`, chart);
  const frame = {
    relation: relate(parts, drawing, "chart", target),
    name: "광고비",
    alt: "광고비",
    from: { column: 0, columnOffset: 0, row: 2, rowOffset: 0 },
    to: { column: 8, columnOffset: 0, row: 20, rowOffset: 0 },
  };
  put(parts, drawing, drawingPart([frame]));
  put(
    parts,
    third,
    inserted(textOf(parts, third), "drawing", `<drawing r:id="${relate(parts, third, "drawing", drawing)}"/>`),
  );
}

function addLooks(parts: Parts): void {
  const bar = { ref: "E2:E4", priority: 1 };
  const colours = { bar: "#dbe6f4", spark: { soft: "#8ea7c8", strong: "#1d4f91" } };
  const rows = inserted(textOf(parts, second), "conditionalFormatting", barRule(bar, 0, colours.bar));
  put(parts, second, inserted(rows, "extLst", extensions([bar], [], colours) ?? ""));
  const spark = extensions([], [{ source: "데이터!E2:E4", cell: "B7" }], colours) ?? "";
  put(parts, first, inserted(textOf(parts, first), "extLst", spark));
}
