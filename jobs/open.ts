import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "./clock.ts";
import { type MailStore, mailStore } from "./deliver/store.ts";
import type { Ledger } from "./ledger/ledger.ts";
import { newOwner } from "./ledger/owner.ts";
import type { Roots } from "./roots.ts";
import { scratchPath } from "./scratch.ts";
import { openDuckDb } from "./warehouse/duckdb.ts";
import type { ClientWarehouse } from "./warehouse/warehouse.ts";

/**
 * Opens a client's warehouse for one piece of work, with a folder of its own that is gone afterwards; another process
 * that wants the warehouse waits for its turn. `anew` starts from nothing and takes the old one's place when all went well.
 */
export async function withWarehouse<Result>(
  client: string,
  { roots, ledger }: { roots: Roots; ledger: Ledger },
  work: (warehouse: ClientWarehouse, folder: string) => Promise<Result>,
  { anew = false }: { anew?: boolean } = {},
): Promise<Result> {
  const path = warehouseFile(roots, anew ? `${client}.rebuilt` : client);
  const alone = (): Promise<Result> =>
    withWorkFolder(async (folder) => {
      if (anew) await rm(path, { force: true });
      const warehouse = await openWarehouse(path, client, roots, folder);
      const result = await work(warehouse, folder).finally(() => warehouse.close());
      if (anew) await rename(path, warehouseFile(roots, client));
      return result;
    });
  return ledger.withLease(`warehouse:${client}`, newOwner(), alone, { clock: systemClock() });
}

/** Runs `work` with a folder of its own, gone afterwards. */
export async function withWorkFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = scratchPath(tmpdir());
  await mkdir(folder, { mode: 0o700 });
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Where the warehouse of a client lies. */
export const warehouseFile = ({ state }: Roots, name: string): string => join(state, "warehouse", `${name}.duckdb`);

/** Where stored mails lie. */
export const storeOf = ({ state }: Roots): MailStore => mailStore(join(state, "mail"));

/** Where the exports of a client are kept by hash. */
export const archiveOf = ({ state }: Roots, client: string): string => join(state, "archive", client);

/** Nothing outside the client's archive and the work folder can be read by the warehouse's SQL. */
async function openWarehouse(path: string, client: string, roots: Roots, work: string): Promise<ClientWarehouse> {
  const threads = (await anyLarge([path, ...(await filesBelow(join(roots.inbox, client)))])) ? 2 : 1;
  return openDuckDb(path, { client, read: [archiveOf(roots, client), work], threads });
}

/** Loading small files is mostly planning, which a second thread slows by a quarter; from here on it helps. */
const largeBytes = 8 * 2 ** 20;

async function anyLarge(paths: readonly string[]): Promise<boolean> {
  const sizes = await Promise.all(
    paths.map((path) =>
      stat(path).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.some((size) => size >= largeBytes);
}

async function filesBelow(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  return names.map((name) => join(folder, name));
}
