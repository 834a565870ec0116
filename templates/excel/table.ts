import type { Report, Table, TableRow } from "../../transforms/report/model.ts";
import { comparisonWord, formatPeriod, words } from "../text.ts";
import { type Cell, changeCell, gap, type Line, type Rule, type Sheet, textCell, valueCell, wide } from "./sheet.ts";

/**
 * A breakdown or a top list on a sheet of its own: one head row, filters over the parts alone, then what was left out
 * and the total, so that sorting never moves a total into the list.
 */
export function tableSheet(table: Table, kind: "breakdown" | "top", report: Report): Sheet {
  const { locale } = report;
  const said = words(locale);
  const layout = layoutOf(table);
  const columns = layout.width;
  const above: Line[] = [wide(table.title, "title", columns), wide(datesLine(table, report), "aside", columns)];
  if (table.note) above.push(wide(table.note, "banner", columns));
  above.push(gap);
  const head = headLine(table, layout, report);
  const first = above.length + 2;
  const last = first + table.rows.length - 1;
  const lines = [
    ...above,
    head,
    ...table.rows.map((row) => rowLine(row, table, layout, report)),
    ...(table.others ? [rowLine(table.others.row, table, layout, report, { colour: "muted" })] : []),
    ...(table.total ? [rowLine(table.total, table, layout, report, { strong: true, sum: true })] : []),
  ];
  const tab = kind === "breakdown" ? said.breakdownTab : said.topTab;
  return {
    name: `${tab} · ${table.title}`,
    kind: "detail",
    lines,
    head: { row: above.length + 1, last: Math.max(last, first), columns },
    frozen: 1,
    rules: table.rows.length > 1 ? rulesFor(table, layout, first, last) : [],
  };
}

interface Layout {
  detail: boolean;
  /** Whether column `at` of the model has a change column beside it. */
  changes: boolean[];
  /** Sheet column (from 1) of each column of the model. */
  at: number[];
  width: number;
}

function layoutOf({ columns, rows, total, others }: Table): Layout {
  const all = [...rows, ...(total ? [total] : []), ...(others ? [others.row] : [])];
  const detail = all.some((row) => row.detail);
  const changes = columns.map((_, at) => all.some((row) => row.changes[at]));
  const at: number[] = [];
  let next = detail ? 3 : 2;
  for (const [index] of columns.entries()) {
    at.push(next);
    next += changes[index] ? 2 : 1;
  }
  return { detail, changes, at, width: next - 1 };
}

function datesLine(table: Table, report: Report): string {
  const own = table.from !== report.period.from || table.to !== report.period.to;
  return `${report.title} · ${own ? formatPeriod(table, report.locale) : report.period.label}`;
}

function headLine(table: Table, { detail, changes }: Layout, { locale, cadence, compare }: Report): Line {
  const said = words(locale);
  const versus = comparisonWord(compare[0] ?? "previous", cadence, locale);
  return {
    cells: [
      textCell(said.name, "head"),
      ...(detail ? [textCell(said.detail, "head")] : []),
      ...table.columns.flatMap(({ label }, at) => [
        textCell(label, "headNumber"),
        ...(changes[at] ? [textCell(`${label}\n${versus}`, "headNumber")] : []),
      ]),
    ],
  };
}

type Looks = Pick<Cell, "colour" | "strong" | "sum">;

function rowLine(
  row: TableRow,
  table: Table,
  { detail, changes }: Layout,
  { locale }: Report,
  looks: Looks = {},
): Line {
  return {
    cells: [
      textCell(row.name, "name", looks),
      ...(detail ? [textCell(row.detail, "text", { colour: "muted", ...looks })] : []),
      ...table.columns.flatMap((column, at) => [
        valueCell(row.values[at] ?? null, column, locale, looks),
        ...(changes[at]
          ? [changeCell(row.changes[at], { ...column, locale }, { strong: looks.strong, sum: looks.sum })]
          : []),
      ]),
    ],
  };
}

/** Faint bars behind the first column's amounts, shades behind rates: both over the parts alone. */
function rulesFor({ columns }: Table, { at }: Layout, first: number, last: number): Rule[] {
  return columns.flatMap(({ unit, better }, index): Rule[] => {
    const column = at[index] ?? 1;
    const place = { rows: [first, last] as [number, number], columns: [column, column] as [number, number] };
    if (index === 0 && (unit === "money" || unit === "count")) return [{ kind: "bar", ...place }];
    if (unit !== "ratio" || better === "neither") return [];
    return [{ kind: better === "up" ? "shade" : "shadeDown", ...place }];
  });
}
