import { rm } from "node:fs/promises";
import { metrics } from "../../transforms/metrics.ts";
import type { Problem } from "../../transforms/problem.ts";
import { type ReadOptions, readTables } from "./read.ts";
import type { Table } from "./table.ts";

/** What one file holds, told without loading it. */
export interface Surveyed {
  /** Its name, and the path that was given. */
  file: string;
  path: string;
  sha256: string;
  /** As a load would see them; one that its source contradicts is missing here and named in the problems. */
  tables: SurveyedTable[];
  problems: Problem[];
}

export interface SurveyedTable
  extends Pick<
    Table,
    | "platform"
    | "format"
    | "channel"
    | "currency"
    | "vat"
    | "timezone"
    | "window"
    | "kind"
    | "cut"
    | "rank"
    | "metrics"
    | "filters"
    | "level"
    | "verified"
    | "generatedAt"
    | "doubts"
  > {
  /** The account as the file itself states it; null where only a person can say. */
  account: string | null;
  /** The days it covers: those that it declares, else from its first to its last row; null where neither tells. */
  from: string | null;
  to: string | null;
  /** Whether the file or its name says these days, and not only its rows. */
  declared: boolean;
  /** Whether it holds amounts, and with them the question of VAT. */
  money: boolean;
}

/** Reads files as far as it takes to know what they cover. Opens no database and keeps nothing. */
export async function survey(paths: readonly string[], options: ReadOptions): Promise<Surveyed[]> {
  const surveyed: Surveyed[] = [];
  for (const path of paths) {
    const { file, sha256, tables, problems } = await readTables(path, options);
    // A plain table that reading left in the work folder is of no use here; hundreds of them would fill it.
    for (const { source } of tables) if (source.path !== path) await rm(source.path, { force: true });
    surveyed.push({ file, path, sha256, tables: tables.map(entryOf), problems });
  }
  return surveyed;
}

function entryOf(table: Table): SurveyedTable {
  const { from, to } = table.declared ?? table.span ?? { from: null, to: null };
  const { platform, format, channel, currency, vat, timezone, window, kind, cut, rank, filters, level } = table;
  const { verified, generatedAt, doubts } = table;
  return {
    platform,
    format,
    channel,
    account: table.stated,
    currency,
    vat,
    timezone,
    window,
    kind,
    cut,
    rank,
    metrics: table.metrics,
    filters,
    level,
    verified,
    generatedAt,
    doubts,
    from,
    to,
    declared: table.declared !== null,
    money: table.metrics.some((id) => metrics[id].unit === "money"),
  };
}
