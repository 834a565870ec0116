import { createHash } from "node:crypto";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Roots } from "../roots.ts";
import { scratchPath } from "../scratch.ts";

export interface StoredMail {
  /** Below the store's folder, with `/`. */
  path: string;
  sha256: string;
  size: number;
}

/** The messages as they were made. Only these bytes are ever sent. */
export interface MailStore {
  /** Keeps bytes so that they survive a power cut. The name carries their hash: other bytes never replace them. */
  put(folder: string, name: string, bytes: Uint8Array): Promise<StoredMail>;
  /** The bytes, or null when they are missing or no longer those that were stored. */
  get(stored: Pick<StoredMail, "path" | "sha256">): Promise<Buffer | null>;
  /** Erases bytes for good; those that are gone already are no error. */
  erase(stored: Pick<StoredMail, "path">): Promise<void>;
}

/** Where stored mails lie. */
export const storeOf = ({ state }: Pick<Roots, "state">): MailStore => mailStore(join(state, "mail"));

/** A mail store in a folder of the state root; only its owner may read it. */
export function mailStore(root: string): MailStore {
  return {
    async put(folder, name, bytes) {
      const sha256 = digest(bytes);
      const path = `${folder}/${name}.${sha256.slice(0, 12)}.eml`;
      const target = join(root, path);
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      await writeDurably(target, bytes);
      return { path, sha256, size: bytes.length };
    },
    async get({ path, sha256 }) {
      const bytes = await readFile(join(root, path)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return null;
        throw error;
      });
      return bytes && digest(bytes) === sha256 ? bytes : null;
    },
    erase: ({ path }) => rm(join(root, path), { force: true }),
  };
}

/** Whole or not at all: a temporary file, synced, then renamed, then the folder synced. */
async function writeDurably(target: string, bytes: Uint8Array): Promise<void> {
  const temporary = scratchPath(dirname(target));
  try {
    const file = await open(temporary, "wx", 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  const folder = await open(dirname(target), "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

const digest = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
