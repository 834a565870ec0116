import { existsSync, readdirSync, readFileSync } from "node:fs";

/** Milliseconds of processor that all processes begun by this one have used so far, theirs included; null without /proc. */
export function processorOfChildren(): number | null {
  const all = processTable();
  if (all.size === 0) return null;
  return descendantsOf(process.pid, all).reduce((sum, id) => sum + (all.get(id)?.ticks ?? 0), 0) * msPerTick;
}

/** The processes that one has begun, and those that they have. */
export function descendantsOf(root: number, all = processTable()): number[] {
  const children = [...all].filter(([, { parent }]) => parent === root).map(([id]) => id);
  return children.flatMap((id) => [id, ...descendantsOf(id, all)]);
}

type ProcessTable = ReadonlyMap<number, { parent: number; ticks: number }>;

/** Every process that can be looked at; empty without /proc. */
function processTable(): ProcessTable {
  const all = new Map<number, { parent: number; ticks: number }>();
  if (!existsSync("/proc")) return all;
  for (const name of readdirSync("/proc").filter((each) => /^\d+$/.test(each))) {
    const stat = statOf(name);
    if (stat) all.set(Number(name), stat);
  }
  return all;
}

/** A tick is a hundredth of a second wherever Linux runs on ordinary machines. */
const msPerTick = 10;

function statOf(id: string): { parent: number; ticks: number } | null {
  try {
    // The name in brackets may hold anything; what follows it are numbers.
    const fields = readFileSync(`/proc/${id}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ")
      .map(Number);
    return { parent: fields[1] ?? 0, ticks: (fields[11] ?? 0) + (fields[12] ?? 0) };
  } catch {
    return null;
  }
}
