import type { SourceDef } from "./definitions.ts";

/** A source as people know it: the glob of its files, or what is asked of BigQuery. */
export function sourceName({ files, bigquery }: SourceDef): string {
  if (files !== undefined) return files;
  const { preset, query, project, dataset, customer } = bigquery;
  const at = [project, dataset].filter((part) => part !== null).join(".");
  return ["BigQuery", preset ?? query, at, customer].filter((part) => part !== null).join(" ");
}
