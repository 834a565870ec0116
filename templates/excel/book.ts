import type { Workbook, Worksheet } from "exceljs";
import type { Locale } from "../../transforms/metrics.ts";
import { changeColour, type Theme } from "../theme.ts";
import type { DataColumn, RawRow } from "./data.ts";
import { streamRows } from "./fill.ts";
import { columnWidths, lineHeight, placed } from "./layout.ts";
import { addNative, isTable, type Written } from "./native.ts";
import { area, fixed } from "./ooxml/address.ts";
import { describe, type Properties } from "./ooxml/properties.ts";
import { mendImages, mendStyles } from "./ooxml/styles.ts";
import { pack, unpack } from "./ooxml/zip.ts";
import type { Rule, Sheet } from "./sheet.ts";
import { argb, fontOf, settings, styleOf } from "./style.ts";

/** What a workbook says about itself and prints on each page. */
export interface BookInfo extends Omit<Properties, "modified" | "language"> {
  author: string;
  /** Milliseconds since 1970: when the report was made, not when the file was written. */
  made: number;
  locale: Locale;
  theme: Theme;
}

/** The raw rows, streamed behind the other sheets. */
export interface DataSheet {
  name: string;
  columns: DataColumn[];
  rows: AsyncIterable<RawRow>;
  /** Said in the last row where the rows do not fit. */
  cut: string;
}

/**
 * Writes the sheets with the library, which leaves a head and a pattern row for the raw rows, then opens what it wrote as
 * if it were anybody's template: adds charts, sparklines, bars and tables, and fills the data sheet.
 */
export async function writeBook(sheets: readonly Sheet[], data: DataSheet | null, info: BookInfo): Promise<Buffer> {
  const { default: ExcelJS } = await import("exceljs");
  const book = new ExcelJS.Workbook();
  credit(book, info);
  for (const sheet of sheets) writeSheet(book, sheet, info);
  if (data) writePattern(book, data, info);
  const stored = { zip: { compression: "STORE" } } as never; // the library hands it on to its zip, untyped
  const parts = unpack(new Uint8Array(await book.xlsx.writeBuffer(stored)));
  mendStyles(parts, fontOf(info.locale));
  mendImages(parts);
  const written = sheets.map((sheet, at): Written => ({ sheet, path: `xl/worksheets/sheet${at + 1}.xml` }));
  for (const each of written) addNative(parts, each, { written, theme: info.theme, locale: info.locale });
  if (data) streamRows(parts, `xl/worksheets/sheet${sheets.length + 1}.xml`, data);
  describe(parts, { ...info, language: info.locale, modified: stamped(info.made) });
  return pack(parts);
}

const stamped = (made: number): string => new Date(made).toISOString().replace(/\.\d+Z$/, "Z");

/** Whose work it is; the rest of the properties is written as into any template. */
function credit(book: Workbook, { author, made }: BookInfo): void {
  const when = new Date(made);
  Object.assign(book, { creator: author, lastModifiedBy: author, company: author, created: when, modified: when });
  // Readers that keep no cached values reckon anew; Excel shows what the report says until a cell changes.
  book.views = [{ x: 0, y: 0, width: 24_000, height: 14_000, firstSheet: 0, activeTab: 0, visibility: "visible" }];
}

function writeSheet(book: Workbook, sheet: Sheet, info: BookInfo): void {
  const { theme, locale } = info;
  const widths = columnWidths(sheet);
  const total = widths.reduce((sum, width) => sum + width, 0);
  const page = book.addWorksheet(sheet.name, {
    properties: { tabColor: { argb: argb(tabColour(sheet, theme)) }, defaultRowHeight: 19 },
    views: [view(sheet.frozen, sheet.head?.row ?? 0, false)],
    pageSetup: {
      ...pageSetup(total > 92, sheet.head?.row),
      ...(sheet.kind === "detail" ? acrossPages(total) : {}),
      printArea: area([1, widths.length], [1, sheet.lines.length]),
    },
    headerFooter: headerFooter(info),
  });
  page.columns = widths.map((width) => ({ width }));
  sheet.lines.forEach((line, index) => {
    const row = page.getRow(index + 1);
    row.height = lineHeight(line, widths);
    for (const [at, cell] of placed(line.cells)) {
      const style = styleOf(cell, locale, theme);
      const span = cell.span ?? 1;
      for (let column = at + 1; column <= at + span; column++) row.getCell(column).style = style;
      row.getCell(at + 1).value = cell.formula ? { formula: cell.formula, result: cell.value ?? 0 } : cell.value;
      if (span > 1 && settings[cell.role].wrap) page.mergeCells(index + 1, at + 1, index + 1, at + span);
      if (cell.defines)
        book.definedNames.add(fixed(sheet.name, [at + 1, at + 1], [index + 1, index + 1]), cell.defines);
    }
  });
  const { head } = sheet;
  if (head && !isTable(sheet))
    page.autoFilter = { from: { row: head.row, column: 1 }, to: { row: head.last, column: head.columns } };
  for (const [at, rule] of sheet.rules.entries()) addRule(page, rule, at + 1, theme);
}

/** The data sheet as its own template: a head, and one row that shows how each column's cells look. */
function writePattern(book: Workbook, { name, columns }: DataSheet, info: BookInfo): void {
  const page = book.addWorksheet(name, {
    properties: { tabColor: { argb: argb(info.theme.colours.faint) } },
    views: [view(0, 1, true)],
    pageSetup: pageSetup(true, 1),
    headerFooter: headerFooter(info),
  });
  page.columns = columns.map(({ label, format }) => ({
    width: Math.max(format ? 12 : 11, Math.min(24, label.length * 2 + 4)),
  }));
  columns.forEach(({ label, format }, at) => {
    const head = page.getRow(1).getCell(at + 1);
    head.value = label;
    head.style = styleOf({ value: null, shown: "", role: "head" }, info.locale, info.theme);
    if (format) page.getRow(2).getCell(at + 1).numFmt = format;
  });
  page.getRow(2).getCell(columns.length + 1).numFmt = "@";
}

function view(xSplit: number, ySplit: number, showGridLines: boolean): NonNullable<Worksheet["views"]>[number] {
  const frozen = xSplit > 0 || ySplit > 0;
  return {
    ...(frozen ? { state: "frozen", xSplit, ySplit } : { state: "normal" }),
    activeCell: "A1",
    showGridLines,
    zoomScale: 100,
  } as Worksheet["views"][number];
}

function pageSetup(landscape: boolean, head: number | undefined): Partial<Worksheet["pageSetup"]> {
  return {
    paperSize: 9, // A4
    orientation: landscape ? "landscape" : "portrait",
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    margins: { left: 0.5, right: 0.5, top: 0.7, bottom: 0.7, header: 0.3, footer: 0.3 },
    ...(head ? { printTitlesRow: `${head}:${head}` } : {}),
  };
}

/** A table too wide to be read on one page takes several, each with the names of its rows. */
function acrossPages(total: number): Partial<Worksheet["pageSetup"]> {
  const pages = Math.ceil(total / mostOnPage);
  return pages > 1 ? { fitToWidth: pages, printTitlesColumn: "A:A" } : {};
}

/** Characters of the usual size that a landscape A4 page still shows legibly. */
const mostOnPage = 230;

/** `&` begins a code in headers, a digit after a size would belong to it, and they hold 255 characters in all. */
function headerFooter({ title, subject, author }: BookInfo): Partial<Worksheet["headerFooter"]> {
  const plain = (text: string) => text.slice(0, 80).toWellFormed().replaceAll("&", "&&").replaceAll("\n", " ");
  return { oddHeader: `&L&8 ${plain(title)}&R&8 ${plain(subject)}`, oddFooter: `&L&8 ${plain(author)}&R&8 &P / &N` };
}

function tabColour({ kind }: Sheet, { colours }: Theme): string {
  return { answer: colours.accent, detail: colours.accentSoft, notes: colours.line }[kind];
}

/** Bars are written apart: the library's fade out under the digits. */
function addRule(page: Worksheet, rule: Rule, priority: number, theme: Theme): void {
  const { colours } = theme;
  const ref = area(rule.columns, rule.rows);
  const rules = {
    bar: () => [],
    shade: () => [scale(priority, colours.paper, colours.accentSoft)],
    shadeDown: () => [scale(priority, colours.accentSoft, colours.paper)],
    marks: () => [
      {
        type: "iconSet",
        priority,
        iconSet: "3Symbols2",
        cfvo: [0, 0.9, 1].map((value, at) => ({ type: at === 0 ? "percent" : "num", value })),
      },
    ],
    change: () => changes(rule, priority, theme),
  }[rule.kind]();
  if (rules.length > 0) page.addConditionalFormatting({ ref, rules: rules as never }); // its types leave out priorities
}

function scale(priority: number, low: string, high: string) {
  const color = [low, high].map((end) => ({ argb: argb(end) }));
  return { type: "colorScale", priority, cfvo: [{ type: "min" }, { type: "max" }], color };
}

/** A change is coloured by what it is now, so that the colour follows when a cell is changed. */
function changes({ rows, columns, better }: Rule, priority: number, theme: Theme) {
  const cell = area([columns[0], columns[0]], [rows[0], rows[0]]);
  return (["up", "down"] as const).map((way, at) => {
    const tone = better === "up" || better === "down" ? (better === way ? "good" : "bad") : "neutral";
    const colour = changeColour({ arrow: way === "up" ? "▲" : "▼", tone }, theme);
    const beyond = way === "up" ? `${cell}>=0.0005` : `${cell}<=-0.0005`;
    const style = { font: { color: { argb: argb(colour) } } };
    return {
      type: "expression",
      priority: 1000 + priority * 2 + at,
      formulae: [`AND(ISNUMBER(${cell}),${beyond})`],
      style,
    };
  });
}
