import type { Daily, Kpi, Report, Trend } from "../../transforms/report/model.ts";
import { basisWord, sectionHeading, sectionTitle, type ValueFormat, words } from "../text.ts";
import type { Theme } from "../theme.ts";
import type { Chart, Span } from "./chart.ts";
import { axisFormat } from "./format.ts";
import { type Placed, rateFormula } from "./live.ts";
import { area } from "./ooxml/address.ts";
import {
  chartLines,
  dayCell,
  gap,
  type Line,
  live,
  pointCell,
  type Rule,
  type Sheet,
  textCell,
  weekdayCell,
  wide,
} from "./sheet.ts";

const firstRow = 5;
const firstSeries = 5;

/** Thirteen periods, one a row so that it filters and charts as it stands; deeper shades are higher. */
export function trendSheet(report: Report, theme: Theme): Sheet | null {
  const { trend, locale } = report;
  if (!hasTrend(report)) return null;
  const said = words(locale);
  const columns = 4 + trend.series.length;
  const head: Line = {
    cells: [
      ...[said.period, said.from, said.to, said.state].map((label) => textCell(label, "head")),
      ...trend.series.map(({ label }) => textCell(label, "headNumber")),
    ],
  };
  const body = trend.points.map((point, at) => trendLine(report, point, at));
  const last = firstRow + body.length - 1;
  return {
    id: "trend",
    name: sectionTitle("trend", locale),
    kind: "detail",
    lines: [
      wide(sectionHeading("trend", report), "title", columns),
      wide(report.title, "aside", columns),
      gap,
      head,
      ...body,
      ...chartLines(trend.series.map((series, at) => courseChart(report, series, at, theme))),
    ],
    head: { row: firstRow - 1, last, columns },
    table: "Trend",
    frozen: 1,
    rules: trend.series.map(
      (_, at): Rule => ({ kind: "shade", rows: [firstRow, last], columns: [firstSeries + at, firstSeries + at] }),
    ),
  };
}

/** Whether the book has a sheet of the course, to which charts and sparklines elsewhere are bound. */
function hasTrend({ sections, trend }: Report): boolean {
  return sections.includes("trend") && trend.points.length > 0;
}

/** The cells of a KPI's course on its sheet; null where it has none. */
export function courseOf(report: Report, kpi: string): Span | null {
  const at = report.trend.series.findIndex((series) => series.kpi === kpi);
  if (at < 0 || !hasTrend(report)) return null;
  return { sheet: "trend", column: firstSeries + at, rows: [firstRow, firstRow + report.trend.points.length - 1] };
}

/**
 * The chart under the answer: what was put in as columns, and the rate that came of it as a line on an axis of its own.
 * The report's headline is one of the two.
 */
export function headlineChart(report: Report, { colours }: Theme): Chart | null {
  const { trend, headline, kpis, locale } = report;
  if (!hasTrend(report) || trend.points.length < 2) return null;
  const known = trend.series.flatMap(({ kpi }) => kpis.find(({ id }) => id === kpi) ?? []);
  const lead = known.find(({ id }) => id === headline) ?? known[0];
  if (!lead) return null;
  const adds = ({ id }: Kpi) => isSum(report, id);
  const other = known.find((kpi) => kpi !== lead && adds(kpi) !== adds(lead));
  const [amount, rate] = adds(lead) ? [lead, other] : [other, lead];
  const plots = [
    ...(amount ? [plotOf(report, amount, "column", colours.accentSoft, false)] : []),
    ...(rate ? [plotOf(report, rate, "line", colours.accent, amount !== undefined)] : []),
  ];
  const names = [amount, rate].flatMap((kpi) => (kpi ? [kpi.label] : [])).join(" · ");
  const title = `${names} — ${words(locale).recent.replace("{count}", String(trend.points.length))}`;
  return {
    title,
    alt: `${title}. ${report.summary[0] ?? ""}`,
    categories: periods(report, "trend"),
    categoryFormat: periodFormat[report.cadence][locale],
    plots,
    share: 1,
  };
}

/** Sums stand on the ground as columns; a rate, also one in money, has a course and is a line. */
function isSum(report: Report, kpi: string): boolean {
  const { unit } = formatOf(report, kpi);
  return (unit === "count" || unit === "money") && !report.definitions.some((each) => each.kpi === kpi);
}

function plotOf(report: Report, kpi: Kpi, kind: "column" | "line", colour: string, second: boolean) {
  const values = courseOf(report, kpi.id) ?? periods(report, "trend");
  const name = { sheet: "trend", column: values.column, row: firstRow - 1 };
  const course = report.trend.series.find((series) => series.kpi === kpi.id);
  const format = axisFormat(kpi, course?.values ?? [], report.locale);
  return { kind, second, format, label: kpi.label, series: [{ name, values, colour }] };
}

/** Weeks and days are named by their first day along an axis, months by themselves: names of periods are long. */
const periods = ({ trend, cadence }: Report, sheet?: string): Span => ({
  ...(sheet ? { sheet } : {}),
  column: cadence === "quarterly" ? 1 : 2,
  rows: [firstRow, firstRow + trend.points.length - 1],
});

const periodFormat: Record<Report["cadence"], Record<Report["locale"], string | undefined>> = {
  daily: { "ko-KR": "m/d", "en-US": "mmm d" },
  weekly: { "ko-KR": "m/d", "en-US": "mmm d" },
  monthly: { "ko-KR": 'yy"."m', "en-US": "mmm yy" },
  quarterly: { "ko-KR": undefined, "en-US": undefined },
};

function courseChart(
  report: Report,
  { kpi, label, values: course }: Trend["series"][number],
  at: number,
  { colours }: Theme,
): Chart {
  const format = formatOf(report, kpi);
  const column = firstSeries + at;
  const values = { ...periods(report), column };
  return {
    title: label,
    alt: `${label}: ${words(report.locale).recent.replace("{count}", String(report.trend.points.length))}`,
    categories: periods(report),
    categoryFormat: periodFormat[report.cadence][report.locale],
    plots: [
      {
        kind: isSum(report, kpi) ? "column" : "line",
        format: axisFormat(format, course, report.locale),
        series: [{ name: { column, row: firstRow - 1 }, values, colour: colours.accent }],
      },
    ],
    share: 0.5,
  };
}

/** Day by day beside the compared day. */
export function dailySheet(report: Report, theme: Theme): Sheet | null {
  const { daily, locale, cadence } = report;
  if (!daily || daily.days.length === 0) return null;
  const said = words(locale);
  const columns = 2 + daily.series.length * 2;
  const head: Line = {
    cells: [
      textCell(said.day, "head"),
      textCell(said.previousDay, "head"),
      ...daily.series.flatMap(({ label }) => [
        textCell(label, "headNumber"),
        textCell(`${label}\n${basisWord("previous", cadence, locale)}`, "headNumber"),
      ]),
    ],
  };
  const body = daily.days.map((day, at) => dailyLine(report, daily, day, at));
  const title = sectionTitle("daily", locale);
  const last = firstRow + body.length - 1;
  return {
    id: "daily",
    name: title,
    kind: "detail",
    lines: [
      wide(title, "title", columns),
      wide(`${report.title} · ${report.period.label}`, "aside", columns),
      gap,
      head,
      ...body,
      ...chartLines(daily.days.length > 1 ? daily.series.map((_, at) => dailyChart(report, daily, at, theme)) : []),
    ],
    head: { row: firstRow - 1, last, columns },
    table: "Daily",
    frozen: 1,
    rules: daily.series.map(
      (_, at): Rule => ({ kind: "bar", rows: [firstRow, last], columns: [3 + at * 2, 3 + at * 2] }),
    ),
  };
}

function dailyChart(report: Report, daily: Daily, at: number, { colours }: Theme): Chart {
  const { kpi, label, current, previous } = daily.series[at] ?? { kpi: "", label: "", current: [], previous: [] };
  const rows: [number, number] = [firstRow, firstRow + daily.days.length - 1];
  const column = 3 + at * 2;
  const series = (offset: number, colour: string) => ({
    name: { column: column + offset, row: firstRow - 1 },
    values: { column: column + offset, rows },
    colour,
    aside: offset === 1,
  });
  return {
    title: label,
    alt: `${label}: ${sectionTitle("daily", report.locale)}, ${report.period.label}`,
    categories: { column: 1, rows },
    categoryFormat: "m/d",
    plots: [
      {
        kind: "line",
        format: axisFormat(formatOf(report, kpi), [...current, ...previous], report.locale),
        series: [series(0, colours.accent), series(1, colours.faint)],
      },
    ],
    share: 0.5,
  };
}

function trendLine(report: Report, point: Trend["points"][number], at: number): Line {
  const { trend, locale } = report;
  const said = words(locale);
  const strong = at === trend.points.length - 1;
  const seriesAt = (id: string): Placed | undefined => {
    const index = trend.series.findIndex(({ kpi }) => kpi === id);
    const [column, row] = [firstSeries + index, firstRow + at];
    return index < 0
      ? undefined
      : { address: area([column, column], [row, row]), value: trend.series[index]?.values[at] ?? null };
  };
  const state = [point.partial ? said.partial : "", point.provisional ? said.provisional : ""]
    .filter(Boolean)
    .join(" · ");
  return {
    cells: [
      textCell(point.label, "name", { strong }),
      dayCell(point.from, { strong }),
      dayCell(point.to, { strong }),
      textCell(state, "text", { strong, colour: "muted" }),
      ...trend.series.map(({ kpi, values }) => {
        const value = values[at] ?? null;
        const cell = pointCell(value, formatOf(report, kpi), locale, { strong });
        return live(cell, rateFormula(kpi, value, report.definitions, seriesAt));
      }),
    ],
  };
}

function dailyLine(report: Report, daily: Daily, day: string, at: number): Line {
  const { locale } = report;
  const side =
    (which: "current" | "previous") =>
    (id: string): Placed | undefined => {
      const index = daily.series.findIndex(({ kpi }) => kpi === id);
      const column = 3 + index * 2 + (which === "current" ? 0 : 1);
      const value = daily.series[index]?.[which][at] ?? null;
      return index < 0 ? undefined : { address: area([column, column], [firstRow + at, firstRow + at]), value };
    };
  const cells = daily.series.flatMap(({ kpi, current, previous }) => {
    const format = formatOf(report, kpi);
    const [now, then] = [current[at] ?? null, previous[at] ?? null];
    return [
      live(
        pointCell(now, format, locale, { strong: true }),
        rateFormula(kpi, now, report.definitions, side("current")),
      ),
      live(
        pointCell(then, format, locale, { colour: "muted" }),
        rateFormula(kpi, then, report.definitions, side("previous")),
      ),
    ];
  });
  return {
    cells: [
      weekdayCell(day, locale),
      weekdayCell(daily.previous_days[at] ?? null, locale, { colour: "muted" }),
      ...cells,
    ],
  };
}

/** A series names its KPI; how its values read stands there. */
function formatOf({ kpis }: Report, id: string): ValueFormat {
  return kpis.find((kpi) => kpi.id === id) ?? { unit: "count", decimals: 0 };
}
