import { DatabaseSync } from "node:sqlite";
import { copyDatabase } from "./copy.ts";

/** Copies a ledger as it is at this moment, whoever uses it meanwhile; does not migrate it. */
export function backupLedger(file: string, target: string): void {
  const db = new DatabaseSync(file, { timeout: 10_000 });
  try {
    copyDatabase(db, target);
  } finally {
    db.close();
  }
}
