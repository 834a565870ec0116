import type { YamlFile } from "./yaml.ts";

/** A file as it was last accepted. */
export interface KeptFile {
  value: unknown;
  /** When it was accepted. */
  since: string;
  /** The theme that was accepted with it, if it had one. */
  theme?: KeptTheme;
}

/** A theme.yaml as it was last accepted, and where copies of the files lie that it names. */
export interface KeptTheme {
  value: unknown;
  files: Readonly<Record<string, string>>;
}

/** What was last accepted: goes on in force while what people have written since is refused. */
export interface Kept {
  agency: KeptFile | null;
  /** The theme of every client. */
  theme: KeptTheme | null;
  clients: ReadonlyMap<string, KeptFile>;
}

export const nothingKept: Kept = { agency: null, theme: null, clients: new Map() };

/** A kept file to be judged like one that was just read: the world around it may have changed. */
export function asYaml({ value }: KeptFile, file: string, client?: string): YamlFile {
  const place = { ...(client && { client }), file };
  return { file, value, place: () => place, problems: [] };
}
