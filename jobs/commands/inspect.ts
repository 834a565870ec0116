import { formatsOf } from "../../config/formats.ts";
import { type PlatformLabels, platformLabels, platformName } from "../../transforms/format/labels.ts";
import type { Context } from "../context.ts";
import { contractOf, inspect } from "../extract/inspect.ts";
import { withWorkFolder } from "../open.ts";

/** Shows what the program sees in some files: as JSON for programs, in a few lines each for people. */
export async function inspectCommand(
  context: Context,
  paths: readonly string[],
  { json, inOrder }: { json?: boolean; inOrder?: boolean },
): Promise<number> {
  const { formats } = await formatsOf(context.roots.config);
  const report = await withWorkFolder((work) =>
    inspect(paths, { formats, inOrder: inOrder === true, work, lang: context.lang }),
  );
  context.print(json ? JSON.stringify(contractOf(report)) : tell(report, platformLabels(formats), context));
  return report.files.every(({ tables }) => tables.length > 0) ? 0 : 1;
}

function tell(report: Awaited<ReturnType<typeof inspect>>, labels: PlatformLabels, { lang }: Context): string {
  const korean = lang === "ko";
  return report.files
    .map(({ file, tables, problems }) => {
      const lines = tables.map((table) => {
        const skipped = Object.entries(table.skipped)
          .filter(([, count]) => count > 0)
          .map(([name, count]) => `${name} ${count}`)
          .join(", ");
        const sums = Object.entries(table.sums)
          .map(([metric, sum]) => `${metric} ${sum}`)
          .join(", ");
        return [
          `  ${platformName(table.platform, labels, lang)} (${table.format}), ${table.cut.join(" × ") || table.level}, ${table.from ?? "–"} ~ ${table.to ?? "–"}`,
          `    ${korean ? "행" : "rows"} ${table.rows}, ${korean ? "거부" : "rejected"} ${table.rejected}, ${korean ? "제외" : "skipped"} ${skipped || 0}`,
          `    ${sums}`,
        ].join("\n");
      });
      const faults = problems.map(
        (each) => `  ${each.code}${each.line ? ` ${korean ? "줄" : "line"} ${each.line}` : ""}: ${each.say}`,
      );
      return [file, ...lines, ...faults].join("\n");
    })
    .join("\n");
}
