import type { DuckDBConnection } from "@duckdb/node-api";
import type { Table } from "../extract/table.ts";
import { stageCarefully } from "./stage/careful.ts";
import { stageDirectly, takeOut } from "./stage/direct.ts";
import type { Staged, Staging } from "./stage/staged.ts";

export { createFacts } from "./facts.ts";
export type { Staged } from "./stage/staged.ts";

/**
 * Cleans one table into facts, inside the caller's transaction. A large file is read as it lies there by one statement;
 * where that does not account for every line, its rows are taken out again and it is read carefully.
 */
export async function stage(db: DuckDBConnection, table: Table, staging: Staging): Promise<Staged> {
  if (table.source.numbered) return stageCarefully(db, table, staging);
  const direct = await stageDirectly(db, table, staging);
  if (direct) return direct;
  await takeOut(db, staging);
  const again = await table.careful?.();
  if (!again) throw new Error(`${table.file} could not be read again`);
  return stageCarefully(db, again, staging);
}
