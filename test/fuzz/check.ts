import iconv from "iconv-lite";
import { extentAt, physicalLines } from "./lines.ts";
import type { Reader, Reading } from "./reading.ts";

/** A changed file and what is known of it. */
export interface Mutant {
  path: string;
  bytes: Buffer;
  /** Null where its lines cannot be counted from outside: zips and workbooks. */
  delimiter: string | null;
  /** Texts of the rows that must still be accepted. */
  untouched: string[];
  /** How many of its rows were touched. */
  touched: number;
}

export interface Verdict {
  refused: boolean;
  accepted: number;
  rejected: number;
  skipped: number;
  /** Rows that no change touched and that are not accepted. */
  lost: string[];
  /** Lines that are neither accepted, rejected nor skipped, or more than one of these. */
  unaccounted: number;
  crash: string | null;
  ms: number;
}

/** Reads a changed file and holds what the program says of it against the file itself. */
export async function check(mutant: Mutant, read: Reader): Promise<Verdict> {
  const start = performance.now();
  const none = { refused: false, accepted: 0, rejected: 0, skipped: 0, lost: [], unaccounted: 0, crash: null };
  let reading: Reading;
  try {
    reading = await read(mutant.path);
  } catch (error) {
    return {
      ...none,
      crash: error instanceof Error ? (error.stack ?? error.message) : String(error),
      ms: performance.now() - start,
    };
  }
  const ms = performance.now() - start;
  const { accepted, rejected, skipped } = reading;
  const counts = { accepted: accepted.length, rejected: rejected.length, skipped, ms };
  if (reading.formats.length === 0) {
    const silent = reading.problems.length === 0;
    const lost = isSettledByMost(reading, mutant) ? [] : mutant.untouched;
    return { ...none, ...counts, refused: true, lost, unaccounted: silent ? 1 : 0 };
  }
  if (mutant.delimiter === null) return { ...none, ...counts };
  const lines = physicalLines(textOf(mutant.bytes, reading.encoding));
  const texts = accepted.map((line) => {
    const at = line - 1;
    return lines.slice(at, at + extentAt(lines, at, mutant.delimiter ?? ",")).join("\n");
  });
  return {
    ...none,
    ...counts,
    lost: lostRows(mutant, texts, reading),
    unaccounted: unaccounted(lines, mutant.delimiter, reading),
  };
}

/**
 * Lines are told apart by the file, not by the program: each accepted or rejected line with the lines of its quoted
 * breaks; what remains must be as many records as the program says it skipped. Whether lines are one record where
 * nobody knows the table is not told apart: they may count as one or for themselves.
 */
function unaccounted(lines: readonly string[], delimiter: string, { accepted, rejected, skipped }: Reading): number {
  const owners = new Array<number>(lines.length).fill(0);
  const own = (from: number, extent: number) => {
    for (let at = from - 1; at < from - 1 + extent; at += 1) owners[at] = (owners[at] ?? 0) + 1;
  };
  const rows = new Set(accepted);
  for (const line of rows) own(line, extentAt(lines, line - 1, delimiter));
  for (const [line, code] of new Map(rejected.map((each) => [each.line, each.code])))
    if (!rows.has(line)) own(line, alone.includes(code) ? 1 : extentAt(lines, line - 1, delimiter));
  let records = 0;
  for (let at = 0; at < lines.length; ) {
    if (owners[at]) {
      at += 1;
      continue;
    }
    records += 1;
    const extent = extentAt(lines, at, delimiter);
    at += owners.slice(at, at + extent).some((each) => each > 0) ? 1 : extent;
  }
  const twice = owners.filter((each) => each > 1).length;
  const single = owners.filter((each) => each === 0).length;
  return Math.max(0, records - skipped, skipped - single) + twice;
}

/** What a line is rejected for that could not be cut: it stands for itself whatever its quotes say. */
const alone = ["FILE_ROW_QUOTE", "FILE_ROW_LONG", "FILE_ROW_CELLS"];

function lostRows({ untouched, touched }: Mutant, accepted: readonly string[], reading: Reading): string[] {
  const held = new Map<string, number>();
  for (const text of accepted) held.set(text, (held.get(text) ?? 0) + 1);
  const lost = untouched.filter((text) => {
    const count = held.get(text) ?? 0;
    held.set(text, count - 1);
    return count <= 0;
  });
  // A changed row that now speaks of the same thing contradicts an untouched one, and both are refused by name.
  const contradicted = reading.rejected.filter(({ code }) => code === "FILE_ROW_CONTRADICTS").length;
  if (contradicted > 0 && touched > 0 && lost.length < contradicted) return [];
  return isSettledByMost(reading, { untouched, touched }) ? [] : lost;
}

/**
 * Which account a file is of, whether its text is damaged, and what it is where it has no header, most rows say: where
 * half are touched they may outvote the rest.
 */
function isSettledByMost(
  { problems, rejected }: Reading,
  { untouched, touched }: Pick<Mutant, "untouched" | "touched">,
): boolean {
  const byMost = ["FILE_ENCODING", "FILE_UNKNOWN", "FILE_ACCOUNT_DIFFERS", "FILE_ROW_ACCOUNT"];
  return (
    touched >= untouched.length &&
    [...problems, ...rejected.map(({ code }) => code)].some((code) => byMost.includes(code))
  );
}

/** The characters of CP949 are no matter of ours; TextDecoder lacks some. */
function textOf(bytes: Buffer, encoding: string | null): string {
  if (encoding === "cp949") return iconv.decode(bytes, encoding);
  return new TextDecoder(encoding ?? "utf-8", { ignoreBOM: false }).decode(bytes);
}
