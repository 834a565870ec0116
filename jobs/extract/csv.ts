import { isDamaged } from "./decode.ts";

/** A record and the physical line it starts on. A broken one keeps its line's text and why. */
export interface CsvRecord {
  line: number;
  cells: string[];
  /** `torn`: a quotation mark in it is open to the end of the file. `encoding`: it holds bytes that no encoding explains. */
  broken: "quote" | "torn" | "long" | "encoding" | null;
}

/** What is known of a table's rows, by which a stray quotation mark is told from a line break inside a cell. */
export interface RowShape {
  /** The line of the header; what stands above it is not judged. */
  header: number;
  widths: ReadonlySet<number>;
  isRow: (cells: readonly string[]) => boolean;
}

/** Marks that may set cells apart; a comma where none of the others is seen. */
export const delimiters = [",", "\t", ";", "|"] as const;

/**
 * What sets cells apart, by the marks outside quotes in the first lines; `sep=;` says it outright. One line in four
 * decides, for a short table may stand below a longer preamble.
 */
export function delimiterOf(text: string): string {
  const lines = text.split("\n", 40);
  const said = /^sep=(.)\r?$/u.exec(lines[0] ?? "")?.[1];
  if (said) return said;
  const bare = lines.filter((line) => line.trim() !== "").map((line) => line.replace(/"[^"]*"/gu, ""));
  const typical = (mark: string) => {
    const counts = bare.map((line) => line.split(mark).length - 1).sort((a, b) => a - b);
    return counts[Math.floor(counts.length * 0.75)] ?? 0;
  };
  return delimiters.reduce((best, mark) => (typical(mark) > typical(best) ? mark : best));
}

/**
 * Cuts a text into records. A line that cannot be cut costs itself only: reading starts again on the next one.
 *
 * A record may run over several lines where each of its quotes opens at the start of a cell and closes at the end of
 * one. Where the rows' shape is known, it must also come out as wide as they are, and none of its lines may be a row by
 * itself: else the quotation mark is a stray one, and the lines that it would swallow are read for themselves.
 */
export function readRecords(text: string, delimiter: string, shape: RowShape | null = null): CsvRecord[] {
  const lines = linesOf(text);
  const damaged = isDamaged(text);
  const records: CsvRecord[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? "";
    const record = line.length > maxRecord ? "long" : cutRecord(lines, at, delimiter);
    const place = { line: at + 1 };
    if (typeof record === "string" || (record.last > at && shape && !isWhole(record, at, lines, delimiter, shape))) {
      const why = typeof record === "string" ? record : "quote";
      records.push({ ...place, cells: [why === "long" ? `${line.slice(0, 500)}…` : line], broken: why });
      at += 1;
    } else {
      const broken = damaged && record.cells.some(isDamaged) ? "encoding" : null;
      records.push({ ...place, cells: record.cells, broken });
      at = record.last + 1;
    }
  }
  return records;
}

/** Characters of one record: three times the longest post that a platform takes, and all its figures. */
const maxRecord = 200_000;

/** Physical lines, whatever ends them. A last line break begins no further line. */
function linesOf(text: string): string[] {
  const lines = text.includes("\r") ? text.split(/\r\n?|\n/u) : text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

interface Cutting {
  cells: string[];
  /** The last line that belongs to it. */
  last: number;
  /** Whether a cell without quotes around it holds one: `5" pipe`. */
  loose: boolean;
}

/** The record that begins on a line, or why it cannot be cut. */
function cutRecord(lines: readonly string[], first: number, delimiter: string): Cutting | "quote" | "torn" {
  let last = first;
  let line = lines[first] ?? "";
  if (!line.includes('"')) return { cells: line.split(delimiter), last, loose: false };
  const cells: string[] = [];
  let loose = false;
  let size = line.length;
  for (let at = 0; ; at += delimiter.length) {
    if (line[at] === '"') {
      const parts: string[] = [];
      at += 1;
      for (;;) {
        const quote = line.indexOf('"', at);
        if (quote >= 0) {
          parts.push(line.slice(at, quote));
          at = quote + 1;
          if (line[at] !== '"') break;
          parts.push('"');
          at += 1;
          continue;
        }
        parts.push(line.slice(at), "\n");
        last += 1;
        const next = lines[last];
        if (next === undefined) return "torn";
        size += next.length + 1;
        if (size > maxRecord) return "quote";
        line = next;
        at = 0;
      }
      cells.push(parts.join(""));
      if (at === line.length) return { cells, last, loose };
      if (!line.startsWith(delimiter, at)) return "quote";
    } else {
      const end = line.indexOf(delimiter, at);
      const cell = end < 0 ? line.slice(at) : line.slice(at, end);
      loose ||= cell.includes('"');
      cells.push(cell);
      if (end < 0) return { cells, last, loose };
      at = end;
    }
  }
}

function isWhole(
  record: Cutting,
  first: number,
  lines: readonly string[],
  delimiter: string,
  shape: RowShape,
): boolean {
  if (first + 1 <= shape.header) return true;
  if (!shape.widths.has(record.cells.length)) return false;
  return lines.slice(first + 1, record.last + 1).every((line) => {
    const alone = cutRecord([line], 0, delimiter);
    return typeof alone === "string" || alone.loose || !shape.isRow(alone.cells);
  });
}

/** Writes rows as CSV that any reader takes: each cell quoted. */
export function csvText(rows: Iterable<readonly string[]>): string {
  const lines: string[] = [];
  for (const row of rows) lines.push(row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(","));
  return `${lines.join("\n")}\n`;
}
