import Big from "big.js";
import type { Report, Table, TableRow } from "../../transforms/report/model.ts";
import { comparisonWord, formatPeriod, words } from "../text.ts";
import type { Theme } from "../theme.ts";
import type { Chart, Span } from "./chart.ts";
import { valueNumberFormat } from "./format.ts";
import { type Placed, rateFormula, sumFormula } from "./live.ts";
import { area } from "./ooxml/address.ts";
import {
  type Cell,
  changeCell,
  chartLines,
  gap,
  type Line,
  live,
  type Rule,
  type Sheet,
  textCell,
  valueCell,
  wide,
} from "./sheet.ts";

/** What a table's sheet needs beside the report. */
export interface TableSetting {
  report: Report;
  theme: Theme;
  kind: "breakdown" | "top";
  /** Which of its kind it is, from 1. */
  number: number;
  /** The cells of each row's course, for its sparkline. */
  sparkOf(row: number): Span | null;
}

/**
 * A breakdown or a top list on a sheet of its own: one head row, filters over the parts alone, then what was left out
 * and the total, so that sorting never moves a total into the list.
 */
export function tableSheet(table: Table, setting: TableSetting): Sheet {
  const { report, kind, number } = setting;
  const { locale } = report;
  const said = words(locale);
  const layout = layoutOf(table, setting);
  const columns = layout.width;
  const above: Line[] = [wide(table.title, "title", columns), wide(datesLine(table, report), "aside", columns)];
  if (table.note) above.push(wide(table.note, "banner", columns));
  above.push(gap);
  const head = headLine(table, layout, report);
  const first = above.length + 2;
  const last = first + table.rows.length - 1;
  const under = last + (table.others ? 1 : 0);
  const lines = [
    ...above,
    head,
    ...table.rows.map((row, at) =>
      rowLine(row, { table, layout, setting, row: first + at, spark: setting.sparkOf(at) }),
    ),
    ...(table.others
      ? [rowLine(table.others.row, { table, layout, setting, row: last + 1, looks: { colour: "muted" } })]
      : []),
    ...(table.total
      ? [
          rowLine(table.total, {
            table,
            layout,
            setting,
            row: under + 1,
            parts: [first, under],
            looks: { strong: true, sum: true },
          }),
        ]
      : []),
    ...chartLines(chartsOf(table, layout, setting, [first, last])),
  ];
  const tab = kind === "breakdown" ? said.breakdownTab : said.topTab;
  return {
    id: `${kind}${number}`,
    name: `${tab} · ${table.title}`,
    kind: "detail",
    lines,
    head: { row: above.length + 1, last: Math.max(last, first), columns },
    ...(table.rows.length > 0 ? { table: `${kind === "breakdown" ? "Breakdown" : "Top"}_${number}` } : {}),
    frozen: 1,
    rules: table.rows.length > 0 ? rulesFor(table, layout, first, last) : [],
    ...(layout.spark ? { widths: { [layout.spark]: 15 } } : {}),
  };
}

interface Layout {
  detail: boolean;
  /** The column of the sparklines; 0 where there are none. */
  spark: number;
  /** Whether column `at` of the model has a change column beside it. */
  changes: boolean[];
  /** Sheet column (from 1) of each column of the model. */
  at: number[];
  width: number;
}

function layoutOf({ columns, rows, total, others }: Table, { sparkOf }: TableSetting): Layout {
  const all = [...rows, ...(total ? [total] : []), ...(others ? [others.row] : [])];
  const detail = all.some((row) => row.detail);
  const changes = columns.map((_, at) => all.some((row) => row.changes[at]));
  const at: number[] = [];
  const spark = rows.some((_, index) => sparkOf(index)) ? (detail ? 3 : 2) : 0;
  let next = (detail ? 3 : 2) + (spark ? 1 : 0);
  for (const [index] of columns.entries()) {
    at.push(next);
    next += changes[index] ? 2 : 1;
  }
  return { detail, spark, changes, at, width: next - 1 };
}

function datesLine(table: Table, report: Report): string {
  const own = table.from !== report.period.from || table.to !== report.period.to;
  return `${report.title} · ${own ? formatPeriod(table, report.locale) : report.period.label}`;
}

function headLine(table: Table, { detail, spark, changes }: Layout, { locale, cadence, compare }: Report): Line {
  const said = words(locale);
  const versus = comparisonWord(compare[0] ?? "previous", cadence, locale);
  return {
    cells: [
      textCell(said.name, "head"),
      ...(detail ? [textCell(said.detail, "head")] : []),
      ...(spark ? [textCell(said.course, "head")] : []),
      ...table.columns.flatMap(({ label }, at) => [
        textCell(label, "headNumber"),
        ...(changes[at] ? [textCell(`${label}\n${versus}`, "headNumber")] : []),
      ]),
    ],
  };
}

type Looks = Pick<Cell, "colour" | "strong" | "sum">;

interface RowSetting {
  table: Table;
  layout: Layout;
  setting: TableSetting;
  row: number;
  spark?: Span | null;
  /** Of a total: the rows that it is of. */
  parts?: [number, number];
  looks?: Looks;
}

function rowLine(part: TableRow, { table, layout, setting, row, spark, parts, looks = {} }: RowSetting): Line {
  const { locale, definitions } = setting.report;
  const { detail, changes } = layout;
  const others = table.others ? [table.others.row] : [];
  const cellOf = (id: string): Placed | undefined => {
    const at = table.columns.findIndex(({ kpi }) => kpi === id);
    const column = layout.at[at];
    return column ? { address: area([column, column], [row, row]), value: part.values[at] ?? null } : undefined;
  };
  return {
    cells: [
      textCell(part.name, "name", looks),
      ...(detail ? [textCell(part.detail, "text", { colour: "muted", ...looks })] : []),
      ...(layout.spark ? [textCell(null, "text", { ...looks, ...(spark ? { spark } : {}) })] : []),
      ...table.columns.flatMap((column, at) => {
        const value = part.values[at] ?? null;
        const place = layout.at[at] ?? 1;
        const sum = parts
          ? sumFormula(
              [...table.rows, ...others].map(({ values }) => values[at] ?? null),
              value,
              area([place, place], parts),
            )
          : null;
        return [
          live(valueCell(value, column, locale, looks), rateFormula(column.kpi, value, definitions, cellOf) ?? sum),
          ...(changes[at]
            ? [changeCell(part.changes[at], { ...column, locale }, { strong: looks.strong, sum: looks.sum })]
            : []),
        ];
      }),
    ],
  };
}

/**
 * The largest parts as bars that carry their values, and beside them their shares where they are the whole: every part
 * known, none negative, and together exactly the total.
 */
function chartsOf(
  table: Table,
  layout: Layout,
  { report, theme, kind }: TableSetting,
  [first, last]: [number, number],
): Chart[] {
  const [column] = table.columns;
  const place = layout.at[0];
  if (!column || !place || table.rows.length < 2 || table.by.includes("day") || !adds(column.unit)) return [];
  const said = words(report.locale);
  const name = { column: place, row: first - 1 };
  const shown = Math.min(table.rows.length, mostBars);
  const rows: [number, number] = [first, first + shown - 1];
  const format = valueNumberFormat(column, report.locale).format;
  const title = `${column.label} · ${shown < table.rows.length ? said.topOf.replace("{count}", String(shown)) : table.title}`;
  const bars: Chart = {
    title,
    alt: `${title}. ${table.rows
      .slice(0, 3)
      .map((row) => row.name)
      .join(", ")}`,
    categories: { column: 1, rows },
    plots: [{ kind: "bar", format, series: [{ name, values: { column: place, rows }, colour: theme.colours.accent }] }],
    share: 0.5,
  };
  if (kind === "top" || !isWhole(table)) return [bars];
  const all: [number, number] = [first, last + (table.others ? 1 : 0)];
  const { series, accent } = theme.colours;
  const whole: Chart = {
    title: `${column.label} · ${said.shareOf}`,
    alt: `${column.label} · ${said.shareOf}. ${table.rows.map((row) => row.name).join(", ")}`,
    categories: { column: 1, rows: all },
    plots: [
      {
        kind: "doughnut",
        format,
        series: [{ name, values: { column: place, rows: all }, colour: theme.colours.accent }],
      },
    ],
    parts: Array.from({ length: all[1] - all[0] + 1 }, (_, at) => series[at % series.length] ?? accent),
    share: 0.5,
  };
  return [bars, whole];
}

function isWhole({ rows, others, total }: Table): boolean {
  const parts = [...rows, ...(others ? [others.row] : [])].map(({ values }) => values[0] ?? null);
  const whole = total?.values[0] ?? null;
  if (whole === null || parts.length > mostParts || parts.some((part) => part === null || Number(part) < 0))
    return false;
  return Number(whole) > 0 && parts.reduce((sum, part) => sum.plus(part ?? 0), new Big(0)).eq(whole);
}

const adds = (unit: string) => unit === "money" || unit === "count";
const mostBars = 10;
const mostParts = 6;

/** Faint bars behind the first column's amounts, shades behind rates: over the parts alone, where there are several. */
function rulesFor({ columns, rows }: Table, { at }: Layout, first: number, last: number): Rule[] {
  return columns.flatMap(({ unit, better }, index): Rule[] => {
    const column = at[index] ?? 1;
    const place = { rows: [first, last] as [number, number], columns: [column, column] as [number, number] };
    if (rows.length < 2) return [];
    if (index === 0 && (unit === "money" || unit === "count")) return [{ kind: "bar", ...place }];
    if (unit !== "ratio" || better === "neither") return [];
    return [{ kind: better === "up" ? "shade" : "shadeDown", ...place }];
  });
}
