import { readDay } from "../clean/date.ts";
import { readNumber } from "../clean/number.ts";
import { isUnknown } from "../clean/text.ts";
import { type MetricId, metrics } from "../metrics.ts";
import type { Format } from "./format.ts";
import type { Match } from "./header.ts";
import { isTotals, type Sheet } from "./sheet.ts";

/** Whether cells could be a line of a table: as many as its header has, with a day and figures where they belong. */
export function isRowOf(cells: readonly string[], { header, width }: Sheet): boolean {
  if (cells.length !== width) return false;
  const { format, matches, days } = header;
  if (isTotals(cells, header)) return true;
  return (
    matches.every((match) => {
      const cell = cells[match.index] ?? "";
      if (match.column.is === "day") return dayIn(cell, match, format) !== null;
      return !isMetric(match) || isFigure(cell, match, format);
    }) && days.every(({ index }) => /\d|^\s*$/u.test(cells[index] ?? ""))
  );
}

/** The day that a cell of a day column says: an ISO date, or null. */
export function dayIn(cell: string, { column: { take, dates } }: Match, format: Format): string | null {
  const text = take ? (new RegExp(take, "u").exec(cell)?.[1] ?? "") : cell;
  return readDay(text, dates ?? format.dates);
}

/** Whether a cell of a metric's column is a number of its kind, or says that there is none. */
export function isFigure(cell: string, { column }: Match, format: Format): boolean {
  if (isUnknown(cell, column.nulls ?? format.nulls)) return true;
  // Asked of metrics alone.
  const { scale } = metrics[column.is as MetricId];
  return readNumber(cell, { ...column, scale, style: { ...format.numbers, ...column.numbers } }) !== null;
}

export const isMetric = ({ column }: Match): boolean => Object.hasOwn(metrics, column.is);
