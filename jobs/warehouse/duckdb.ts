import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, resolve } from "node:path";
import type { DuckDBConnection, DuckDBValue } from "@duckdb/node-api";
import { BogoError, problem } from "../../transforms/problem.ts";
import type { Engine, Row, Statements, Value } from "./engine.ts";
import { brought, coverage, files, known } from "./held.ts";
import { loadExtraction } from "./load.ts";
import { parts } from "./parts.ts";
import { rows } from "./rows.ts";
import { type Dialect, schema } from "./sql.ts";
import { createFactsTable, factsOf, factsTable } from "./store.ts";
import { sums } from "./sums.ts";
import { tidy } from "./tidy.ts";
import { trace } from "./trace.ts";
import type { ClientWarehouse, Extraction, Fill, Guard, Loaded } from "./warehouse.ts";

export interface DuckDBOptions {
  /** Whose figures it holds; a file with somebody else's is refused. */
  client?: string;
  /** Folders whose files SQL may read. Nothing else outside the database is in reach. */
  read?: readonly string[];
  /** What the engine may hold before it writes to disk; a large file loads no slower with a quarter of it. */
  memory?: string;
  threads?: number;
}

/** A DuckDB warehouse: one file per client, or `:memory:` for `inspect` and `preview`. One process opens it at a time. */
export async function openDuckDb(
  path: string,
  // In memory the tables themselves count towards it, each column with a block of its own.
  { client, read = [], memory = path === ":memory:" ? "1GB" : "256MB", threads = 2 }: DuckDBOptions = {},
): Promise<ClientWarehouse> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  const reader = await instance.connect();
  for (const setting of hardening({ path, read, memory, threads })) await connection.run(setting);
  for (const statement of schema) await connection.run(statement);

  const close = (): void => {
    reader.closeSync();
    connection.closeSync();
    instance.closeSync();
  };
  const owner = client === undefined ? null : await ownerOf(connection, client);
  if (client !== undefined && owner !== client) {
    close();
    throw foreign(owner, client);
  }

  const writes = engineOf(connection);
  const held = remembering(statementsOf(reader));
  const reads = { ...engineOf(reader), catalogue: held };
  let last: Promise<unknown> = Promise.resolve();
  return {
    owner,
    connection,
    /** Loads run one after the other: a transaction belongs to the connection, not to the caller. */
    load(extraction: Extraction, fill: Fill, guard?: Guard): Promise<Loaded> {
      const mine = last.then(() => loadExtraction(writes, extraction, fill, guard)).finally(held.forget);
      last = mine.catch(() => undefined);
      return mine;
    },
    sums: (ask) => sums(reads, ask),
    parts: (ask) => parts(reads, ask),
    trace: (ask) => trace(reads, ask),
    coverage: (ask) => coverage(reads, ask),
    files: (ask) => files(reads, ask),
    brought: () => brought(reads),
    rows: (ask) => rows(reads, ask),
    tidy: (ask) => tidy(reads, ask),
    known: () => known(reads),
    async close() {
      await last;
      close();
    },
  };
}

/** Why a warehouse may not be used for a client. */
export function foreign(owner: string | null, client: string): BogoError {
  return new BogoError([problem("WAREHOUSE_FOREIGN", { owner: owner ?? "–" }, { client })]);
}

/** Whose the file is; one without a name is this client's from now on. */
async function ownerOf(connection: DuckDBConnection, client: string): Promise<string> {
  await connection.run("CREATE TABLE IF NOT EXISTS owner (client STRING)");
  await connection.run("INSERT INTO owner SELECT $client WHERE NOT EXISTS (FROM owner)", { client });
  const found = await connection.runAndReadAll("SELECT client FROM owner");
  return String(found.getRows()[0]?.[0]);
}

/** The order matters: folders are allowed before everything outside is closed, and the lock comes last. */
function hardening({
  path,
  read,
  memory,
  threads,
}: Required<Omit<DuckDBOptions, "client">> & { path: string }): string[] {
  const quote = (value: string) => `'${value.replaceAll("'", "''")}'`;
  const spill = path === ":memory:" ? resolve(tmpdir(), "bogo-duckdb") : `${resolve(path)}.tmp`;
  return [
    `SET allowed_directories = [${read.map((folder) => quote(`${resolve(folder)}/`)).join(", ")}]`,
    "SET allow_community_extensions = false",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET allow_persistent_secrets = false",
    `SET memory_limit = ${quote(memory)}`,
    `SET threads = ${Math.trunc(threads)}`,
    "SET preserve_insertion_order = false",
    "SET max_temp_directory_size = '8GB'",
    `SET temp_directory = ${quote(spill)}`,
    "SET enable_external_access = false",
    "SET lock_configuration = true",
  ];
}

const dialect: Dialect = {
  relation(columns) {
    const types = { INTEGER: "INTEGER", DATE: "DATE", STRING: "VARCHAR", BOOLEAN: "BOOLEAN" };
    const shape = Object.entries(columns).map(([name, type]) => [name, types[type]]);
    return `(SELECT unnest(from_json(?, '[${JSON.stringify(Object.fromEntries(shape))}]'), recursive := true))`;
  },
  matches: (text) => `regexp_full_match(${text}, ?)`,
  isoWeekday: (day) => `isodow(${day})`,
};

function engineOf(connection: DuckDBConnection): Engine {
  const statements = statementsOf(connection);
  return {
    dialect,
    catalogue: statements,
    extractions: "extraction",
    tally: "tally",
    async addStream(shape) {
      await connection.run(createFactsTable(shape));
    },
    table: factsTable,
    stored: factsTable,
    facts: factsOf,
    all: statements.all,
    transaction: (work, keeps) => transaction(statements, work, keeps),
    // Rows are filled into the table that they stay in.
    publish: async () => {},
    drop: statements.run,
    async *stream(sql, values = []) {
      const result = await connection.stream(sql, bound(values));
      for await (const chunk of result.yieldRowObjects()) yield* chunk as Row[];
    },
  };
}

const bound = (values: readonly Value[]) => values as DuckDBValue[];

/** Statements of one connection. */
export function statementsOf(connection: DuckDBConnection): Statements {
  return {
    async run(sql, values = []) {
      await connection.run(sql, bound(values));
    },
    async all(sql, values = []) {
      const result = await connection.runAndReadAll(sql, bound(values));
      return result.getRowObjects() as Row[];
    },
  };
}

/** What is held stays the same until something is loaded, and one report asks for it ten times. */
function remembering({ run, all }: Statements): Statements & { forget(): void } {
  const answers = new Map<string, Promise<Row[]>>();
  return {
    run,
    all(sql, values) {
      const question = JSON.stringify([sql, values]);
      const answer = answers.get(question) ?? all(sql, values);
      answers.set(question, answer);
      return answer;
    },
    forget: () => answers.clear(),
  };
}

/** Work between BEGIN and COMMIT, or ROLLBACK where it throws or its result is not to be kept. */
export async function transaction<Result>(
  { run }: Statements,
  work: () => Promise<Result>,
  keeps: (result: Result) => boolean,
): Promise<Result> {
  await run("BEGIN TRANSACTION");
  try {
    const result = await work();
    await run(keeps(result) ? "COMMIT" : "ROLLBACK");
    return result;
  } catch (cause) {
    await run("ROLLBACK");
    throw cause;
  }
}
