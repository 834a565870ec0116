import type { YamlFile } from "./yaml.ts";

/** A file as it was last accepted. */
export interface KeptFile {
  value: unknown;
  /** When it was accepted. */
  since: string;
}

/** What was last accepted: goes on in force while what people have written since is refused. */
export interface Kept {
  agency: KeptFile | null;
  clients: ReadonlyMap<string, KeptFile>;
}

export const nothingKept: Kept = { agency: null, clients: new Map() };

/** A kept file to be judged like one that was just read: the world around it may have changed. */
export function asYaml({ value }: KeptFile, file: string, client?: string): YamlFile {
  const place = { ...(client && { client }), file };
  return { file, value, place: () => place, problems: [] };
}
