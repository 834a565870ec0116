import { formatsOf } from "../../config/formats.ts";
import type { Context } from "../context.ts";
import { contractOf, inspect } from "../extract/inspect.ts";
import { tellReport } from "../inspect/tell.ts";
import { withWorkFolder } from "../open.ts";

export interface InspectFlags {
  json?: boolean;
  /** Every rejected line and period, not the first few. */
  all?: boolean;
  inOrder?: boolean;
  /** How wide the terminal is; absent where the text goes into a file. */
  columns?: number | undefined;
}

/** Shows what the program sees in some files: as JSON for programs, as a text for people. */
export async function inspectCommand(
  { roots, lang, env, print }: Context,
  paths: readonly string[],
  { json = false, all = false, inOrder = false, columns }: InspectFlags,
): Promise<number> {
  const { formats } = await formatsOf(roots.config);
  const report = await withWorkFolder((work) =>
    inspect(paths, {
      formats,
      inOrder,
      work,
      lang,
      firstRows: json ? 0 : 10,
      ...(json || all ? { shown: Number.MAX_SAFE_INTEGER } : {}),
    }),
  );
  const width = Math.max(60, columns ?? (Number(env.COLUMNS) || 100));
  print(json ? JSON.stringify(contractOf(report)) : tellReport(report, formats, { lang, all, columns: width }));
  return report.files.every(({ tables }) => tables.length > 0) ? 0 : 1;
}
