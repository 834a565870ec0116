import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { median, tenths } from "./figures.ts";

/** What the measuring process prints: milliseconds of each round, megabytes. */
export interface RenderTook {
  pages: number;
  ours: number[];
  chromium: number[];
  /** How many times as much of the processor the browser uses; null where that cannot be told. */
  processor: number | null;
  reports: number;
  each: number[];
  heap: [number, number];
  resident: [number, number];
  peak: number;
}

/** Times are medians over the rounds. Memory is that of the process that draws, after collecting what is free. */
export interface RenderFigures {
  pages: number;
  pdf_ms: number;
  chromium_ms: number;
  /** How many times as long the browser takes. */
  ratio: number;
  /** The same of the processor's time, which other people's work on the machine disturbs less. */
  processor: number | null;
  reports: number;
  /** PDF, workbook and mail of one report. */
  report_ms: number;
  /** After a fifth of the reports, and after all of them. */
  heap_mb: [number, number];
  resident_mb: [number, number];
  growth_mb: number;
  peak_mb: number;
  spread: Record<"pdf_ms" | "chromium_ms" | "report_ms", [number, number]>;
  rounds: number;
}

/** What the figures are held to: the browser takes at least twice as long, and 400 reports leave nothing behind. */
export const renderBounds = { ratio: 2, growth_mb: 10 };

/**
 * One warm process draws the same report by turns as our PDF and, in a browser that is open already, as a page printed
 * to PDF; then 500 reports as PDF, workbook and mail, which has to leave its memory as it was.
 */
export async function benchRender({ reports = 500, rounds = 15 } = {}): Promise<RenderFigures> {
  const child = fileURLToPath(new URL("./render-child.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--expose-gc", child, String(reports), String(rounds)],
    { maxBuffer: 1 << 24 },
  );
  const took = JSON.parse(stdout) as RenderTook;
  return {
    pages: took.pages,
    pdf_ms: tenths(median(took.ours)),
    chromium_ms: tenths(median(took.chromium)),
    ratio: Math.round((median(took.chromium) / median(took.ours)) * 100) / 100,
    processor: took.processor && Math.round(took.processor * 100) / 100,
    reports: took.reports,
    report_ms: tenths(median(took.each)),
    heap_mb: [tenths(took.heap[0]), tenths(took.heap[1])],
    resident_mb: [Math.round(took.resident[0]), Math.round(took.resident[1])],
    growth_mb: tenths(took.heap[1] - took.heap[0]),
    peak_mb: Math.round(took.peak),
    spread: { pdf_ms: ends(took.ours), chromium_ms: ends(took.chromium), report_ms: ends(took.each) },
    rounds,
  };
}

export function sayRender(figures: RenderFigures): string {
  const within = ([least, most]: readonly [number, number]) => `${least} to ${most} ms`;
  const { spread } = figures;
  return [
    `A report of ${figures.pages} pages in one warm process: medians of ${figures.rounds} rounds by turns, least and most in brackets.`,
    `Our PDF takes                 ${figures.pdf_ms} ms (${within(spread.pdf_ms)}).`,
    `Chromium prints the same in   ${figures.chromium_ms} ms (${within(spread.chromium_ms)}): ${figures.ratio} times as long (held to at least ${renderBounds.ratio}), ${figures.processor ?? "?"} times by processor time.`,
    `${figures.reports} reports as PDF, workbook and mail take ${figures.report_ms} ms each (${within(spread.report_ms)}).`,
    `The heap holds ${figures.heap_mb[0]} MB after a fifth of them and ${figures.heap_mb[1]} MB after all (held to ${renderBounds.growth_mb} MB more); the process ${figures.resident_mb[0]} and ${figures.resident_mb[1]} MB, at most ${figures.peak_mb} MB.`,
  ].join("\n");
}

const ends = (values: readonly number[]): [number, number] => [
  tenths(Math.min(...values)),
  tenths(Math.max(...values)),
];
