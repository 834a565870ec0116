import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { unzipSync } from "fflate";
import { ends, hundredths, median, within } from "./figures.ts";
import { pythonWith } from "./python.ts";

/** One round: milliseconds from the first row to the finished bytes, and the megabytes that its process held at most. */
export interface Written {
  wall: number;
  peak: number;
}

/** Medians over the rounds, peaks the highest of all; null where XlsxWriter is not installed, and then only ours is told. */
export interface ExcelFigures {
  rows: number;
  columns: number;
  ours_ms: number;
  xlsxwriter_ms: number | null;
  ratio: number | null;
  ours_peak_mb: number;
  xlsxwriter_peak_mb: number | null;
  ours_megabytes: number;
  xlsxwriter_megabytes: number | null;
  /** Least and most over the rounds. */
  spread: { ours_ms: [number, number]; xlsxwriter_ms: [number, number] | null };
  rounds: number;
  skipped: string | null;
}

/** What the figures are held to. */
export const excelBounds = { ratio: 0.9 };

const run = promisify(execFile);
const ours = fileURLToPath(new URL("./excel-child.ts", import.meta.url));
const theirs = fileURLToPath(new URL("./excel_child.py", import.meta.url));

/**
 * How long a data sheet takes beside XlsxWriter in its mode for long sheets (`constant_memory`): the same seeded rows in
 * the same columns, from the first row to the zipped bytes on disk, in turns and in processes of their own. Starting them
 * is in neither. Ours also makes the rest of a workbook's parts and an Excel table over the rows.
 */
export async function benchExcel({ rows = 50_000, rounds = 5 } = {}): Promise<ExcelFigures> {
  const folder = mkdtempSync(join(tmpdir(), "bogo-bench-"));
  const [own, other] = [join(folder, "ours.xlsx"), join(folder, "theirs.xlsx")];
  const python = await pythonWith("xlsxwriter");
  const took: { ours: Written[]; theirs: Written[] } = { ours: [], theirs: [] };
  try {
    for (let round = 0; round < rounds; round += 1) {
      took.ours.push(await measure(process.execPath, ours, own, rows));
      if (python) took.theirs.push(await measure(python, theirs, other, rows));
    }
    for (const file of python ? [own, other] : [own]) checked(file, rows);
    const megabytes = (file: string) => hundredths(statSync(file).size / 1e6);
    const walls = (list: readonly Written[]) => list.map(({ wall }) => wall);
    const peak = (list: readonly Written[]) => Math.round(Math.max(...list.map((each) => each.peak)));
    return {
      rows,
      columns: 12,
      ours_ms: Math.round(median(walls(took.ours))),
      xlsxwriter_ms: python ? Math.round(median(walls(took.theirs))) : null,
      ratio: python ? hundredths(median(walls(took.ours)) / median(walls(took.theirs))) : null,
      ours_peak_mb: peak(took.ours),
      xlsxwriter_peak_mb: python ? peak(took.theirs) : null,
      ours_megabytes: megabytes(own),
      xlsxwriter_megabytes: python ? megabytes(other) : null,
      spread: { ours_ms: ends(walls(took.ours)), xlsxwriter_ms: python ? ends(walls(took.theirs)) : null },
      rounds,
      skipped: python ? null : "python3 has no xlsxwriter here; only our own time was measured",
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(program: string, script: string, file: string, rows: number): Promise<Written> {
  const { stdout } = await run(program, [script, file, String(rows)]);
  return JSON.parse(stdout) as Written;
}

/** Both hold every row, or the comparison is of nothing. */
function checked(file: string, rows: number): void {
  const parts = unzipSync(readFileSync(file));
  const counts = Object.entries(parts).flatMap(([name, part]) =>
    name.startsWith("xl/worksheets/sheet") ? [Buffer.from(part).toString().match(/<row /g)?.length ?? 0] : [],
  );
  if (Math.max(...counts) !== rows + 1) throw new Error(`${file} holds ${counts.join(", ")} rows`);
}

export function sayExcel(figures: ExcelFigures): string {
  const { spread } = figures;
  return [
    `A data sheet of ${figures.rows} rows and ${figures.columns} columns: medians of ${figures.rounds} rounds, least and most in brackets.`,
    figures.skipped ??
      `XlsxWriter writes it in  ${figures.xlsxwriter_ms} ms (${within(spread.xlsxwriter_ms ?? [0, 0], "ms")}), ${figures.xlsxwriter_megabytes} MB, at most ${figures.xlsxwriter_peak_mb} MB of memory.`,
    `We write it in           ${figures.ours_ms} ms (${within(spread.ours_ms, "ms")}), ${figures.ours_megabytes} MB, at most ${figures.ours_peak_mb} MB of memory${figures.ratio === null ? "" : `: ${figures.ratio} times as long (held to ${excelBounds.ratio})`}.`,
  ].join("\n");
}
