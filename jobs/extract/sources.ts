import { existsSync, globSync, lstatSync, realpathSync } from "node:fs";
import { basename, join, sep } from "node:path";
import { BogoError, problem } from "../../transforms/problem.ts";

/**
 * The files that a source's glob names, sorted. Only regular files whose real path lies below the client's inbox: a
 * glob that leads out of it is refused, and a link, a hidden file or what a browser has not finished is passed over.
 */
export async function resolveSource(inboxDir: string, glob: string): Promise<string[]> {
  if (leadsOut(glob)) throw new BogoError([problem("FILE_PATH_REFUSED", { glob })]);
  if (!existsSync(inboxDir)) return [];
  const root = realpathSync(inboxDir);
  const names = globSync(glob, { cwd: root }).filter(
    (name) => !name.split(/[/\\]/u).some((part) => part.startsWith(".")),
  );
  const paths = names.map((name) => join(root, name)).filter((path) => !isUnfinished(path) && isOwnFile(path, root));
  return [...new Set(paths)].toSorted();
}

function leadsOut(glob: string): boolean {
  return glob === "" || /^[/~]|^[A-Za-z]:|\\|\p{Cc}/u.test(glob) || glob.split("/").includes("..");
}

/** One that has gone since it was listed, renamed or taken away, is not there. */
function isOwnFile(path: string, root: string): boolean {
  try {
    return lstatSync(path).isFile() && realpathSync(path).startsWith(`${root}${sep}`);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw error;
  }
}

/** Names under which browsers and copying programs write, and Excel's locks: the file itself comes under its own. */
function isUnfinished(path: string): boolean {
  return /^~\$|\.(?:crdownload|part|partial|download|filepart|tmp)$/iu.test(basename(path));
}
