import { benchIngest, bounds, type IngestFigures } from "./ingest.ts";

const usage = "Usage: npm run bench -- ingest [--rows=2000000] [--rounds=5] [--json]";

/** The measurements by name, each with the figures that it is held to. */
const [name, ...flags] = process.argv.slice(2);
if (name !== "ingest") {
  console.error(usage);
  process.exitCode = 2;
} else {
  const number = (flag: string) => flags.find((each) => each.startsWith(`--${flag}=`))?.split("=")[1];
  const figures = await benchIngest({
    rows: Number(number("rows") ?? 2_000_000),
    rounds: Number(number("rounds") ?? 5),
  });
  console.log(flags.includes("--json") ? JSON.stringify(figures) : sayIngest(figures));
}

function sayIngest(figures: IngestFigures): string {
  const { spread } = figures;
  const within = ([least, most]: readonly [number, number], unit: string) => `${least} to ${most} ${unit}`;
  return [
    `A messy export of ${figures.rows} rows, ${figures.megabytes} MB: medians of ${figures.rounds} rounds, least and most in brackets.`,
    `DuckDB reads a clean copy in  ${figures.engine_ms} ms (${within(spread.engine_ms, "ms")}), at most ${figures.engine_peak_mb} MB of memory.`,
    `The export loads in           ${figures.ingest_ms} ms (${within(spread.ingest_ms, "ms")}): ${figures.ratio} times as long (held to ${bounds.ratio}), ${figures.processor} times by processor time.`,
    `The same in CP949 loads in    ${figures.cp949_ms} ms (${within(spread.cp949_ms, "ms")}): ${figures.cp949_over_utf8} times UTF-8 (held to ${bounds.cp949_over_utf8}), ${figures.cp949_processor} times by processor time.`,
    `The loading process holds     ${figures.peak_mb} MB at most (held to ${bounds.peak_mb}).`,
  ].join("\n");
}
