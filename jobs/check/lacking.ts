import type { ReportDef, SourceDef } from "../../transforms/definitions.ts";
import { type Lacking, lackingFor } from "../../transforms/lacking.ts";
import type { Text } from "../../transforms/metrics.ts";
import type { Period } from "../../transforms/period.ts";
import type { Slot } from "../../transforms/schedule.ts";
import type { SurveyedSource } from "./sources.ts";

export interface SourceLacking {
  source: SourceDef;
  lacking: Lacking;
}

/** What the sources of a report still lack for one of its periods; empty where all is there. */
export function lackingOf(report: ReportDef, period: Period, surveyed: readonly SurveyedSource[]): SourceLacking[] {
  const { cadence, week_starts, week_label } = report;
  const due = { period, cadence, rules: { week_starts, week_label } };
  return surveyed.flatMap(({ source, files }) => {
    if (!report.sources.includes(source)) return [];
    const covered = files.flatMap(({ file, tables }) => tables.map((table) => ({ ...table, file })));
    const lacking = lackingFor(covered, due);
    return lacking ? [{ source, lacking }] : [];
  });
}

/** The download list of one report: a line a source, or one calm line. */
export function tellLacking(sources: readonly SourceLacking[], { local, period }: Slot, lang: keyof Text): string[] {
  if (sources.length === 0) return [words.complete[lang]];
  const lines = sources.map(
    ({ source: { files }, lacking }) => `  ${files}  ${parts(lacking, period, lang).join("; ")}`,
  );
  return [words.needed[lang](local.replace("T", " "), period.to), ...lines];
}

function parts({ until, days, exports, windows, lists }: Lacking, period: Period, lang: keyof Text): string[] {
  const runs = days.map(range).join(", ");
  return [
    until === null ? words.nothing[lang] : words.until[lang](until),
    runs && words.days[lang](runs),
    exports.length ? words.exports[lang](named(exports, lang)) : "",
    windows.length ? words.windows[lang](range(period), named(windows, lang)) : "",
    lists.length ? words.lists[lang](named(lists, lang)) : "",
  ].filter((part) => part !== "");
}

const range = ({ from, to }: Period): string => (from === to ? from : `${from} ~ ${to}`);

/** A few names, without the numbers that browsers give to copies. */
function named(files: readonly string[], lang: keyof Text): string {
  const names = [...new Set(files.map((file) => file.replace(/ \(\d+\)(?=\.\w+$)/u, "")))];
  const more = names.length - shown;
  const list = names
    .slice(0, shown)
    .map((name) => `“${name}”`)
    .join(", ");
  return more > 0 ? `${list} ${words.more[lang](more)}` : list;
}

const shown = 4;

const words = {
  complete: { en: "exports: all there", ko: "파일: 모두 있습니다" },
  needed: {
    en: (by: string, last: string) => `exports still needed by ${by}, downloaded after ${last}:`,
    ko: (by: string, last: string) => `${by}까지 더 필요한 파일(${last} 다음 날부터 내려받을 수 있음):`,
  },
  days: { en: (runs: string) => `days ${runs}`, ko: (runs: string) => `${runs} 일별 데이터` },
  exports: {
    en: (files: string) => `the same days of ${files}`,
    ko: (files: string) => `같은 기간의 ${files}`,
  },
  windows: {
    en: (days: string, files: string) => `reports of exactly ${days}, as ${files}`,
    ko: (days: string, files: string) => `기간이 정확히 ${days}인 보고서 (${files})`,
  },
  lists: { en: (files: string) => `a newer ${files}`, ko: (files: string) => `새로 내려받은 ${files}` },
  until: { en: (day: string) => `held to ${day}`, ko: (day: string) => `현재 ${day}까지 있음` },
  nothing: { en: "nothing held yet", ko: "아직 없음" },
  more: { en: (count: number) => `and ${count} more`, ko: (count: number) => `외 ${count}개` },
};
