import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { ends, hundredths, median, within } from "./figures.ts";
import { type Written, writeExports } from "./messy.ts";
import { pythonWith } from "./python.ts";

/** What one round of one way took: milliseconds and megabytes. */
export interface Took {
  wall: number;
  processor: number;
  peak: number;
  rows: number;
  sums: Readonly<Record<string, string>>;
}

/** Times are medians over the rounds; peaks are the highest of all rounds, and `peak_mb` is of both encodings. */
export interface IngestFigures {
  rows: number;
  megabytes: number;
  engine_ms: number;
  ingest_ms: number;
  ratio: number;
  /** The same ratio of the processor's time, which other people's work on the machine disturbs less. */
  processor: number;
  cp949_ms: number;
  cp949_over_utf8: number;
  cp949_processor: number;
  peak_mb: number;
  engine_peak_mb: number;
  /** Null where pandas is not installed. */
  pandas_ms: number | null;
  pandas_over_ingest: number | null;
  pandas_peak_mb: number | null;
  /** Least and most over the rounds. */
  spread: Record<"engine_ms" | "ingest_ms" | "cp949_ms" | "peak_mb", [number, number]>;
  rounds: number;
}

/** What the figures are held to. */
export const bounds = { ratio: 1.6, cp949_over_utf8: 1.8, peak_mb: 500, pandas_over_ingest: 3 };

/**
 * How long a messy export of two million rows takes from hashing the file to the commit, in UTF-8 and in CP949, against
 * DuckDB reading a clean copy of it into a typed table. Each round is a process of its own that writes a new database
 * file with the same settings; starting it and opening the file are in neither, nor is the copy into the archive. The
 * ways take turns, so that a busy machine slows all of them. Where pandas is installed, it reads the same export, too.
 */
export async function benchIngest({ rows = 2_000_000, rounds = 5 } = {}): Promise<IngestFigures> {
  const folder = mkdtempSync(join(tmpdir(), "bogo-bench-"));
  try {
    mkdirSync(join(folder, "cp949"));
    const name = "Search keyword report.csv";
    const paths = { clean: join(folder, "clean.csv"), messy: join(folder, name), cp949: join(folder, "cp949", name) };
    const truth = await writeExports(paths, rows);
    const took: Record<Way, Took[]> = { engine: [], ingest: [], cp949: [], pandas: [] };
    const python = await pythonWith("pandas");
    for (let round = 0; round < rounds; round += 1) {
      took.engine.push(await measure("engine", paths.clean, join(folder, "measured")));
      took.ingest.push(checked(await measure("ingest", paths.messy, join(folder, "measured")), truth));
      took.cp949.push(checked(await measure("ingest", paths.cp949, join(folder, "measured")), truth));
      if (python) took.pandas.push(checked(await readWithPandas(python, paths.messy), truth));
    }
    return { rows, megabytes: Math.round(statSync(paths.messy).size / 1e6), ...figuresOf(took), rounds };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Way = "engine" | "ingest" | "cp949" | "pandas";

async function readWithPandas(python: string, file: string): Promise<Took> {
  const script = fileURLToPath(new URL("./pandas_child.py", import.meta.url));
  const { stdout } = await promisify(execFile)(python, [script, file]);
  return JSON.parse(stdout) as Took;
}

const child = fileURLToPath(new URL("./child.ts", import.meta.url));

async function measure(way: "engine" | "ingest", file: string, folder: string): Promise<Took> {
  mkdirSync(folder);
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [child, way, file, join(folder, "new.duckdb")]);
    return JSON.parse(stdout) as Took;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function checked(took: Took, { rows, impressions, cost }: Written): Took {
  const cents = String(cost).padStart(3, "0");
  const money = `${cents.slice(0, -2)}.${cents.slice(-2)}`.replace(/\.?0+$/u, "");
  if (took.rows !== rows || took.sums.cost !== money || took.sums.impressions !== String(impressions))
    throw new Error(`wrong figures: ${took.rows} rows, ${JSON.stringify(took.sums)}`);
  return took;
}

function figuresOf({ engine, ingest, cp949, pandas }: Record<Way, Took[]>) {
  const hasPandas = pandas.length > 0;
  const walls = (took: readonly Took[]) => took.map(({ wall }) => wall);
  const processor = (took: readonly Took[]) => median(took.map((each) => each.processor));
  const peaks = [...ingest, ...cp949].map(({ peak }) => peak);
  return {
    engine_ms: Math.round(median(walls(engine))),
    ingest_ms: Math.round(median(walls(ingest))),
    ratio: hundredths(median(walls(ingest)) / median(walls(engine))),
    processor: hundredths(processor(ingest) / processor(engine)),
    cp949_ms: Math.round(median(walls(cp949))),
    cp949_over_utf8: hundredths(median(walls(cp949)) / median(walls(ingest))),
    cp949_processor: hundredths(processor(cp949) / processor(ingest)),
    peak_mb: Math.round(Math.max(...peaks)),
    engine_peak_mb: Math.round(Math.max(...engine.map(({ peak }) => peak))),
    pandas_ms: hasPandas ? Math.round(median(walls(pandas))) : null,
    pandas_over_ingest: hasPandas ? hundredths(median(walls(pandas)) / median(walls(ingest))) : null,
    pandas_peak_mb: hasPandas ? Math.round(Math.max(...pandas.map(({ peak }) => peak))) : null,
    spread: {
      engine_ms: ends(walls(engine)),
      ingest_ms: ends(walls(ingest)),
      cp949_ms: ends(walls(cp949)),
      peak_mb: ends(peaks),
    },
  };
}

export function sayIngest(figures: IngestFigures): string {
  const { spread } = figures;
  return [
    `A messy export of ${figures.rows} rows, ${figures.megabytes} MB: medians of ${figures.rounds} rounds, least and most in brackets.`,
    `DuckDB reads a clean copy in  ${figures.engine_ms} ms (${within(spread.engine_ms, "ms")}), at most ${figures.engine_peak_mb} MB of memory.`,
    `The export loads in           ${figures.ingest_ms} ms (${within(spread.ingest_ms, "ms")}): ${figures.ratio} times as long (held to ${bounds.ratio}), ${figures.processor} times by processor time.`,
    `The same in CP949 loads in    ${figures.cp949_ms} ms (${within(spread.cp949_ms, "ms")}): ${figures.cp949_over_utf8} times UTF-8 (held to ${bounds.cp949_over_utf8}), ${figures.cp949_processor} times by processor time.`,
    figures.pandas_ms === null
      ? "python3 has no pandas here, so the load was not compared with it."
      : `pandas reads it into memory in ${figures.pandas_ms} ms: ${figures.pandas_over_ingest} times as long as it loads (held to at least ${bounds.pandas_over_ingest}), at most ${figures.pandas_peak_mb} MB of memory.`,
    `The loading process holds     ${figures.peak_mb} MB at most (held to ${bounds.peak_mb}).`,
  ].join("\n");
}
