import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { copyFile, mkdir, rename, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Roots } from "./roots.ts";
import { scratchPath } from "./scratch.ts";

/** A private copy of an export, kept by hash: what was loaded can be loaded again, whatever happens to the inbox. */
export interface Archived {
  sha256: string;
  /** The copy, under its own name, since names carry facts. */
  path: string;
}

/** Copies a file into the client's archive unless its bytes are there already. Reads happen from the copy only. */
export async function archive(file: string, folder: string): Promise<Archived> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = scratchPath(folder);
  try {
    // Copied first and hashed after: a file that grows meanwhile cannot have one content hashed and another kept.
    await copyFile(file, temporary);
    const sha256 = await hashOf(temporary);
    const path = archivedPath(folder, sha256, basename(file));
    await mkdir(join(folder, sha256), { recursive: true, mode: 0o700 });
    if (await exists(path)) await rm(temporary);
    else await rename(temporary, path);
    return { sha256, path };
  } finally {
    await rm(temporary, { force: true });
  }
}

/**
 * `archive` for whoever looks at the same files again and again: one that stands as it stood is not read anew. `onKept` is
 * told of each that was read, and of what was kept of the same name before.
 */
export function archiveOnce(onKept: (kept: Archived, before: Archived | null) => void = () => {}): typeof archive {
  const held = new Map<string, { stamp: string; kept: Archived }>();
  return async (file, folder) => {
    const { size, mtimeNs, ctimeNs, ino } = await stat(file, { bigint: true });
    const stamp = [size, mtimeNs, ctimeNs, ino].join(" ");
    const before = held.get(file);
    if (before?.stamp === stamp) return before.kept;
    const kept = await archive(file, folder);
    held.set(file, { stamp, kept });
    onKept(kept, before?.kept ?? null);
    return kept;
  };
}

/** What `work` gives, or null where the export has gone since it was listed: somebody took it away or renamed it. */
export async function unlessGone<Result>(path: string, work: () => Promise<Result>): Promise<Result | null> {
  try {
    return await work();
  } catch (error) {
    const { code, path: missing } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" && missing === path) return null;
    throw error;
  }
}

/** Where the exports of a client are kept by hash. */
export const archiveOf = ({ state }: Pick<Roots, "state">, client: string): string => join(state, "archive", client);

/** Where a file of this content and name lies in the archive. */
export const archivedPath = (folder: string, sha256: string, name: string): string => join(folder, sha256, name);

/** The SHA-256 of a file's bytes, in hex. */
export async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest("hex");
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
