import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import type { BigQueryPlace, Client } from "../../config/config.ts";
import { BogoError, problem } from "../../transforms/problem.ts";
import { compareWarehouses } from "../compare-warehouses.ts";
import { type Context, clientNamed, openLedger, outsideOf, readConfig } from "../context.ts";
import { type LoadedExports, type LoadOutside, reloadArchive } from "../load.ts";
import { movedFile, openWarehouse, placeOf, warehouseFile, withWarehouse } from "../open.ts";
import { sayProblems } from "../problems.ts";
import type { ClientWarehouse } from "../warehouse/warehouse.ts";

/** Which engine keeps the figures from now on. */
export type Target = "duckdb" | "bigquery";

/**
 * Builds a client's warehouse anew from the archive, in the recorded order, and puts it in the old one's place. With
 * another engine as the target it moves there, and only where every sum is what it was before.
 */
export async function rebuild(
  context: Context,
  slug: string,
  { warehouse }: { warehouse?: Target } = {},
): Promise<number> {
  const written = await readConfig(context);
  const client = clientNamed(written, slug);
  const ledger = await openLedger(context);
  const outside = outsideOf(context, written, ledger);
  try {
    const { result, compared } = warehouse
      ? await move(client, targetOf(client, warehouse), outside)
      : { result: await anew(client, placeOf(slug, outside.clients), outside, async () => {}), compared: null };
    if (result.problems.length) context.tell(sayProblems(result.problems, context.lang));
    const { read, rows } = result;
    context.print(words.rebuilt[context.lang](slug, read, rows));
    if (compared !== null) context.print(words.compared[context.lang](compared));
    return result.problems.some(({ severity }) => severity === "error") ? 1 : 0;
  } finally {
    ledger.close();
  }
}

function targetOf(client: Client, target: Target): BigQueryPlace | null {
  if (target === "duckdb") return null;
  if (client.warehouse) return client.warehouse;
  throw new BogoError([problem("WAREHOUSE_UNSET", { client: client.slug }, { client: client.slug })]);
}

function anew(
  client: Client,
  place: BigQueryPlace | null,
  outside: LoadOutside,
  judge: (fresh: ClientWarehouse, work: string) => Promise<void>,
): Promise<LoadedExports> {
  const reload = async (fresh: ClientWarehouse, work: string) => {
    const result = await reloadArchive(client, fresh, work, outside);
    await judge(fresh, work);
    return result;
  };
  return withWarehouse(client.slug, outside, reload, { anew: true, place });
}

/** Loads everything into the new place, compares, and switches. A throw leaves the old warehouse as it was and in use. */
async function move(
  client: Client,
  place: BigQueryPlace | null,
  outside: LoadOutside,
): Promise<{ result: LoadedExports; compared: number | null }> {
  const { roots } = outside;
  const { slug } = client;
  const [file, moved] = [warehouseFile(roots, slug), movedFile(roots, slug)];
  const isInFile = existsSync(file);
  let compared: number | null = null;
  const result = await anew(client, place, outside, async (fresh, folder) => {
    const from = isInFile ? null : client.warehouse;
    if (!isInFile && !from) return;
    const old = await openWarehouse({ client: slug, place: from, roots, folder, anew: false });
    try {
      compared = await compareWarehouses(client, old.warehouse, fresh);
    } finally {
      await old.settle(true);
    }
  });
  if (place && isInFile) await rename(file, moved);
  if (!place) await rm(moved, { force: true });
  return { result, compared };
}

const words = {
  rebuilt: {
    ko: (slug: string, files: number, rows: number) => `${slug}: 파일 ${files}개, 행 ${rows}개로 다시 만들었습니다.`,
    en: (slug: string, files: number, rows: number) => `${slug}: rebuilt from ${files} files, ${rows} rows.`,
  },
  compared: {
    ko: (sums: number) => `합계 ${sums}개를 전환 전후로 비교했으며 모두 같습니다.`,
    en: (sums: number) => `${sums} sums compared before and after: all equal.`,
  },
};
