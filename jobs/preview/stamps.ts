import { readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";

/** The files below a folder by their path, each with what changes when it is written: size, time and inode. */
export function stampsBelow(folder: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const name of list(folder)) {
    const path = join(folder, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat?.isFile())
      found.set(relative(folder, path).replaceAll("\\", "/"), `${stat.size} ${stat.mtimeMs} ${stat.ino}`);
  }
  return found;
}

/** One text for the files that are wanted: equal where none of them was touched. */
export function stampOf(stamps: ReadonlyMap<string, string>, wanted: (path: string) => boolean): string {
  return [...stamps]
    .filter(([path]) => wanted(path))
    .map(([path, stamp]) => `${path} ${stamp}`)
    .sort()
    .join("\n");
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" });
  } catch {
    // Not there (yet), or taken away while it was listed: the next change says more.
    return [];
  }
}
