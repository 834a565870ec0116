import { existsSync, globSync, realpathSync } from "node:fs";
import { join } from "node:path";

/** The names that a source's glob finds but that are links or lie behind one: they are never read, and said. */
export function linksAmong(inbox: string, glob: string): string[] {
  if (!existsSync(inbox)) return [];
  const root = realpathSync(inbox);
  return globSync(glob, { cwd: root })
    .filter((name) => !name.split(/[/\\]/u).some((part) => part.startsWith(".")))
    .filter((name) => leadsElsewhere(join(root, name)))
    .map((name) => name.replaceAll("\\", "/"))
    .toSorted();
}

function leadsElsewhere(path: string): boolean {
  try {
    return realpathSync(path) !== path;
  } catch {
    return true; // a link to nothing
  }
}
