import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Config } from "../config/config.ts";
import type { Kept, KeptFile } from "../config/kept.ts";

/** The config files as they were last accepted; one that was changed here since counts as none. */
export function readKept(state: string): Kept {
  const folder = dirname(keptFile(state, ""));
  const slugs = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
  const files = slugs.map((name) => [basename(name, ".json"), readFile(join(folder, name))] as const);
  return {
    agency: readFile(agencyFile(state)),
    clients: new Map(files.flatMap(([slug, file]) => (file ? [[slug, file]] : []))),
  };
}

/** Keeps what is accepted now. A file that says the same as before, whatever its comments, keeps its instant. */
export function keepAccepted(state: string, { agency, clients }: Config["accepted"], now: string): void {
  if (agency !== null) keep(agencyFile(state), agency, now);
  for (const [slug, value] of clients) keep(keptFile(state, slug), value, now);
}

/** Where the files that were last accepted lie. */
export const keptFolder = (state: string): string => join(state, "accepted");

/** Where a client's last accepted file lies. */
export const keptFile = (state: string, client: string): string => join(keptFolder(state), "clients", `${client}.json`);

const agencyFile = (state: string): string => join(keptFolder(state), "agency.json");

function keep(path: string, value: unknown, now: string): void {
  const text = JSON.stringify(value);
  if (readFile(path)?.sha256 === digest(text)) return;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${process.pid}`;
  try {
    const kept = { sha256: digest(text), since: now, value };
    writeFileSync(temporary, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600, flush: true });
    renameSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
}

function readFile(path: string): (KeptFile & { sha256: string }) | null {
  try {
    const { sha256, since, value } = JSON.parse(readFileSync(path, "utf8"));
    return digest(JSON.stringify(value)) === sha256 ? { sha256, since, value } : null;
  } catch {
    return null;
  }
}

const digest = (text: string): string => createHash("sha256").update(text).digest("hex");
