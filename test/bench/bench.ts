import { cpus, totalmem } from "node:os";
import { benchBatch, sayBatch } from "./batch.ts";
import { benchExcel, sayExcel } from "./excel.ts";
import { benchGrowth, sayGrowth } from "./growth.ts";
import { benchIngest, sayIngest } from "./ingest.ts";
import { benchRender, sayRender } from "./render.ts";
import { benchStarts, sayStarts } from "./starts.ts";

/** The measurements by name. Without a name all of them run, one after the other. */
const [name, ...rest] = process.argv.slice(2).filter((each) => !each.startsWith("--"));
const flags = process.argv.slice(2).filter((each) => each.startsWith("--"));
const number = (flag: string, usual: number): number =>
  Number(flags.find((each) => each.startsWith(`--${flag}=`))?.split("=")[1] ?? usual);

const benches = {
  ingest: () => benchIngest({ rows: number("rows", 2_000_000), rounds: number("rounds", 5) }),
  growth: () => benchGrowth({ rows: number("rows", 1_000_000), rounds: number("rounds", 5) }),
  excel: () => benchExcel({ rows: number("rows", 50_000), rounds: number("rounds", 5) }),
  render: () => benchRender({ reports: number("reports", 500), rounds: number("rounds", 15) }),
  starts: () => benchStarts({ rounds: number("rounds", 11) }),
  batch: () => benchBatch({ clients: number("clients", 100) }),
};
type Name = keyof typeof benches;
type Runs = { [Each in Name]: Awaited<ReturnType<(typeof benches)[Each]>> };

const say: { [Each in Name]: (figures: Runs[Each]) => string } = {
  ingest: sayIngest,
  growth: sayGrowth,
  excel: sayExcel,
  render: sayRender,
  starts: sayStarts,
  batch: sayBatch,
};

if (rest.length > 0 || (name !== undefined && !Object.hasOwn(benches, name))) {
  console.error(
    `Usage: npm run bench -- [${Object.keys(benches).join(" | ")}] [--rows=2000000] [--rounds=5] [--reports=500] [--clients=100] [--json]`,
  );
  process.exitCode = 2;
} else if (name === undefined) await all();
else await one(name as Name);

async function one<Each extends Name>(which: Each): Promise<Runs[Each]> {
  const figures = (await benches[which]()) as Runs[Each];
  if (!flags.includes("--json")) console.log(`${say[which](figures)}\n`);
  else if (name !== undefined) console.log(JSON.stringify(figures));
  return figures;
}

/** The figures that the project is judged by, in one object. */
async function all(): Promise<void> {
  const ingest = await one("ingest");
  const growth = await one("growth");
  const excel = await one("excel");
  const render = await one("render");
  const starts = await one("starts");
  const batch = await one("batch");
  if (!flags.includes("--json")) return;
  const [cpu] = cpus();
  const machine = {
    cores: cpus().length,
    processor: cpu?.model ?? null,
    memory_gb: Math.round(totalmem() / 1e9),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
  };
  const ratios = {
    ingest_over_limit: ingest.ratio,
    pandas_over_ingest: ingest.pandas_over_ingest,
    cp949_over_utf8: ingest.cp949_over_utf8,
    growth_10x_history: growth.growth_10x_history,
    chromium_over_pdf: render.ratio,
    excel_over_xlsxwriter: excel.ratio,
    batch_500_over_render_only: batch.batch_over_render_only,
  };
  const figures = {
    batch_500_s: batch.batch_s,
    batch_peak_mb: batch.peak_mb,
    cli_help_ms: starts.cli_help_ms,
    tick_idle_ms: starts.tick_idle_ms,
    one_report_s: starts.one_report_s,
    query_10m_ms: growth.query_ms,
  };
  console.log(JSON.stringify({ machine, ratios, figures, runs: { ingest, growth, excel, render, starts, batch } }));
}
