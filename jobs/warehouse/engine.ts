import type { DimensionId, MetricId } from "../../transforms/metrics.ts";
import type { Day } from "../../transforms/records.ts";
import type { Dialect } from "./sql.ts";
import type { Shape } from "./store.ts";

export type Value = string | number | boolean | null;
export type Row = Readonly<Record<string, unknown>>;

/** Statements with bound values. */
export interface Statements {
  run(sql: string, values?: readonly Value[]): Promise<void>;
  all(sql: string, values?: readonly Value[]): Promise<Row[]>;
}

/** Which rows of facts a question may need, so that an engine that pays by what it reads leaves the rest alone. */
export interface Within {
  /** Rows of these days; null for none. */
  days: { from: Day; to: Day } | null;
  /** Rows without a day: those of windows. */
  undated: boolean;
}

/**
 * What the warehouse asks of a database. What is loaded and who owns which day (the catalogue) may lie elsewhere than the
 * facts: no statement needs both, but for `extractions`.
 */
export interface Engine {
  dialect: Dialect;
  /** The tables of `schema`, and rows that a load has filled and not yet published. */
  catalogue: Statements;
  /** The catalogue's extractions as a relation that questions about facts may join. */
  extractions: string;
  /** What every extraction came to, as a relation for questions. */
  tally: string;
  /** Makes room for a stream's facts, inside the transaction of its first load. */
  addStream(shape: Shape): Promise<void>;
  /** The table that a load fills. */
  table(stream: number): string;
  /** The table that a stream's published facts are in. */
  stored(stream: number): string;
  /** The facts of these streams as a relation with (at least) these dimensions and metrics. */
  facts(shapes: readonly Shape[], dims: Iterable<DimensionId>, ids: Iterable<MetricId>, within: Within): string;
  /** Asks about facts. */
  all(sql: string, values?: readonly Value[]): Promise<Row[]>;
  /** The same as `all` for results that need not fit in memory. */
  stream(sql: string, values?: readonly Value[]): AsyncIterable<Row>;
  /** Does all of `work` or, where it throws or its result is not to be kept, nothing that anybody would see. */
  transaction<Result>(work: () => Promise<Result>, keeps: (result: Result) => boolean): Promise<Result>;
  /** Puts the rows that were filled where questions about facts find them. Nothing counts before the transaction ends. */
  publish(stream: number, extraction: number): Promise<void>;
  /** Deletes facts that nobody counts any more once the transaction has ended. */
  drop(sql: string, values: readonly Value[]): Promise<void>;
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
