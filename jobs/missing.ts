import type { ReportDef, SourceDef } from "../transforms/definitions.ts";
import type { Problem } from "../transforms/problem.ts";
import type { Missing } from "../transforms/report/model.ts";
import { sourceName } from "../transforms/source-name.ts";
import { languageOf } from "../transforms/text.ts";
import type { LoadedExports } from "./load.ts";

/** What a report's reader must hear about the exports: sources without any file, and files that could not be read. */
export function missingFiles({ problems, absent }: LoadedExports, def: ReportDef): Missing[] {
  const lang = languageOf(def.locale);
  const ours = ({ channel }: Pick<SourceDef, "channel">): boolean => def.channels.includes(channel);
  const without = absent.filter(ours).map((source) => ({
    channel: source.channel,
    source: sourceName(source),
    reason: (source.bigquery ? noAnswer : noFiles)[lang],
  }));
  const unread = problems
    .filter((each) => each.severity === "error" && ours(each))
    .filter((each) => !without.some(({ source }) => source === each.file))
    .map((each) => ({ channel: each.channel, source: each.file ?? "", reason: reasonOf(each)[lang] }));
  return [...without, ...unread];
}

const noFiles = { ko: "파일이 없습니다.", en: "there is no file." };

const noAnswer = { ko: "BigQuery에서 받은 데이터가 없습니다.", en: "BigQuery gave no figures." };

const reasonOf = ({ code }: Pick<Problem, "code">) =>
  code === "LOAD_HELD" ? waiting : code.startsWith("BIGQUERY_") ? unasked : unreadable;

const unasked = {
  ko: "BigQuery에서 최신 데이터를 받지 못해 이전에 받은 데이터로 만들었습니다.",
  en: "BigQuery gave no newer figures; those it gave before are shown.",
};

const waiting = {
  ko: "담당자 확인을 기다리고 있어 반영하지 않았습니다.",
  en: "this file waits to be looked at and is not counted yet.",
};

// The client reads this. What exactly is wrong, and what to do, is said to the AE when the report is made.
const unreadable = {
  ko: "파일을 다 읽지 못했습니다.",
  en: "this file could not be read in full.",
};
