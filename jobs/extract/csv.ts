import { parse } from "csv-parse/sync";

/** A record and the physical line it starts on. A broken one keeps its first line's text and why. */
export interface CsvRecord {
  line: number;
  cells: string[];
  broken: "quote" | "long" | null;
}

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
  return ["\t", ";", "|"].reduce((best, mark) => (typical(mark) > typical(best) ? mark : best), ",");
}

/**
 * Cuts a text into records. An unterminated quote costs its own line only: reading starts again on the next one. So
 * does a record that runs over several lines and does not come out `width` cells long, which is what a stray quote
 * looks like from inside.
 */
export function readRecords(text: string, delimiter: string, width: number | null = null): CsvRecord[] {
  const body = text.replace(/\r\n?/gu, "\n");
  const starts = lineStarts(body);
  const records: CsvRecord[] = [];
  let first = 0;
  for (let tries = 0; first < starts.length; tries += 1) {
    let read = 0;
    const rest = body.slice(starts[first]);
    try {
      parse(rest, {
        delimiter,
        relax_quotes: true,
        relax_column_count: true,
        skip_empty_lines: false,
        record_delimiter: "\n",
        max_record_size: maxRecord,
        on_record: (record: string[], context) => {
          const lines = Math.min(context.lines, starts.length - first);
          if (width !== null && lines - read > 1 && record.length !== width) throw new Error("ragged");
          records.push({ line: first + read + 1, cells: record, broken: null });
          read = lines;
          return null;
        },
      });
      return records;
    } catch (error) {
      first += read;
      const start = starts[first] ?? 0;
      const line = body.slice(start, (starts[first + 1] ?? body.length + 1) - 1);
      records.push({
        line: first + 1,
        cells: [line],
        broken: line.length > maxRecord || tries > maxTries ? "long" : "quote",
      });
      first += 1;
      if (tries > maxTries) throw error;
    }
  }
  return records;
}

const maxRecord = 1_000_000;
const maxTries = 200;

/** Where each physical line begins. A last newline begins no further line. */
function lineStarts(text: string): number[] {
  const starts: number[] = text === "" ? [] : [0];
  for (let at = text.indexOf("\n"); at >= 0 && at + 1 < text.length; at = text.indexOf("\n", at + 1))
    starts.push(at + 1);
  return starts;
}

/** Writes rows as CSV that any reader takes: each cell quoted. */
export function csvText(rows: Iterable<readonly string[]>): string {
  const lines: string[] = [];
  for (const row of rows) lines.push(row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(","));
  return `${lines.join("\n")}\n`;
}
