import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import { BogoError, problem } from "../../../transforms/problem.ts";
import { faultsOf } from "./copy.ts";
import { ledgerVersion, openDatabase, versionOf } from "./database.ts";
import { noteRestored } from "./epoch.ts";

/**
 * Puts a backup in the place of a ledger that no other process holds, and marks it: what was sent since the backup is
 * unknown to it, so nothing leaves until a person says so. The ledger before is kept at `aside`.
 */
export async function restoreLedger(
  file: string,
  { source, aside, now }: { source: string; aside: string; now: string },
): Promise<void> {
  judgeBackup(source);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const sound = existsSync(file) && settle(file);
  if (existsSync(file)) {
    mkdirSync(dirname(aside), { recursive: true, mode: 0o700 });
    copyFileSync(file, aside);
  }
  const work = mkdtempSync(join(dirname(file), "restore-"));
  try {
    const prepared = join(work, "ledger.sqlite");
    copyFileSync(source, prepared);
    const marked = openDatabase(prepared);
    noteRestored(marked, source, now);
    marked.close();
    if (!sound) for (const part of ["", "-wal", "-shm"]) rmSync(`${file}${part}`, { force: true });
    const db = new DatabaseSync(prepared);
    // Written as one transaction of the ledger itself: a process that opens it meanwhile sees the one or the other.
    await backup(db, file).finally(() => db.close());
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function judgeBackup(source: string): void {
  const refuse = (why: string) => new BogoError([problem("LEDGER_BACKUP_UNFIT", { file: source, why })]);
  if (!existsSync(source)) throw refuse("there is no such file");
  const [fault] = faultsOf(source);
  if (fault) throw refuse(fault);
  const db = new DatabaseSync(source, { readOnly: true });
  try {
    const version = versionOf(db);
    if (version > ledgerVersion)
      throw new BogoError([problem("LEDGER_NEWER", { version, known: ledgerVersion }, { file: source })]);
    const runs = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'delivery'").get();
    if (version === 0 || !runs) throw refuse("it is a database, but no ledger");
  } finally {
    db.close();
  }
}

/** Folds what was written last into the file itself, which only its single holder may do; false where it is no database. */
function settle(file: string): boolean {
  try {
    const db = new DatabaseSync(file, { timeout: 1_000 });
    try {
      db.exec("PRAGMA journal_mode = DELETE");
    } finally {
      db.close();
    }
    return true;
  } catch (error) {
    // SQLite's own numbers: 5 busy, 11 corrupt, 26 not a database.
    const code = (error as { errcode?: number }).errcode;
    if (code === 5) throw new BogoError([problem("LEDGER_HELD", {}, { file })]);
    if (code === 11 || code === 26) return false;
    throw error;
  }
}
