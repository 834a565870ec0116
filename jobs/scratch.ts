import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { isGone, newOwner } from "./ledger/owner.ts";

const MARK = ".bogo~";

/**
 * A new path in a folder for something unfinished. The name says whose it is, so that what a process left there when it
 * was killed is cleared away by the next one.
 */
export async function scratchPath(folder: string): Promise<string> {
  for (const name of await readdir(folder)) {
    if (name.startsWith(MARK) && isGone(name.slice(MARK.length).replaceAll("~", ":")))
      await rm(join(folder, name), { recursive: true, force: true });
  }
  return join(folder, `${MARK}${newOwner().replaceAll(":", "~")}`);
}
