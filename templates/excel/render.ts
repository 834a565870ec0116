import type { Report, SectionId, Table } from "../../transforms/report/model.ts";
import { stampOf } from "../../transforms/report/stamp.ts";
import { oneLine } from "../clean.ts";
import { formatPeriod, words } from "../text.ts";
import { theme as ownTheme, type Theme } from "../theme.ts";
import { type DataSheet, writeBook } from "./book.ts";
import { sheetNames } from "./cell.ts";
import { dataColumns, type RawRow } from "./data.ts";
import { heatmapSheet } from "./heatmap.ts";
import { notesSheet } from "./notes.ts";
import { overviewSheet } from "./overview.ts";
import { reconciliationSheet } from "./reconciliation.ts";
import { seriesSheet, sparkOf } from "./series.ts";
import type { Sheet } from "./sheet.ts";
import { summarySheet } from "./summary.ts";
import { tableSheet } from "./table.ts";
import { dailySheet, trendSheet } from "./trend.ts";
import { whySheet } from "./why.ts";

/** What the workbook may hold besides the report. */
export interface WorkbookOptions {
  /** Raw rows for the data sheet; read once, never held. Without them there is no such sheet. */
  rows?: AsyncIterable<RawRow>;
  /** Keys of the rows in the order of the columns: metrics, dimensions, `day`, `platform`, `account` … */
  rowColumns?: readonly string[];
  theme?: Theme;
}

/** The report as a workbook. The same report gives the same bytes; its dates come from `run.as_of`, not from a clock. */
export async function renderWorkbook(
  report: Report,
  { rows, rowColumns = [], theme = ownTheme }: WorkbookOptions = {},
): Promise<Buffer> {
  const sheets = sheetsOf(report, theme);
  const named = sheetNames();
  const unique = sheets.map((sheet) => ({ ...sheet, name: named(sheet.name) }));
  const { locale, period, run } = report;
  const said = words(locale);
  const data: DataSheet | null =
    rows && rowColumns.length > 0
      ? { name: named(said.data), columns: dataColumns(rowColumns, locale), rows, cut: said.cut }
      : null;
  return writeBook(unique, data, {
    title: oneLine(report.title),
    subject: oneLine(`${period.label} · ${formatPeriod(period, locale)}`),
    author: oneLine(report.agency_name),
    keywords: oneLine([report.client_name, ...report.channels, report.cadence].join(", ")),
    description: oneLine(report.summary.join(" ")),
    identifier: stampOf(report),
    made: Date.parse(run.as_of.replace(/\[.*$/, "")) || Date.parse(`${period.to}T00:00:00Z`),
    locale,
    theme,
  });
}

/** Every sheet in reading order: the answer, the course, the parts, the reasons, what it is all made of. */
function sheetsOf(report: Report, theme: Theme): Sheet[] {
  const has = (section: SectionId) => report.sections.includes(section);
  const breakdowns = has("breakdowns") ? report.breakdowns : [];
  const tops = has("tops") ? report.tops : [];
  const tables = [...breakdowns, ...tops];
  const sheetOf = (kind: "breakdown" | "top") => (table: Table, at: number) =>
    tableSheet(table, { report, theme, kind, number: at + 1, sparkOf: (row) => sparkOf(tables, table, row) });
  const figures = [
    summarySheet(report, theme),
    overviewSheet(report),
    trendSheet(report, theme),
    has("daily") ? dailySheet(report, theme) : null,
    ...breakdowns.map(sheetOf("breakdown")),
    ...tops.map(sheetOf("top")),
    has("heatmap") ? heatmapSheet(report) : null,
    has("why") ? whySheet(report) : null,
  ].filter((sheet) => sheet !== null);
  const inexact = figures.some(({ lines }) => lines.some(({ cells }) => cells.some((cell) => cell.inexact)));
  const small = [reconciliationSheet(report), notesSheet(report, inexact), seriesSheet(tables, report)];
  return [...figures, ...small.filter((sheet) => sheet !== null)];
}
