import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Accepted, Config } from "../config/config.ts";
import type { Kept, KeptFile, KeptTheme } from "../config/kept.ts";

/** The config files as they were last accepted; one that was changed here since counts as none. */
export function readKept(state: string): Kept {
  const folder = dirname(keptFile(state, ""));
  const slugs = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
  const files = slugs.map((name) => [basename(name, ".json"), readFile(state, join(folder, name))] as const);
  return {
    agency: readFile(state, agencyFile(state)),
    theme: readFile(state, themeFile(state))?.theme ?? null,
    clients: new Map(files.flatMap(([slug, file]) => (file ? [[slug, file]] : []))),
  };
}

/** Keeps what is accepted now. A file that says the same as before, whatever its comments, keeps its instant. */
export function keepAccepted(state: string, { agency, theme, clients }: Config["accepted"], now: string): void {
  if (agency !== null) keep(state, agencyFile(state), { value: agency, theme: null }, now);
  if (theme !== null) keep(state, themeFile(state), { value: null, theme }, now);
  for (const [slug, accepted] of clients) keep(state, keptFile(state, slug), accepted, now);
  dropUnnamed(state);
}

/** Takes away copies of pictures and fonts that no kept theme names any more, those of a client who is gone above all. */
function dropUnnamed(state: string): void {
  const folder = dirname(assetFile(state, "x"));
  if (!existsSync(folder)) return;
  const { theme, clients } = readKept(state);
  const themes = [theme, ...[...clients.values()].map((each) => each.theme)];
  const named = new Set(themes.flatMap((each) => Object.values(each?.files ?? {})));
  for (const name of readdirSync(folder)) if (!named.has(join(folder, name))) rmSync(join(folder, name));
}

/** Where the files that were last accepted lie. */
export const keptFolder = (state: string): string => join(state, "accepted");

/** Where a client's last accepted file lies. */
export const keptFile = (state: string, client: string): string => join(keptFolder(state), "clients", `${client}.json`);

const agencyFile = (state: string): string => join(keptFolder(state), "agency.json");
const themeFile = (state: string): string => join(keptFolder(state), "theme.json");

/** A picture or font is kept once, by its hash: many clients share a font of millions of bytes. */
const assetFile = (state: string, sha256: string): string => join(keptFolder(state), "files", sha256);

function keep(state: string, path: string, { value, theme }: Accepted, now: string): void {
  const files = [...(theme?.files ?? [])];
  const hashes = Object.fromEntries(files.map(([name, { sha256 }]) => [name, sha256]));
  const content = theme ? { value, theme: { value: theme.value, files: hashes } } : { value };
  for (const [, { path: from, sha256 }] of files) keepAsset(assetFile(state, sha256), from, sha256);
  if (readStored(path)?.sha256 === digestOf(content)) return;
  write(path, `${JSON.stringify({ sha256: digestOf(content), since: now, ...content }, null, 2)}\n`);
}

/** Copies the file unless it is there. One that was changed since it was judged is not what was accepted. */
function keepAsset(path: string, from: string, sha256: string): void {
  if (existsSync(path)) return;
  const bytes = readFileSync(from);
  if (digest(bytes) === sha256) write(path, bytes);
}

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${process.pid}`;
  try {
    writeFileSync(temporary, content, { mode: 0o600, flush: true });
    renameSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
}

function readFile(state: string, path: string): KeptFile | null {
  const stored = readStored(path);
  if (!stored) return null;
  const { value, since, theme } = stored;
  return theme ? { value, since, theme: { value: theme.value, files: placed(state, theme.files) } } : { value, since };
}

/** The copies by the names that the theme calls them. */
function placed(state: string, hashes: Readonly<Record<string, string>>): KeptTheme["files"] {
  return Object.fromEntries(Object.entries(hashes).map(([name, sha256]) => [name, assetFile(state, sha256)]));
}

type Content = { value: unknown; theme?: { value: unknown; files: Record<string, string> } };

function readStored(path: string): (Content & { sha256: string; since: string }) | null {
  try {
    const { sha256, since, value, theme } = JSON.parse(readFileSync(path, "utf8"));
    const content: Content = theme ? { value, theme } : { value };
    return digestOf(content) === sha256 ? { sha256, since, ...content } : null;
  } catch {
    return null;
  }
}

/** A file without a theme is digested alone, as before there were themes. */
const digestOf = ({ value, theme }: Content): string => digest(JSON.stringify(theme ? { value, theme } : value));

const digest = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex");
