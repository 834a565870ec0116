import type { BigQueryOrigin, SourceDef } from "../transforms/definitions.ts";

/** How the ledger names a source, so that a rebuild finds it again. */
export const keyOf = ({ channel, files, bigquery, account }: SourceDef): string =>
  [channel, files ?? askedOf(bigquery), account ?? ""].join(" ");

/** Whether a source of this name is asked in BigQuery, so that its answers lie in the archive alone. */
export const isAsked = (key: string): boolean => key.split(" ")[1]?.startsWith("bigquery:") ?? false;

/** The figures of an account stay its own when its tables move; a statement asks something else with other parameters. */
function askedOf({ preset, query, params }: BigQueryOrigin): string {
  const own = Object.keys(params).length > 0 ? JSON.stringify(params) : "";
  return `bigquery:${preset ?? query}${own}`;
}
