import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { formatsOf } from "../../config/formats.ts";
import { projectConfig } from "../../config/load.ts";
import { type TablesRead, tablesOf } from "../../jobs/extract/read.ts";
import type { PlatformFormats } from "../../transforms/format/format.ts";
import { isTotals } from "../../transforms/format/sheet.ts";
import { samplePaths } from "./samples.ts";

/** What became of a variant's samples, cut at every byte. */
export interface CutCounts {
  variant: string;
  samples: number;
  cuts: number;
  /** No table is loaded, and a problem says why. */
  refused: number;
  /** A doubt keeps the load back until a person accepts it. */
  held: number;
  /** The same rows with the same cells: nothing was lost. */
  whole: number;
  /** Loaded without a word although rows are missing behind a whole line … */
  fewer: number;
  /** … or although the last line says something else. */
  changed: number;
}

/** Sample exports by the format that reads them; those that no format loads are left out. */
export async function variants(): Promise<{ formats: PlatformFormats[]; byVariant: Map<string, string[]> }> {
  const { formats } = await formatsOf(projectConfig);
  const byVariant = new Map<string, string[]>();
  for (const path of samplePaths()) {
    const { tables } = await readCut(readFileSync(path), path, formats);
    const id = tables[0]?.table.format;
    if (id) byVariant.set(id, [...(byVariant.get(id) ?? []), path]);
  }
  return { formats, byVariant };
}

/** Cuts a variant's samples at every byte and counts what is said of each. */
export async function countCuts(
  variant: string,
  paths: readonly string[],
  formats: readonly PlatformFormats[],
): Promise<CutCounts> {
  const counts = { variant, samples: paths.length, cuts: 0, refused: 0, held: 0, whole: 0, fewer: 0, changed: 0 };
  for (const path of paths) {
    const bytes = readFileSync(path);
    const all = rowsOf(await readCut(bytes, path, formats));
    for (let end = 1; end < bytes.length; end += 1) {
      counts.cuts += 1;
      counts[outcome(await readCut(bytes.subarray(0, end), path, formats), all)] += 1;
    }
  }
  return counts;
}

function outcome(read: TablesRead, all: readonly string[]): "refused" | "held" | "whole" | "fewer" | "changed" {
  if (read.tables.length === 0) return read.problems.length > 0 ? "refused" : "changed";
  if (read.tables.some(({ table }) => table.doubts.length > 0)) return "held";
  const rows = rowsOf(read);
  const known = new Map<string, number>();
  for (const row of all) known.set(row, (known.get(row) ?? 0) + 1);
  const strange = rows.filter((row) => {
    const count = known.get(row) ?? 0;
    known.set(row, count - 1);
    return count <= 0;
  });
  if (strange.length > 0) return "changed";
  return rows.length === all.length ? "whole" : "fewer";
}

/** Each row of each table with all that it means: the format, the metrics and days of its table, its cells. */
function rowsOf({ tables }: TablesRead): string[] {
  return tables.flatMap(({ table, sheet }) => {
    const { format, account, currency, declared, metrics, cut } = table;
    const meaning = JSON.stringify({ format, account, currency, declared, metrics, cut });
    const ours = sheet.rows.filter(({ cells }) => !isTotals(cells, sheet.header));
    return ours.map(({ cells }) => `${meaning} ${JSON.stringify(cells)}`);
  });
}

/** Reads without writing anything or asking the database: what cutting does shows already. */
function readCut(bytes: Buffer, path: string, formats: readonly PlatformFormats[]): Promise<TablesRead> {
  const hint = path.split("/").slice(-2).join("/");
  const declared = { period: { from: "2026-10-01", to: "2026-10-31" } };
  return tablesOf(bytes, formats, { file: basename(path), hint, sha256: "", path, declared, work: "" });
}
