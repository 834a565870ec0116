import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { scratchPath } from "../../scratch.ts";

/**
 * Copies a database that may be in use, as it is at one moment; the copy is whole or not there. `wanted` is asked when
 * the copy is made, and decides whether it takes its place.
 */
export function copyDatabase(db: DatabaseSync, target: string, wanted = (): boolean => true): void {
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
  const temporary = scratchPath(dirname(target));
  try {
    // Made by us first, so that no moment exists at which others may read it.
    closeSync(openSync(temporary, "wx", 0o600));
    db.prepare("VACUUM INTO ?").run(temporary);
    chmodSync(temporary, 0o600);
    sync(temporary);
    if (!wanted()) return;
    renameSync(temporary, target);
    sync(dirname(target));
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** What SQLite finds wrong with a file, in its own words; empty where it is a sound database. */
export function faultsOf(file: string): string[] {
  try {
    const db = new DatabaseSync(file, { readOnly: true, timeout: 10_000 });
    try {
      const found = db
        .prepare("PRAGMA integrity_check")
        .all()
        .map((row) => String(row.integrity_check));
      const orphans = db
        .prepare("PRAGMA foreign_key_check")
        .all()
        .map((row) => `${row.table}: row ${row.rowid}`);
      return [...found.filter((line) => line !== "ok"), ...orphans];
    } finally {
      db.close();
    }
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

function sync(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
