import { readDay } from "../clean/date.ts";
import { emptySheet, isTotals, type Sheet } from "./sheet.ts";

/**
 * Rows that state their own first and last day, and no day: one table for each window. Where a row's window is one day,
 * that is its day. Rows of totals stay with the first table; the days they name are not theirs.
 */
export function splitWindows(sheet: Sheet): Sheet[] {
  const { format, matches } = sheet.header;
  const at = (role: string) => matches.find(({ column }) => column.is === role);
  const from = at("from");
  const to = at("to");
  if (!from || !to || at("day") || format.kind === "snapshot") return [sheet];
  const groups = new Map<string, Sheet>();
  const rejected = [...sheet.rejected];
  let totals = 0;
  for (const row of sheet.rows) {
    const first = readDay(row.cells[from.index] ?? "", from.column.dates ?? format.dates);
    const last = readDay(row.cells[to.index] ?? "", to.column.dates ?? format.dates);
    if (isTotals(row.cells, sheet.header)) totals += 1;
    else if (!first || !last || first > last) {
      const bad = first ? to : from;
      rejected.push({
        line: row.line,
        text: row.cells.join(","),
        code: "date",
        column: bad.column.names?.[0] ?? bad.column.is,
        found: row.cells[bad.index] ?? "",
      });
    } else {
      const key = first === last ? "day" : `${first} ${last}`;
      const group = groups.get(key) ?? {
        ...emptySheet(sheet.header, sheet.width, sheet.facts),
        window: first === last ? ("day" as const) : { from: first, to: last },
      };
      group.rows.push(row);
      groups.set(key, group);
    }
  }
  const [host = { ...sheet, rows: [] }, ...others] = groups.values();
  const skipped = { ...sheet.skipped, totals: sheet.skipped.totals + totals };
  return [{ ...host, rejected, skipped }, ...others];
}
