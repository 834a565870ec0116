import { resolve } from "node:path";
import { type Context, clientNamed, openLedger, outsideOf, readConfig } from "../context.ts";
import { sortDrops } from "../drops/sort.ts";
import { writeExport } from "../export/write.ts";
import { loadExports } from "../load.ts";
import { withWarehouse } from "../open.ts";
import { exitCode, sayProblems } from "../problems.ts";
import { drawTable } from "../table.ts";

/** Loads what is new, then writes a client's figures as tidy CSV and Parquet into a folder. Sends nothing. */
export async function exportCommand(context: Context, slug: string, to: string): Promise<number> {
  const written = await readConfig(context);
  const client = clientNamed(written, slug);
  const folder = resolve(to);
  const ledger = await openLedger(context);
  const outside = outsideOf(context, written, ledger);
  try {
    const drops = await sortDrops(outside, slug);
    const { files, problems } = await withWarehouse(slug, outside, async (warehouse, work) => {
      const exports = await loadExports(client, drops.files, warehouse, work, outside);
      const made = await writeExport(client, warehouse, folder, { work, madeAt: context.clock.now() });
      return { files: made, problems: [...exports.problems, ...drops.problems] };
    });
    if (problems.length) context.tell(sayProblems(problems, context.lang));
    const ko = context.lang === "ko";
    if (files.length === 0) context.print(ko ? `${slug}: 적재된 수치가 없습니다.` : `${slug}: nothing is loaded yet.`);
    else {
      const head = ko ? ["파일", "행", "시작", "끝"] : ["file", "rows", "from", "to"];
      const rows = files.map(({ file, rows: count, from, to: end }) => [file, String(count), from ?? "–", end ?? "–"]);
      context.print(`${drawTable([head, ...rows], { right: [1] })}\n\n${folder}`);
    }
    const errors = problems.filter(({ severity }) => severity === "error");
    return errors.length ? exitCode(errors.map(({ code }) => code)) : 0;
  } finally {
    ledger.close();
  }
}
