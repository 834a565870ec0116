import type { PlatformFormats } from "../../transforms/format/format.ts";
import type { Skipped } from "../../transforms/format/sheet.ts";
import type { ChannelId, MetricId, PlatformId } from "../../transforms/metrics.ts";
import { BogoError, type Problem, sayProblem } from "../../transforms/problem.ts";
import { type Combined, combine, cutOf, type Inspected } from "../warehouse/combine.ts";
import { openScratch, type Scratch } from "../warehouse/scratch.ts";
import { stage } from "../warehouse/stage.ts";
import { readTables } from "./read.ts";
import type { Table } from "./table.ts";

export interface InspectOptions {
  formats: readonly PlatformFormats[];
  /** The order of `paths` is the order of extraction; otherwise what the files state decides. */
  inOrder?: boolean;
  /** A temporary folder; the caller removes it. */
  work: string;
  lang?: "ko" | "en";
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
}

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
  filters: Readonly<Record<string, string>>;
  generated: string | null;
  encoding: string;
  verified: boolean;
  sums: Partial<Record<MetricId, string>>;
}

export interface InspectedProblem {
  code: string;
  severity: "error" | "warning";
  line: number | null;
  text: string | null;
  say: string;
}

/** Reads files into a database in memory and tells what it saw. It locks nothing and changes nothing. */
export async function inspect(
  paths: readonly string[],
  { formats, inOrder = false, work, lang = "en" }: InspectOptions,
): Promise<InspectReport> {
  const scratch = await openScratch();
  try {
    const files: InspectedFile[] = [];
    const all: Inspected[] = [];
    for (const path of paths) {
      const { file, inspected } = await inspectFile(scratch, path, { formats, work, lang, first: all.length + 1 });
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
    files: files.map(({ tables, ...file }) => ({
      file: file.file,
      sha256: file.sha256,
      tables: tables.map(({ kind: _kind, vat: _vat, filters: _filters, generated: _generated, ...table }) => table),
      problems: file.problems,
    })),
    combined: combined.map(({ format: _format, cut: _cut, kind: _kind, ...held }) => held),
  };
}

async function inspectFile(
  { connection }: Scratch,
  path: string,
  {
    formats,
    work,
    lang,
    first,
  }: { formats: readonly PlatformFormats[]; work: string; lang: "ko" | "en"; first: number },
) {
  const read = await readTables(path, { formats, work });
  const problems = read.problems.map((each) => said(each, null, lang));
  const inspected: Inspected[] = [];
  for (const table of read.tables) {
    const extraction = first + inspected.length;
    const staged = await stage(connection, table, { extraction, into: "facts" }).catch(refusalOf);
    if (!("rows" in staged)) {
      problems.push(...staged.problems.map((each) => said(each, null, lang)));
      continue;
    }
    inspected.push({ extraction, table, staged });
    problems.push(
      ...staged.problems.map((each) => said(each, null, lang)),
      ...staged.rejected.map((each) => said(each.problem, each.text, lang)),
    );
  }
  const file: InspectedFile = { file: read.file, sha256: read.sha256, tables: inspected.map(tableEntry), problems };
  return { file, inspected };
}

/** A file that turns out unreadable only when it is staged; any other error is none of its own. */
function refusalOf(error: unknown): Pick<BogoError, "problems"> {
  if (error instanceof BogoError) return error;
  throw error;
}

function tableEntry({ table, staged }: Inspected): InspectedTable {
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
    filters: table.filters,
    generated: table.generatedAt,
    encoding: table.encoding,
    verified: table.verified,
    sums: staged.sums,
  };
}

function said(found: Problem, text: string | null, lang: "ko" | "en"): InspectedProblem {
  return { code: found.code, severity: found.severity, line: found.line ?? null, text, say: sayProblem(found, lang) };
}
