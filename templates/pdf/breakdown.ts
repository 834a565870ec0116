import { type DimensionId, dimensions } from "../../transforms/metrics.ts";
import type { Report, Table, TableRow } from "../../transforms/report/model.ts";
import type { Scene } from "../chart/scene.ts";
import { sparkline } from "../chart/sparkline.ts";
import { textWidth } from "../fonts.ts";
import { formatChange, formatPeriod, formatValue, languageOf, sectionTitle, words } from "../text.ts";
import { changeColour, type as size, type Theme } from "../theme.ts";
import type { Flow } from "./flow.ts";
import { type Cell, type Column, drawTable, keepHeight, type Line, type Row, wrapped } from "./table.ts";
import { wrap } from "./wrap.ts";

/** A breakdown or a top list: names, a bar for the leading figure, figures with their change below, the last 13 periods. */
export function breakdownTable(flow: Flow, report: Report, table: Table): void {
  const own = table.from !== report.period.from || table.to !== report.period.to;
  const parts = fitted(flow, report, table);
  flow.heading(table.title, {
    level: 3,
    keep: startOf(flow, parts),
    aside: own ? formatPeriod(table, report.locale) : undefined,
  });
  const tail = table.note ? 8 + wrap(table.note, flow.width, size.small).length * 12.5 : 0;
  for (const { columns, rows } of parts) {
    drawTable(flow, columns, rows, { tail });
    flow.space(8);
  }
  if (table.note) flow.paragraph(table.note, { size: size.small, colour: flow.theme.colours.muted });
}

/** The height that the table's heading and first rows need together. */
export function breakdownStart(flow: Flow, report: Report, table: Table): number {
  return 18 + startOf(flow, fitted(flow, report, table));
}

function startOf(flow: Flow, [first]: readonly Fitted[]): number {
  return first ? keepHeight(flow, first.columns, first.rows) : 0;
}

/** How a table is laid out: the figures' size, where bars stand, whether lines of periods do, and the names' least room. */
interface Choice {
  figures: number;
  bars: "beside" | "below";
  sparks: boolean;
  least: number;
}

interface Fitted {
  columns: Column[];
  rows: Row[];
}

/**
 * Columns as wide as their figures need. Too many for the page: smaller type, bars below their figures, no lines, then names on lines of
 * their own above their figures, and at last a second table.
 */
function fitted(flow: Flow, report: Report, table: Table): Fitted[] {
  const all = table.columns.map((_, at) => at);
  const beside: Choice[] = [
    { figures: 8.5, bars: "beside", sparks: true, least: 116 },
    { figures: 8, bars: "beside", sparks: true, least: 116 },
    { figures: 8, bars: "below", sparks: true, least: 104 },
    { figures: 7.5, bars: "below", sparks: true, least: 96 },
    { figures: 8, bars: "below", sparks: false, least: 104 },
  ];
  for (const choice of beside) {
    const made = layout(flow, report, table, all, choice);
    if (made) return [made];
  }
  for (const figures of [8, 7.5, 7]) {
    const made = stacked(flow, report, table, all, figures);
    if (made) return [made];
  }
  const half = Math.ceil(all.length / 2);
  return [all.slice(0, half), all.slice(half)].flatMap(
    (some) =>
      layout(flow, report, table, some, { figures: 7.5, bars: "below", sparks: false, least: 116 }) ??
      stacked(flow, report, table, some, 7) ??
      [],
  );
}

/** Names above, figures below over the whole width; null where they are still too wide. */
function stacked(flow: Flow, report: Report, table: Table, shown: readonly number[], figures: number): Fitted | null {
  const { rows, cells, natural } = figuresOf(flow, report, table, shown, figures, 8);
  const spare = flow.width - natural.reduce((sum, width) => sum + width, 0);
  if (spare < 0 && shown.length > 2) return null;
  const columns = natural.map(
    (width, at): Column => ({
      title: sectionHeading(table, shown[at] ?? 0, report),
      width: width + spare / natural.length,
      align: "end",
    }),
  );
  return {
    columns,
    rows: rows.map((row, at): Row => {
      const { lines: [name, ...more] = [] } = nameCell(
        row,
        { width: flow.width },
        flow.theme,
        row === table.total,
        row === table.others?.row,
      );
      return {
        sum: row === table.total,
        title: name ? [name, ...more] : more,
        cells: (cells[at] ?? []).map((lines) => ({ lines })),
      };
    }),
  };
}

const picture = 46;

function layout(
  flow: Flow,
  report: Report,
  table: Table,
  shown: readonly number[],
  { figures, bars, sparks: wanted, least }: Choice,
): Fitted | null {
  const { theme } = flow;
  const { rows, cells, natural } = figuresOf(flow, report, table, shown, figures);
  const sparks = wanted && rows.some(({ spark }) => spark.filter((value) => value !== null).length > 1);
  const all = sharesOf(table, shown[0] ?? 0);
  const shares = bars === "beside" ? all : null;
  const below = bars === "below" ? all : null;
  const fixed = natural.reduce((sum, width) => sum + width, 0) + (sparks ? picture + 14 : 0) + (shares ? picture : 0);
  const spare = flow.width - fixed;
  if (spare < least) return null;

  // A short table breathes: names take at most half of the page, the rest goes to the figures.
  const name = Math.min(spare, Math.max(spare * 0.6, Math.min(spare, flow.width * 0.46)));
  const each = Math.min(28, (spare - name) / Math.max(1, natural.length));
  const columns: Column[] = [
    { title: nameOf(table, report), width: flow.width - fixed - each * natural.length, align: "start" },
    ...(shares ? [{ title: "", width: picture, align: "start" as const }] : []),
    ...natural.map(
      (width, index): Column => ({
        title: sectionHeading(table, shown[index] ?? 0, report),
        width: width + each,
        align: "end",
      }),
    ),
    ...(sparks ? [{ title: trendTitle(report), width: picture + 14, align: "end" as const }] : []),
  ];
  return {
    columns,
    rows: rows.map(
      (row, at): Row => ({
        sum: row === table.total,
        cells: [
          nameCell(row, columns[0] ?? { width: 120 }, theme, row === table.total, row === table.others?.row),
          ...(shares ? [{ scene: at < table.rows.length ? shareBar(shares[at] ?? null, theme) : undefined }] : []),
          ...(cells[at] ?? []).map((lines, index): Cell => {
            const share = index === 0 && at < table.rows.length ? below?.[at] : null;
            return { lines, ...(share ? { bar: { share, colour: theme.colours.accentSoft } } : {}) };
          }),
          ...(sparks
            ? [
                {
                  scene:
                    row.spark.length > 1
                      ? sparkline({ values: row.spark.map(number), width: picture, height: 16 }, theme)
                      : undefined,
                },
              ]
            : []),
        ],
      }),
    ),
  };
}

/** Every row's printed figures, and the width that each column needs for them and its heading. */
function figuresOf(flow: Flow, report: Report, table: Table, shown: readonly number[], points: number, gap = 13) {
  const rows = [...table.rows, ...(table.others ? [table.others.row] : []), ...(table.total ? [table.total] : [])];
  const cells = rows.map((row) =>
    shown.map((at) => figure(row, at, table, report.locale, flow.theme, points, row === table.total)),
  );
  const natural = shown.map((at, index) => {
    const lines = cells.flatMap((row) => row[index] ?? []);
    const widest = Math.max(
      0,
      ...lines.map(({ text, size: own, weight }) => textWidth(text, own, weight ?? "regular")),
    );
    const parts = sectionHeading(table, at, report).split(/\s+|(?=\()/);
    const heading = Math.max(...parts.map((word) => textWidth(word, 7.5, "semibold")));
    return Math.ceil(Math.max(widest, heading, 26)) + gap;
  });
  return { rows, cells, natural };
}

function nameCell(
  row: TableRow,
  column: Pick<Column, "width">,
  { colours }: Theme,
  total: boolean,
  others: boolean,
): Cell {
  const lines = wrapped(row.name, column, {
    size: size.table,
    colour: others ? colours.muted : colours.ink,
    weight: total ? "bold" : "regular",
  });
  const detail = row.detail ? wrapped(row.detail, column, { size: size.tiny, colour: colours.muted }) : [];
  return { lines: [...lines, ...detail] };
}

function figure(
  row: TableRow,
  at: number,
  table: Table,
  locale: Report["locale"],
  theme: Theme,
  points: number,
  total: boolean,
): Line[] {
  const column = table.columns[at];
  if (!column) return [];
  const value = row.values[at] ?? null;
  const lines: Line[] = [
    {
      text: formatValue(value, column, locale),
      size: points,
      weight: total ? "bold" : "regular",
      colour: value === null ? theme.colours.muted : theme.colours.ink,
    },
  ];
  const change = row.changes[at];
  if (!change) return lines;
  const said = formatChange(change, { ...column, locale });
  const text = said.arrow === "" && said.word && provisionalColumn(table, at) ? said.text : said.label;
  return [...lines, { text, size: size.tiny, colour: changeColour(said, theme) }];
}

/** A column's name; that all its changes are provisional is said here once instead of in every cell. */
function sectionHeading(table: Table, at: number, { locale }: Report): string {
  const label = table.columns[at]?.label ?? "";
  return provisionalColumn(table, at) ? `${label} (${words(locale).provisionalShort})` : label;
}

function provisionalColumn({ rows, total }: Table, at: number): boolean {
  const changes = [...rows, ...(total ? [total] : [])].flatMap(({ changes: all }) => all[at] ?? []);
  const numbers = changes.filter(({ kind }) => kind === "change");
  return numbers.length > 0 && numbers.every(({ comparable }) => !comparable);
}

/** Each row's part of the largest, where the leading figure adds up; rates have no bar. */
function sharesOf(table: Table, at: number): (number | null)[] | null {
  const column = table.columns[at];
  if (!column || (column.unit !== "count" && column.unit !== "money") || table.rows.length < 2) return null;
  const values = table.rows.map((row) => number(row.values[at] ?? null));
  const top = Math.max(...values.map((value) => value ?? 0));
  if (top <= 0 || values.some((value) => (value ?? 0) < 0)) return null;
  return values.map((value) => (value === null ? null : value / top));
}

function shareBar(share: number | null, { colours }: Theme): Scene {
  const width = picture - 6;
  const bar = Math.round(Math.max(share ? 0.75 : 0, (share ?? 0) * width) * 100) / 100;
  return {
    width,
    height: 7,
    alt: "",
    shapes: bar > 0 ? [{ type: "rect", x: 0, y: 0, width: bar, height: 7, radius: 1, fill: colours.accentSoft }] : [],
  };
}

/** What the rows are: 캠페인, Page. */
function nameOf({ by }: Table, { locale }: Report): string {
  const said = words(locale);
  const own = { platform: said.platform, account: said.account, day: said.day };
  return by
    .map((each) =>
      each in own ? own[each as keyof typeof own] : dimensions[each as DimensionId].label[languageOf(locale)],
    )
    .join(" · ");
}

function trendTitle({ locale }: Report): string {
  return sectionTitle("trend", locale);
}

function number(value: string | null): number | null {
  return value === null ? null : Number(value);
}
