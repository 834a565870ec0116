import { mkdir, stat, writeFile } from "node:fs/promises";
import { basename, join, sep } from "node:path";
import { ownEntry } from "../../transforms/clean/own.ts";
import { headerKey } from "../../transforms/clean/text.ts";
import type { Doubled } from "../../transforms/format/doubled.ts";
import type { Format, PlatformFormats } from "../../transforms/format/format.ts";
import { maxColumns, type Nearest } from "../../transforms/format/recognise.ts";
import type { Sheet } from "../../transforms/format/sheet.ts";
import { BogoError, type Problem, problem } from "../../transforms/problem.ts";
import { readHashed } from "./bytes.ts";
import { type CsvRecord, csvText, delimiterOf, readRecords } from "./csv.ts";
import { type Encoding, isDamaged } from "./decode.ts";
import { readDirectly } from "./direct.ts";
import { cutPart, isLost, type Part, partsOf, recordsOf } from "./parts.ts";
import { isSpreadsheet } from "./spreadsheet.ts";
import { type Declared, spanOf, type Table, type TablePart, tableOf } from "./table.ts";
import { isZip, unzip } from "./unpack.ts";

export interface ReadOptions {
  formats: readonly PlatformFormats[];
  /** What the client's YAML says about the file's source. */
  source?: Declared;
  /** The file's path as people know it, where `path` is a copy: its folder may tell platforms apart. */
  name?: string;
  /** A folder for the plain tables that the cleaning reads; the caller removes it. */
  work: string;
  /** Files larger than this many bytes are read by the engine as they are, where their form allows it. */
  directFrom?: number;
}

export interface FileRead {
  file: string;
  sha256: string;
  encoding: Encoding | null;
  /** Ready to load; a table that contradicts its source is missing here and named in the problems. */
  tables: Table[];
  problems: Problem[];
  /** The parts of it that no format knows. */
  strangers: Stranger[];
}

/** A text or a sheet that no format knows, as it was read. */
export interface Stranger {
  part: TablePart | null;
  encoding: Encoding;
  /** What sets its cells apart; null for a sheet, whose cells are apart already. */
  delimiter: string | null;
  /** Its first lines that hold something. */
  head: readonly CsvRecord[];
  nearest: Nearest | null;
}

/** Reads one exported file into tables with their cleaning plans. Trouble is returned, never thrown. */
export async function readTables(path: string, options: ReadOptions): Promise<FileRead> {
  const file = basename(path);
  let sha256 = "";
  const unread = (found: Problem): FileRead => ({
    file,
    sha256,
    encoding: null,
    tables: [],
    problems: [found],
    strangers: [],
  });
  const platforms = options.formats.filter(
    ({ platform }) => !options.source?.platform || options.source.platform === platform,
  );
  const hint = (options.name ?? path).split(sep).slice(-2).join("/");
  const origin = { file, hint, path, declared: options.source ?? {}, work: options.work };
  let bytes: Buffer;
  try {
    const { size } = await stat(path);
    if (size > limits.file) return unread(tooLarge("FILE_TOO_LARGE", file, size, limits.file));
    await mkdir(options.work, { recursive: true });
    if (size >= (options.directFrom ?? directFrom)) {
      const irregular = tooLarge("FILE_TOO_LARGE_IRREGULAR", file, size, limits.careful);
      const careful = async () => {
        if (size > limits.careful) throw new BogoError([irregular]);
        const again = await readTables(path, { ...options, directFrom: Number.POSITIVE_INFINITY });
        return again.tables[0] ?? null;
      };
      const direct = await readDirectly({ ...origin, platforms, careful });
      if (direct) return { file, strangers: [], ...direct };
      if (size > limits.careful) return unread(irregular);
    }
    ({ bytes, sha256 } = await readHashed(path));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return unread(problem("FILE_UNREADABLE", { file, why }, { file }));
  }
  if (bytes.length === 0) return unread(problem("FILE_EMPTY", { file }, { file }));
  const { tables, ...found } = await tablesOf(bytes, platforms, { ...origin, sha256 });
  for (const { table, sheet } of tables) await writeFile(table.source.path, csvText(numbered(sheet)));
  return { file, sha256, ...found, tables: tables.map(({ table }) => table) };
}

/** Large enough that reading records here would be felt, small enough that daily files never get there. */
const directFrom = 8 * 2 ** 20;

/** What is read record by record is held in memory nearly twenty times over. */
const limits = { file: 2 * 2 ** 30, careful: 100 * 2 ** 20 };

function tooLarge(
  code: "FILE_TOO_LARGE" | "FILE_TOO_LARGE_IRREGULAR",
  file: string,
  size: number,
  limit: number,
): Problem {
  const megabytes = (bytes: number) => Math.ceil(bytes / 2 ** 20);
  return problem(code, { file, size: megabytes(size), limit: megabytes(limit) }, { file });
}

export interface Origin {
  file: string;
  /** Folder and name, by which formats are told apart. */
  hint: string;
  sha256: string;
  path: string;
  declared: Declared;
  work: string;
}

export interface TablesRead extends Omit<FileRead, "file" | "sha256" | "tables"> {
  /** Each with the rows that its plain table holds. */
  tables: { table: Table; sheet: Sheet }[];
}

/** Reads a file's bytes into tables and their rows; nothing is written yet. */
export async function tablesOf(
  bytes: Buffer,
  platforms: readonly PlatformFormats[],
  origin: Origin,
): Promise<TablesRead> {
  const { file } = origin;
  const refuse = (found: Problem): TablesRead => ({ encoding: null, tables: [], problems: [found], strangers: [] });
  const packed = isZip(bytes) && !isSpreadsheet(bytes);
  const { members, problem: shut } = packed ? unzip(bytes, file) : { members: [{ name: file, bytes }], problem: null };
  if (shut) return refuse(shut);
  const nested = packed && members.find((member) => isZip(member.bytes) && !isSpreadsheet(member.bytes));
  if (nested) return refuse(problem("FILE_ZIP_NESTED", { file, member: nested.name }, { file }));
  const { parts, problem: refused } = await partsOf(members, file);
  if (refused) return refuse(refused);
  return cutParts(parts, platforms, origin);
}

function cutParts(parts: readonly Part[], platforms: readonly PlatformFormats[], origin: Origin): TablesRead {
  const problems: Problem[] = [];
  const { file } = origin;
  const encoding = parts[0]?.encoding ?? null;
  const strangers: Stranger[] = [];
  const beside = siblingFacts(parts, platforms);
  const sheets: SheetOf[] = [];
  let nearest: Nearest | null = null;
  let stray = beside.lines;
  let damaged = [...beside.parts].some(({ text }) => isDamaged(text));
  for (const part of parts.filter((each) => !beside.parts.has(each))) {
    const name = parts.length > 1 ? `${origin.hint} ${part.name}` : origin.hint;
    const cut = cutPart(part, name, platforms, beside.facts);
    nearest ??= cut.nearest;
    if (cut.refused) problems.push(refusal(file, cut.refused));
    if (cut.doubled) problems.push(doubled(file, cut.doubled));
    if (cut.wide) problems.push(problem("FILE_COLUMNS_MANY", { file, found: cut.wide, limit: maxColumns }, { file }));
    if (cut.sheets.length === 0) stray += cut.records.length;
    if (cut.sheets.length === 0 && !cut.refused && !cut.doubled) strangers.push(strangerOf(part, cut.nearest));
    damaged ||= cut.sheets.length > 0 && isLost(cut);
    for (const sheet of cut.sheets) sheets.push({ sheet, part });
  }
  const none = sheets.length === 0;
  if (damaged || (none && problems.length === 0 && parts.some(({ text }) => isDamaged(text))))
    return { encoding, tables: [], problems: [problem("FILE_ENCODING", { file }, { file })], strangers };
  if (none && problems.length === 0) problems.push(unknown(file, nearest));
  const chart = chartPeriod(sheets.map((each) => each.sheet));
  const tables: TablesRead["tables"] = [];
  const [kept, left]: [SheetOf[], SheetOf[]] = [[], []];
  for (const [index, { sheet, part }] of sheets.entries()) {
    const made = tableOf(sheet, {
      ...origin,
      table: index,
      encoding: part.encoding,
      part: placeOf(part),
      text: part.text,
      fallback: chart,
      path: join(origin.work, `${origin.sha256.slice(0, 16)}-${index}.csv`),
    });
    problems.push(...made.problems);
    if (made.table) tables.push({ table: made.table, sheet });
    (made.table ? kept : left).push({ sheet, part });
  }
  // What belongs to no table that is loaded is counted with the first.
  if (tables[0]) tables[0].table.skipped.ignored += stray + countLeft(left, kept);
  return { encoding, tables, problems: distinct(problems), strangers };
}

interface SheetOf {
  sheet: Sheet;
  part: Part;
}

/** How many lines lie in tables that are kept out, and in none that is loaded. */
function countLeft(left: readonly SheetOf[], kept: readonly SheetOf[]): number {
  const linesOf = ({ sheet, part }: SheetOf) =>
    [...sheet.rows, ...sheet.rejected].map(({ line }) => `${part.name} ${line}`);
  const known = new Set(kept.flatMap(linesOf));
  const lines = new Set(left.flatMap(linesOf).filter((line) => !known.has(line)));
  const skipped = left.flatMap(({ sheet }) => Object.values(sheet.skipped));
  return skipped.reduce((sum, each) => sum + each, lines.size);
}

function strangerOf(part: Part, nearest: Nearest | null): Stranger {
  const head = recordsOf(part)
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ""))
    .slice(0, 20);
  const delimiter = part.records ? null : delimiterOf(part.text);
  return { part: placeOf(part), encoding: part.encoding, delimiter, head, nearest };
}

const placeOf = ({ of, name }: Part): TablePart | null => (of ? { of, name } : null);

/** Each row with its line before it, and whether it is the first of its kind (1) or stands again (2). */
function* numbered({ rows }: Sheet): Generator<string[]> {
  const seen = new Set<string>();
  for (const { line, cells, from = [] } of rows) {
    const whole = [...from, ...cells].join("\u0000");
    yield [String(line), seen.has(whole) ? "2" : "1", ...cells];
    seen.add(whole);
  }
}

/** Members that are no tables but speak about all the others: search type, range, filters. */
function siblingFacts(parts: readonly Part[], platforms: readonly PlatformFormats[]) {
  const facts: Record<string, string> = {};
  const found = new Set<Part>();
  let lines = 0;
  for (const sibling of platforms.flatMap((each) => each.siblings)) {
    for (const part of parts) {
      const [header, ...rows] = part.records ?? readRecords(part.text.slice(0, 65_536), ",");
      const key = header?.cells.map(headerKey).join(",");
      if (found.has(part) || !sibling.header.some((each) => each.map(headerKey).join(",") === key)) continue;
      found.add(part);
      lines += rows.length + 1;
      for (const { cells } of rows) {
        const [label = "", value = ""] = cells.map((cell) => cell.trim());
        const name = Object.entries(sibling.facts).find(([, names]) =>
          names?.some((each) => headerKey(each) === headerKey(label)),
        )?.[0];
        const filter = (ownEntry(sibling.values, label) ?? label).toLowerCase().replace(/\s+/gu, "_");
        if (label !== "") facts[name ?? `filter_${filter}`] = ownEntry(sibling.values, value) ?? value;
      }
    }
  }
  return { facts, parts: found, lines };
}

/** The first and last day of the file's daily table: what a relative range such as `Last 3 months` means. */
function chartPeriod(sheets: readonly Sheet[]): { from: string; to: string } | null {
  const charts = sheets.filter(({ header }) => header.format.kind !== "snapshot");
  return charts.map(spanOf).find((span) => span !== null) ?? null;
}

function unknown(file: string, nearest: Nearest | null): Problem {
  const missing = nearest?.missing.map((each) => (each.startsWith("-") ? `+ ${each.slice(1)}` : `– ${each}`)) ?? [];
  const extra = nearest?.unknown.slice(0, 8).map((each) => `+ ${each}`) ?? [];
  return problem(
    "FILE_UNKNOWN",
    { file, nearest: nearest?.format ?? "–", differs: [...missing, ...extra].join(", ") || "–" },
    { file },
  );
}

function doubled(file: string, { name, columns }: Doubled): Problem {
  const [first, second] = columns;
  return problem("FILE_HEADER_TWICE", { file, column: name, first, second }, { file });
}

function refusal(file: string, { what, instead }: NonNullable<Format["refuse"]>): Problem {
  const facts = { what_en: what.en, what_ko: what.ko, instead_en: instead.en, instead_ko: instead.ko };
  return problem("FILE_REFUSED", { file, ...facts }, { file });
}

function distinct(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((each) => [JSON.stringify(each), each])).values()];
}
