import type { Locale } from "../../transforms/metrics.ts";
import type { Change } from "../../transforms/report/model.ts";
import {
  type ChangeFormat,
  type ChangeText,
  currencyDigits,
  formatChange,
  formatDifference,
  formatValue,
  noValue,
  type ValueFormat,
} from "../text.ts";
import { cellNumber, cellText, daySerial, fitsCell } from "./cell.ts";
import type { Chart, Span } from "./chart.ts";
import { changeNumberFormat, differenceNumberFormat, valueNumberFormat } from "./format.ts";

/** A sheet as plain data; only `book.ts` knows the library that writes it. */
export interface Sheet {
  /** By what charts and sparklines of other sheets refer to it. */
  id: string;
  name: string;
  kind: "answer" | "detail" | "notes";
  lines: Line[];
  /** Rows (from 1) of the table head: in view while scrolling, repeated on paper, with filter buttons down to `last`. */
  head: { row: number; last: number; columns: number } | null;
  /** The table's name, where the rows under the head are one; such a table brings its own filter buttons. */
  table?: string;
  /** Columns that stay in view. */
  frozen: number;
  rules: Rule[];
  /** Columns whose width is not left to their content. */
  widths?: Readonly<Record<number, number>>;
}

/** One row. */
export interface Line {
  cells: Cell[];
  /** Charts side by side that stand in this row, and its height in points, which is theirs. */
  charts?: Chart[];
  height?: number;
}

/**
 * What the numbers of a block say by their looks: bars or shades (more, or less, is deeper) behind them, marks of how near
 * a goal is, or the colours of a rise and a fall. Rows and columns from 1, both ends inclusive.
 */
export interface Rule {
  kind: "bar" | "shade" | "shadeDown" | "marks" | "change";
  rows: [number, number];
  columns: [number, number];
  /** Of changes: which way is good. */
  better?: "up" | "down" | "neither";
}

/** What a cell is for; `style.ts` knows how that looks. */
export type Role =
  | "title"
  | "period"
  | "aside"
  | "banner"
  | "heading"
  | "lead"
  | "sentence"
  | "head"
  | "headNumber"
  | "name"
  | "text"
  | "number"
  | "heat";

/** One cell, or one text over several. */
export interface Cell {
  value: string | number | null;
  /** What it is reckoned by; `value` is then what it came to when the report was made. */
  formula?: string;
  /** The cells that a sparkline in this one is drawn from. */
  spark?: Span;
  /** A name by which formulas and other files may ask for it. */
  defines?: string;
  /** As a reader sees it: decides the column's width. */
  shown: string;
  role: Role;
  format?: string;
  colour?: "good" | "bad" | "muted" | "warn";
  /** A change takes the theme's colour for it, unless `colour` says otherwise. */
  change?: Pick<ChangeText, "arrow" | "tone">;
  strong?: boolean;
  /** A line of sums under a table. */
  sum?: boolean;
  /** How many columns the cell takes. */
  span?: number;
  /** True where the number has more digits than a cell keeps. */
  inexact?: boolean;
}

/** A cell of text, cleaned. */
export function textCell(text: string | null, role: Role = "text", more: Partial<Cell> = {}): Cell {
  const value = cellText(text ?? "");
  return { value: value === "" ? null : value, shown: value, role, ...more };
}

/** A value as a real number in its unit; unknown is a dash, never 0. */
export function valueCell(value: string | null, format: ValueFormat, locale: Locale, more: Partial<Cell> = {}): Cell {
  const number = cellNumber(value);
  if (value === null || number === null) return dash(more);
  const { format: pattern, factor } = valueNumberFormat(format, locale);
  const decimals =
    format.unit === "money" && format.currency ? currencyDigits(format.currency) : (format.decimals ?? 0);
  const exact = (format.unit !== "money" && format.unit !== "count") || fitsCell(value, decimals);
  return {
    value: number * factor,
    shown: formatValue(value, format, locale),
    role: "number",
    format: pattern,
    ...(exact ? {} : { inexact: true }),
    ...more,
  };
}

/** A change as a real number, its arrow and word in the number format, its colour beside the sign. */
export function changeCell(change: Change | null | undefined, format: ChangeFormat, more: Partial<Cell> = {}): Cell {
  const text = formatChange(change, format);
  if (change?.kind !== "change") return textCell(text.label, "number", { colour: "muted", ...more });
  const looks: Partial<Cell> = { change: text, ...more };
  const byDifference = text.text === text.points;
  const number = cellNumber(byDifference ? change.delta : change.ratio);
  if (number === null) return textCell(text.label, "number", looks);
  if (!byDifference)
    return { value: number, shown: text.label, role: "number", format: changeNumberFormat(text), ...looks };
  const pattern = differenceNumberFormat(format);
  return { value: number * pattern.factor, shown: text.label, role: "number", format: pattern.format, ...looks };
}

/** A difference in the value's own unit, as a real number: `+52%p`, `-₩195,804`. */
export function differenceCell(delta: string | null | undefined, format: ChangeFormat): Cell {
  const number = cellNumber(delta ?? null);
  if (delta === null || delta === undefined || number === null) return dash();
  const { format: pattern, factor } = differenceNumberFormat(format);
  const value = factor === 1 ? number : Number((number * factor).toPrecision(15));
  return { value, shown: formatDifference(delta, format, format.locale), role: "number", format: pattern };
}

/** A whole number of rows, files and the like. */
export function countCell(count: number, more: Partial<Cell> = {}): Cell {
  return { value: count, shown: count.toLocaleString("en-US"), role: "number", format: "#,##0", ...more };
}

/** A real date, free of time zones; text that is no ISO day stays text. */
export function dayCell(day: string | null, more: Partial<Cell> = {}): Cell {
  const serial = day === null ? null : daySerial(day);
  if (serial === null) return day ? textCell(day, "text", more) : dash(more);
  return { value: serial, shown: "2026-00-00", role: "text", format: "yyyy-mm-dd", ...more };
}

/** A real date that shows its weekday: `2026-11-02 (월)`, `Mon, Nov 2, 2026`. */
export function weekdayCell(day: string | null, locale: Locale, more: Partial<Cell> = {}): Cell {
  const cell = dayCell(day, more);
  if (typeof cell.value !== "number") return cell;
  const format = locale === "ko-KR" ? "[$-412]yyyy-mm-dd (ddd)" : "[$-409]ddd, mmm d, yyyy";
  return { ...cell, shown: "2026-00-00 (00)", format };
}

/** The same, but empty where there is no value: charts and sparklines show a gap there, and would draw a dash as 0. */
export function pointCell(value: string | null, format: ValueFormat, locale: Locale, more: Partial<Cell> = {}): Cell {
  const cell = valueCell(value, format, locale, more);
  return typeof cell.value === "number" ? cell : { ...cell, value: null };
}

/** The cell, reckoned by a formula where there is one. */
export function live(cell: Cell, formula: string | null, format = cell.format): Cell {
  return formula === null || typeof cell.value !== "number" ? cell : { ...cell, formula, format };
}

/** What stands where there is no value. */
export function dash(more: Partial<Cell> = {}): Cell {
  return { value: noValue, shown: noValue, role: "number", colour: "muted", ...more };
}

/** One text over the whole width. */
export function wide(text: string, role: Role, columns: number): Line {
  return { cells: [textCell(text, role, { span: columns })] };
}

/** An empty line between blocks. */
export const gap: Line = { cells: [] };

/** Charts under a table, two beside each other; each pair stands in a row of its own, which is as high as they are. */
export function chartLines(charts: readonly Chart[]): Line[] {
  const pairs = charts.flatMap((_, at) => (at % 2 === 0 ? [charts.slice(at, at + 2)] : []));
  return pairs.flatMap((pair) => [gap, { cells: [], charts: pair, height: chartHeight }]);
}

/** Points: a chart's height, and so its row's, below the 409 that Excel allows. */
export const chartHeight = 240;
