import { dayNumber } from "../ownership.ts";
import { addDays } from "../period.ts";
import { type Match, matchHeader } from "./header.ts";
import { isFigure, isMetric } from "./row.ts";
import { emptySheet, isDropped, isTotals, type Sheet } from "./sheet.ts";

/**
 * A table with a column for each day: a row for each line and day. What the figures are says a column of metrics or
 * the `metric` fact; each metric has a table of its own. Columns a week or a month apart hold that window together,
 * and each has a table of its own too. One line's cells are taken or refused together.
 */
export function wideSheets(sheet: Sheet): Sheet[] {
  const { header, facts } = sheet;
  const { days } = header;
  const gone = new Set(days.map(({ index }) => index));
  const kept = Array.from({ length: sheet.width }, (_, index) => index).filter((index) => !gone.has(index));
  const moved = ({ index, ...rest }: Match): Match => ({ ...rest, index: kept.indexOf(index) });
  const label = header.matches.find(({ column }) => column.is === "metric");
  const fixed = header.matches.filter((each) => each !== label).map(moved);
  const unknown = header.unknown.map(({ index, name }) => ({ name, index: kept.indexOf(index) }));
  const windowOf = windows(days.map(({ day }) => day));
  const groups = new Map<string, Sheet>();
  const rejected = [...sheet.rejected];
  let ignored = 0;
  for (const { line, cells } of sheet.rows) {
    const said = label ? (cells[label.index] ?? "").trim() : (facts.metric ?? "");
    const values = measured(said, sheet);
    const refuse = (code: "metric" | "number", column: string, found: string) =>
      rejected.push({ line, text: cells.join(","), code, column, found });
    if (values === null) {
      refuse("metric", label?.column.names?.[0] ?? "metric", said);
      continue;
    }
    if (values.length === 0) {
      ignored += 1;
      continue;
    }
    const bad =
      isTotals(cells, header) || isDropped(cells, header)
        ? undefined
        : days.find(({ index }) => values.some((each) => !isFigure(cells[index] ?? "", each, header.format)));
    if (bad) {
      refuse("number", bad.day, cells[bad.index] ?? "");
      continue;
    }
    for (const { index, day } of days) {
      const window = windowOf(day);
      const key = `${said} ${window?.from ?? ""}`;
      const at = { index: kept.length, column: { is: "day", names: ["day"], dates: ["iso"] }, currency: null } as const;
      const made = values.map((each) => ({ ...each, index: kept.length + 1 }));
      const matches = [...fixed, ...(window ? [] : [at]), ...made];
      const group = groups.get(key) ?? {
        ...emptySheet({ ...header, matches, unknown, days: [] }, kept.length + 2, facts),
        written: header,
        window,
      };
      group.rows.push({
        line,
        cells: [...kept.map((each) => cells[each] ?? ""), day, cells[index] ?? ""],
        from: cells,
      });
      groups.set(key, group);
    }
  }
  const skipped = { ...sheet.skipped, ignored: sheet.skipped.ignored + ignored };
  const [host, ...rest] = groups.values();
  if (host) return [{ ...host, rejected, skipped }, ...rest];
  const sorted = days.map(({ day }) => day).toSorted();
  return [{ ...sheet, rows: [], rejected, skipped, window: { from: sorted[0] ?? "", to: sorted.at(-1) ?? "" } }];
}

/** The metrics that a label names; none where it is known and not wanted, null where nobody knows it. */
function measured(said: string, { header }: Sheet): Match[] | null {
  const { matches } = matchHeader([said], header.format);
  if (matches.length === 0) return null;
  return matches.filter(isMetric);
}

/** What one column covers, by how far the columns are apart: a day, or the seven days or the month that it begins. */
function windows(days: readonly string[]): (day: string) => { from: string; to: string } | null {
  const numbers = days.map(dayNumber).toSorted((a, b) => a - b);
  const gaps = numbers.slice(1).map((each, index) => each - (numbers[index] ?? each));
  if (gaps.length > 0 && gaps.every((gap) => gap % 7 === 0)) return (from) => ({ from, to: addDays(from, 6) });
  if (gaps.length > 0 && days.every((day) => day.endsWith("-01"))) {
    return (from) => ({ from, to: addDays(`${addDays(from, 31).slice(0, 7)}-01`, -1) });
  }
  return () => null;
}
