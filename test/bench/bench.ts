import { benchIngest, bounds, type IngestFigures } from "./ingest.ts";
import { benchRender, sayRender } from "./render.ts";

const usage = `Usage: npm run bench -- ingest [--rows=2000000] [--rounds=5] [--json]
       npm run bench -- render [--reports=500] [--rounds=15] [--json]`;

/** The measurements by name, each with the figures that it is held to. */
const [name, ...flags] = process.argv.slice(2);
const json = flags.includes("--json");
const number = (flag: string, usual: number) =>
  Number(flags.find((each) => each.startsWith(`--${flag}=`))?.split("=")[1] ?? usual);

const benches: Readonly<Record<string, () => Promise<string>>> = {
  async ingest() {
    const figures = await benchIngest({ rows: number("rows", 2_000_000), rounds: number("rounds", 5) });
    return json ? JSON.stringify(figures) : sayIngest(figures);
  },
  async render() {
    const figures = await benchRender({ reports: number("reports", 500), rounds: number("rounds", 15) });
    return json ? JSON.stringify(figures) : sayRender(figures);
  },
};

const bench = benches[name ?? ""];
if (bench) console.log(await bench());
else {
  console.error(usage);
  process.exitCode = 2;
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
