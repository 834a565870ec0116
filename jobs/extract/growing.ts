import { stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { Temporal } from "temporal-polyfill";
import type { Clock } from "../clock.ts";

/** A file that nobody has touched for so long counts as written; copies over a network pause for less. */
const quietMs = 1000;

/**
 * Those of the files that somebody is still writing. One that was touched just now is looked at again after a moment,
 * all of them in the same moment; what has changed meanwhile is left for the next time. The clock must be the machine's.
 */
export async function stillGrowing(
  paths: readonly string[],
  clock: Clock,
  quiet = quietMs,
): Promise<ReadonlySet<string>> {
  const now = Temporal.Instant.from(clock.now()).epochMilliseconds;
  const before = await Promise.all(paths.map(async (path) => ({ path, ...(await stampOf(path)) })));
  const young = before.filter(({ touched }) => now - touched < quiet);
  if (young.length === 0) return new Set();
  await sleep(quiet);
  const after = await Promise.all(
    young.map(async ({ path, stamp }) => ({ path, same: (await stampOf(path)).stamp === stamp })),
  );
  return new Set(after.filter(({ same }) => !same).map(({ path }) => path));
}

async function stampOf(path: string): Promise<{ stamp: string; touched: number }> {
  const found = await stat(path).catch(() => null);
  return found ? { stamp: `${found.size} ${found.mtimeMs}`, touched: found.mtimeMs } : { stamp: "", touched: 0 };
}
