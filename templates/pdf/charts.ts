import type { Report } from "../../transforms/report/model.ts";
import { heatmap } from "../chart/heatmap.ts";
import { type LineChart, lineChart } from "../chart/line.ts";
import { hollowWords, number, plainCount, said, trendChart, trendSeries } from "../chart/trend.ts";
import { clipped } from "../fonts.ts";
import {
  basisWord,
  formatCompact,
  formatDay,
  formatPeriod,
  formatValue,
  sectionHeading,
  weekdayNames,
  words,
} from "../text.ts";
import { type as size } from "../theme.ts";
import type { Flow } from "./flow.ts";

/**
 * Thirteen periods of the KPIs, beside a year ago: the first over the page's width where their number is odd, then two
 * in a row. On A4 the headline's own chart stands on its card (`headlineChart`), so that it is not drawn twice.
 */
export function trendCharts(flow: Flow, report: Report): void {
  const slides = flow.page.columns === 2;
  const all = trendSeries(report, { headline: slides }).slice(0, slides ? 4 : 5);
  const height = slides ? (all.length > 2 ? 140 : 190) : 112;
  const first = !slides && all.length % 2 === 1 ? 1 : 0;
  const width = (flow.width - columnGap) / 2;
  const charts = all.map((series, index) =>
    trendChart(report, series, index < first ? { width: flow.width, height: 124 } : { width, height }),
  );
  flow.heading(sectionHeading("trend", report), {
    level: 2,
    keep: (charts[0]?.height ?? 0) + 14 + (slides && charts.length > 2 ? height + 22 : 0),
    aside: hollowWords(report, all) ?? undefined,
  });
  charts.forEach((chart, index) => {
    const column = index < first ? 0 : (index - first) % 2;
    if (column === 0 && index > 0) flow.space(8);
    if (column === 0) flow.need(chart.height + 14);
    panel(flow, all[index]?.label ?? "", chart, flow.left + column * (width + columnGap));
    if (index < first || column === 1 || index === charts.length - 1) flow.y += chart.height + 14;
  });
}

const columnGap = 20;

/** Day by day beside the compared days, two charts in a row. */
export function dailyCharts(flow: Flow, report: Report): void {
  const { daily } = report;
  if (!daily) return;
  const perRow = daily.series.length > 1 ? 2 : 1;
  const gap = columnGap;
  const width = (flow.width - gap * (perRow - 1)) / perRow;
  const slides = flow.page.columns === 2;
  const height = slides ? 140 : 116;
  const rows = slides && daily.series.length > perRow ? 2 : 1;
  flow.heading(sectionHeading("daily", report), { level: 2, keep: rows * (height + 22) - 8 });
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

function weekdayLabel(day: string, { locale }: Report): string {
  return formatDay(day, locale, "weekday")
    .replace(/^(\w+), /, "$1\n")
    .replace("(", "\n(");
}
