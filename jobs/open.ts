import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BigQueryPlace, Client } from "../config/config.ts";
import { BogoError, problem } from "../transforms/problem.ts";
import { accessOf } from "./access.ts";
import { archiveOf } from "./archive.ts";
import { systemClock } from "./clock.ts";
import type { Ledger } from "./ledger/ledger.ts";
import { newOwner } from "./ledger/owner.ts";
import type { Roots } from "./roots.ts";
import { scratchPath } from "./scratch.ts";
import { openDuckDb } from "./warehouse/duckdb.ts";
import type { ClientWarehouse } from "./warehouse/warehouse.ts";

/** What a warehouse is opened with. */
export interface WarehouseOutside {
  roots: Roots;
  ledger: Ledger;
  /** Who is kept in BigQuery stands in their config. */
  clients: readonly Client[];
}

/**
 * Opens a client's warehouse for one piece of work, with a folder of its own that is gone afterwards; another process
 * that wants the warehouse waits for its turn. `anew` starts from nothing and takes the old one's place when all went
 * well; `place` says where, if not where the config says.
 */
export async function withWarehouse<Result>(
  client: string,
  { roots, ledger, clients }: WarehouseOutside,
  work: (warehouse: ClientWarehouse, folder: string) => Promise<Result>,
  { anew = false, place = placeOf(client, clients) }: { anew?: boolean; place?: BigQueryPlace | null } = {},
): Promise<Result> {
  const alone = (): Promise<Result> =>
    withWorkFolder(async (folder) => {
      const opened = await openWarehouse({ client, place, roots, folder, anew });
      try {
        const result = await work(opened.warehouse, folder);
        await opened.settle(true);
        return result;
      } catch (error) {
        await opened.settle(false).catch(() => undefined);
        throw error;
      } finally {
        ledger.addBilled(client, opened.billed(), systemClock().now());
      }
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

/** Where it lies once the client is kept in BigQuery. */
export const movedFile = (roots: Roots, name: string): string => `${warehouseFile(roots, name)}.moved`;

/** Where the config keeps a client. */
export const placeOf = (client: string, clients: readonly Client[]): BigQueryPlace | null =>
  clients.find(({ slug }) => slug === client)?.warehouse ?? null;

/** An open warehouse; `settle` closes it and, where it was made anew and `all` went well, puts it in the old one's place. */
export interface Opened {
  warehouse: ClientWarehouse;
  settle(all: boolean): Promise<void>;
  billed(): number;
}

interface Opening {
  client: string;
  place: BigQueryPlace | null;
  roots: Roots;
  folder: string;
  anew: boolean;
}

/** Opens a warehouse for whoever has the lease on it. Of its SQL, only the client's archive and the folder are in reach. */
export async function openWarehouse(opening: Opening): Promise<Opened> {
  return opening.place ? openRemote(opening, opening.place) : openFile(opening);
}

async function openFile({ client, roots, folder, anew }: Opening): Promise<Opened> {
  const own = warehouseFile(roots, client);
  const path = anew ? warehouseFile(roots, `${client}.rebuilt`) : own;
  if (anew) await rm(path, { force: true });
  else if (existsSync(movedFile(roots, client)) && !existsSync(own))
    throw new BogoError([problem("WAREHOUSE_MOVED", { client }, { client })]);
  const warehouse = await openFileAt(path, client, roots, folder);
  return {
    warehouse,
    async settle(all) {
      await warehouse.close();
      if (anew && all) await rename(path, own);
    },
    billed: () => 0,
  };
}

/** Opens a warehouse on the machine by its path. */
export async function openFileAt(path: string, client: string, roots: Roots, folder: string): Promise<ClientWarehouse> {
  const threads = (await anyLarge([path, ...(await filesBelow(join(roots.inbox, client)))])) ? 2 : 1;
  return openDuckDb(path, { client, read: [archiveOf(roots, client), folder], threads });
}

async function openRemote({ client, roots, folder, anew }: Opening, place: BigQueryPlace): Promise<Opened> {
  const { openBigQuery } = await import("./warehouse/bigquery.ts");
  const access = accessOf(client, place);
  const warehouse = await openBigQuery({ access, read: [archiveOf(roots, client)], work: folder, anew });
  if (!anew && warehouse.isNew && existsSync(warehouseFile(roots, client))) {
    await warehouse.close();
    const { project, dataset } = place;
    throw new BogoError([problem("BIGQUERY_NOT_MOVED", { client, project, dataset }, { client })]);
  }
  return {
    warehouse,
    async settle(all) {
      try {
        if (anew && all) await warehouse.switchOver();
        else if (anew) await warehouse.abandon();
      } finally {
        await warehouse.close();
      }
    },
    billed: () => warehouse.billed(),
  };
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
