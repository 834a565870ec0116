import type { KpiDef } from "../transforms/definitions.ts";
import { type Problem, type ProblemCode, problem } from "../transforms/problem.ts";
import type { Agency } from "./config.ts";
import { nearest } from "./nearest.ts";
import type { Platforms } from "./platforms.ts";
import type { ClientFile } from "./schema/client.ts";
import type { Path, YamlFile } from "./yaml.ts";

/** A client.yaml whose form is right, and what it refers to. */
export interface Judging {
  slug: string;
  file: ClientFile;
  yaml: YamlFile;
  agency: Agency;
  kpis: ReadonlyMap<string, KpiDef>;
  platforms: Platforms | null;
}

/** A range that ends before it begins. */
export function judgeDates({ from, until }: { from?: string; until?: string }, yaml: YamlFile, path: Path): Problem[] {
  return from && until && from > until ? [problem("CONFIG_DATES", { from, until }, yaml.place([...path, "from"]))] : [];
}

/** A problem where a name is not among those that there are. */
export function known(
  code: ProblemCode,
  found: string,
  names: readonly string[],
  yaml: YamlFile,
  path: Path,
  facts: Record<string, string> = {},
): Problem[] {
  if (names.includes(found)) return [];
  return [
    problem(code, { found, nearest: nearest(found, names), known: names.join(", "), ...facts }, yaml.place(path)),
  ];
}
