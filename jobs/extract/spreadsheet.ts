import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { Text } from "../../transforms/metrics.ts";
import { type Problem, problem } from "../../transforms/problem.ts";
import type { CsvRecord } from "./csv.ts";
import { isDamaged } from "./decode.ts";
import type { WorkerAnswer } from "./spreadsheet-worker.ts";
import { isZip, judgeZip, tooLarge } from "./unpack.ts";

/** One sheet of a workbook; a record's line is its row there. */
export interface SheetText {
  name: string;
  records: CsvRecord[];
}

/** Whether a file is a workbook: xlsx is a zip with a list of contents, xls an OLE file. */
export function isSpreadsheet(bytes: Buffer): boolean {
  return isOle(bytes) || (isZip(bytes) && judgeZip(bytes).entries.some(({ name }) => name === "[Content_Types].xml"));
}

/**
 * The sheets of an .xlsx or .xls workbook as text, or the problem that keeps it shut. What it unpacks to is judged
 * before a byte is inflated; then a process of its own, with a limit on memory and time, reads it.
 */
export async function readSpreadsheet(
  bytes: Buffer,
  file: string,
): Promise<{ sheets: SheetText[]; problem: Problem | null }> {
  const refuse = ({ ko, en }: Text) => {
    const refused = problem("FILE_SPREADSHEET", { file, why_ko: ko, why_en: en }, { file });
    return { sheets: [], problem: refused };
  };
  const why = isOle(bytes) ? refusedOle(bytes) : refusedZip(bytes);
  if (why) return refuse(why);
  const answer = await ask(bytes);
  if ("refused" in answer) return refuse(answer.refused);
  return { sheets: answer.sheets.map(({ name, rows }) => ({ name, records: recordsOf(rows) })), problem: null };
}

const limits = { heap: 256, milliseconds: 30_000, unpacked: 64 * 2 ** 20, ole: 50 * 2 ** 20 };
const worker = fileURLToPath(new URL("./spreadsheet-worker.ts", import.meta.url));

/** The worker gets the bytes and nothing else: no path, no environment. */
async function ask(bytes: Buffer): Promise<WorkerAnswer> {
  const child = spawn(process.execPath, [`--max-old-space-size=${limits.heap}`, worker], {
    stdio: ["pipe", "pipe", "ignore"],
    env: {},
    timeout: limits.milliseconds,
    killSignal: "SIGKILL",
  });
  // A worker that died no longer reads; its exit says so.
  child.stdin.on("error", () => {});
  child.stdin.end(bytes);
  const ended = new Promise<number | null>((resolve) => {
    child.on("error", () => resolve(null)).on("close", resolve);
  });
  const said = await text(child.stdout);
  const seconds = limits.milliseconds / 1000;
  if ((await ended) !== 0)
    return {
      refused: {
        en: `it takes more than ${limits.heap} MB or ${seconds} s`,
        ko: `여는 데 메모리 ${limits.heap} MB 또는 ${seconds}초가 넘게 듭니다.`,
      },
    };
  return JSON.parse(said) as WorkerAnswer;
}

/**
 * Rows as wide as the sheet, for a row's last cells may be blank. Rows of a single cell above the first wider one are
 * lines of text about the table, and stay as they are.
 */
function recordsOf(rows: readonly string[][]): CsvRecord[] {
  const width = rows.reduce((widest, row) => Math.max(widest, row.length), 0);
  const first = rows.findIndex((row) => row.length > 1);
  return rows.map((row, index) => {
    const cells = row.length === 0 ? [""] : index < first ? row : [...row, ...Array(width - row.length).fill("")];
    return { line: index + 1, cells, broken: cells.some(isDamaged) ? "encoding" : null };
  });
}

const oleMark = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
const isOle = (bytes: Buffer): boolean => bytes.subarray(0, 8).equals(oleMark);

/** A workbook is held several times over while it is read, so it may unpack to less than a zip of CSV files. */
function refusedZip(bytes: Buffer): Text | null {
  const { entries, refused } = judgeZip(bytes);
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  return refused ?? (total > limits.unpacked ? tooLarge(total, limits.unpacked) : null);
}

/** Why an OLE file is not read: its own table of sectors says how long it must be. */
function refusedOle(bytes: Buffer): Text | null {
  if (bytes.length > limits.ole) return tooLarge(bytes.length, limits.ole);
  const size = bytes.length < 512 ? 0 : 2 ** bytes.readUInt16LE(30);
  if (size !== 512 && size !== 4096) return torn;
  const within = (sector: number) => (sector + 2) * size <= bytes.length;
  const isSector = (value: number) => value < 0xfffffffa;
  const tables = Array.from({ length: Math.min(bytes.readUInt32LE(44), 109) }, (_, at) =>
    bytes.readUInt32LE(76 + 4 * at),
  );
  const folder = bytes.readUInt32LE(48);
  const named = [...tables, folder, bytes.readUInt32LE(60)].filter(isSector);
  if (bytes.length % size !== 0 || !named.every(within)) return torn;
  // small streams lie together in one that the folder's first entry names
  const small = bytes.readUInt32LE((folder + 1) * size + 116);
  const next = tables.flatMap((table) =>
    Array.from({ length: size / 4 }, (_, at) => bytes.readUInt32LE((table + 1) * size + 4 * at)),
  );
  return [small, ...next].filter(isSector).every(within) ? null : torn;
}

const torn = { en: "it is not complete", ko: "파일이 완전하지 않습니다." };
