import type { Report, Table } from "../../transforms/report/model.ts";
import { words } from "../text.ts";
import type { Span } from "./chart.ts";
import { dayCell, type Line, pointCell, type Sheet, textCell, wide } from "./sheet.ts";

const head = 4;

/** The course of every part of every table, one value a row: what the sparklines are drawn from, and ready for a pivot. */
export function seriesSheet(tables: readonly Table[], report: Report): Sheet | null {
  const { locale } = report;
  const said = words(locale);
  const body = tables.flatMap((table) => table.rows.flatMap((row) => courseLines(table, row, report)));
  if (body.length === 0) return null;
  const labels = [said.table, said.name, said.period, said.from, said.to, said.kpi];
  return {
    id: "series",
    name: said.series,
    kind: "notes",
    lines: [
      wide(said.series, "title", 7),
      wide(report.title, "aside", 7),
      { cells: [] },
      { cells: [...labels.map((label) => textCell(label, "head")), textCell(said.value, "headNumber")] },
      ...body,
    ],
    head: { row: head, last: head + body.length, columns: 7 },
    table: "Series",
    frozen: 0,
    rules: [],
  };
}

/** The cells that a row's sparkline is drawn from; null where its course is not held. */
export function sparkOf(tables: readonly Table[], table: Table, at: number): Span | null {
  let row = head + 1;
  for (const each of tables) {
    for (const [index, { spark }] of each.rows.entries()) {
      if (each === table && index === at)
        return spark.length > 0 ? { sheet: "series", column: 7, rows: [row, row + spark.length - 1] } : null;
      row += spark.length;
    }
  }
  return null;
}

function courseLines(table: Table, { name, detail, spark }: Table["rows"][number], report: Report): Line[] {
  const { locale, trend } = report;
  const [first] = table.columns;
  if (!first) return [];
  const points = trend.points.slice(-spark.length);
  return spark.map((value, at) => ({
    cells: [
      textCell(table.title),
      textCell(detail ? `${name} · ${detail}` : name, "name"),
      textCell(points[at]?.label ?? ""),
      dayCell(points[at]?.from ?? null),
      dayCell(points[at]?.to ?? null),
      textCell(first.label),
      pointCell(value, first, locale),
    ],
  }));
}
