import { readdirSync, readFileSync } from "node:fs";

/** Milliseconds of processor that all processes begun by this one have used so far, theirs included; null without /proc. */
export function processorOfChildren(): number | null {
  const all = new Map<number, { parent: number; ticks: number }>();
  try {
    for (const name of readdirSync("/proc").filter((each) => /^\d+$/.test(each))) {
      const stat = statOf(name);
      if (stat) all.set(Number(name), stat);
    }
  } catch {
    return null;
  }
  const isOurs = (id: number): boolean => {
    const parent = all.get(id)?.parent;
    return parent !== undefined && (parent === process.pid || isOurs(parent));
  };
  let ticks = 0;
  for (const [id, stat] of all) if (isOurs(id)) ticks += stat.ticks;
  return ticks * msPerTick;
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
