import type { ReportDef } from "../transforms/definitions.ts";
import { sayProblem } from "../transforms/problem.ts";
import type { Missing } from "../transforms/report/model.ts";
import { languageOf } from "../transforms/text.ts";
import type { LoadedExports } from "./load.ts";

/** What a report's reader must hear about the exports: sources without any file, and files that could not be read. */
export function missingFiles({ problems, absent }: LoadedExports, def: ReportDef): Missing[] {
  const lang = languageOf(def.locale);
  const without = absent
    .filter(({ channel }) => def.channels.includes(channel))
    .map(({ channel, files }) => ({ channel, source: files ?? "", reason: noFiles[lang] }));
  const globs = def.sources
    .filter(({ channel }) => def.channels.includes(channel))
    .map(({ files }) => files?.split("/")[0]);
  const unread = problems
    .filter(({ severity, file }) => severity === "error" && globs.includes(file?.split("/")[0]))
    .map((each) => ({ channel: def.channels.join("+"), source: each.file ?? "", reason: sayProblem(each, lang) }));
  return [...without, ...unread];
}

const noFiles = { ko: "파일이 없습니다.", en: "there is no file." };
