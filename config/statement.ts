import { existsSync, globSync, readFileSync, realpathSync } from "node:fs";
import { join, sep } from "node:path";
import { type Problem, problem } from "../transforms/problem.ts";
import { parametersIn } from "../transforms/sql-parameters.ts";
import type { Client } from "./config.ts";
import { nearest } from "./nearest.ts";
import { sourcePaths } from "./source-paths.ts";
import type { Path, YamlFile } from "./yaml.ts";

/** The text of a client's own statement; null where its folder holds no such file, or a link that leads out of it. */
export function readStatement(root: string, client: string, path: string): string | null {
  const folder = join(root, "clients", client);
  const file = join(folder, path);
  if (!existsSync(file) || !realpathSync(file).startsWith(`${realpathSync(folder)}${sep}`)) return null;
  return readFileSync(file, "utf8").replace(/^\uFEFF/, "");
}

/** The days that a statement is asked for. */
const days = ["from", "to"];

/** Statements that are not there, that name parameters which nobody gives, or that ask for all days at once. */
export function judgeStatements(root: string, { slug, sources }: Client, yaml: YamlFile): Problem[] {
  const paths = sourcePaths(sources);
  return sources.flatMap(({ bigquery }, index) => {
    if (!bigquery?.query) return [];
    const { query: file, params } = bigquery;
    const at = (...below: Path) => yaml.place([...(paths[index] ?? []), "bigquery", ...below]);
    const sql = readStatement(root, slug, file);
    if (sql === null) {
      const known = globSync("**/*.sql", { cwd: join(root, "clients", slug) }).toSorted();
      const facts = { file, folder: `clients/${slug}`, nearest: nearest(file, known) || "–" };
      return [problem("CONFIG_STATEMENT_MISSING", facts, at("query"))];
    }
    const named = parametersIn(sql);
    const given = Object.keys(params);
    return [
      ...days
        .filter((name) => !named.includes(name))
        .map((name) => problem("CONFIG_STATEMENT_DAYS", { file, name }, at("query"))),
      ...named
        .filter((name) => !days.includes(name) && !given.includes(name))
        .map((found) => {
          const known = [...days, ...given];
          return problem("CONFIG_PARAMETER_UNKNOWN", { file, found, nearest: nearest(found, known) }, at("query"));
        }),
      ...given
        .filter((name) => !named.includes(name) || days.includes(name))
        .map((found) => {
          const known = named.filter((name) => !days.includes(name));
          const facts = { file, found, nearest: nearest(found, known) || "–" };
          return problem("CONFIG_PARAMETER_UNUSED", facts, at("params", found));
        }),
    ];
  });
}
