import type { Run } from "../../transforms/ownership.ts";
import type { Day } from "../../transforms/records.ts";
import type { Statement } from "../bigquery/client.ts";
import type { Row } from "../warehouse/engine.ts";

/** How a source asks: its tables of figures, and what days there are. */
export interface Asking {
  parts: readonly Part[];
  /** The days within a span that the tables hold. What is not among them is unknown and not asked for. */
  held(span: Run, ask: Ask): Promise<HeldDays>;
}

export interface HeldDays {
  days: ReadonlySet<Day>;
  /** Those that are still being written. */
  provisional: ReadonlySet<Day>;
}

/** What may be asked besides figures, to see what there is. */
export interface Ask {
  rows(statement: Statement): Promise<Row[]>;
  tables(project: string, dataset: string): Promise<string[]>;
}

/** One table of figures of a source. */
export interface Part {
  /** Its name in the names of files. */
  name: string;
  /** Whether its rows are of days, or of all of them together. */
  spans: "days" | "period";
  /** Tells editions of the statement apart, where people may change it: another one is asked anew. */
  edition: string;
  /** Its columns in their order; null where the statement alone knows them. */
  columns: readonly string[] | null;
  /** Columns that are left out where the tables leave all of them blank. */
  optional?: readonly string[];
  statement(span: Run, held: HeldDays): Statement;
}

/** A table as BigQuery takes it. The parts of its name were checked when the config was read. */
export const tableName = (project: string, dataset: string, table: string): string =>
  `\`${project}.${dataset}.${table}\``;

/** Days as constants, by which BigQuery leaves other partitions unread. */
export const between = (column: string, { from, to }: Run): string =>
  `${column} BETWEEN DATE '${from}' AND DATE '${to}'`;
