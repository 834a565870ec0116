import { join } from "node:path";
import { type Case, runCase } from "./case.ts";
import { openReader } from "./reading.ts";
import { loadSamples } from "./samples.ts";
import { addCase, emptySummary, isViolation, type Summary } from "./summary.ts";

/** What a worker says: now and then how far it is, at the end all that it found. */
export type Said = { done: number } | { summary: Summary; violations: Case[] };

/** Runs every `step`th case of a run from `first` on. */
async function work(seed: number, files: number, first: number, step: number): Promise<void> {
  const { read, work, close } = await openReader();
  const samples = await loadSamples(read);
  const summary = emptySummary(seed);
  const violations: Case[] = [];
  for (let index = first; index < files; index += step) {
    const found = await runCase({ seed, index, work: join(work, "case"), samples, read });
    addCase(summary, found);
    if (isViolation(found)) violations.push(found);
    if (summary.files % 100 === 0) process.send?.({ done: summary.files } satisfies Said);
  }
  close();
  // Of the program alone: what a workbook takes has a limit of its own in its own process.
  summary.peak_mb = Math.round(process.resourceUsage().maxRSS / 1024);
  process.send?.({ summary, violations: violations.slice(0, 100) } satisfies Said, () => process.disconnect());
}

const [seed = 1, files = 0, first = 0, step = 1] = process.argv.slice(2).map(Number);
await work(seed, files, first, step);
