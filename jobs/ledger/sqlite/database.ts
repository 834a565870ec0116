import { chmodSync, closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { BogoError, problem } from "../../../transforms/problem.ts";
import { copyDatabase } from "./copy.ts";

/** A connection that keeps what it acknowledged: WAL, a sync at each commit, and writers that wait for each other. */
export interface Database {
  /** All rows. The type parameter is the query's own promise; columns carry the names of its fields. */
  rows<Row>(sql: string, values?: Values): Row[];
  row<Row>(sql: string, values?: Values): Row | undefined;
  /** How many rows changed. */
  run(sql: string, values?: Values): number;
  /** Runs `work` in one write transaction; an exception undoes it. Never nest, never await inside. */
  transaction<Result>(work: () => Result): Result;
  close(): void;
}

type Values = Record<string, SQLInputValue>;

/** Each entry takes the ledger from the version before to its own; the first is the whole schema. */
const migrations = [
  "schema.sql",
  "holds.sql",
  "operations.sql",
  "schedule.sql",
  "remedies.sql",
  "billed.sql",
  "asked.sql",
].map((name) => readFileSync(new URL(`../${name}`, import.meta.url), "utf8"));

export function openDatabase(file: string): Database {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  // Created by us first, so that no moment exists at which others may read it.
  closeSync(openSync(file, "a", 0o600));
  chmodSync(file, 0o600);
  const db = new DatabaseSync(file, { timeout: 10_000, enableForeignKeyConstraints: true });
  db.exec(
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF; PRAGMA secure_delete = ON;",
  );

  const database: Database = {
    // The rows' shape follows from the SQL, which TypeScript cannot read.
    rows: <Row>(sql: string, values: Values = {}) => db.prepare(sql).all(values) as unknown as Row[],
    row: <Row>(sql: string, values: Values = {}) => db.prepare(sql).get(values) as unknown as Row | undefined,
    run: (sql, values = {}) => Number(db.prepare(sql).run(values).changes),
    transaction(work) {
      db.exec("BEGIN IMMEDIATE");
      try {
        const result = work();
        db.exec("COMMIT");
        return result;
      } catch (error) {
        if (db.isTransaction) db.exec("ROLLBACK");
        throw error;
      }
    },
    close: () => db.close(),
  };
  try {
    keepEarlier(db, file);
    database.transaction(() => migrate(db, file));
  } catch (error) {
    db.close();
    throw error;
  }
  return database;
}

/** The version that a ledger of this program has. */
export const ledgerVersion = migrations.length;

export const versionOf = (db: DatabaseSync): number => Number(db.prepare("PRAGMA user_version").get()?.user_version);

/** Where copies of the ledger lie. */
export const backupsOf = (file: string): string => join(dirname(file), "backup");

/** Before a ledger is migrated it is copied, as it was, so that the program before can be gone back to. */
function keepEarlier(db: DatabaseSync, file: string): void {
  const version = versionOf(db);
  if (version === 0 || version >= ledgerVersion) return;
  // Another process may migrate it while it is copied: then that process has made the copy.
  copyDatabase(db, join(backupsOf(file), `ledger.v${version}.sqlite`), () => versionOf(db) === version);
}

function migrate(db: DatabaseSync, file: string): void {
  const version = versionOf(db);
  if (version > migrations.length) {
    throw new BogoError([problem("LEDGER_NEWER", { version, known: migrations.length }, { file })]);
  }
  for (const migration of migrations.slice(version)) db.exec(migration);
  db.exec(`PRAGMA user_version = ${migrations.length}`);
}
