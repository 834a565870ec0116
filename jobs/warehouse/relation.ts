import { type DimensionId, dimensions, type MetricId } from "../../transforms/metrics.ts";
import type { Source } from "./held.ts";
import type { Dialect } from "./sql.ts";
import type { Ask, Day } from "./warehouse.ts";

/** Days of a source as a row of the relation that queries join. */
export interface Chosen {
  source: Source;
  from: Day;
  to: Day;
}

/** The same for parts: which metrics these days feed, and the days that the figures are shown under. */
export interface ChosenPart extends Chosen {
  metrics: ReadonlySet<MetricId>;
  shown: { from: Day; to: Day };
}

/** The dimensions that the ask narrows, with their globs; platform and account are settled when sources are chosen. */
export function narrowedDimensions({ only = {} }: Pick<Ask, "only">): [DimensionId, string][] {
  return Object.entries(only).filter((each): each is [DimensionId, string] => Object.hasOwn(dimensions, each[0]));
}

/** A relation as the SQL that reads it and the one value that it binds. */
export interface Relation {
  sql: string;
  value: string;
}

type Only = readonly (readonly [DimensionId, string])[];

export function chosenRelation(dialect: Dialect, chosen: readonly Chosen[], only: Only): Relation {
  const rows = chosen.map((each) => rowOf(each, only));
  return { sql: dialect.relation(columnsFor(only)), value: JSON.stringify(rows) };
}

export function chosenPartsRelation(
  dialect: Dialect,
  chosen: readonly ChosenPart[],
  only: Only,
  ids: readonly MetricId[],
): Relation {
  const rows = chosen.map((each) => ({
    ...rowOf(each, only),
    platform: each.source.platform,
    account: each.source.account,
    currency: each.source.currency,
    vat: each.source.vat,
    shown_from: each.shown.from,
    shown_to: each.shown.to,
    ...Object.fromEntries(ids.map((id, index) => [`use${index}`, each.metrics.has(id)])),
  }));
  const columns = {
    ...columnsFor(only),
    platform: "STRING",
    account: "STRING",
    currency: "STRING",
    vat: "STRING",
    shown_from: "DATE",
    shown_to: "DATE",
    ...Object.fromEntries(ids.map((_, index) => [`use${index}`, "BOOLEAN" as const])),
  } as const;
  return { sql: dialect.relation(columns), value: JSON.stringify(rows) };
}

const columnsFor = (only: Only) =>
  ({
    source: "INTEGER",
    stream: "INTEGER",
    extraction: "INTEGER",
    kind: "STRING",
    from_day: "DATE",
    to_day: "DATE",
    whole: "BOOLEAN",
    ...Object.fromEntries(only.map((_, index) => [`exempt${index}`, "BOOLEAN" as const])),
  }) as const;

const rowOf = ({ source, from, to }: Chosen, only: Only) => ({
  source: source.id,
  stream: source.kind === "snapshot" ? source.stream : null,
  extraction: source.extraction,
  kind: source.kind,
  from_day: from,
  to_day: to,
  whole: source.cut.length === 0,
  ...Object.fromEntries(only.map(([id], index) => [`exempt${index}`, !source.cut.includes(id)])),
});
