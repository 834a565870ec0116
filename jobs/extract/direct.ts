import { isUtf8 } from "node:buffer";
import type { PlatformFormats } from "../../transforms/format/format.ts";
import { recognise } from "../../transforms/format/recognise.ts";
import { emptySheet } from "../../transforms/format/sheet.ts";
import type { Problem } from "../../transforms/problem.ts";
import { delimiterOf, readRecords } from "./csv.ts";
import type { FileRead, Origin, ReadOptions } from "./read.ts";
import { type Table, tableOf } from "./table.ts";

/**
 * A large UTF-8 table that the engine can read as it lies there: only its head is read here, and its lines are counted.
 * Null where the form asks for the careful way. The count is what the load compares itself with: where the engine does
 * not account for every line, the file is read again carefully.
 */
export function readDirectly(
  bytes: Buffer,
  { platforms, readTables, ...origin }: Origin & { platforms: readonly PlatformFormats[]; readTables: Reader },
): { tables: Table[]; problems: Problem[] } | null {
  if (bytes[0] === 0xff || bytes[0] === 0xfe || !isUtf8(bytes)) return null;
  const head = bytes.toString("utf8", 0, bytes.lastIndexOf(10, headBytes) + 1).replace(/^\uFEFF/u, "");
  const delimiter = delimiterOf(head);
  const records = readRecords(head, delimiter);
  const formats = platforms.flatMap((each) => each.formats).filter(({ shape }) => shape === "table");
  const { found } = recognise({ rows: records.slice(0, 20).map((each) => each.cells), file: origin.hint }, formats);
  const headerLine = found ? records[found.header]?.line : undefined;
  if (!found || found.format.refuse || headerLine === undefined) return null;
  // Whether a dimension stands alone is told by all rows, not by the head.
  if (found.format.alone.length > 0) return null;
  const roles = new Set(found.matches.map(({ column }) => column.is));
  if (roles.has("from") && !roles.has("day")) return null;

  const width = records[found.header]?.cells.length ?? 0;
  const sheet = emptySheet(found, width, found.facts);
  sheet.rows = records.slice(found.header + 1).filter(({ cells }) => cells.length === width);
  const { lines, blank } = countLines(bytes);
  sheet.skipped.preamble = headerLine;
  sheet.skipped.blank = blank;
  const made = tableOf(sheet, {
    ...origin,
    table: 0,
    encoding: "utf-8",
    part: null,
    text: bytes.toString("utf8", bytes.length - 1),
    fallback: null,
  });
  if (!made.table) return null;
  const source = {
    path: origin.path,
    delimiter,
    skip: headerLine,
    width,
    numbered: false,
    lines: lines - blank - headerLine,
    tail: lastRecords(bytes, headerLine, delimiter),
  };
  const careful = async () => {
    const again = await readTables(origin.path, {
      formats: platforms,
      source: origin.declared,
      work: origin.work,
      directFrom: Number.POSITIVE_INFINITY,
    });
    return again.tables[0] ?? null;
  };
  return { tables: [{ ...made.table, source, careful, span: null }], problems: made.problems };
}

/** The careful way, handed in by the file that chose this one. */
type Reader = (path: string, options: ReadOptions) => Promise<FileRead>;

const headBytes = 65_536;
const tailBytes = 4096;

/** The records of the last lines, none of them the header's. */
function lastRecords(bytes: Buffer, headerLine: number, delimiter: string): string[][] {
  let body = 0;
  for (let line = 0; line < headerLine; line += 1) body = bytes.indexOf(10, body) + 1;
  const start = bytes.length - tailBytes <= body ? body : bytes.indexOf(10, bytes.length - tailBytes) + 1;
  return readRecords(bytes.toString("utf8", start), delimiter)
    .map(({ cells }) => cells)
    .filter((cells) => cells.length > 1 || cells[0] !== "");
}

/** Physical lines, and how many of them are empty. */
function countLines(bytes: Buffer): { lines: number; blank: number } {
  let lines = 0;
  let blank = 0;
  let start = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, start)) {
    lines += 1;
    if (at === start || (at === start + 1 && bytes[start] === 13)) blank += 1;
    start = at + 1;
  }
  return { lines: start < bytes.length ? lines + 1 : lines, blank };
}
