import type { DimensionId, MetricId } from "../../transforms/metrics.ts";
import type { Dialect } from "./sql.ts";
import type { Shape } from "./store.ts";

export type Value = string | number | boolean | null;
export type Row = Readonly<Record<string, unknown>>;

/** What the warehouse needs of one database connection: statements with bound values, rows back, and its dialect. */
export interface Engine {
  dialect: Dialect;
  /** Makes room for a stream's facts, inside the transaction of its first load. */
  addStream(shape: Shape): Promise<void>;
  /** The table that a stream's facts are in. */
  table(stream: number): string;
  /** The facts of these streams as a relation with (at least) these dimensions and metrics. */
  facts(shapes: readonly Shape[], dims: Iterable<DimensionId>, ids: Iterable<MetricId>): string;
  run(sql: string, values?: readonly Value[]): Promise<void>;
  all(sql: string, values?: readonly Value[]): Promise<Row[]>;
  /** The same as `all` for results that need not fit in memory. */
  stream(sql: string, values?: readonly Value[]): AsyncIterable<Row>;
}

/** Cells as the types that SQL made them; the statement that selects a cell decides which. */
export const text = (cell: unknown): string => String(cell);
export const textOrNull = (cell: unknown): string | null => (cell === null || cell === undefined ? null : String(cell));
export const integer = (cell: unknown): number => Number(cell);
export const json = <T>(cell: unknown): T => JSON.parse(String(cell)) as T;

/** A decimal as DuckDB prints it (`12.50000`), without the zeros that say nothing. */
export function decimal(cell: unknown): string | null {
  const printed = textOrNull(cell);
  if (printed === null || !printed.includes(".")) return printed;
  const short = printed.replace(/\.?0+$/, "");
  return short === "-0" ? "0" : short;
}
