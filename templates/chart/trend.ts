import type { Kpi, Report } from "../../transforms/report/model.ts";
import { basisWord, formatCompact, formatValue, words } from "../text.ts";
import type { LineChart } from "./line.ts";

/** The series that the trend section draws: all with figures but the one on the headline's card. */
export function trendSeries(report: Report, { headline = false }: { headline?: boolean } = {}): Series[] {
  if (headline) return report.trend.series.filter(held);
  const onCard = report.sections.includes("kpis") ? headlineSeries(report) : undefined;
  return report.trend.series.filter((series) => series !== onCard && held(series));
}

/** The headline's thirteen periods, for its card; null where none are held. */
export function headlineChart(report: Report, size: { width: number; height: number }): LineChart | null {
  const series = headlineSeries(report);
  return series ? trendChart(report, series, size) : null;
}

type Series = Report["trend"]["series"][number];

function headlineSeries({ trend, headline }: Report): Series | undefined {
  return trend.series.find((series) => series.kpi === headline && held(series));
}

/** Two known points make a trend. */
function held({ values }: Series): boolean {
  return values.filter((value) => value !== null).length > 1;
}

/** One series of the trend as a chart, its last value named at its end. */
export function trendChart(
  report: Report,
  { kpi, label, values, provisional, year_ago }: Series,
  { width, height }: { width: number; height: number },
): LineChart {
  const { points } = report.trend;
  const format = report.kpis.find(({ id }) => id === kpi) ?? plainCount;
  const names = points.map((point) => point.label);
  return {
    width,
    height,
    alt: said(label, names, values, format, report),
    locale: report.locale,
    format,
    labels: names.map(brokenLabel),
    series: [
      {
        label: formatCompact(values.findLast((value) => value !== null) ?? null, format, report.locale),
        values: values.map(number),
        style: "solid",
        hollow: points.map(({ partial }, at) => partial || provisional[at] === true),
      },
      ...(year_ago.some((value) => value !== null)
        ? [
            {
              label: basisWord("year_ago", report.cadence, report.locale),
              values: year_ago.map(number),
              style: "dotted" as const,
            },
          ]
        : []),
    ],
    level: levelOf(format),
  };
}

/** What the line says, in words: first, last, lowest and highest value. */
export function said(
  label: string,
  names: readonly string[],
  values: readonly (string | null)[],
  format: Kpi | typeof plainCount,
  { locale }: Report,
): string {
  const known = values.flatMap((value, at) => (value === null ? [] : [{ value, name: names[at] ?? "" }]));
  const by = known.toSorted((a, b) => Number(a.value) - Number(b.value));
  const one = (point: { value: string; name: string } | undefined) =>
    point ? `${point.name} ${formatValue(point.value, format, locale)}` : "–";
  const [first, last, low, high] = [known[0], known.at(-1), by[0], by.at(-1)].map(one);
  return locale === "ko-KR"
    ? `${label} 꺾은선 차트: 처음 ${first}, 마지막 ${last}, 최저 ${low}, 최고 ${high}`
    : `Line chart of ${label}: first ${first}, last ${last}, lowest ${low}, highest ${high}`;
}

/** A goal that each period has is a level of the chart; a month's budget is not. */
function levelOf(kpi: Kpi | typeof plainCount): LineChart["level"] {
  if (!("goal" in kpi) || !kpi.goal || kpi.goal.kind === "budget" || kpi.goal.pro_rated) return null;
  return { value: Number(kpi.goal.target), label: kpi.goal.text };
}

/** What a hollow point means, where one of these series has one. */
export function hollowWords({ locale, trend }: Report, series: readonly Series[] = trend.series): string | null {
  const said = words(locale);
  const kinds = [
    series.some(({ provisional }) => provisional.includes(true)) ? said.provisional : "",
    trend.points.some(({ partial }) => partial) ? said.partial : "",
  ].filter(Boolean);
  return kinds.length > 0 ? `○ ${kinds.join(" · ")}` : null;
}

/** `8/3~8/9`, `2026년 1월`, `Jan 2026` in two lines, the year below, so that thirteen of them fit. */
function brokenLabel(label: string): string {
  return label
    .replace(/\s*([~–])\s*/, "$1\n")
    .replace(/^(\d{4}(?:년|\.)?)\s+(.+)$/, "$2\n$1")
    .replace(/^(\S+)\s+(\d{4})$/, "$1\n$2");
}

/** How a figure reads that is no KPI of the report. */
export const plainCount = { unit: "count", currency: null, decimals: 0 } as const;

/** For geometry only: printed figures come from the exact string. */
export function number(value: string | null): number | null {
  return value === null ? null : Number(value);
}
