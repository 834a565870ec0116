import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { addLines } from "../../transforms/format/cut.ts";
import { doubledColumns } from "../../transforms/format/doubled.ts";
import type { PlatformFormats } from "../../transforms/format/format.ts";
import { recognise } from "../../transforms/format/recognise.ts";
import { emptySheet } from "../../transforms/format/sheet.ts";
import type { Problem } from "../../transforms/problem.ts";
import { type CsvRecord, delimiterOf, readRecords } from "./csv.ts";
import type { Encoding } from "./decode.ts";
import type { Origin } from "./read.ts";
import { type Scan, scanFile } from "./scan.ts";
import { type Table, tableOf } from "./table.ts";

/**
 * A large table that the engine can read as it lies there, or as a copy in UTF-8: only its head is read here, and its
 * lines are counted. Null where the form asks for the careful way. The count is what the load compares itself with:
 * where the engine does not account for every line, `careful` reads the file again.
 */
export async function readDirectly({
  platforms,
  careful,
  ...origin
}: Reading): Promise<{ sha256: string; encoding: Encoding; tables: Table[]; problems: Problem[] } | null> {
  const scan = await scanFile(origin.path, join(origin.work, `${randomUUID()}.csv`));
  if (scan.damaged) return null;
  const head = scan.head.toString().replace(/^\uFEFF/u, "");
  const delimiter = delimiterOf(head);
  const records = readRecords(head, delimiter);
  const formats = platforms.flatMap((each) => each.formats).filter(({ shape }) => shape === "table");
  const { found } = recognise({ rows: records.slice(0, 20).map((each) => each.cells), file: origin.hint }, formats);
  const headerLine = found ? records[found.header]?.line : undefined;
  if (!found || found.format.refuse || headerLine === undefined) return null;
  // Whether a dimension stands alone is told by all rows, not by the head.
  if (found.format.alone.length > 0) return null;
  // And so is whether two columns of one name say the same.
  if (doubledColumns(found).length > 0) return null;
  const roles = new Set(found.matches.map(({ column }) => column.is));
  if (roles.has("from") && !roles.has("day")) return null;

  const width = records[found.header]?.cells.length ?? 0;
  const sheet = emptySheet(found, width, found.facts);
  sheet.rows = records.slice(found.header + 1).filter(({ cells }) => cells.length === width);
  sheet.skipped.preamble = headerLine;
  sheet.skipped.blank = scan.blank;
  const lines = scan.lines - scan.blank - headerLine;
  const tail = lastRecords(scan, headerLine, delimiter);
  const end = emptySheet(found, width, found.facts);
  addLines(end, tail);
  sheet.ending = { ...end.ending, rows: lines };
  const { sha256, encoding } = scan;
  const text = scan.tail.toString();
  const made = tableOf(sheet, {
    ...origin,
    sha256,
    table: 0,
    encoding,
    part: null,
    text,
    fallback: null,
    head: true,
  });
  if (!made.table) return null;
  const source = {
    path: scan.path,
    delimiter,
    skip: headerLine,
    width,
    numbered: false,
    lines,
    tail: tail.map(({ cells }) => cells),
  };
  return { sha256, encoding, tables: [{ ...made.table, source, careful }], problems: made.problems };
}

interface Reading extends Omit<Origin, "sha256"> {
  platforms: readonly PlatformFormats[];
  /** The careful way, handed in by the file that chose this one. */
  careful: Table["careful"];
}

/** The records of the last lines, none of them the header's. */
function lastRecords({ head, tail, size, lines }: Scan, headerLine: number, delimiter: string): CsvRecord[] {
  let body = 0;
  for (let line = 0; line < headerLine; line += 1) body = head.indexOf(10, body) + 1;
  const before = size - tail.length;
  const start = before <= body ? body - before : tail.indexOf(10) + 1;
  const text = tail.toString("utf8", start);
  const skipped = lines - text.replace(/\n$/u, "").split("\n").length;
  return readRecords(text, delimiter)
    .filter(({ cells }) => cells.length > 1 || cells[0] !== "")
    .map((record) => ({ ...record, line: record.line + skipped }));
}
