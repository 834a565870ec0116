import { copyFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { archivedPath, archiveOf } from "../archive.ts";
import { systemClock } from "../clock.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { newOwner } from "../ledger/owner.ts";
import { backupLedger } from "../ledger/sqlite/backup.ts";
import { openLedger } from "../ledger/sqlite.ts";
import { openFileAt, warehouseFile } from "../open.ts";
import type { Roots } from "../roots.ts";
import { scratchPath } from "../scratch.ts";
import { isAsked } from "../source-key.ts";
import type { ClientWarehouse } from "../warehouse/warehouse.ts";

/** A client's state, copied: what is tried on it happens to nobody else. Config and inbox are the real ones. */
export interface Copy {
  roots: Roots;
  ledger: Ledger;
  warehouse: ClientWarehouse;
  /** For files that are unpacked on the way. */
  work: string;
  /** From now on `back` leads here. */
  keep(): Promise<void>;
  /** Takes the figures back to where they were kept: an export edited twice has to count once. */
  back(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Copies ledger and warehouse into a folder of its own, which is gone when the process ends, however it ends: the next
 * one clears away what a killed one left. The warehouse is copied while nobody else has it open.
 */
export async function copyState(real: Roots, client: string): Promise<Copy> {
  const folder = scratchPath(tmpdir());
  mkdirSync(folder, { mode: 0o700 });
  // What is unpacked on the way goes with the folder, too, wherever this process is when it is ended.
  const outer = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  const clear = (): void => rmSync(folder, { recursive: true, force: true });
  process.once("exit", clear);
  const roots = { ...real, state: join(folder, "state") };
  const work = join(folder, "work");
  mkdirSync(work);
  const file = warehouseFile(roots, client);
  const kept = join(folder, "kept.duckdb");
  mkdirSync(dirname(file), { recursive: true });

  const source = join(real.state, "ledger.sqlite");
  if (existsSync(source)) {
    backupLedger(source, join(roots.state, "ledger.sqlite"));
    await copyWarehouse(warehouseFile(real, client), file, source, client);
  }
  const ledger = openLedger(join(roots.state, "ledger.sqlite"));
  for (const { sha256, path, source: key } of ledger.listSeen(client))
    if (isAsked(key)) copyAnswer(archivedPath(archiveOf(real, client), sha256, path), archiveOf(roots, client), sha256);
  const open = () => openFileAt(file, client, roots, work);
  let warehouse = await open();
  const swap = async (from: string, to: string): Promise<void> => {
    await warehouse.close();
    if (existsSync(from)) copyFileSync(from, to);
    warehouse = await open();
  };
  return {
    roots,
    ledger,
    work,
    get warehouse() {
      return warehouse;
    },
    keep: () => swap(file, kept),
    back: () => swap(kept, file),
    async close() {
      await warehouse.close();
      ledger.close();
      clear();
      process.off("exit", clear);
      if (outer === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = outer;
    },
  };
}

/** What BigQuery answered lies nowhere else. */
function copyAnswer(from: string, archive: string, sha256: string): void {
  if (!existsSync(from)) return;
  mkdirSync(join(archive, sha256), { recursive: true });
  copyFileSync(from, join(archive, sha256, basename(from)));
}

/** The lease keeps whoever loads meanwhile from being copied half way. */
async function copyWarehouse(from: string, to: string, ledgerFile: string, client: string): Promise<void> {
  if (!existsSync(from)) return;
  const ledger = openLedger(ledgerFile);
  try {
    await ledger.withLease(`warehouse:${client}`, newOwner(), async () => copyFileSync(from, to), {
      clock: systemClock(),
    });
  } finally {
    ledger.close();
  }
}
