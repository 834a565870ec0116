import type { BigQuery, BigQueryOptions, Job, JobLoadMetadata, TableMetadata } from "@google-cloud/bigquery";
import type { Row } from "../warehouse/engine.ts";
import { type Page, paged } from "./pages.ts";
import { explain, type Failures, isThere, persist } from "./retry.ts";

export type { JobLoadMetadata, TableMetadata };

/** Where in BigQuery something is asked, how it is reached, and who asks. */
export interface Access {
  /** The project that is billed, and that the data set is in. */
  project: string;
  dataset: string;
  location: string;
  /** Whose questions these are; on every job as a label, so that the bill can be told apart. */
  client: string;
  /** The most that one question may be billed for. */
  maxBytes: number;
  /** The key of a service account, as it was written; null for the machine's own. */
  key: string | null;
  /** Which problem each failure is. */
  failures: Failures;
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

/** A statement with its named parameters. */
export interface Statement {
  sql: string;
  parameters: Readonly<Record<string, { type: ParameterType; value: string | number | boolean | null }>>;
  /** The data set of tables that are named alone. */
  dataset?: { project: string; dataset: string };
  labels?: Readonly<Record<string, string>>;
}

export type ParameterType = "INT64" | "BOOL" | "STRING" | "DATE";

/** A way to BigQuery. Each call ends: in an answer, or after its time in a problem with a next step. */
export interface Connection {
  bigquery: BigQuery;
  labels: Readonly<Record<string, string>>;
  /** Tries again what fails in passing. */
  trying<Result>(work: () => Promise<Result>): Promise<Result>;
  /** A job by its id: started now, or found where it was started `before`. */
  started(id: string, start: (id: string) => Promise<Job>): Promise<{ job: Job; before: boolean }>;
  /** Carries a statement out. The same `id` does it once, however often it is asked. */
  run(statement: Statement, id: string): Promise<Job>;
  /** The rows of a job's answer, page by page. */
  rows(job: Job): AsyncIterable<Row>;
  /** What a statement would read, in bytes, and of which kind it is. Costs nothing. */
  estimate(statement: Statement): Promise<{ bytes: number; kind: string }>;
  /** The names of the tables in a data set. */
  tables(project: string, dataset: string): Promise<string[]>;
  /** What all statements so far were billed for. */
  billed(): number;
}

export async function dial(access: Access): Promise<Connection> {
  const { BigQuery: Client } = await import("@google-cloud/bigquery");
  const patience = access.patience ?? usual;
  const bigquery: BigQuery = new Client({
    projectId: access.project,
    location: access.location,
    autoRetry: false,
    ...(access.key === null ? {} : { credentials: JSON.parse(access.key) }),
    ...(access.endpoint === undefined ? {} : { apiEndpoint: access.endpoint, authClient: access.auth }),
  } as BigQueryOptions);
  const labels = { client: access.client.replaceAll(/[^a-z0-9_-]/g, "-") };
  let billed = 0;

  const trying = <Result>(work: () => Promise<Result>): Promise<Result> => persist(work, patience, access);

  /**
   * A job by its id: started, or found where it was started already, by this call, whose answer was lost, or `before`. A
   * job that failed in passing is started anew, and so is one that failed before: what it lacked may be there by now.
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
      const again = before || failed.passing;
      if (!again || attempt > patience.pauses.length) throw explain(failed.error, access);
      if (!before) await pause(patience.pauses[attempt - 1] ?? 0);
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

  function asJob({ sql, parameters, dataset, labels: own = {} }: Statement) {
    const entries = Object.entries(parameters);
    return {
      query: sql,
      params: Object.fromEntries(
        entries.map(([name, { type, value }]) => [name, type === "DATE" ? Client.date(String(value)) : value]),
      ),
      types: Object.fromEntries(entries.map(([name, { type }]) => [name, type])),
      ...(dataset && { defaultDataset: { projectId: dataset.project, datasetId: dataset.dataset } }),
      maximumBytesBilled: String(access.maxBytes),
      jobTimeoutMs: patience.call * 5,
      labels: { ...labels, ...own },
    };
  }

  return {
    bigquery,
    labels,
    trying,
    started,
    async run(statement, id) {
      const { job, before } = await started(
        id,
        async (jobId) => (await bigquery.createQueryJob({ ...asJob(statement), jobId }))[0],
      );
      if (!before) billed += Number(job.metadata?.statistics?.query?.totalBytesBilled ?? 0);
      return job;
    },
    rows: (job) =>
      paged(async (options) => {
        const [rows, next, answer] = (await trying(() => job.getQueryResults(options))) as unknown as Page;
        return { rows, next, total: answer.totalRows };
      }, access),
    async estimate(statement) {
      const [job] = await trying(() => bigquery.createQueryJob({ ...asJob(statement), dryRun: true }));
      const { totalBytesProcessed = 0, statementType = "" } = job.metadata?.statistics?.query ?? {};
      return { bytes: Number(totalBytesProcessed), kind: String(statementType) };
    },
    async tables(project, dataset) {
      const names: string[] = [];
      let options: object | null = { autoPaginate: false, maxResults: 1000 };
      while (options) {
        const asked: object = options;
        const [tables, next] = (await trying(() =>
          bigquery.dataset(dataset, { projectId: project }).getTables(asked),
        )) as unknown as [{ id?: string }[], object | null];
        names.push(...tables.flatMap(({ id }) => id ?? []));
        options = next;
      }
      return names;
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
