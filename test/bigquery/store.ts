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

/** Only the columns that a statement names, since every row travels to the SQL engine with it. */
export function contentOf({ fields, rows }: StoredTable, name: string, sql: string): Content {
  const words = new Set(sql.match(/\w+/g));
  const kept = fields.flatMap((field, index) => (words.has(field.name) ? [index] : []));
  const columns = kept.length > 0 ? kept : [0];
  return {
    name,
    fields: columns.map((index) => fields[index]!),
    rows: rows.map((cells) => columns.map((index) => cells[index] ?? null)),
  };
}

/**
 * The bytes that BigQuery would read: of each table that a statement names the named columns, in the partitions that
 * constant conditions on its partitioning column leave, where every mention of the table has one.
 */
export function bytesOf(table: StoredTable, sql: string): number {
  const { fields, rows } = contentOf(table, table.id, sql);
  const partition = (table.resource.timePartitioning as { field?: string } | undefined)?.field;
  const at = fields.findIndex(({ name }) => name === partition);
  const mentions = sql.split(new RegExp(`\\bFROM \`?${table.id}\\b`)).slice(1);
  const kept = mentions.map((after) => {
    const [condition = ""] = after.split(/\bFROM\b/);
    const [, from, to] = /\bday BETWEEN DATE '([\d-]+)' AND DATE '([\d-]+)'/.exec(condition) ?? [];
    const undated = /\bday IS NULL/.test(condition);
    if (!from && !undated) return () => true;
    return (day: Cell) => (day === null ? undated : from !== undefined && String(day) >= from && String(day) <= to!);
  });
  const read = at < 0 ? rows : rows.filter((cells) => kept.some((keeps) => keeps(cells[at] ?? null)));
  return read.reduce(
    (sum, cells) => sum + cells.reduce((bytes, cell, index) => bytes + size(fields[index]!, cell), 0),
    0,
  );
}

/** As the price list has it: text by its bytes and two more. */
function size({ type }: Field, cell: Cell): number {
  if (cell === null) return 0;
  if (type === "STRING") return 2 + Buffer.byteLength(String(cell));
  return { NUMERIC: 16, BIGNUMERIC: 32, BOOLEAN: 1 }[type] ?? 8;
}
