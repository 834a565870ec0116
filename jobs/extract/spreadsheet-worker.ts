import { buffer } from "node:stream/consumers";
import { type CellObject, read, SSF, type WorkSheet } from "@e965/xlsx";
import Big from "big.js";
import type { Text } from "../../transforms/metrics.ts";
import { isZip, unzip } from "./unpack.ts";

/** What the worker says on its standard output. */
export type WorkerAnswer = { sheets: { name: string; rows: string[][] }[] } | { refused: Text };

/** One long text may stand in every cell; all of them are written out. */
const maxCharacters = 32 * 2 ** 20;

/** 25,000 rows of 20 columns take 3 s and 290 MB; larger exports come as CSV. */
const maxCells = 500_000;

/** Reads a workbook from standard input. Runs in a process of its own, which may die of what it is given. */
function answer(bytes: Buffer): WorkerAnswer {
  // The library trusts the sizes that the file states, so what they hide is unpacked and counted first.
  const { members, problem } = isZip(bytes) ? unzip(bytes, "") : { members: [], problem: null };
  if (problem) return { refused: { ko: problem.facts.why_ko ?? "", en: problem.facts.why_en ?? "" } };
  if (members.reduce((sum, member) => sum + cellsIn(member.bytes), 0) > maxCells) return tooMany;
  const book = read(bytes, { dense: true, cellNF: true, cellHTML: false, cellText: false });
  const date1904 = book.Workbook?.WBProps?.date1904 === true;
  const sheets: { name: string; rows: string[][] }[] = [];
  let cells = 0;
  let characters = 0;
  for (const name of book.SheetNames) {
    const rows = rowsOf(book.Sheets[name], date1904);
    const width = rows.reduce((widest, row) => Math.max(widest, row.length), 0);
    cells += width * rows.filter((row) => row.length > 0).length;
    for (const row of rows) for (const cell of row) characters += cell.length;
    if (cells > maxCells) return tooMany;
    if (characters > maxCharacters) return tooLong;
    if (rows.length > 0) sheets.push({ name, rows });
  }
  return { sheets };
}

const tooMany = {
  refused: { en: `it has more than ${maxCells} cells`, ko: `칸이 ${maxCells}개를 넘습니다.` },
};
const tooLong = {
  refused: {
    en: `its cells hold more than ${maxCharacters} characters`,
    ko: `칸에 든 글자가 ${maxCharacters}자를 넘습니다.`,
  },
};

/** How many cells begin in a member's bytes. */
function cellsIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf("<c "); at >= 0; at = bytes.indexOf("<c ", at + 3)) count += 1;
  return count;
}

/** Rows as text, each without the blank cells at its end, the first row of the sheet first. */
function rowsOf(sheet: WorkSheet | undefined, date1904: boolean): string[][] {
  const data: (CellObject | undefined)[][] = sheet?.["!data"] ?? [];
  const rows = Array.from(data, (cells) => {
    const texts = Array.from(cells ?? [], (cell) => (cell ? textOf(cell, date1904) : ""));
    return texts.slice(0, texts.findLastIndex((text) => text.trim() !== "") + 1);
  });
  return rows.slice(0, rows.findLastIndex((row) => row.length > 0) + 1);
}

/** A cell as a CSV export would write it. Formulas are not computed: what the file holds as their result counts, or nothing. */
function textOf({ t, v, z }: CellObject, date1904: boolean): string {
  if (t === "e") return "#ERROR!";
  if (v === undefined) return "";
  if (typeof v === "boolean") return v ? "TRUE" : "FALSE";
  if (typeof v !== "number") return String(v);
  const shape = String(z ?? "").replace(/"[^"]*"|\\./gu, "");
  if (SSF.is_date(shape))
    return /[yd]/iu.test(shape.replace(/\[[^\]]*\]/gu, "")) ? dayText(v, date1904) : durationText(v);
  if (shape.includes("%")) return `${new Big(v).times(100).toFixed()}%`;
  // A cell's number has 15 digits. A longer one lost its last ones, and is shown so that nobody takes it for an id.
  return Number.isInteger(v) && Math.abs(v) >= 1e15 ? v.toExponential().toUpperCase() : String(v);
}

function dayText(serial: number, date1904: boolean): string {
  const { y, m, d, H, M, S } = SSF.parse_date_code(serial, { date1904 });
  const two = (part: number) => String(part).padStart(2, "0");
  const day = `${y}-${two(m)}-${two(d)}`;
  return H + M + S === 0 ? day : `${day} ${two(H)}:${two(M)}:${two(S)}`;
}

/** Days as hours, minutes and seconds. */
function durationText(days: number): string {
  const seconds = Math.round(days * 86_400);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

function attempt(bytes: Buffer): WorkerAnswer {
  try {
    return answer(bytes);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { refused: { en: `it is damaged (${why})`, ko: `손상되었습니다. (${why})` } };
  }
}

process.stdout.write(JSON.stringify(attempt(await buffer(process.stdin))));
