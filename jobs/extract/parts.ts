import { type Cut, cutSheets } from "../../transforms/format/cut.ts";
import type { PlatformFormats } from "../../transforms/format/format.ts";
import { headRows, maxColumns } from "../../transforms/format/recognise.ts";
import { isRowOf } from "../../transforms/format/row.ts";
import { isTotals, type Sheet } from "../../transforms/format/sheet.ts";
import type { Problem } from "../../transforms/problem.ts";
import { type CsvRecord, delimiterOf, delimiters, type RowShape, readRecords } from "./csv.ts";
import { decode, type Encoding, encodingOf } from "./decode.ts";
import { isSpreadsheet, readSpreadsheet } from "./spreadsheet.ts";
import type { TablePart } from "./table.ts";
import type { Member } from "./unpack.ts";

/** A text, or a sheet of a workbook, whose cells are cut already. */
export interface Part {
  name: string;
  /** What it is a member of; null where the file is the text. */
  of: TablePart["of"] | null;
  encoding: Encoding;
  text: string;
  records: CsvRecord[] | null;
}

/** Every text and sheet among a file's members, or why the file is not read. */
export async function partsOf(
  members: readonly Member[],
  file: string,
): Promise<{ parts: Part[]; encoding: Encoding | null; problem: Problem | null }> {
  const parts: Part[] = [];
  for (const { name, bytes } of members) {
    if (isSpreadsheet(bytes)) {
      const { sheets, problem: refused } = await readSpreadsheet(bytes, file);
      if (refused) return { parts: [], encoding: null, problem: refused };
      parts.push(
        ...sheets.map(
          (sheet): Part => ({
            name: sheet.name,
            of: "workbook",
            encoding: "utf-8",
            text: "\n",
            records: sheet.records,
          }),
        ),
      );
    } else {
      const encoding = encodingOf(bytes);
      parts.push({ name, of: name === file ? null : "zip", encoding, text: decode(bytes, encoding), records: null });
    }
  }
  return { parts, encoding: parts[0]?.encoding ?? null, problem: null };
}

export const recordsOf = ({ text, records }: Part): CsvRecord[] => records ?? readRecords(text, delimiterOf(text));

/** A part with its records as they were cut in the end. */
export interface CutPart extends Cut {
  records: readonly CsvRecord[];
  /** How many cells a line near the top has, where that is too many for a header and none was found. */
  wide?: number;
}

/** Cuts a part into tables, by the mark between cells that makes sense of it. */
export function cutPart(
  part: Part,
  file: string,
  platforms: readonly PlatformFormats[],
  facts: Readonly<Record<string, string>>,
): CutPart {
  const input = { file, facts, formats: platforms.flatMap((each) => each.formats) };
  if (part.records) return { ...cutSheets(part.records, input), records: part.records };
  const likely = delimiterOf(part.text);
  let first: CutPart | null = null;
  // A single line full of marks may have misled the guess.
  for (const delimiter of [likely, ...delimiters.filter((each) => each !== likely && part.text.includes(each))]) {
    const records = readRecords(part.text, delimiter);
    const cut = { ...cutSheets(records, input), records };
    first ??= cut;
    if (cut.sheets.length === 0 && !cut.refused && !cut.doubled) continue;
    if (!records.some(spansLines)) return cut;
    // A stray quotation mark shows only once it is known what a row looks like.
    const again = readRecords(part.text, delimiter, shapeOf(cut.bodies));
    return { ...cutSheets(again, input), records: again };
  }
  const widest = first?.records.slice(0, headRows).reduce((most, { cells }) => Math.max(most, cells.length), 0) ?? 0;
  const unknown = first ?? { sheets: [], bodies: [], nearest: null, records: [] };
  return widest > maxColumns ? { ...unknown, wide: widest } : unknown;
}

const spansLines = ({ cells }: CsvRecord): boolean => cells.some((cell) => cell.includes("\n"));

function shapeOf(bodies: readonly Sheet[]): RowShape {
  const firsts = bodies.flatMap(({ rows, rejected }) => [rows[0]?.line ?? Infinity, rejected[0]?.line ?? Infinity]);
  return {
    header: Math.min(...firsts) - 1,
    widths: new Set(bodies.map(({ width }) => width)),
    isRow: (cells) => bodies.some((body) => isRowOf(cells, body)),
  };
}

/** Whether damage reaches further than single rows: to what stands above or between them, or to most of them. */
export function isLost({ records, bodies, sheets }: CutPart): boolean {
  const damaged = records.filter(({ broken }) => broken === "encoding");
  if (damaged.length === 0) return false;
  const tables = bodies.length > 0 ? bodies : sheets;
  const rejected = new Set(tables.flatMap((each) => each.rejected.map(({ line }) => line)));
  const rows = tables.reduce(
    (sum, { rows, header }) => sum + rows.filter(({ cells }) => !isTotals(cells, header)).length,
    0,
  );
  return damaged.length > rows || damaged.some(({ line }) => !rejected.has(line));
}
