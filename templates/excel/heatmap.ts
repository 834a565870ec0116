import type { Heatmap, Report } from "../../transforms/report/model.ts";
import { formatPeriod, sectionTitle, weekdayNames, words } from "../text.ts";
import { gap, type Line, type Sheet, textCell, valueCell, wide } from "./sheet.ts";

/** Seven weekdays by 24 hours, shaded by size; an hour without figures stays a dash. */
export function heatmapSheet(report: Report): Sheet | null {
  const { heatmap, locale } = report;
  if (!heatmap) return null;
  const said = words(locale);
  const hours = Array.from({ length: 24 }, (_, hour) =>
    textCell(locale === "ko-KR" ? `${hour}${said.hour}` : `${hour}`, "headNumber"),
  );
  const lines: Line[] = [
    wide(heatmap.title, "title", 25),
    wide(`${report.title} · ${formatPeriod(heatmap, locale)}`, "aside", 25),
    gap,
    { cells: [textCell(said.weekday, "head"), ...hours] },
    ...weekdayNames(locale).map((day, at) => dayLine(day, heatmap, at, report)),
  ];
  return {
    id: "heatmap",
    name: sectionTitle("heatmap", locale),
    kind: "detail",
    lines,
    head: null,
    frozen: 1,
    rules: [{ kind: "shade", rows: [5, 11], columns: [2, 25] }],
    widths: Object.fromEntries(hours.map((_, at) => [at + 2, heatmap.unit === "money" ? 11 : 7])),
  };
}

function dayLine(day: string, { cells, unit, currency }: Heatmap, at: number, { locale }: Report): Line {
  const format = { unit, currency, decimals: unit === "ratio" ? 1 : 0 };
  const hours = Array.from({ length: 24 }, (_, hour) =>
    valueCell(cells[at]?.[hour] ?? null, format, locale, { role: "heat" }),
  );
  return { cells: [textCell(day, "name"), ...hours] };
}
