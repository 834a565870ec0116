import type { Kpi, Report } from "../../../transforms/report/model.ts";
import { comparisonWord, formatChange, formatInstant, formatValue, noValue, words } from "../../text.ts";
import { cellNumber, daySerial } from "../cell.ts";
import { valueNumberFormat } from "../format.ts";

/** What a `{{key}}` stands for: as text inside of a text, as a number where the cell holds nothing else. */
export interface Filled {
  text: string;
  number: number | null;
}

/** Every key that a template may ask a report for, with what stands there. */
export function keysOf(report: Report): Map<string, Filled> {
  const { locale, period, comparisons, compare, run, timezone, cadence } = report;
  const said = words(locale);
  const text = (value: string): Filled => ({ text: value, number: null });
  const day = (value: string): Filled => ({ text: value, number: daySerial(value) });
  const compared = compare[0] ? comparisons[compare[0]] : null;
  const plain: [string, Filled][] = [
    ["client", text(report.client_name)],
    ["agency", text(report.agency_name)],
    ["title", text(report.title)],
    ["period", text(period.label)],
    ["period.from", day(period.from)],
    ["period.to", day(period.to)],
    ["compared", text(compared?.label ?? said.noComparison)],
    ["versus", text(compare[0] ? comparisonWord(compare[0], cadence, locale) : said.noComparison)],
    ["as_of", text(formatInstant(run.as_of, timezone, locale))],
    ["state", text(period.final ? said.final : said.provisional)],
    ["ae", text(report.ae?.name ?? "")],
    ["ae.address", text(report.ae?.address ?? "")],
    ["currency", text(report.currency)],
    ["summary", text(report.summary.join("\n"))],
    ["comment", text(report.comment.map((part) => [part.heading, part.text].filter(Boolean).join("\n")).join("\n\n"))],
    ["notes", text(report.notes.map((note) => note.text).join("\n"))],
    ["banners", text(report.banners.map((note) => note.text).join("\n"))],
  ];
  return new Map([...plain, ...report.kpis.flatMap((kpi) => kpiKeys(kpi, report))]);
}

/** The same keys, known before there is a report: what `check` measures a template by. */
export function keyNames(kpis: readonly string[]): string[] {
  const none = { kpis: [], summary: [], comment: [], notes: [], banners: [], compare: [], comparisons: {} };
  const shape = { ...none, locale: "en-US", cadence: "monthly", timezone: "UTC", run: { as_of: "" }, period: {} };
  const general = keysOf(shape as unknown as Report); // only the names are asked for
  return [...general.keys(), ...kpis.flatMap((id) => ["", ...aspects].map((aspect) => keyOf(id, aspect)))];
}

const aspects = ["label", "previous", "year_ago", "baseline", "change", "goal", "achievement"] as const;
const keyOf = (id: string, aspect: string): string => `kpi.${id}${aspect && `.${aspect}`}`;

function kpiKeys(kpi: Kpi, report: Report): [string, Filled][] {
  const { locale, compare } = report;
  const { factor } = valueNumberFormat(kpi, locale);
  const value = (given: string | null): Filled => {
    const number = cellNumber(given);
    return { text: formatValue(given, kpi, locale), number: number === null ? null : number * factor };
  };
  const change = kpi.changes[compare[0] ?? "previous"];
  const achievement = kpi.goal?.achievement ?? null;
  const of: Record<(typeof aspects)[number], Filled> = {
    label: { text: kpi.label, number: null },
    previous: value(kpi.previous),
    year_ago: value(kpi.year_ago),
    baseline: value(kpi.baseline),
    change: {
      text: formatChange(change, { ...kpi, locale }).label,
      number: change?.kind === "change" ? cellNumber(change.ratio) : null,
    },
    goal: { text: kpi.goal?.text ?? noValue, number: null },
    achievement: {
      text: formatValue(achievement, { unit: "ratio", decimals: 1 }, locale),
      number: cellNumber(achievement),
    },
  };
  return [
    [keyOf(kpi.id, ""), value(kpi.value)],
    ...aspects.map((aspect): [string, Filled] => [keyOf(kpi.id, aspect), of[aspect]]),
  ];
}
