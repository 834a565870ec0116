import type { BigQuery, BigQueryOptions, Job, JobLoadMetadata, TableMetadata } from "@google-cloud/bigquery";
import type { Row, Value } from "../engine.ts";
import { type Page, paged } from "./pages.ts";
import { explain, isMissing, isThere, persist } from "./retry.ts";

/** Where a client's figures are in BigQuery, and how they are reached. */
export interface Access {
  project: string;
  dataset: string;
  location: string;
  /** Whose questions these are; on every job as a label, so that the bill can be told apart. */
  client: string;
  /** The most that one question may be billed for. */
  maxBytes: number;
  /** The key of a service account, as it was written; null for the machine's own. */
  key: string | null;
  /** For tests: another server, and what signs in there. */
  endpoint?: string;
  auth?: BigQueryOptions["authClient"];
  /** How long one call may take, and the pauses before it is tried again, in milliseconds. */
  patience?: Patience;
}

export interface Patience {
  call: number;
  pauses: readonly number[];
}

const usual: Patience = { call: 60_000, pauses: [500, 1000, 2000, 4000, 8000, 16_000] };

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
  const { BigQuery: Client } = await import("@google-cloud/bigquery");
  const patience = access.patience ?? usual;
  const bigquery: BigQuery = new Client({
    projectId: access.project,
    location: access.location,
    autoRetry: false,
    ...(access.key === null ? {} : { credentials: JSON.parse(access.key) }),
    ...(access.endpoint === undefined ? {} : { apiEndpoint: access.endpoint, authClient: access.auth }),
  } as BigQueryOptions);
  const dataset = bigquery.dataset(access.dataset, { location: access.location });
  const labels = { client: access.client.replaceAll(/[^a-z0-9_-]/g, "-") };
  let billed = 0;

  const trying = <Result>(work: () => Promise<Result>): Promise<Result> => persist(work, patience, access);

  /**
   * A job by its id: started, or found where it was started already, by this call, whose answer was lost, or `before`. A
   * job that failed in passing is started anew.
   */
  async function started(id: string, start: (id: string) => Promise<Job>): Promise<{ job: Job; before: boolean }> {
    for (let attempt = 1; ; attempt++) {
      const name = attempt === 1 ? id : `${id}-${attempt}`;
      let calls = 0;
      let before = false;
      const job = await trying(async () => {
        calls += 1;
        try {
          return await start(name);
        } catch (error) {
          if (!isThere(error)) throw error;
          before = calls === 1;
          const found = bigquery.job(name, { location: access.location });
          await found.getMetadata();
          return found;
        }
      });
      const failed = await settled(job);
      if (!failed) return { job, before };
      if (!failed.passing || attempt > patience.pauses.length) throw explain(failed.error, access);
      await pause(patience.pauses[attempt - 1] ?? 0);
    }
  }

  /** Waits for the end of a job, and tells how it failed. */
  async function settled(job: Job): Promise<{ error: unknown; passing: boolean } | null> {
    for (let asked = 0; ; asked++) {
      const { state, errorResult } = job.metadata?.status ?? {};
      if (state === "DONE" && !errorResult) return null;
      if (state === "DONE") {
        const { reason = "", message = "" } = errorResult ?? {};
        return { error: { errors: [{ reason, message }], message }, passing: passingInJobs.has(reason) };
      }
      if (asked > longest) throw explain({ message: "network timeout" }, access);
      await pause(Math.min(100 * 2 ** asked, 2000));
      await trying(() => job.getMetadata());
    }
  }

  function asJob({ sql, values }: Question, jobId: string) {
    let index = 0;
    const names = values.map((_, at) => `p${at}`);
    return {
      query: sql.replaceAll('"', "`").replaceAll("?", () => `@p${index++}`),
      params: Object.fromEntries(names.map((name, at) => [name, values[at] ?? null])),
      types: Object.fromEntries(names.map((name, at) => [name, typeOf(values[at] ?? null)])),
      defaultDataset: { projectId: access.project, datasetId: access.dataset },
      maximumBytesBilled: String(access.maxBytes),
      jobTimeoutMs: patience.call * 5,
      labels,
      jobId,
    };
  }

  async function asked(question: Question, id: string): Promise<Job> {
    const { job } = await started(id, async (name) => (await bigquery.createQueryJob(asJob(question, name)))[0]);
    billed += Number(job.metadata?.statistics?.query?.totalBytesBilled ?? 0);
    return job;
  }

  return {
    async *query(question) {
      const job = await asked(question, `bogo-${access.client}-ask-${crypto.randomUUID()}`);
      yield* paged(async (options) => {
        const [rows, next, answer] = (await trying(() => job.getQueryResults(options))) as unknown as Page;
        return { rows, next, total: answer.totalRows };
      }, access);
    },
    async remove(question, job) {
      await asked(question, job);
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
    billed: () => billed,
  };
}

/** How often a running job is looked at before it is given up: about ten minutes. */
const longest = 300;

/** Why a job may have failed although the same one would go through a moment later. */
const passingInJobs: ReadonlySet<string> = new Set([
  "backendError",
  "internalError",
  "jobBackendError",
  "jobInternalError",
  "rateLimitExceeded",
  "jobRateLimitExceeded",
  "tableUnavailable",
]);

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

const typeOf = (value: Value): string =>
  typeof value === "number" ? "INT64" : typeof value === "boolean" ? "BOOL" : "STRING";
