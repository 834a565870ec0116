import { fork } from "node:child_process";
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { projectRoot } from "../../jobs/roots.ts";
import { type Case, runCase } from "./case.ts";
import { type CutCounts, countCuts, variants } from "./cuts.ts";
import { cutsPage } from "./cuts-page.ts";
import { openReader } from "./reading.ts";
import { loadSamples } from "./samples.ts";
import { addSummary, emptySummary, isClean, type Summary } from "./summary.ts";
import type { Said } from "./worker.ts";

const { values: said } = parseArgs({
  options: {
    files: { type: "string", default: "20000" },
    seed: { type: "string", default: "1" },
    case: { type: "string" },
    cuts: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});

/** Garbage is taken out early and freed memory given back, so that what is measured is what reading needs. */
const held = {
  execArgv: ["--max-old-space-size=96", "--max-semi-space-size=2"],
  env: { ...process.env, MALLOC_ARENA_MAX: "1", MALLOC_TRIM_THRESHOLD_: "1000000", UV_THREADPOOL_SIZE: "1" },
};

/** Half of the run in a process of its own. */
function half(seed: number, files: number, first: number, step: number, tell: (done: number) => void) {
  return new Promise<{ summary: Summary; violations: Case[] }>((resolve, reject) => {
    const child = fork(join(import.meta.dirname, "worker.ts"), [seed, files, first, step].map(String), held);
    let result: { summary: Summary; violations: Case[] } | null = null;
    child.on("message", (message: Said) => {
      if ("done" in message) tell(message.done);
      else result = message;
    });
    child.on("exit", (code) => (result ? resolve(result) : reject(new Error(`a worker ended with ${code}`))));
  });
}

async function run(seed: number, files: number): Promise<void> {
  const step = Math.min(2, availableParallelism());
  const done = new Array<number>(step).fill(0);
  const start = performance.now();
  const halves = await Promise.all(
    done.map((_, first) =>
      half(seed, files, first, step, (count) => {
        done[first] = count;
        const all = done.reduce((sum, each) => sum + each, 0);
        if (process.stderr.isTTY) process.stderr.write(`\r${all} of ${files}`);
      }),
    ),
  );
  const summary = emptySummary(seed);
  for (const each of halves) addSummary(summary, each.summary);
  const violations = halves.flatMap((each) => each.violations).sort((a, b) => a.size - b.size);
  if (said.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
  else process.stdout.write(tell(summary, (performance.now() - start) / 1000));
  if (violations.length > 0) process.stderr.write(explain(violations, seed));
  process.exitCode = isClean(summary) ? 0 : 1;
}

function tell(sum: Summary, seconds: number): string {
  const { mutations, ...counts } = sum;
  const lines = Object.entries({ ...counts, seconds: Math.round(seconds) }).map(
    ([name, count]) => `${name.padEnd(16)}${count}`,
  );
  const made = Object.entries(mutations).sort(([, a], [, b]) => b - a);
  return `${[...lines, "", ...made.map(([how, count]) => `${String(count).padStart(6)}  ${how}`)].join("\n")}\n`;
}

/** The smallest in full, the others by number. */
function explain([smallest, ...others]: readonly Case[], seed: number): string {
  if (!smallest) return "";
  const { index, sample, how, crash, lost, unaccounted, ms } = smallest;
  const rest = others.length > 0 ? `Others: ${others.map((each) => each.index).join(", ")}\n` : "";
  const what =
    crash ??
    [...lost.map((row) => `lost: ${row}`), `unaccounted lines: ${unaccounted}`, `ms: ${Math.round(ms)}`].join("\n");
  return `\nThe smallest violation: npm run fuzz -- --seed ${seed} --case ${index}\n${sample}: ${how.join(", ")}\n${what}\n${rest}`;
}

/** Plays one case again and leaves its file behind. */
async function replay(seed: number, index: number): Promise<void> {
  const { read, work } = await openReader();
  const found = await runCase({ seed, index, work: join(work, "case"), samples: await loadSamples(read), read });
  process.stdout.write(`${JSON.stringify(found, null, 2)}\n${join(work, "case", found.sample)}\n`);
}

/** Cuts every sample at every byte, and writes the page about it. */
async function cut(): Promise<void> {
  const { formats, byVariant } = await variants();
  const all: CutCounts[] = [];
  for (const [variant, paths] of byVariant) all.push(await countCuts(variant, paths, formats));
  const page = cutsPage(all);
  writeFileSync(join(projectRoot, "docs", "cuts.md"), page);
  process.stdout.write(said.json ? `${JSON.stringify(all)}\n` : page);
}

if (said.cuts) await cut();
else if (said.case === undefined) await run(Number(said.seed), Number(said.files));
else await replay(Number(said.seed), Number(said.case));
