import type { stream, Worksheet } from "exceljs";
import type { Locale } from "../../transforms/metrics.ts";
import type { Theme } from "../theme.ts";
import { looksLikeFormula } from "./cell.ts";
import type { DataColumn, RawRow } from "./data.ts";
import { columnWidths, lineHeight, placed } from "./layout.ts";
import { repack } from "./package.ts";
import type { Rule, Sheet } from "./sheet.ts";
import { argb, fontOf, settings, styleOf } from "./style.ts";

/** What a workbook says about itself and prints on each page. */
export interface BookInfo {
  title: string;
  subject: string;
  author: string;
  identifier: string;
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

/** Rows that a sheet can hold, less its head and a last line that says so when they are too many. */
const mostRows = 1_048_574;

/** Writes the sheets, then streams the raw rows; only this file (and the styles' type) knows the library. */
export async function writeBook(sheets: readonly Sheet[], data: DataSheet | null, info: BookInfo): Promise<Buffer> {
  const { default: ExcelJS } = await import("exceljs");
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({
    useStyles: true,
    useSharedStrings: true,
    zip: { zlib: { level: 0 } }, // packed again below
  });
  describe(book, info);
  for (const sheet of sheets) writeSheet(book, sheet, info);
  if (data) await writeData(book, data, info);
  await book.commit();
  // The writer's own in-memory stream, which its types leave out.
  const written = (book as unknown as { stream: { toBuffer(): Buffer } }).stream.toBuffer();
  return repack(written, fontOf(info.locale));
}

type Book = InstanceType<typeof stream.xlsx.WorkbookWriter>;

function describe(book: Book, { title, subject, author, identifier, made, locale }: BookInfo): void {
  const when = new Date(made);
  Object.assign(book, {
    title,
    subject,
    creator: author,
    lastModifiedBy: author,
    identifier,
    language: locale,
    created: when,
    modified: when,
  });
  book.views = [{ x: 0, y: 0, width: 24_000, height: 14_000, firstSheet: 0, activeTab: 0, visibility: "visible" }];
}

function writeSheet(book: Book, sheet: Sheet, info: BookInfo): void {
  const { theme, locale } = info;
  const widths = columnWidths(sheet);
  const total = widths.reduce((sum, width) => sum + width, 0);
  const page = book.addWorksheet(sheet.name, {
    properties: { tabColor: { argb: argb(tabColour(sheet, theme)) }, defaultRowHeight: 19 },
    views: [view(sheet.frozen, sheet.head?.row ?? 0, false)],
    pageSetup: pageSetup(total > 92, sheet.head?.row),
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
      row.getCell(at + 1).value = cell.value;
      if (span > 1 && settings[cell.role].wrap) page.mergeCells(index + 1, at + 1, index + 1, at + span);
    }
  });
  const { head } = sheet;
  if (head) page.autoFilter = { from: { row: head.row, column: 1 }, to: { row: head.last, column: head.columns } };
  for (const [at, rule] of sheet.rules.entries()) addRule(page, rule, at + 1, theme);
  page.commit();
}

async function writeData(book: Book, { name, columns, rows, cut }: DataSheet, info: BookInfo): Promise<void> {
  const page = book.addWorksheet(name, {
    properties: { tabColor: { argb: argb(info.theme.colours.faint) } },
    views: [view(0, 1, true)],
    pageSetup: pageSetup(true, 1),
    headerFooter: headerFooter(info),
  });
  page.columns = columns.map(({ label, format }) => ({
    width: Math.max(format ? 12 : 11, Math.min(24, label.length * 2 + 4)),
  }));
  const head = page.addRow(columns.map(({ label }) => label));
  head.eachCell((cell) => {
    cell.style = styleOf({ value: null, shown: "", role: "head" }, info.locale, info.theme);
  });
  head.commit();
  let count = 0;
  for await (const given of rows) {
    if (count === mostRows) {
      page.addRow([cut]).commit();
      break;
    }
    count++;
    const values = columns.map(({ key, cell }) => cell(given[key] ?? null));
    const row = page.addRow(values);
    values.forEach((value, at) => {
      const format = columns[at]?.format;
      if (typeof value === "number" && format) row.getCell(at + 1).numFmt = format;
      else if (typeof value === "string" && looksLikeFormula(value)) row.getCell(at + 1).numFmt = "@";
    });
    row.commit();
  }
  page.autoFilter = { from: { row: 1, column: 1 }, to: { row: count + 1, column: columns.length } };
  page.commit();
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

/** `&` begins a code in headers, a digit after a size would belong to it, and they hold 255 characters in all. */
function headerFooter({ title, subject, author }: BookInfo): Partial<Worksheet["headerFooter"]> {
  const plain = (text: string) => text.slice(0, 80).toWellFormed().replaceAll("&", "&&").replaceAll("\n", " ");
  return { oddHeader: `&L&8 ${plain(title)}&R&8 ${plain(subject)}`, oddFooter: `&L&8 ${plain(author)}&R&8 &P / &N` };
}

function tabColour({ kind }: Sheet, { colours }: Theme): string {
  return { answer: colours.accent, detail: colours.accentSoft, notes: colours.line }[kind];
}

function addRule(page: Worksheet, { kind, rows, columns }: Rule, priority: number, { colours }: Theme): void {
  const letter = (column: number) => page.getColumn(column).letter;
  const ref = `${letter(columns[0])}${rows[0]}:${letter(columns[1])}${rows[1]}`;
  const ends = kind === "shadeDown" ? [colours.accentSoft, colours.paper] : [colours.paper, colours.accentSoft];
  page.addConditionalFormatting(
    kind === "bar"
      ? {
          ref,
          rules: [
            {
              type: "dataBar",
              priority,
              cfvo: [{ type: "num", value: 0 }, { type: "max" }],
              color: { argb: argb(colours.accentSoft) },
            } as never, // the library's types leave out a bar's colour
          ],
        }
      : {
          ref,
          rules: [
            {
              type: "colorScale",
              priority,
              cfvo: [{ type: "min" }, { type: "max" }],
              color: ends.map((end) => ({ argb: argb(end) })),
            },
          ],
        },
  );
}
