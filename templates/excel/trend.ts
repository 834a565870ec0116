import type { Daily, Report, Trend } from "../../transforms/report/model.ts";
import { basisWord, sectionTitle, type ValueFormat, words } from "../text.ts";
import { dayCell, gap, type Line, type Rule, type Sheet, textCell, valueCell, weekdayCell, wide } from "./sheet.ts";

/** Thirteen periods, one a row so that it filters and charts as it stands; deeper shades are higher. */
export function trendSheet(report: Report): Sheet | null {
  const { trend, locale } = report;
  if (trend.points.length === 0) return null;
  const said = words(locale);
  const columns = 4 + trend.series.length;
  const head: Line = {
    cells: [
      ...[said.period, said.from, said.to, said.state].map((label) => textCell(label, "head")),
      ...trend.series.map(({ label }) => textCell(label, "headNumber")),
    ],
  };
  const body = trend.points.map((point, at) => trendLine(report, point, at));
  const lines = [
    wide(sectionTitle("trend", locale), "title", columns),
    wide(report.title, "aside", columns),
    gap,
    head,
    ...body,
  ];
  return {
    name: sectionTitle("trend", locale),
    kind: "detail",
    lines,
    head: { row: 4, last: lines.length, columns },
    frozen: 1,
    rules: trend.series.map((_, at): Rule => ({ kind: "shade", rows: [5, lines.length], columns: [5 + at, 5 + at] })),
  };
}

/** Day by day beside the compared day. */
export function dailySheet(report: Report): Sheet | null {
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
  const lines = [
    wide(title, "title", columns),
    wide(`${report.title} · ${report.period.label}`, "aside", columns),
    gap,
    head,
    ...body,
  ];
  return {
    name: title,
    kind: "detail",
    lines,
    head: { row: 4, last: lines.length, columns },
    frozen: 1,
    rules: daily.series.map(
      (_, at): Rule => ({ kind: "bar", rows: [5, lines.length], columns: [3 + at * 2, 3 + at * 2] }),
    ),
  };
}

function trendLine(report: Report, point: Trend["points"][number], at: number): Line {
  const { trend, locale } = report;
  const said = words(locale);
  const strong = at === trend.points.length - 1;
  const state = [point.partial ? said.partial : "", point.provisional ? said.provisional : ""]
    .filter(Boolean)
    .join(" · ");
  return {
    cells: [
      textCell(point.label, "name", { strong }),
      dayCell(point.from, { strong }),
      dayCell(point.to, { strong }),
      textCell(state, "text", { strong, colour: "muted" }),
      ...trend.series.map(({ kpi, values }) =>
        valueCell(values[at] ?? null, formatOf(report, kpi), locale, { strong }),
      ),
    ],
  };
}

function dailyLine(report: Report, daily: Daily, day: string, at: number): Line {
  const { locale } = report;
  const cells = daily.series.flatMap(({ kpi, current, previous }) => [
    valueCell(current[at] ?? null, formatOf(report, kpi), locale, { strong: true }),
    valueCell(previous[at] ?? null, formatOf(report, kpi), locale, { colour: "muted" }),
  ]);
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
