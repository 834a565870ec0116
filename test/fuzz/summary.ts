import { type Case, slow } from "./case.ts";

/** What a run of changed files came to. */
export interface Summary {
  files: number;
  /** How often each change was made. */
  mutations: Record<string, number>;
  refused: number;
  accepted_lines: number;
  rejected_lines: number;
  skipped_lines: number;
  lost_rows: number;
  unaccounted: number;
  crashes: number;
  slowest_ms: number;
  peak_mb: number;
  seed: number;
}

/** The most memory that the process may take, in megabytes. */
const maxMemory = 300;

export const emptySummary = (seed: number): Summary => ({
  files: 0,
  mutations: {},
  refused: 0,
  accepted_lines: 0,
  rejected_lines: 0,
  skipped_lines: 0,
  lost_rows: 0,
  unaccounted: 0,
  crashes: 0,
  slowest_ms: 0,
  peak_mb: 0,
  seed,
});

export function addCase(sum: Summary, found: Case): void {
  sum.files += 1;
  for (const how of found.how) sum.mutations[how] = (sum.mutations[how] ?? 0) + 1;
  sum.refused += found.refused ? 1 : 0;
  sum.accepted_lines += found.accepted;
  sum.rejected_lines += found.rejected;
  sum.skipped_lines += found.skipped;
  sum.lost_rows += found.lost.length;
  sum.unaccounted += found.unaccounted;
  sum.crashes += found.crash === null ? 0 : 1;
  sum.slowest_ms = Math.max(sum.slowest_ms, Math.round(found.ms));
}

/** Two processes' halves of one run. */
export function addSummary(sum: Summary, other: Summary): void {
  const { seed: _, mutations, slowest_ms, peak_mb, ...counts } = other;
  for (const [how, count] of Object.entries(mutations)) sum.mutations[how] = (sum.mutations[how] ?? 0) + count;
  // What is left are the plain counts.
  for (const [name, count] of Object.entries(counts)) sum[name as keyof typeof counts] += count;
  sum.slowest_ms = Math.max(sum.slowest_ms, slowest_ms);
  sum.peak_mb = Math.max(sum.peak_mb, peak_mb);
}

export const isViolation = (found: Case): boolean =>
  found.crash !== null || found.lost.length > 0 || found.unaccounted > 0 || found.ms > slow;

export const isClean = (sum: Summary): boolean =>
  sum.lost_rows + sum.unaccounted + sum.crashes === 0 && sum.slowest_ms <= slow && sum.peak_mb <= maxMemory;
