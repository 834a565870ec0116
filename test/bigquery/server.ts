import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { readParquet } from "./parquet.ts";
import { bytesOf, contentOf, newStore, Refusal, type StoredTable } from "./store.ts";
import type { Cell, Field } from "./values.ts";
import { type Parameter, startZetaSql, type ZetaSql } from "./zetasql.ts";

/** A request as the log keeps it and as faults are chosen by. */
export interface Asked {
  kind: "query" | "dry run" | "load" | "results" | "data" | "job" | "dataset" | "table" | "cancel";
  jobId: string | null;
  sql: string | null;
  bytesCap: string | null;
  labels: Readonly<Record<string, string>>;
}

/** What goes wrong with a request. `done`: it is carried out all the same, and only its answer is lost. */
export type Fault =
  | { refuse: number; reason: string; message?: string; done?: boolean }
  | { hang: true; done?: boolean }
  | { drop: true; done?: boolean }
  | { answer: unknown };

/** BigQuery's API on 127.0.0.1, over Google's own SQL engine, with faults at will. */
export interface TestBigQuery {
  endpoint: string;
  asked: Asked[];
  tables: Map<string, StoredTable>;
  /** Lays a table of somebody else's there. */
  put(table: Omit<StoredTable, "resource"> & { partition?: string }): void;
  /** What all queries since the last asking read, in bytes. */
  bytesRead(): number;
  /** Decides on each request whether it goes wrong; null mends it. */
  fault(decide: ((asked: Asked) => Fault | null) | null): void;
  close(): Promise<void>;
}

interface Job {
  resource: Record<string, unknown>;
  fields: Field[];
  rows: Cell[][];
}

// biome-ignore lint/suspicious/noExplicitAny: bodies of requests, read as BigQuery's API defines them
type Body = any;

let engine: Promise<ZetaSql> | null = null;

export async function startBigQuery({ page = 1000 }: { page?: number } = {}): Promise<TestBigQuery> {
  engine ??= startZetaSql();
  const sql = await engine;
  const folder = mkdtempSync(join(tmpdir(), "bogo-bigquery-"));
  const duckdb = await DuckDBInstance.create(":memory:");
  const db = await duckdb.connect();
  const store = newStore();
  const jobs = new Map<string, Job>();
  const asked: Asked[] = [];
  let decide: ((asked: Asked) => Fault | null) | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let read = 0;

  const routes: [
    string,
    RegExp,
    (match: string[], body: Body, query: URLSearchParams) => Promise<unknown> | unknown,
  ][] = [
    ["POST", /^\/projects\/([^/]+)\/datasets$/, ([project], body) => addDataset(project!, body)],
    ["GET", /^\/projects\/([^/]+)\/datasets\/([^/]+)$/, ([project, id]) => dataset(project!, id!)],
    ["DELETE", /^\/projects\/([^/]+)\/datasets\/([^/]+)$/, ([, id]) => dropDataset(id!)],
    [
      "POST",
      /^\/projects\/([^/]+)\/datasets\/([^/]+)\/tables$/,
      ([project, id], body) => addTable(project!, id!, body),
    ],
    ["GET", /^\/projects\/([^/]+)\/datasets\/([^/]+)\/tables$/, ([project, id]) => listTables(project!, id!)],
    [
      "GET",
      /^\/projects\/([^/]+)\/datasets\/([^/]+)\/tables\/([^/]+)$/,
      (at) => resourceOf(store.table(at[0]!, at[1]!, at[2]!)),
    ],
    [
      "DELETE",
      /^\/projects\/([^/]+)\/datasets\/([^/]+)\/tables\/([^/]+)$/,
      ([, set, id]) => void store.tables.delete(`${set}.${id}`),
    ],
    [
      "GET",
      /^\/projects\/([^/]+)\/datasets\/([^/]+)\/tables\/([^/]+)\/data$/,
      (at, _, query) => {
        const { fields, rows } = store.table(at[0]!, at[1]!, at[2]!);
        return { kind: "bigquery#tableDataList", ...pageOf(fields, rows, query) };
      },
    ],
    [
      "PATCH",
      /^\/projects\/([^/]+)\/datasets\/([^/]+)\/tables\/([^/]+)$/,
      (at, body) => {
        const table = store.table(at[0]!, at[1]!, at[2]!);
        table.fields = body.schema?.fields ?? table.fields;
        return resourceOf(table);
      },
    ],
    ["POST", /^\/projects\/([^/]+)\/jobs$/, ([project], body) => addJob(project!, body, null)],
    ["GET", /^\/projects\/([^/]+)\/jobs\/([^/]+)$/, ([project, id]) => job(project!, id!).resource],
    ["POST", /^\/projects\/([^/]+)\/jobs\/([^/]+)\/cancel$/, ([project, id]) => ({ job: job(project!, id!).resource })],
    [
      "GET",
      /^\/projects\/([^/]+)\/queries\/([^/]+)$/,
      ([project, id], _, query) => {
        const { fields, rows, resource } = job(project!, id!);
        const failed = (resource.status as { errorResult?: { reason: string; message: string } }).errorResult;
        if (failed) throw new Refusal(400, failed.reason, failed.message);
        return {
          jobComplete: true,
          jobReference: resource.jobReference,
          schema: { fields },
          ...pageOf(fields, rows, query),
        };
      },
    ],
  ];

  function job(project: string, id: string): Job {
    const found = jobs.get(id);
    if (!found) throw new Refusal(404, "notFound", `Not found: Job ${project}:US.${id}`);
    return found;
  }

  function addDataset(project: string, body: Body): unknown {
    const id = body.datasetReference.datasetId;
    if (store.datasets.has(id)) throw new Refusal(409, "duplicate", `Already Exists: Dataset ${project}:${id}`);
    store.datasets.set(id, { ...body, id: `${project}:${id}` });
    return store.datasets.get(id);
  }

  function dataset(project: string, id: string): unknown {
    const found = store.datasets.get(id);
    if (!found) throw new Refusal(404, "notFound", `Not found: Dataset ${project}:${id}`);
    return found;
  }

  function dropDataset(id: string): void {
    store.datasets.delete(id);
    for (const key of [...store.tables.keys()]) if (key.startsWith(`${id}.`)) store.tables.delete(key);
  }

  function addTable(project: string, set: string, body: Body): unknown {
    dataset(project, set);
    const id = body.tableReference.tableId;
    if (store.tables.has(`${set}.${id}`))
      throw new Refusal(409, "duplicate", `Already Exists: Table ${project}:${set}.${id}`);
    const table = { project, dataset: set, id, fields: body.schema?.fields ?? [], rows: [], resource: body };
    store.tables.set(`${set}.${id}`, table);
    return resourceOf(table);
  }

  function listTables(project: string, set: string): unknown {
    dataset(project, set);
    const own = [...store.tables.values()].filter((each) => each.dataset === set);
    return { tables: own.map((table) => resourceOf(table)), totalItems: own.length };
  }

  function pageOf(fields: readonly Field[], rows: readonly Cell[][], query: URLSearchParams): Record<string, unknown> {
    const from = Number(query.get("pageToken") ?? query.get("startIndex") ?? 0);
    const size = Math.min(Number(query.get("maxResults") ?? page), page);
    const next = from + size < rows.length ? { pageToken: String(from + size) } : {};
    const some = rows.slice(from, from + size).map((cells) => ({
      f: fields.map((field, index) => ({ v: wire(field, cells[index] ?? null) })),
    }));
    return { totalRows: String(rows.length), rows: some, ...next };
  }

  async function addJob(project: string, body: Body, upload: Buffer | null): Promise<unknown> {
    const id: string = body.jobReference?.jobId ?? `job_${jobs.size}`;
    const { configuration } = body;
    const reference = { projectId: project, jobId: id, location: body.jobReference?.location ?? "US" };
    if (configuration.dryRun) {
      const bytes = await judge(project, configuration);
      return {
        jobReference: reference,
        configuration,
        statistics: { query: { totalBytesProcessed: String(bytes), statementType: kindOf(configuration.query.query) } },
        status: { state: "DONE" },
      };
    }
    if (jobs.has(id)) throw new Refusal(409, "duplicate", `Already Exists: Job ${project}:${reference.location}.${id}`);
    const made: Job = {
      resource: {
        id: `${project}:${reference.location}.${id}`,
        jobReference: reference,
        configuration,
        statistics: {},
        status: { state: "DONE" },
      },
      fields: [],
      rows: [],
    };
    jobs.set(id, made);
    try {
      if (configuration.load) made.resource.statistics = await load(project, configuration.load, upload);
      else Object.assign(made.resource, { statistics: await run(project, configuration, made) });
    } catch (error) {
      const { reason, message } =
        error instanceof Refusal ? error : { reason: "invalidQuery", message: messageOf(error) };
      made.resource.status = { state: "DONE", errorResult: { reason, message }, errors: [{ reason, message }] };
    }
    return made.resource;
  }

  async function load(
    project: string,
    { destinationTable: at, ...how }: Body,
    upload: Buffer | null,
  ): Promise<unknown> {
    const table = store.table(project, at.datasetId, at.tableId);
    if (!upload) throw new Refusal(400, "invalid", "No data was sent");
    const rows = await readParquet(db, folder, upload, table.fields, {
      table: `${project}:${at.datasetId}.${at.tableId}`,
      decimals: how.decimalTargetTypes ?? ["NUMERIC"],
    });
    table.rows = how.writeDisposition === "WRITE_TRUNCATE" ? rows : [...table.rows, ...rows];
    return { load: { outputRows: String(rows.length) } };
  }

  async function run(project: string, configuration: Body, made: Job): Promise<unknown> {
    const bytes = await judge(project, configuration);
    const { query, maximumBytesBilled } = configuration.query;
    const billed = Math.max(bytes, 10 * 2 ** 20);
    if (maximumBytesBilled !== undefined && Number(maximumBytesBilled) < billed)
      throw new Refusal(
        400,
        "bytesBilledLimitExceeded",
        `Query exceeded limit for bytes billed: ${maximumBytesBilled}. ${billed} or higher required.`,
      );
    read += bytes;
    const statistics = { query: { totalBytesProcessed: String(bytes), totalBytesBilled: String(billed) } };
    const { named, text } = await namedBy(project, configuration.query);
    const contents = named.map(({ table, name }) => contentOf(table, name, text));
    if (/^\s*DELETE\b/i.test(query)) {
      const gone = await sql.deleted(text, contents, parametersOf(configuration.query));
      const [target] = named;
      if (target) target.table.rows = target.table.rows.filter((_, at) => !gone.has(at));
      return { query: { ...statistics.query, numDmlAffectedRows: String(gone.size), statementType: "DELETE" } };
    }
    Object.assign(made, await sql.query(text, contents, parametersOf(configuration.query)));
    return statistics;
  }

  async function judge(project: string, { query }: Body): Promise<number> {
    const { named, text } = await namedBy(project, query);
    return named.reduce((sum, { table, name }) => sum + bytesOf(table, name, text), 0);
  }

  /** The tables of a statement; one that is named with its data set goes by a plain name in the text. */
  async function namedBy(
    project: string,
    { query, defaultDataset }: Body,
  ): Promise<{ named: { table: StoredTable; name: string }[]; text: string }> {
    let text: string = query;
    const named = (await sql.tables(query)).map((path, index) => {
      const parts = path.split(".");
      const set = parts.at(-2) ?? defaultDataset?.datasetId;
      const table = store.table(parts.at(-3) ?? project, set, parts.at(-1)!);
      const name = parts.length > 1 ? `${table.id}__${index}` : table.id;
      text = text.replaceAll(`\`${path}\``, name);
      return { table, name };
    });
    return { named, text };
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const url = new URL(request.url ?? "", "http://127.0.0.1");
    const { json, upload } = parsed(request, body);
    const isUpload = url.pathname.startsWith("/upload/");
    const path = url.pathname.replace(/^(?:\/upload)?\/bigquery\/v2/, "");
    const what = askedOf(request.method ?? "", path, json);
    asked.push(what);
    const fault = decide?.(what) ?? null;
    const carryOut = async (): Promise<unknown> => {
      if (isUpload) return addJob(path.split("/")[2]!, json, upload);
      for (const [method, pattern, go] of routes) {
        const match = request.method === method ? pattern.exec(path) : null;
        if (match) return (await go(match.slice(1).map(decodeURIComponent), json, url.searchParams)) ?? {};
      }
      throw new Refusal(404, "notFound", `no route for ${request.method} ${path}`);
    };
    try {
      if (fault && (!("done" in fault) || !fault.done)) return spoil(fault, response);
      const mine = last.then(carryOut);
      last = mine.catch(() => undefined);
      const found = await mine;
      if (fault) return spoil(fault, response);
      send(response, 200, found);
    } catch (error) {
      if (error instanceof Refusal) return refuse(response, error);
      refuse(response, new Refusal(400, "invalidQuery", messageOf(error)));
    }
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return {
    endpoint: `http://127.0.0.1:${port}`,
    asked,
    tables: store.tables,
    put({ partition, ...table }) {
      if (!store.datasets.has(table.dataset)) store.datasets.set(table.dataset, {});
      const resource = {
        tableReference: { projectId: table.project, datasetId: table.dataset, tableId: table.id },
        ...(partition && { timePartitioning: { type: "DAY", field: partition } }),
      };
      store.tables.set(`${table.dataset}.${table.id}`, { ...table, resource });
    },
    bytesRead() {
      const sum = read;
      read = 0;
      return sum;
    },
    fault(next) {
      decide = next;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      db.closeSync();
      duckdb.closeSync();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Ends the SQL engine, which all servers of a test file share. */
export async function stopEngine(): Promise<void> {
  (await engine)?.close();
  engine = null;
}

function spoil(fault: Fault, response: ServerResponse): void {
  if ("answer" in fault) send(response, 200, fault.answer);
  else if ("drop" in fault) response.socket?.destroy();
  else if ("refuse" in fault) refuse(response, new Refusal(fault.refuse, fault.reason, fault.message ?? fault.reason));
}

function refuse(response: ServerResponse, { status, reason, message }: Refusal): void {
  send(response, status, {
    error: { code: status, message, errors: [{ message, domain: "global", reason }], status: reason },
  });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

function askedOf(method: string, path: string, json: Body): Asked {
  const { configuration } = json ?? {};
  const [, , , kind = "", id, below] = path.split("/");
  const jobId = json?.jobReference?.jobId ?? (kind === "jobs" || kind === "queries" ? id : null) ?? null;
  const own = configuration ? (configuration.load ? "load" : configuration.dryRun ? "dry run" : "query") : null;
  const other = path.endsWith("/data")
    ? "data"
    : below === "cancel"
      ? "cancel"
      : kind === "jobs"
        ? "job"
        : kind === "queries"
          ? "results"
          : below === "tables"
            ? "table"
            : "dataset";
  return {
    kind: own ?? other,
    jobId,
    sql: configuration?.query?.query ?? null,
    bytesCap: configuration?.query?.maximumBytesBilled ?? null,
    labels: configuration?.labels ?? (method === "POST" ? json?.labels : null) ?? {},
  };
}

const resourceOf = (table: StoredTable): Record<string, unknown> => ({
  ...table.resource,
  id: `${table.project}:${table.dataset}.${table.id}`,
  schema: { fields: table.fields },
  numRows: String(table.rows.length),
});

function parametersOf({ queryParameters = [] }: Body): Parameter[] {
  return queryParameters.map((each: Body) => {
    const element = each.parameterType.arrayType;
    const field: Field = element
      ? { name: each.name, type: element.type, mode: "REPEATED" }
      : { name: each.name, type: each.parameterType.type };
    const value: Cell = element
      ? (each.parameterValue.arrayValues ?? []).map((one: Body) => one.value)
      : each.parameterValue?.value === undefined
        ? null
        : String(each.parameterValue.value);
    return { name: each.name, field, value };
  });
}

function wire(field: Field, cell: Cell): unknown {
  if (cell === null) return null;
  if (field.mode === "REPEATED")
    return (cell as readonly Cell[]).map((each) => ({ v: wire({ ...field, mode: "NULLABLE" }, each) }));
  if (field.fields)
    return { f: field.fields.map((each, index) => ({ v: wire(each, (cell as readonly Cell[])[index] ?? null) })) };
  return cell;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** A body, or the two parts of an upload: what to do, and the file. */
function parsed({ headers }: IncomingMessage, body: Buffer): { json: Body; upload: Buffer | null } {
  const [, boundary] = /boundary="?([^";]+)/.exec(headers["content-type"] ?? "") ?? [];
  if (!boundary) return { json: body.length > 0 ? JSON.parse(body.toString()) : null, upload: null };
  const parts: Buffer[] = [];
  const mark = Buffer.from(`--${boundary}`);
  for (let at = body.indexOf(mark); at >= 0; ) {
    const next = body.indexOf(mark, at + mark.length);
    if (next < 0) break;
    const part = body.subarray(at + mark.length, next);
    parts.push(part.subarray(part.indexOf("\r\n\r\n") + 4, part.length - 2));
    at = next;
  }
  return { json: JSON.parse((parts[0] ?? Buffer.alloc(0)).toString()), upload: parts[1] ?? null };
}

/** As a dry run tells it. */
const kindOf = (sql: string): string => {
  const [word = ""] = /\b(?:SELECT|WITH|DELETE|INSERT|UPDATE|CREATE|DROP)\b/i.exec(sql) ?? [];
  return word.toUpperCase().replace("WITH", "SELECT");
};

/** The engine's sentence without the protocol's number before it. */
function messageOf(error: unknown): string {
  const { message } = error as Error;
  return message.replace(/^\d+ [A-Z_]+: /, "");
}
