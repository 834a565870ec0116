import type { Cell, Field } from "./values.ts";
import type { Content } from "./zetasql.ts";

/** A table of the test server. */
export interface StoredTable {
  project: string;
  dataset: string;
  id: string;
  fields: Field[];
  rows: Cell[][];
  /** As it was created: partitioning, clustering, labels. */
  resource: Record<string, unknown>;
}

/** What BigQuery answers when it refuses. */
export class Refusal extends Error {
  readonly status: number;
  readonly reason: string;

  constructor(status: number, reason: string, message: string) {
    super(message);
    this.status = status;
    this.reason = reason;
  }
}

/** The data sets and tables, by `dataset` and `dataset.table`. */
export function newStore() {
  const datasets = new Map<string, Record<string, unknown>>();
  const tables = new Map<string, StoredTable>();
  return {
    datasets,
    tables,
    table(project: string, dataset: string, id: string): StoredTable {
      if (!datasets.has(dataset)) throw new Refusal(404, "notFound", `Not found: Dataset ${project}:${dataset}`);
      const table = tables.get(`${dataset}.${id}`);
      if (!table) throw new Refusal(404, "notFound", `Not found: Table ${project}:${dataset}.${id}`);
      return table;
    },
  };
}

/**
 * What a statement needs of a table: the columns that it names, and the rows of the partitions that its constant
 * conditions on the partitioning column leave. All of it travels to the SQL engine, which applies the conditions anew.
 */
export function contentOf(table: StoredTable, name: string, sql: string): Content {
  const { fields } = table;
  const words = new Set(sql.match(/\w+/g));
  const kept = fields.flatMap((field, index) => (words.has(field.name) ? [index] : []));
  const columns = kept.length > 0 ? kept : [0];
  return {
    name,
    fields: columns.map((index) => fields[index]!),
    rows: rowsRead(table, name, sql).map((cells) => columns.map((index) => cells[index] ?? null)),
  };
}

/** A row survives where any mention of the table would read its partition; a mention without a condition reads all. */
function rowsRead({ fields, rows, resource }: StoredTable, name: string, sql: string): Cell[][] {
  const partition = (resource.timePartitioning as { field?: string } | undefined)?.field;
  const at = fields.findIndex((field) => field.name === partition);
  const mentions = sql.split(new RegExp(`\\bFROM \`?${name}\\b`)).slice(1);
  // Of what is deleted from, a row is known by its place among all.
  if (at < 0 || mentions.length === 0 || /^\s*DELETE\b/i.test(sql)) return rows;
  const reads = mentions.map((after) => {
    const [condition = ""] = after.split(/\bFROM\b/);
    const [, from, to] =
      new RegExp(`\\b${partition} BETWEEN DATE '([\\d-]+)' AND DATE '([\\d-]+)'`).exec(condition) ?? [];
    const undated = new RegExp(`\\b${partition} IS NULL`).test(condition);
    if (!from && !undated) return () => true;
    return (day: Cell) => (day === null ? undated : from !== undefined && String(day) >= from && String(day) <= to!);
  });
  return rows.filter((cells) => reads.some((isRead) => isRead(cells[at] ?? null)));
}

/** The bytes that BigQuery would read of a table. */
export function bytesOf(table: StoredTable, name: string, sql: string): number {
  const { fields, rows } = contentOf(table, name, sql);
  const sizeOf = (cells: readonly Cell[]) => cells.reduce((sum, cell, index) => sum + size(fields[index]!, cell), 0);
  return rows.reduce((sum, cells) => sum + sizeOf(cells), 0);
}

/** As the price list has it: text by its bytes and two more. */
function size({ type }: Field, cell: Cell): number {
  if (cell === null) return 0;
  if (type === "STRING") return 2 + Buffer.byteLength(String(cell));
  return { NUMERIC: 16, BIGNUMERIC: 32, BOOLEAN: 1 }[type] ?? 8;
}
