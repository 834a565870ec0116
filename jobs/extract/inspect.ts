import type { TableColumn } from "../../transforms/format/columns.ts";
import type { PlatformFormats } from "../../transforms/format/format.ts";
import type { Skipped } from "../../transforms/format/sheet.ts";
import type { ChannelId, MetricId, PlatformId } from "../../transforms/metrics.ts";
import { BogoError, nextStep, type Problem, sayProblem } from "../../transforms/problem.ts";
import { type Combined, combine, cutOf, type Inspected } from "../warehouse/combine.ts";
import { type FirstRow, firstRows, rowDays } from "../warehouse/peek.ts";
import { openScratch, type Scratch } from "../warehouse/scratch.ts";
import { stage } from "../warehouse/stage.ts";
import { readTables, type Stranger } from "./read.ts";
import type { Table } from "./table.ts";

export interface InspectOptions {
  formats: readonly PlatformFormats[];
  /** The order of `paths` is the order of extraction; otherwise what the files state decides. */
  inOrder?: boolean;
  /** A temporary folder; the caller removes it. */
  work: string;
  lang?: "ko" | "en";
  /** How many of each table's first rows to show; its days are told with them. None where absent. */
  firstRows?: number;
  /** How many rejected lines of a table to keep. */
  shown?: number;
}

/** What the program sees in some files. `contractOf` picks from it what the command prints as JSON. */
export interface InspectReport {
  files: InspectedFile[];
  combined: Combined[];
}

export interface InspectedFile {
  file: string;
  sha256: string;
  tables: InspectedTable[];
  problems: InspectedProblem[];
  strangers: readonly Stranger[];
}

/** What people read besides the contract: where it lies, what its columns became, its days and first rows. */
export interface InspectedTable {
  platform: PlatformId;
  format: string;
  channel: ChannelId;
  account: string | null;
  cut: string[];
  level: string;
  kind: Table["kind"];
  rows: number;
  rejected: number;
  skipped: Skipped;
  from: string | null;
  to: string | null;
  currency: string | null;
  vat: Table["vat"];
  timezone: string | null;
  window: string | null;
  filters: Readonly<Record<string, string>>;
  generated: string | null;
  encoding: Table["encoding"];
  verified: boolean;
  sums: Partial<Record<MetricId, string>>;
  part: Table["part"];
  metrics: readonly MetricId[];
  columns: readonly TableColumn[];
  declared: Table["declared"];
  /** Whether its figures may make up a report's totals. */
  totals: boolean;
  /** The days that have rows. */
  days: readonly string[];
  first: readonly FirstRow[];
  refused: InspectedProblem[];
}

export interface InspectedProblem {
  code: string;
  severity: "error" | "warning";
  line: number | null;
  text: string | null;
  say: string;
  next: string;
}

/** Reads files into a database in memory and tells what it saw. It locks nothing and changes nothing. */
export async function inspect(
  paths: readonly string[],
  { inOrder = false, ...options }: InspectOptions,
): Promise<InspectReport> {
  const scratch = await openScratch();
  try {
    const files: InspectedFile[] = [];
    const all: Inspected[] = [];
    for (const path of paths) {
      const { file, inspected } = await inspectFile(scratch, path, { ...options, first: all.length + 1 });
      files.push(file);
      all.push(...inspected);
    }
    return { files, combined: await combine(scratch.connection, all, inOrder) };
  } finally {
    scratch.close();
  }
}

/** The command's JSON: these fields in this order, and no others. */
export function contractOf({ files, combined }: InspectReport): object {
  return {
    files: files.map(({ file, sha256, tables, problems }) => ({
      file,
      sha256,
      tables: tables.map((table) => pick(table, tableFields)),
      problems: problems.map((each) => pick(each, problemFields)),
    })),
    combined: combined.map((held) => pick(held, combinedFields)),
  };
}

const tableFields = [
  "platform",
  "format",
  "channel",
  "account",
  "cut",
  "level",
  "rows",
  "rejected",
  "skipped",
  "from",
  "to",
  "currency",
  "encoding",
  "verified",
  "sums",
] as const satisfies (keyof InspectedTable)[];
const problemFields = ["code", "severity", "line", "text", "say"] as const satisfies (keyof InspectedProblem)[];
const combinedFields = [
  "platform",
  "account",
  "currency",
  "level",
  "rows",
  "from",
  "to",
  "sums",
] as const satisfies (keyof Combined)[];

const pick = <T extends object>(from: T, names: readonly (keyof T)[]): object =>
  Object.fromEntries(names.map((name) => [name, from[name]]));

async function inspectFile(
  { connection }: Scratch,
  path: string,
  {
    formats,
    work,
    lang = "en",
    firstRows: shownRows = 0,
    shown,
    first,
  }: Omit<InspectOptions, "inOrder"> & { first: number },
) {
  const read = await readTables(path, { formats, work });
  const problems = read.problems.map((each) => said(each, null, lang));
  const inspected: Inspected[] = [];
  const tables: InspectedTable[] = [];
  for (const table of read.tables) {
    const extraction = first + inspected.length;
    const staging = { extraction, into: "facts", ...(shown ? { shown } : {}) };
    const staged = await stage(connection, table, staging).catch(refusalOf);
    problems.push(...staged.problems.map((each) => said(each, null, lang)));
    if (!("rows" in staged)) continue;
    const refused = staged.rejected.map((each) => said(each.problem, each.text, lang));
    problems.push(...refused);
    inspected.push({ extraction, table, staged });
    problems.push(...table.doubts.map((each) => said(each, null, lang)));
    tables.push({
      ...tableEntry({ extraction, table, staged }),
      days: shownRows > 0 && table.kind === "daily" ? await rowDays(connection, extraction) : [],
      first: await firstRows(connection, table, extraction, shownRows),
      refused,
    });
  }
  const { file, sha256, strangers } = read;
  return { file: { file, sha256, tables, problems, strangers }, inspected };
}

/** A file that turns out unreadable only when it is staged; any other error is none of its own. */
function refusalOf(error: unknown): Pick<BogoError, "problems"> {
  if (error instanceof BogoError) return error;
  throw error;
}

function tableEntry({ table, staged }: Inspected): Omit<InspectedTable, "days" | "first" | "refused"> {
  return {
    platform: table.platform,
    format: table.format,
    channel: table.channel,
    account: table.account,
    cut: cutOf(table),
    level: table.level,
    kind: table.kind,
    rows: staged.rows,
    rejected: staged.rejectedTotal,
    skipped: staged.skipped,
    from: staged.from,
    to: staged.to,
    currency: table.currency,
    vat: table.vat,
    timezone: table.timezone,
    window: table.window,
    filters: table.filters,
    generated: table.generatedAt,
    encoding: table.encoding,
    verified: table.verified,
    sums: staged.sums,
    part: table.part,
    metrics: table.metrics,
    columns: table.columns,
    declared: table.declared,
    totals: table.rank !== null,
  };
}

function said(found: Problem, text: string | null, lang: "ko" | "en"): InspectedProblem {
  return {
    code: found.code,
    severity: found.severity,
    line: found.line ?? null,
    text,
    say: sayProblem(found, lang),
    next: nextStep(found, lang),
  };
}
