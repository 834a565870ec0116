import type { DimensionId, MetricId } from "../../../transforms/metrics.ts";
import type { Within } from "../engine.ts";
import { identifier } from "../facts.ts";
import type { Dialect } from "../sql.ts";
import { askedColumns, isWithin, type Shape } from "../store.ts";
import { cutName } from "./layout.ts";

/** What BigQuery writes differently. Names in double quotes are put into backticks when a statement leaves. */
export const dialect: Dialect = {
  relation(columns) {
    const cells = Object.entries(columns).map(([name, type]) => {
      const value = `JSON_VALUE(r, '$.${name}')`;
      const cast = { INTEGER: "INT64", DATE: "DATE", BOOLEAN: "BOOL", STRING: null }[type];
      return `${cast === null ? value : `CAST(${value} AS ${cast})`} AS ${name}`;
    });
    return `(SELECT ${cells.join(", ")} FROM UNNEST(JSON_QUERY_ARRAY(?)) AS r)`;
  },
  matches: (text) => `REGEXP_CONTAINS(${text}, CONCAT('^(', ?, ')$'))`,
  isoWeekday: (day) => `MOD(EXTRACT(DAYOFWEEK FROM ${day}) + 5, 7) + 1`,
};

/**
 * The facts that a question may need, as a relation. Its conditions are constants, by which BigQuery leaves other days,
 * platforms and cuts unread: a join with the days asked for would read all of history.
 */
export function factsIn(
  table: string,
  shapes: readonly Shape[],
  dims: Iterable<DimensionId>,
  ids: Iterable<MetricId>,
  within: Within,
): string {
  const columns = askedColumns(dims, ids).map(({ name }) => identifier(name));
  const where = [
    isWithin(within),
    ...among(
      "platform",
      shapes.map(({ platform }) => platform),
    ),
    ...among(
      "cut",
      shapes.map(({ platform, cut }) => (platform === undefined ? undefined : cutName(cut))),
    ),
  ];
  return `(SELECT ${columns.join(", ")} FROM ${table} WHERE ${where.join(" AND ")})`;
}

/** A condition that a column is one of some names of the catalogue; none where not all are known. */
function among(column: string, names: readonly (string | undefined)[]): string[] {
  const known = [...new Set(names)].filter((name) => name !== undefined).toSorted();
  if (known.length === 0 || names.includes(undefined)) return [];
  for (const name of known) if (!/^[a-z0-9_,]*$/.test(name)) throw new Error(`not a name of the catalogue: ${name}`);
  return [`${column} IN (${known.map((name) => `'${name}'`).join(", ")})`];
}
