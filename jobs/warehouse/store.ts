import {
  type DimensionId,
  dimensionIds,
  entityDimensions,
  type MetricId,
  type PlatformId,
} from "../../transforms/metrics.ts";
import type { Within } from "./engine.ts";
import { type FactColumn, factColumns, identifier } from "./facts.ts";

/** What says which columns a stream's rows have. */
export interface Shape {
  stream: number;
  cut: readonly DimensionId[];
  metrics: Iterable<MetricId>;
  platform?: PlatformId;
}

/**
 * DuckDB keeps the facts of each stream in a table of its own, with the columns that the stream has: loading 2 million
 * rows into one table of every dimension and metric took three times as long, for columns that are empty.
 */
export function factsTable(stream: number): string {
  return `facts_${Math.trunc(stream)}`;
}

/** The statement that creates a stream's table. */
export function createFactsTable(shape: Shape): string {
  const columns = columnsOf(shape).map(({ name, type }) => `${identifier(name)} ${type}`);
  return `CREATE TABLE ${factsTable(shape.stream)} (${columns.join(", ")})`;
}

/**
 * The rows of these streams that a question may need as one relation with the columns asked for; a column that a stream
 * lacks is null.
 */
export function factsOf(
  shapes: readonly Shape[],
  dims: Iterable<DimensionId>,
  ids: Iterable<MetricId>,
  within: Within,
): string {
  const columns = askedColumns(dims, ids);
  const streams = new Map(shapes.map((shape) => [shape.stream, shape]));
  const selects = [...streams.values()].map((shape) => {
    const held = new Set(columnsOf(shape).map(({ name }) => name));
    const cells = columns.map(({ name, type }) =>
      held.has(name) ? identifier(name) : `CAST(NULL AS ${type}) AS ${identifier(name)}`,
    );
    return `SELECT ${cells.join(", ")} FROM ${factsTable(shape.stream)} WHERE ${isWithin(within)}`;
  });
  return `(${selects.join(" UNION ALL ")})`;
}

/** A condition on rows of facts. Its days are constants, by which engines leave the rest of history unread. */
export function isWithin({ days, undated }: Within): string {
  const dated = days ? [`day BETWEEN ${dayLiteral(days.from)} AND ${dayLiteral(days.to)}`] : [];
  const when = [...dated, ...(undated ? ["day IS NULL"] : [])];
  return when.length > 1 ? `(${when.join(" OR ")})` : (when[0] ?? "FALSE");
}

function dayLiteral(day: string): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) throw new Error(`not a day: ${day}`);
  return `DATE '${day}'`;
}

/** The columns that a question about these dimensions and metrics reads. */
export function askedColumns(dims: Iterable<DimensionId>, ids: Iterable<MetricId>): FactColumn[] {
  const asked = namesOf(dims, ids);
  return factColumns.filter(({ name }) => asked.has(name));
}

/** The columns of a stream's table. */
export function columnsOf({ cut, metrics }: Shape): FactColumn[] {
  const names = namesOf(cut, metrics).add("line");
  return factColumns.filter(({ name }) => names.has(name));
}

function namesOf(dims: Iterable<DimensionId>, ids: Iterable<MetricId>): Set<string> {
  const asked = new Set(dims);
  const held = dimensionIds.filter((id) => asked.has(id));
  const named = entityDimensions.filter((id) => asked.has(id)).map((id) => `${id}_name`);
  return new Set(["extraction", "day", ...held, ...named, ...ids]);
}
