import type { ReportDef, SourceDef } from "../transforms/definitions.ts";
import type { Problem } from "../transforms/problem.ts";
import type { Missing } from "../transforms/report/model.ts";
import { languageOf } from "../transforms/text.ts";
import type { LoadedExports } from "./load.ts";

/** What a report's reader must hear about the exports: sources without any file, and files that could not be read. */
export function missingFiles({ problems, absent }: LoadedExports, def: ReportDef): Missing[] {
  const lang = languageOf(def.locale);
  const ours = ({ channel }: Pick<SourceDef, "channel">): boolean => def.channels.includes(channel);
  const without = absent
    .filter(ours)
    .map(({ channel, files }) => ({ channel, source: files ?? "", reason: noFiles[lang] }));
  const unread = problems
    .filter((each) => each.severity === "error" && ours(each))
    .map((each) => ({ channel: each.channel, source: each.file ?? "", reason: reasonOf(each)[lang] }));
  return [...without, ...unread];
}

const noFiles = { ko: "파일이 없습니다.", en: "there is no file." };

const reasonOf = ({ code }: Pick<Problem, "code">) => (code === "LOAD_HELD" ? waiting : unreadable);

const waiting = {
  ko: "담당자 확인을 기다리고 있어 반영하지 않았습니다.",
  en: "this file waits to be looked at and is not counted yet.",
};

// The client reads this. What exactly is wrong, and what to do, is said to the AE when the report is made.
const unreadable = {
  ko: "파일을 다 읽지 못했습니다.",
  en: "this file could not be read in full.",
};
