import { readDay } from "../../clean/date.ts";
import { readNumber } from "../../clean/number.ts";
import { type MetricId, metrics } from "../../metrics.ts";
import type { NumberStyle } from "../format.ts";

/** Date formats that read every cell. Where they read different days, nobody but a person can tell which is right. */
export interface DateGuess {
  formats: string[];
  doubtful: boolean;
}

export function dateFormats(cells: readonly string[]): DateGuess {
  const said = [...new Set(cells)];
  const readings = spellings.flatMap((format) => {
    const days = said.map((cell) => readDay(cell, [format]));
    return days.length > 0 && !days.includes(null) ? [{ format, days: days.join() }] : [];
  });
  const doubtful = new Set(readings.map(({ days }) => days)).size > 1;
  return { formats: readings.map(({ format }) => format), doubtful };
}

const dates = [
  "%Y.%m.%d.",
  "%Y.%m.%d",
  "%Y. %m. %d.",
  "%Y/%m/%d",
  "%Y년 %m월 %d일",
  "%Y%m%d",
  "%b %d, %Y",
  "%B %d, %Y",
  "%d %b %Y",
  "%d %B %Y",
  "%d.%m.%Y",
  "%d/%m/%Y",
  "%m/%d/%Y",
  "%d-%m-%Y",
  "%m-%d-%Y",
];
const times = ["%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p"];
const spellings = [
  "iso",
  ...dates,
  "%Y-%m-%dT%H:%M:%S",
  ...["%Y-%m-%d", ...dates].flatMap((date) => times.map((time) => `${date} ${time}`)),
];

/** A column of figures: what they are, and the cells that are not blank. */
export interface FigureCells {
  is: MetricId;
  cells: readonly string[];
}

/** The number style that reads most cells; `doubtful` where another reads them all as well, as other numbers. */
export function numberStyle(columns: readonly FigureCells[]): { style: NumberStyle; doubtful: boolean } {
  const tried = styles.map((style) => {
    const read = columns.flatMap(({ is, cells }) =>
      cells.map((cell) => readNumber(cell, { style, scale: metrics[is].scale })),
    );
    return { style, numbers: read.join(), count: read.filter((number) => number !== null).length };
  });
  const most = Math.max(...tried.map(({ count }) => count));
  const best = tried.filter(({ count }) => count === most);
  const [first = { style: usual }] = best;
  return { style: first.style, doubtful: new Set(best.map(({ numbers }) => numbers)).size > 1 };
}

/** Whether all cells are numbers in some style; shares are not, for they can be worked out again from sums. */
export function areFigures({ is, cells }: FigureCells): boolean {
  if (cells.length > 0 && cells.every((cell) => cell.trim().endsWith("%"))) return false;
  return styles.some((style) => cells.every((cell) => readNumber(cell, { style, scale: metrics[is].scale }) !== null));
}

const usual: NumberStyle = { thousands: ",", decimal: "." };
const styles: readonly NumberStyle[] = [
  usual,
  { thousands: ".", decimal: "," },
  { thousands: " ", decimal: "," },
  { thousands: " ", decimal: "." },
];

/** Whether a cell among figures only says that there is none: a dash, `n/a`, `<5`. */
export const saysNothing = (cell: string): boolean =>
  /^(?:[-–—.]+|\(?n\/?a\)?|null|none|없음|해당 ?없음|<\s?\d+)$/iu.test(cell.trim());
