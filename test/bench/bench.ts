import { benchExcel, type ExcelFigures, excelBounds } from "./excel.ts";
import { benchIngest, bounds, type IngestFigures } from "./ingest.ts";

/** The measurements by name, each with the figures that it is held to. */
const [name = "", ...flags] = process.argv.slice(2);
const number = (flag: string, usual: number): number =>
  Number(flags.find((each) => each.startsWith(`--${flag}=`))?.split("=")[1] ?? usual);

const benches: Record<string, () => Promise<[unknown, string]>> = {
  async ingest() {
    const figures = await benchIngest({ rows: number("rows", 2_000_000), rounds: number("rounds", 5) });
    return [figures, sayIngest(figures)];
  },
  async excel() {
    const figures = await benchExcel({ rows: number("rows", 50_000), rounds: number("rounds", 5) });
    return [figures, sayExcel(figures)];
  },
};

const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
if (!bench) {
  console.error(`Usage: npm run bench -- ${Object.keys(benches).join(" | ")} [--rows=50000] [--rounds=5] [--json]`);
  process.exitCode = 2;
} else {
  const [figures, said] = await bench();
  console.log(flags.includes("--json") ? JSON.stringify(figures) : said);
}

function sayIngest(figures: IngestFigures): string {
  const { spread } = figures;
  return [
    `A messy export of ${figures.rows} rows, ${figures.megabytes} MB: medians of ${figures.rounds} rounds, least and most in brackets.`,
    `DuckDB reads a clean copy in  ${figures.engine_ms} ms (${within(spread.engine_ms, "ms")}), at most ${figures.engine_peak_mb} MB of memory.`,
    `The export loads in           ${figures.ingest_ms} ms (${within(spread.ingest_ms, "ms")}): ${figures.ratio} times as long (held to ${bounds.ratio}), ${figures.processor} times by processor time.`,
    `The same in CP949 loads in    ${figures.cp949_ms} ms (${within(spread.cp949_ms, "ms")}): ${figures.cp949_over_utf8} times UTF-8 (held to ${bounds.cp949_over_utf8}), ${figures.cp949_processor} times by processor time.`,
    `The loading process holds     ${figures.peak_mb} MB at most (held to ${bounds.peak_mb}).`,
  ].join("\n");
}

function sayExcel(figures: ExcelFigures): string {
  const { spread } = figures;
  return [
    `A data sheet of ${figures.rows} rows and ${figures.columns} columns: medians of ${figures.rounds} rounds, least and most in brackets.`,
    figures.skipped ??
      `XlsxWriter writes it in  ${figures.xlsxwriter_ms} ms (${within(spread.xlsxwriter_ms ?? [0, 0], "ms")}), ${figures.xlsxwriter_megabytes} MB, at most ${figures.xlsxwriter_peak_mb} MB of memory.`,
    `We write it in           ${figures.ours_ms} ms (${within(spread.ours_ms, "ms")}), ${figures.ours_megabytes} MB, at most ${figures.ours_peak_mb} MB of memory${figures.ratio === null ? "" : `: ${figures.ratio} times as long (held to ${excelBounds.ratio})`}.`,
  ].join("\n");
}

function within([least, most]: readonly [number, number], unit: string): string {
  return `${least} to ${most} ${unit}`;
}
