import { basename } from "node:path";
import type { Client } from "../config/config.ts";
import type { ReportDef, SourceDef } from "../transforms/definitions.ts";
import { type Covered, type Lacking, lackingFor } from "../transforms/lacking.ts";
import type { Text } from "../transforms/metrics.ts";
import type { Period } from "../transforms/period.ts";
import { BogoError, type Problem, problem, sayProblem } from "../transforms/problem.ts";
import { pauseIn } from "../transforms/report/pause.ts";
import { sourceName } from "../transforms/source-name.ts";
import type { Ledger } from "./ledger/ledger.ts";
import type { LoadProblem } from "./load.ts";
import { keyOf } from "./source-key.ts";
import type { Warehouse } from "./warehouse/warehouse.ts";

/** A source and what its exports cover. */
export interface CoveredSource {
  source: SourceDef;
  covered: readonly Covered[];
}

export interface SourceLacking {
  source: SourceDef;
  lacking: Lacking;
}

/** What the sources of a report still lack for one of its periods; empty where all is there. */
export function lackingOf(report: ReportDef, period: Period, sources: readonly CoveredSource[]): SourceLacking[] {
  const { cadence, week_starts, week_label } = report;
  const due = { period, cadence, rules: { week_starts, week_label } };
  return sources.flatMap(({ source, covered }) => {
    if (!report.sources.includes(source)) return [];
    const lacking = lackingFor(covered, due);
    return lacking ? [{ source, lacking }] : [];
  });
}

/** What each source of a client has brought into the warehouse, as the ledger noted whose each file is. */
export async function broughtBy(
  client: Client,
  warehouse: Pick<Warehouse, "brought">,
  ledger: Pick<Ledger, "listSeen">,
): Promise<CoveredSource[]> {
  const seen = Map.groupBy(ledger.listSeen(client.slug), ({ sha256 }) => sha256);
  const brought = (await warehouse.brought()).map((each) => ({ ...each, file: basename(each.file) }));
  return client.sources.map((source) => {
    const ours = ({ sha256, channel }: (typeof brought)[number]): boolean =>
      channel === source.channel && (seen.get(sha256) ?? []).some((file) => file.source === keyOf(source));
    return { source, covered: brought.filter(ours) };
  });
}

/**
 * Refuses a report with RUN_LACKING while something of its period is missing: exports, those that wait for a person, and
 * what could not be read of the others. Of a period in which nothing ran nothing is missing.
 */
export function requireComplete(
  { def, period }: { def: ReportDef; period: Period },
  sources: readonly CoveredSource[],
  problems: readonly LoadProblem[],
): void {
  const lacking = pauseIn(def, period)?.whole ? [] : lackingOf(def, period, sources);
  const waits = problems.filter(({ code, channel }) => code === "LOAD_HELD" && def.channels.includes(channel));
  if (lacking.length + waits.length > 0)
    throw new BogoError([lackingProblem(def, period, lacking, problems), ...problems]);
}

/** What a report lacks, and which of its files wait or could not be read. */
function lackingProblem(
  def: ReportDef,
  period: Period,
  lacking: readonly SourceLacking[],
  problems: readonly LoadProblem[],
): Problem {
  const broken = problems.filter(({ severity, channel }) => severity === "error" && def.channels.includes(channel));
  const what = (lang: keyof Text): string =>
    [
      ...linesOf(lacking, period, lang).map((line) => line.trim()),
      ...broken.map((each) => `${each.file ?? ""}: ${sayProblem(each, lang)}`),
    ].join("\n");
  const facts = { report: `${def.id} ${def.cadence}`, client: def.client, what_ko: what("ko"), what_en: what("en") };
  return problem("RUN_LACKING", facts, { client: def.client });
}

/** The download list of one report: a line a source, or one calm line. */
export function tellLacking(
  sources: readonly SourceLacking[],
  { local, period }: { local: string; period: Period },
  lang: keyof Text,
): string[] {
  if (sources.length === 0) return [words.complete[lang]];
  return [words.needed[lang](local.replace("T", " "), period.to), ...linesOf(sources, period, lang)];
}

/** What is missing, a line a source. */
function linesOf(sources: readonly SourceLacking[], period: Period, lang: keyof Text): string[] {
  return sources.map(({ source, lacking }) => `  ${sourceName(source)}  ${parts(lacking, period, lang).join("; ")}`);
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
