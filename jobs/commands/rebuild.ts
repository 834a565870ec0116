import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { systemClock } from "../clock.ts";
import { type Context, clientNamed, openLedger, outsideOf, readConfig } from "../context.ts";
import { newOwner } from "../ledger/owner.ts";
import { openWarehouse, reloadArchive, withWorkFolder } from "../load.ts";
import { sayProblems } from "../problems.ts";

/** Builds a client's warehouse anew from the archive, in the recorded order, and puts it in the old one's place. */
export async function rebuild(context: Context, slug: string): Promise<number> {
  const written = await readConfig(context);
  const client = clientNamed(written, slug);
  const ledger = await openLedger(context);
  const outside = outsideOf(context, written, ledger);
  const folder = join(context.roots.state, "warehouse");
  try {
    const result = await ledger.withLease(
      `warehouse:${slug}`,
      newOwner(),
      () =>
        withWorkFolder(async (work) => {
          const fresh = `${slug}.rebuilt`;
          await rm(join(folder, `${fresh}.duckdb`), { force: true });
          const warehouse = await openWarehouse(fresh, slug, context.roots, work);
          const loaded = await reloadArchive(client, warehouse, work, outside).finally(() => warehouse.close());
          await rename(join(folder, `${fresh}.duckdb`), join(folder, `${slug}.duckdb`));
          return loaded;
        }),
      { clock: systemClock() },
    );
    if (result.problems.length) context.tell(sayProblems(result.problems, context.lang));
    context.print(
      context.lang === "ko"
        ? `${slug}: 파일 ${result.read}개, 행 ${result.rows}개로 다시 만들었습니다.`
        : `${slug}: rebuilt from ${result.read} files, ${result.rows} rows.`,
    );
    return result.problems.some(({ severity }) => severity === "error") ? 1 : 0;
  } finally {
    ledger.close();
  }
}
