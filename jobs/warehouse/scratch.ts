import type { DuckDBConnection } from "@duckdb/node-api";
import { createFacts } from "./facts.ts";

/** A database in memory for looking at files: it has a table `facts`, locks nothing and leaves nothing behind. */
export interface Scratch {
  connection: DuckDBConnection;
  close(): void;
}

/** Opens one; the caller closes it. */
export async function openScratch(): Promise<Scratch> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await createFacts(connection, "facts");
  return {
    connection,
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
