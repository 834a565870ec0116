import { createHash, type Hash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { projectRoot } from "./roots.ts";

/** What an answer was read from: folders of which every file counts. */
export interface ReadFrom {
  folders: readonly string[];
  /** Keeps the last answer. */
  file: string;
}

/**
 * What `read` gives, or the same as the last process got, where nothing that it was read from has changed: every tick
 * and every worker reads the config of all clients, and parsing and judging it costs fifty times what this does.
 *
 * Texts count by their content, larger files by size and time. The program's own judging counts, too. An answer that
 * cannot be kept or read back is simply read anew.
 */
export async function readThrough<Answer>({ folders, file }: ReadFrom, read: () => Promise<Answer>): Promise<Answer> {
  const key = keyOf([...folders, ...judging]);
  const kept = answerIn(file, key);
  if (kept) return kept.answer as Answer;
  const answer = await read();
  // A file that changed meanwhile may have been read before or after: such an answer is nobody else's.
  if (keyOf([...folders, ...judging]) === key) keep(file, key, answer);
  return answer;
}

/** What judges the config is part of the answer. */
const judging = ["config", "transforms"].map((name) => join(projectRoot, name));

/** Larger ones are pictures and workbooks, and the program's own sources do not change under it. */
const readUpTo = 256 * 1024;

function keyOf(folders: readonly string[]): string {
  const hash = createHash("sha256");
  for (const folder of new Set(folders)) addFolder(hash, folder);
  return hash.digest("hex");
}

function addFolder(hash: Hash, folder: string): void {
  if (!existsSync(folder)) return;
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => !entry.isDirectory());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).toSorted();
  hash.update(`${folder} ${paths.length}\n`);
  for (const path of paths) {
    const found = statSync(path, { throwIfNoEntry: false });
    const isSource = path.endsWith(".ts") || !found?.isFile() || found.size > readUpTo;
    hash.update(`${path} ${found?.size} ${isSource ? found?.mtimeMs : ""}\n`);
    if (!isSource) hash.update(readFileSync(path));
  }
}

function answerIn(file: string, key: string): { answer: unknown } | null {
  try {
    const bytes = readFileSync(file);
    return bytes.toString("latin1", 0, key.length) === key ? { answer: deserialize(bytes.subarray(key.length)) } : null;
  } catch {
    return null;
  }
}

function keep(file: string, key: string, answer: unknown): void {
  const temporary = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    try {
      writeFileSync(temporary, Buffer.concat([Buffer.from(key, "latin1"), serialize(answer)]), { mode: 0o600 });
      renameSync(temporary, file);
    } finally {
      rmSync(temporary, { force: true });
    }
  } catch {
    // A disk that is full or read-only is told by what needs it.
  }
}
