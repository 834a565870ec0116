import type { Kpi, Report } from "../../transforms/report/model.ts";
import { heatmap } from "../chart/heatmap.ts";
import { gutters, type LineChart, lineChart } from "../chart/line.ts";
import { clipped } from "../fonts.ts";
import {
  basisWord,
  formatCompact,
  formatDay,
  formatPeriod,
  formatValue,
  sectionTitle,
  weekdayNames,
  words,
} from "../text.ts";
import { type as size } from "../theme.ts";
import type { Flow } from "./flow.ts";

/**
 * Thirteen periods of up to three KPIs, one chart below the other on the same axis. The headline's own chart stands on
 * its card (`headlineChart`), so that it is not drawn twice.
 */
export function trendCharts(flow: Flow, report: Report): void {
  const charts = trendSeries(report)
    .slice(0, 3)
    .map((series, index) => trendChart(report, series, { width: flow.width, height: index === 0 ? 124 : 104 }));
  const left = Math.max(...charts.map((chart) => gutters(chart).left));
  const right = Math.max(...charts.map((chart) => gutters(chart).right));
  flow.heading(sectionTitle("trend", report.locale), { level: 2, keep: 150, aside: hollowWords(report) ?? undefined });
  charts.forEach((chart, index) => {
    if (index > 0) flow.space(8);
    panel(flow, trendSeries(report)[index]?.label ?? "", { ...chart, left, right }, flow.left);
    flow.y += chart.height + 14;
  });
}

/** The series that the trend section draws: all with figures but the one on the headline's card. */
export function trendSeries(report: Report): Series[] {
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

function trendChart(
  report: Report,
  { kpi, label, values }: Series,
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
        hollow: points.map(({ partial, provisional }) => partial || provisional),
      },
    ],
    level: levelOf(format),
  };
}

/** Day by day beside the compared days, two charts in a row while the days are few. */
export function dailyCharts(flow: Flow, report: Report): void {
  const { daily } = report;
  if (!daily) return;
  const perRow = daily.days.length <= 10 && daily.series.length > 1 ? 2 : 1;
  const gap = 20;
  const width = (flow.width - gap * (perRow - 1)) / perRow;
  const height = 116;
  flow.heading(sectionTitle("daily", report.locale), { level: 2, keep: height + 14 });
  const [now, before] = [words(report.locale).value, basisWord("previous", report.cadence, report.locale)];
  const shown = daily.series.slice(0, 4);
  shown.forEach(({ kpi, label, current, previous }, index) => {
    const column = index % perRow;
    if (column === 0) flow.need(height + 14);
    const format = report.kpis.find(({ id }) => id === kpi) ?? plainCount;
    const chart: LineChart = {
      width,
      height,
      alt: said(label, daily.days, current, format, report),
      locale: report.locale,
      format,
      labels: daily.days.map((day) =>
        daily.days.length <= 10 ? weekdayLabel(day, report) : formatDay(day, report.locale),
      ),
      series: [
        { label: now, values: current.map(number), style: "solid" },
        ...(previous.some((value) => value !== null)
          ? [{ label: before, values: previous.map(number), style: "dashed" as const }]
          : []),
      ],
    };
    panel(flow, label, chart, flow.left + column * (width + gap));
    if (column === perRow - 1 || index === shown.length - 1) flow.y += height + 14 + 8;
  });
}

/** When in the week it happens. */
export function weekHeatmap(flow: Flow, report: Report): void {
  const grid = report.heatmap;
  if (!grid) return;
  const format = { unit: grid.unit, currency: grid.currency, decimals: 0 };
  const known = grid.cells.flat().filter((value) => value !== null);
  const sorted = known.toSorted((a, b) => Number(a) - Number(b));
  const scene = heatmap(
    {
      width: flow.width,
      alt: `${grid.title}: ${formatValue(sorted[0] ?? null, format, report.locale)} – ${formatValue(sorted.at(-1) ?? null, format, report.locale)}`,
      rows: weekdayNames(report.locale),
      columns: Array.from({ length: 24 }, (_, hour) => String(hour)),
      cells: grid.cells.map((row) => row.map(number)),
      scale: {
        low: formatCompact(sorted[0] ?? null, format, report.locale),
        high: formatCompact(sorted.at(-1) ?? null, format, report.locale),
      },
    },
    flow.theme,
  );
  const own = grid.from !== report.period.from || grid.to !== report.period.to;
  flow.heading(grid.title, {
    level: 2,
    keep: scene.height,
    aside: own ? formatPeriod(grid, report.locale) : undefined,
  });
  flow.canvas.tag("Figure", () => flow.canvas.paint(scene, flow.left, flow.y), { alt: scene.alt });
  flow.y += scene.height;
}

function panel(flow: Flow, label: string, chart: LineChart, x: number): void {
  flow.need(chart.height + 14);
  const { canvas, theme } = flow;
  const scene = lineChart(chart, theme);
  canvas.tag("P", () =>
    canvas.text(clipped(label, chart.width, size.body, "semibold"), {
      x,
      y: flow.y + 9,
      size: size.body,
      weight: "semibold",
      colour: theme.colours.text,
    }),
  );
  canvas.tag("Figure", () => canvas.paint(scene, x, flow.y + 14), { alt: scene.alt });
}

/** What the line says, in words: first, last, lowest and highest value. */
function said(
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

/** `8/3~8/9` in two lines, so that thirteen of them fit. */
function brokenLabel(label: string): string {
  return label.replace(/\s*([~–])\s*/, "$1\n");
}

function weekdayLabel(day: string, { locale }: Report): string {
  return formatDay(day, locale, "weekday")
    .replace(/^(\w+), /, "$1\n")
    .replace("(", "\n(");
}

/** What a hollow point means, where there is one. */
export function hollowWords({ locale, trend }: Report): string | null {
  const said = words(locale);
  const kinds = [
    trend.points.some(({ provisional }) => provisional) ? said.provisional : "",
    trend.points.some(({ partial }) => partial) ? said.partial : "",
  ].filter(Boolean);
  return kinds.length > 0 ? `○ ${kinds.join(" · ")}` : null;
}

const plainCount = { unit: "count", currency: null, decimals: 0 } as const;

function number(value: string | null): number | null {
  return value === null ? null : Number(value);
}
