import type { DuckDBConnection } from "@duckdb/node-api";
import type { PlatformFormats } from "../../transforms/format/format.ts";
import type { Skipped } from "../../transforms/format/sheet.ts";
import type { ChannelId, MetricId, PlatformId } from "../../transforms/metrics.ts";
import { type Problem, sayProblem } from "../../transforms/problem.ts";
import { createFacts, stage } from "../warehouse/stage.ts";
import { type Combined, combine, cutOf, type Inspected } from "./combine.ts";
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

/** What the program sees in some files. Field names and order are the command's JSON, so they are its contract. */
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
export async function inspect(paths: readonly string[], { formats, inOrder = false, work, lang = "en" }: InspectOptions): Promise<InspectReport> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(":memory:");
  const db = await instance.connect();
  try {
    await createFacts(db, "facts");
    const files: InspectedFile[] = [];
    const all: Inspected[] = [];
    for (const path of paths) {
      const { file, inspected } = await inspectFile(db, path, { formats, work, lang, first: all.length + 1 });
      files.push(file);
      all.push(...inspected);
    }
    return { files, combined: await combine(db, all, inOrder) };
  } finally {
    db.closeSync();
    instance.closeSync();
  }
}

async function inspectFile(db: DuckDBConnection, path: string, { formats, work, lang, first }: { formats: readonly PlatformFormats[]; work: string; lang: "ko" | "en"; first: number }) {
  const read = await readTables(path, { formats, work });
  const problems = read.problems.map((each) => said(each, null, lang));
  const inspected: Inspected[] = [];
  for (const table of read.tables) {
    const extraction = first + inspected.length;
    const staged = await stage(db, table, { extraction, into: "facts" });
    inspected.push({ extraction, table, staged });
    problems.push(...staged.problems.map((each) => said(each, null, lang)), ...staged.rejected.map((each) => said(each.problem, each.text, lang)));
  }
  const file: InspectedFile = { file: read.file, sha256: read.sha256, tables: inspected.map(tableEntry), problems };
  return { file, inspected };
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
