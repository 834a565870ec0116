import { type Access, dial, type JobLoadMetadata, type Statement, type TableMetadata } from "../../bigquery/client.ts";
import { type Page, paged } from "../../bigquery/pages.ts";
import { explain, isMissing, isThere } from "../../bigquery/retry.ts";
import type { Row, Value } from "../engine.ts";

/** A column as BigQuery describes it. */
export interface Column {
  name: string;
  type: "INTEGER" | "STRING" | "DATE" | "NUMERIC" | "BIGNUMERIC";
}

/** A table as it is created. */
export interface Layout {
  columns: readonly Column[];
  partition?: string;
  clusters?: readonly string[];
}

/** A statement with the values of its `?`, in order. */
export interface Question {
  sql: string;
  values: readonly Value[];
}

/** What the warehouse needs of BigQuery. Each call ends: in an answer, or after its time in a problem with a next step. */
export interface Remote {
  /** Rows of a query, page by page. */
  query(question: Question): AsyncIterable<Row>;
  /** Carries a deletion out. The same `job` does it once, however often it is asked. */
  remove(question: Question, job: string): Promise<void>;
  /** Loads a Parquet file into a table, all rows or none. The same `job` does it once; `before` where an earlier call did. */
  load(table: string, path: string, how: { job: string; replace: boolean; rows: number }): Promise<"now" | "before">;
  /** All rows of a table, without a query; null where there is no such table. */
  read(table: string): Promise<Row[] | null>;
  /** Creates the data set and a table where they are missing, and adds the columns that it lacks. */
  ensure(table: string, layout: Layout): Promise<void>;
  discard(table: string): Promise<void>;
  /** Deletes the data set with all that is in it. */
  erase(): Promise<void>;
  /** What all questions so far were billed for. */
  billed(): number;
}

export async function connect(access: Access): Promise<Remote> {
  const connection = await dial(access);
  const { trying, started, labels } = connection;
  const dataset = connection.bigquery.dataset(access.dataset, { location: access.location });

  return {
    async *query(question) {
      yield* connection.rows(
        await connection.run(asStatement(question, access), `bogo-${access.client}-ask-${crypto.randomUUID()}`),
      );
    },
    async remove(question, job) {
      await connection.run(asStatement(question, access), job);
    },
    async load(table, path, { job: id, replace, rows }) {
      const metadata: JobLoadMetadata = {
        sourceFormat: "PARQUET",
        // Without them every decimal would be taken for NUMERIC, which keeps nine places.
        decimalTargetTypes: ["NUMERIC", "BIGNUMERIC"],
        createDisposition: "CREATE_NEVER",
        writeDisposition: replace ? "WRITE_TRUNCATE" : "WRITE_APPEND",
      };
      const { job, before } = await started(id, (jobId) =>
        dataset
          .table(table)
          .createLoadJob(path, { ...metadata, jobId })
          .then(([made]) => made),
      );
      const came = Number(job.metadata?.statistics?.load?.outputRows ?? 0);
      if (!before && came !== rows) throw explain({ message: `${came} of ${rows} rows were loaded` }, access);
      return before ? "before" : "now";
    },
    async read(table) {
      const from = dataset.table(table);
      try {
        const [{ schema, numRows }] = (await trying(() => from.getMetadata())) as unknown as [TableMetadata];
        from.metadata = { schema };
        const found: Row[] = [];
        const pages = paged(async (options) => {
          const [rows, next] = (await trying(() => from.getRows({ ...options }))) as unknown as Page;
          return { rows, next, total: numRows };
        }, access);
        for await (const row of pages) found.push(row);
        return found;
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    async ensure(table, { columns, partition, clusters }) {
      const there = (work: () => Promise<unknown>) =>
        trying(() =>
          work().catch((error) => {
            if (!isThere(error)) throw error;
          }),
        );
      await there(() => dataset.create({ location: access.location, labels }));
      await there(() =>
        dataset.createTable(table, {
          schema: { fields: columns.map((each) => ({ ...each, mode: "NULLABLE" })) },
          labels,
          ...(partition === undefined ? {} : { timePartitioning: { type: "DAY", field: partition } }),
          ...(clusters === undefined ? {} : { clustering: { fields: [...clusters] } }),
        }),
      );
      const [{ schema }] = (await trying(() => dataset.table(table).getMetadata())) as unknown as [TableMetadata];
      const fields = (schema as { fields?: Column[] } | undefined)?.fields ?? [];
      const lacking = columns.filter(({ name }) => !fields.some((field) => field.name === name));
      if (lacking.length === 0) return;
      const all = { schema: { fields: [...fields, ...lacking.map((each) => ({ ...each, mode: "NULLABLE" }))] } };
      await trying(() => dataset.table(table).setMetadata(all));
    },
    async discard(table) {
      try {
        await trying(() => dataset.table(table).delete());
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
    },
    async erase() {
      await trying(() => dataset.delete({ force: true }));
    },
    billed: connection.billed,
  };
}

/** The dialect's quotes and the values of `?` as BigQuery takes them. */
function asStatement({ sql, values }: Question, { project, dataset }: Access): Statement {
  let index = 0;
  return {
    sql: sql.replaceAll('"', "`").replaceAll("?", () => `@p${index++}`),
    parameters: Object.fromEntries(values.map((value, at) => [`p${at}`, { type: typeOf(value), value }])),
    dataset: { project, dataset },
  };
}

const typeOf = (value: Value) =>
  typeof value === "number" ? ("INT64" as const) : typeof value === "boolean" ? ("BOOL" as const) : ("STRING" as const);
