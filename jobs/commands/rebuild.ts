import { type Context, clientNamed, openLedger, outsideOf, readConfig } from "../context.ts";
import { reloadArchive } from "../load.ts";
import { withWarehouse } from "../open.ts";
import { sayProblems } from "../problems.ts";
import type { ClientWarehouse } from "../warehouse/warehouse.ts";

/** Builds a client's warehouse anew from the archive, in the recorded order, and puts it in the old one's place. */
export async function rebuild(context: Context, slug: string): Promise<number> {
  const written = await readConfig(context);
  const client = clientNamed(written, slug);
  const ledger = await openLedger(context);
  const outside = outsideOf(context, written, ledger);
  try {
    const reload = (warehouse: ClientWarehouse, work: string) => reloadArchive(client, warehouse, work, outside);
    const result = await withWarehouse(slug, outside, reload, { anew: true });
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
