import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isGone, newOwner } from "./ledger/owner.ts";

const MARK = ".bogo~";

/**
 * A new path in a folder for something unfinished. The name says whose it is, so that what a process left there when it
 * was killed is cleared away by the next one.
 */
export function scratchPath(folder: string): string {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(MARK) || !isGone(name.slice(MARK.length).replaceAll("~", ":"))) continue;
    try {
      rmSync(join(folder, name), { recursive: true, force: true });
    } catch {
      // Another user's, in a folder that all share: theirs to clear away.
    }
  }
  return join(folder, `${MARK}${newOwner().replaceAll(":", "~")}`);
}
