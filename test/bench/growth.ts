import { execFile } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { hundredths, median } from "./figures.ts";

export interface GrowthFigures {
  rows: number;
  /** Loading one week's export into each warehouse, from opening the file to its closing. */
  small_ms: number;
  large_ms: number;
  growth_10x_history: number;
  /** A report's question to the larger one: 28 days against the 28 before, by campaign. */
  query_ms: number;
  rounds: number;
}

/** What the figures are held to. */
export const growthBounds = { growth_10x_history: 1.3, query_ms: 30 };

/**
 * What a week's export of 78,000 rows costs on a million rows of history and on ten million: it takes over days that
 * are there already. Each round loads into a copy of the warehouse, in a process of its own; the two take turns.
 */
export async function benchGrowth({ rows = 1_000_000, rounds = 5 } = {}): Promise<GrowthFigures> {
  const folder = mkdtempSync(join(tmpdir(), "bogo-growth-"));
  try {
    const file = join(folder, "Search keyword report.csv");
    writeFileSync(file, week());
    const history = { small: join(folder, "small.duckdb"), large: join(folder, "large.duckdb") };
    await run("history", file, history.small, rows);
    await run("history", file, history.large, rows * 10);
    const took = { small: [] as Took[], large: [] as Took[] };
    for (let round = 0; round < rounds; round++) {
      for (const size of ["small", "large"] as const) {
        const copy = join(folder, "copy.duckdb");
        copyFileSync(history[size], copy);
        took[size].push(await run("load", file, copy));
        rmSync(copy);
      }
    }
    const [small, large] = [took.small, took.large].map((each) => median(each.map(({ load }) => load))) as [
      number,
      number,
    ];
    return {
      rows,
      small_ms: Math.round(small),
      large_ms: Math.round(large),
      growth_10x_history: hundredths(large / small),
      query_ms: Math.round(median(took.large.map(({ query }) => query))),
      rounds,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Took {
  load: number;
  query: number;
}

async function run(what: "history" | "load", file: string, database: string, rows = 0): Promise<Took> {
  const child = join(import.meta.dirname, "growth-child.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [child, what, file, database, String(rows)]);
  return JSON.parse(stdout);
}

/** The last week of the history once more, with other figures. */
function week(): string {
  const lines = ["Search keyword report", '"December 25, 2025 - December 31, 2025"'];
  lines.push("Day,Campaign,Ad group,Keyword,Match type,Currency code,Impr.,Clicks,Cost,Conversions,Conv. value");
  for (let row = 0; row < 78_000; row++) {
    const part = Math.floor(row / 7);
    lines.push(
      `2025-12-${25 + (row % 7)},Campaign ${part % 40},Group ${part % 400},keyword ${part},Exact match,USD,${row % 900},${row % 30},${row % 70}.25,0.50,${row % 90}.00`,
    );
  }
  return `${lines.join("\n")}\n`;
}

export function sayGrowth(figures: GrowthFigures): string {
  return [
    `A week's export of 78,000 rows takes ${figures.small_ms} ms on ${figures.rows} rows of history and ${figures.large_ms} ms on ten times as many: ${figures.growth_10x_history} times (held to ${growthBounds.growth_10x_history}).`,
    `A report's question to the larger one takes ${figures.query_ms} ms (held to ${growthBounds.query_ms}).`,
  ].join("\n");
}
