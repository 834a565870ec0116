import { type Doubled, findDoubled } from "./doubled.ts";
import type { Format } from "./format.ts";
import type { HeaderMatch } from "./header.ts";
import { longSheets } from "./long.ts";
import { headRows, type Nearest, recognise } from "./recognise.ts";
import { isRowOf } from "./row.ts";
import { type Ending, emptySheet, isBlank, isTotals, type Line, type Sheet } from "./sheet.ts";
import { wideSheets } from "./wide.ts";
import { splitWindows } from "./windows.ts";

export interface CutInput {
  file: string;
  formats: readonly Format[];
  /** Facts of sibling files. */
  facts: Readonly<Record<string, string>>;
}

export interface Cut {
  sheets: Sheet[];
  nearest: Nearest | null;
  /** Why a table that a format knows is never loaded. */
  refused?: NonNullable<Format["refuse"]>;
  /** Two columns that keep the table out. */
  doubled?: Doubled;
  /** The tables as they stand in the file, before one is made into several. */
  bodies: Sheet[];
}

/** Cuts a file's records into plain tables. Every record ends in exactly one of them: as a row, rejected or skipped. */
export function cutSheets(records: readonly Line[], input: CutInput): Cut {
  const of = (...shapes: Format["shape"][]) => input.formats.filter((format) => shapes.includes(format.shape));
  const first = records.find((record) => record.cells.some((cell) => cell.trim() !== ""))?.cells[0]?.trim() ?? "";
  const blocks = of("blocks").filter(({ comment }) => comment && first.startsWith(comment));
  const isComment = ({ cells }: Line) => blocks.some(({ comment }) => comment && cells[0]?.startsWith(comment));
  const inBlocks = blocks.length > 0 ? blockSheets(records, isComment, { ...input, formats: blocks }) : null;
  // A plain header may begin with the mark too: `#,Keyword,…` numbers its rows.
  if (inBlocks && inBlocks.sheets.length > 0) return inBlocks;

  const rows = records.slice(0, headRows).map((record) => record.cells);
  const { found, nearest } = recognise({ rows, file: input.file }, of("table", "long", "wide"), input.facts);
  if (found?.format.refuse) return { sheets: [], bodies: [], nearest: null, refused: found.format.refuse };
  if (found?.format.stacked) return blockSheets(records, isTitle, { ...input, formats: [found.format] });
  if (found) {
    const body = bodySheet(records, found.header, found, found.facts);
    const doubled = findDoubled(body);
    if (doubled) return { sheets: [], bodies: [], nearest: null, doubled };
    const { ending } = body;
    // Each table of several ends where the file does.
    return {
      sheets: splits[found.format.shape](body).map((each) => ({ ...each, ending })),
      bodies: [body],
      nearest: null,
    };
  }
  for (const format of of("headerless")) {
    const sheet = headerless(records, format, input.facts);
    if (sheet) return { sheets: [sheet], bodies: [sheet], nearest: null };
  }
  const upright = vertical(records, of("vertical"), input);
  if (upright) return { sheets: [upright], bodies: [], nearest: null };
  return { sheets: [], bodies: [], nearest: inBlocks?.nearest ?? nearest };
}

const whole = (sheet: Sheet): Sheet[] => [sheet];
const splits: Readonly<Record<Format["shape"], (sheet: Sheet) => Sheet[]>> = {
  table: splitWindows,
  long: longSheets,
  wide: wideSheets,
  blocks: whole,
  vertical: whole,
  headerless: whole,
};

/** The rows below a header, each as wide as it; longer and shorter ones are totals by their label, or refused. */
function bodySheet(
  records: readonly Line[],
  at: number,
  header: HeaderMatch,
  facts: Readonly<Record<string, string>>,
  width = records[at]?.cells.length ?? 0,
): Sheet {
  const sheet = emptySheet(header, width, facts);
  for (const record of records.slice(0, at + 1)) sheet.skipped[isBlank(record) ? "blank" : "preamble"] += 1;
  addLines(sheet, records.slice(at + 1));
  return sheet;
}

/** Adds the lines below a header, and tells what the last of them is. */
export function addLines(sheet: Sheet, records: readonly Line[]): void {
  for (const record of records) {
    if (isBlank(record)) {
      sheet.skipped.blank += 1;
      continue;
    }
    const of = addRow(sheet, record);
    const torn = of === "rejected" ? (sheet.ending.torn ?? (record.broken === "torn" ? record.line : null)) : null;
    sheet.ending = { of, line: record.line, torn, rows: sheet.rows.length + sheet.rejected.length };
  }
  const last = sheet.rows.at(-1);
  if (sheet.ending.of === "row" && last && isTotals(last.cells, sheet.header)) sheet.ending.of = "totals";
}

/** Adds a line to the sheet, and says as what. */
function addRow(sheet: Sheet, { line, cells, broken }: Line): NonNullable<Ending["of"]> {
  const { width, header } = sheet;
  const text = cells.join(",");
  if (broken) {
    sheet.rejected.push({ line, text, code: broken === "torn" ? "quote" : broken, column: "", found: "" });
    return "rejected";
  }
  if (cells.length === width) {
    sheet.rows.push({ line, cells });
    return "row";
  }
  if (isTotals(cells, header)) {
    sheet.skipped.totals += 1;
    return "totals";
  }
  if (cells.length < width && header.format.footer.some((each) => new RegExp(each, "u").test(text))) {
    sheet.skipped.ignored += 1;
    return "footer";
  }
  if (cells.length > width && cells.slice(width).every((cell) => cell.trim() === "")) {
    sheet.rows.push({ line, cells: cells.slice(0, width) });
    return "row";
  }
  sheet.rejected.push({ line, text, code: "cells", column: String(width), found: String(cells.length) });
  return "rejected";
}

/**
 * Many tables in one file, each below lines of comments or of titles. What the file's first comments state holds for
 * every block that does not say otherwise. A block that begins with a row of the table above it is the rest of that
 * table: something stands between its lines. One that no format knows is ignored, and its lines are counted with the
 * first table.
 */
function blockSheets(records: readonly Line[], isComment: Mark, { file, formats, facts }: CutInput): Cut {
  const stacked = formats.some((each) => each.stacked);
  const chunks = chunk(records, isComment, stacked);
  const common = (chunks[0] ?? []).filter(isComment).map((record) => record.cells);
  const sheets: Sheet[] = [];
  let nearest: Nearest | null = null;
  const stray = { blank: 0, preamble: 0, ignored: 0 };
  const lost: Line[] = [];
  let above: Sheet | null = null;
  for (const [index, records] of chunks.entries()) {
    const at = records.findIndex((record) => !isComment(record) && !isBlank(record));
    const own = records.filter((record, place) => place < at && isComment(record)).map((record) => record.cells);
    const header = at < 0 ? [] : [records[at]?.cells ?? []];
    const result = recognise(
      { rows: [...own, ...(index > 0 ? common : []), ...header].slice(-20), file },
      formats,
      facts,
    );
    if (result.found && at >= 0) above = addSheet(sheets, bodySheet(records, at, result.found, result.found.facts));
    else if (above && isRowOf(header[0] ?? [], above)) addLines(above, records);
    // A title with no table below it may be the start of a row that was cut off.
    else if (at < 0 && stacked) lost.push(...records);
    else {
      above = null;
      nearest ??= result.nearest;
      for (const record of records) {
        if (record.broken === "encoding") lost.push(record);
        else stray[isBlank(record) ? "blank" : isComment(record) ? "preamble" : "ignored"] += 1;
      }
    }
  }
  const host = sheets[0];
  if (!host) return { sheets, bodies: [], nearest };
  for (const kind of ["blank", "preamble", "ignored"] as const) host.skipped[kind] += stray[kind];
  addLines(host, lost);
  return { sheets, bodies: sheets, nearest: null };
}

/**
 * One more table of a stack. One that measures the same as an earlier table is that table again: its lines are duplicates
 * of those, and where they say otherwise the two contradict each other. Returns the sheet that has its lines.
 */
function addSheet(sheets: Sheet[], sheet: Sheet): Sheet {
  const { facts, header, width } = sheet;
  const same = header.format.stacked
    ? sheets.find((each) => each.width === width && each.facts.metric === facts.metric)
    : undefined;
  if (!same) {
    sheets.push(sheet);
    return sheet;
  }
  same.strict = true;
  same.ending = sheet.ending;
  same.rows.push(...sheet.rows);
  same.rejected.push(...sheet.rejected);
  for (const kind of ["blank", "preamble", "totals", "ignored"] as const) same.skipped[kind] += sheet.skipped[kind];
  return same;
}

/** Whether a line is text about the table below it, and no row. */
type Mark = (record: Line) => boolean;

const isTitle: Mark = (record) =>
  record.broken === null && !isBlank(record) && (record.cells.length === 1 || record.cells[0] === "sep=");

/** Cuts where, after rows, a comment or a blank line comes; in a stack a title below a blank line. */
function chunk(records: readonly Line[], isComment: Mark, stacked: boolean): Line[][] {
  const chunks: Line[][] = [];
  let current: Line[] = [];
  let rows = false;
  for (const record of records) {
    const mark = isComment(record);
    const blank = isBlank(record);
    const last = current.at(-1);
    const apart = last !== undefined && isBlank(last);
    if (rows && !blank && (stacked ? apart && mark : apart || mark)) {
      chunks.push(current);
      current = [];
      rows = false;
    }
    if (!mark && !blank) rows = true;
    current.push(record);
  }
  return [...chunks, current];
}

function headerless(records: readonly Line[], format: Format, facts: Readonly<Record<string, string>>): Sheet | null {
  const { columns } = format;
  const sample = records.filter((record) => !isBlank(record)).slice(0, headRows);
  const fitting = ({ cells }: Line) =>
    cells.length === columns.length &&
    columns.every(({ pattern }, index) => !pattern || new RegExp(pattern, "u").test(cells[index] ?? ""));
  // A line that was tampered with speaks for itself alone.
  if (sample.length === 0 || sample.filter(fitting).length * 3 < sample.length) return null;
  const matches = columns
    .map((column, index) => ({ column, index, currency: column.currency ?? null }))
    .filter(({ column }) => column.is !== "ignore");
  return bodySheet(
    records,
    -1,
    { format, cells: [], matches, unknown: [], days: [], missing: [] },
    facts,
    columns.length,
  );
}

/**
 * A report of one thing, a label and a value on each line: its labels become the header of one row. A label that comes
 * again begins another row (the combinations of an A/B test), which keeps what stood before that label's first time.
 */
function vertical(records: readonly Line[], formats: readonly Format[], { file, facts }: CutInput): Sheet | null {
  const groups: { line: number; cells: Map<string, string> }[] = [];
  for (const record of records) {
    const label = labelOf(record);
    if (label === null) continue;
    const last = groups.at(-1);
    if (!last) groups.push({ line: record.line, cells: new Map() });
    else if (last.cells.has(label)) {
      const shared = [...last.cells].slice(0, [...last.cells.keys()].indexOf(label));
      groups.push({ line: record.line, cells: new Map(shared) });
    }
    groups.at(-1)?.cells.set(label, record.cells[1] ?? "");
  }
  const labels = [...new Set(groups.flatMap(({ cells }) => [...cells.keys()]))];
  const above = records.slice(0, 5).map((record) => record.cells);
  const { found } = recognise({ rows: [...above, labels], file }, formats, facts);
  if (!found) return null;
  const sheet = emptySheet({ ...found, unknown: [] }, labels.length, found.facts);
  for (const { line, cells } of groups) sheet.rows.push({ line, cells: labels.map((label) => cells.get(label) ?? "") });
  const last = records.findLast((record) => !isBlank(record));
  if (last)
    sheet.ending = {
      of: last.broken ? "rejected" : "row",
      line: last.line,
      torn: last.broken === "torn" ? last.line : null,
      rows: groups.length,
    };
  const firsts = new Set(groups.map(({ line }) => line));
  for (const record of records)
    if (!firsts.has(record.line)) sheet.skipped[isBlank(record) ? "blank" : "preamble"] += 1;
  return sheet;
}

/** The label of a line of label and value, without its colon; lists below the report have more cells. */
function labelOf({ cells }: Line): string | null {
  const label = (cells[0] ?? "").trim().replace(/:$/u, "");
  return cells.length >= 2 && cells.slice(2).every((cell) => cell.trim() === "") && label !== "" ? label : null;
}
