import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { ZetaSQLClient } from "@fivetrandevelopers/zetasql";
import { type Cell, decode, encode, type Field, fieldOf, typeOf } from "./values.ts";

/** A table as a statement sees it: its name in the statement, its columns, its rows. */
export interface Content {
  name: string;
  fields: readonly Field[];
  rows: readonly (readonly Cell[])[];
}

/** A named parameter of a statement. */
export interface Parameter {
  name: string;
  field: Field;
  value: Cell;
}

export interface Answer {
  fields: Field[];
  rows: Cell[][];
}

/** Google's own SQL engine, which analyses and evaluates BigQuery's SQL over the tables that it is given. */
export interface ZetaSql {
  query(sql: string, tables: readonly Content[], parameters: readonly Parameter[]): Promise<Answer>;
  /** The indices of the rows that a DELETE statement takes from its table. */
  deleted(sql: string, tables: readonly Content[], parameters: readonly Parameter[]): Promise<Set<number>>;
  /** The tables that a statement names. */
  tables(sql: string): Promise<string[]>;
  close(): void;
}

// biome-ignore lint/suspicious/noExplicitAny: the messages are Google's protocol buffers, typed nowhere in full
type Message = any;

/** What the engine takes a row of a modified table by. */
const rowKey = "_row";

export async function startZetaSql(): Promise<ZetaSql> {
  const port = await freePort();
  const child = startEngine(port);
  ZetaSQLClient.init(port);
  const api = ZetaSQLClient.API as unknown as Record<string, (...args: unknown[]) => void> & { close(): void };
  const call = (method: string, request: object): Promise<Message> =>
    new Promise((resolve, reject) => {
      api[method]?.(request, (error: Error | null, value: Message) => (error ? reject(error) : resolve(value)));
    });
  await untilUp(() => call("formatSql", { sql: "SELECT 1" }));
  const language = await call("getLanguageOptions", { maximumFeatures: true });
  Object.assign(language, { productMode: "PRODUCT_EXTERNAL", supportedStatementKinds: [] });

  const request = (
    sql: string,
    tables: readonly Content[],
    parameters: readonly Parameter[],
    key: readonly Field[],
  ): Message => ({
    sql,
    descriptorPoolList: { definitions: [{ builtin: {} }] },
    options: {
      languageOptions: language,
      errorMessageMode: "ERROR_MESSAGE_ONE_LINE",
      defaultTimezone: "UTC",
      queryParameters: parameters.map(({ name, field }) => ({ name, type: typeOf(field) })),
    },
    params: parameters.map(({ name, field, value }) => ({ name, value: encode(field, value) })),
    simpleCatalog: {
      name: "bigquery",
      builtinFunctionOptions: { languageOptions: language },
      table: tables.map(({ name, fields }) => ({
        name,
        column: [...key, ...fields].map((field) => ({ name: field.name, type: typeOf(field) })),
        ...(key.length > 0 && { primaryKeyColumnIndex: [0] }),
      })),
    },
    tableContent: Object.fromEntries(
      tables.map(({ name, fields, rows }) => [
        name,
        {
          tableData: {
            row: rows.map((cells, at) => ({
              cell: [
                ...key.map((each) => encode(each, String(at))),
                ...fields.map((field, index) => encode(field, cells[index] ?? null)),
              ],
            })),
          },
        },
      ]),
    ),
  });
  return {
    async query(sql, tables, parameters) {
      const found = await call("evaluateQuery", request(sql, tables, parameters, []));
      const fields: Field[] = found.prepared.columns.map(({ name, type }: Message) => fieldOf(name, type));
      const rows = (found.content?.tableData?.row ?? []) as Message[];
      return {
        fields,
        rows: rows.map(({ cell }) => fields.map((field, index) => decode(field, cell[index]))),
      };
    },
    async deleted(sql, tables, parameters) {
      const key: Field = { name: rowKey, type: "INTEGER" };
      const found = await call("evaluateModify", request(sql, tables, parameters, [key]));
      return new Set((found.content as Message[]).map((row) => Number(decode(key, row.oldPrimaryKey[0]))));
    },
    async tables(sql) {
      const found = await call("extractTableNamesFromStatement", { sqlStatement: sql, options: language });
      return found.tableName.map(({ tableNameSegment }: Message) => tableNameSegment.join("."));
    },
    close() {
      api.close();
      child.kill("SIGKILL");
    },
  };
}

function startEngine(port: number): ChildProcess {
  const main = createRequire(import.meta.url).resolve("@fivetrandevelopers/zetasql");
  const name = `remote_server${process.arch.startsWith("arm") ? "_arm" : ""}${process.platform === "darwin" ? "" : ".so"}`;
  const child = spawn(join(dirname(main), "zetasql", name), ["localhost", String(port)], { stdio: "ignore" });
  child.unref();
  process.once("exit", () => child.kill("SIGKILL"));
  return child;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

async function untilUp(ask: () => Promise<unknown>): Promise<void> {
  for (let left = 100; ; left--) {
    try {
      await ask();
      return;
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
