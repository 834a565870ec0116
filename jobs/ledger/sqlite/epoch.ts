import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Ledger } from "../ledger.ts";
import type { Operations, Restored } from "../operations.ts";
import type { Database } from "./database.ts";

/**
 * Tells a ledger that was rolled back. Each try to send has a number that only rises; the newest is also kept in a file
 * beside the database, written before anything leaves. A database that knows fewer tries than the file is an old one.
 */
export function epoch(
  db: Database,
  file: string,
  { claim }: Pick<Ledger, "claim">,
): Pick<Ledger, "claim"> & Pick<Operations, "restored" | "acceptRestored"> {
  const marker = join(dirname(file), "ledger.epoch");
  const tries = (): number =>
    db.row<{ tries: number }>("SELECT coalesce(max(id), 0) AS tries FROM attempt")?.tries ?? 0;
  const open = (): Restored | null =>
    db.row<Restored>(
      "SELECT source, found_at AS found FROM restored WHERE accepted_at IS NULL ORDER BY id DESC LIMIT 1",
    ) ?? null;

  return {
    claim(...args) {
      const won = claim(...args);
      if (won.length > 0) mark(marker, tries());
      return won;
    },
    restored(now) {
      // The marker first: another process may claim in between, and then the database is ahead, as it should be.
      const marked = read(marker);
      if (marked > tries() && !open()) noteRestored(db, null, now);
      return open();
    },
    acceptRestored(by, now) {
      mark(marker, tries());
      const values = { by, now };
      return db.run("UPDATE restored SET accepted_at = :now, accepted_by = :by WHERE accepted_at IS NULL", values) > 0;
    },
  };
}

/** From now on nothing leaves until a person has looked. */
export function noteRestored(db: Database, source: string | null, now: string): void {
  db.run("INSERT INTO restored (source, found_at) VALUES (:source, :now)", { source, now });
}

function mark(marker: string, tries: number): void {
  const temporary = `${marker}.${process.pid}`;
  writeFileSync(temporary, `${tries}\n`, { mode: 0o600 });
  renameSync(temporary, marker);
}

function read(marker: string): number {
  try {
    return Number.parseInt(readFileSync(marker, "utf8"), 10) || 0;
  } catch {
    return 0;
  }
}
