import { readDay } from "../clean/date.ts";
import { type MetricId, metrics } from "../metrics.ts";
import type { Column } from "./format.ts";
import { emptySheet, type Sheet } from "./sheet.ts";

/**
 * A file of `metric,from,to,value[,dimension…]`: one table for each metric, set of dimensions and window, so that each
 * figure is owned by itself and a later file may bring just one of them. Two values for the same thing contradict.
 */
export function longSheets(sheet: Sheet): Sheet[] {
  const { format, matches } = sheet.header;
  const index = (role: string) => matches.find(({ column }) => column.is === role)?.index ?? -1;
  const [metric, from, to, value] = [index("metric"), index("from"), index("to"), index("value")];
  const dates = format.dates;
  const dims = matches.filter(
    ({ column }) => !["metric", "from", "to", "value", "ignore", "currency", "account"].includes(column.is),
  );
  const groups = new Map<string, Sheet>();
  const rejected = [...sheet.rejected];
  for (const row of sheet.rows) {
    const id = (row.cells[metric] ?? "").trim().toLowerCase();
    const first = readDay(row.cells[from] ?? "", dates);
    const last = readDay((row.cells[to] ?? "").trim() === "" ? (row.cells[from] ?? "") : (row.cells[to] ?? ""), dates);
    const refuse = (code: "metric" | "date", at: number) =>
      rejected.push({ line: row.line, text: row.cells.join(","), code, column: code, found: row.cells[at] ?? "" });
    if (!Object.hasOwn(metrics, id)) {
      refuse("metric", metric);
      continue;
    }
    if (!first || !last || first > last) {
      refuse("date", first ? to : from);
      continue;
    }
    const filled = dims.filter(({ index: at }) => (row.cells[at] ?? "").trim() !== "");
    const window = first === last ? ("day" as const) : { from: first, to: last };
    const key = [id, window === "day" ? window : `${first} ${last}`, ...filled.map((each) => each.column.is)].join(" ");
    const column: Column = {
      is: id as MetricId,
      names: [id],
      numbers: matches.find((each) => each.index === value)?.column.numbers,
    };
    const others = matches.filter(
      (each) => filled.includes(each) || ["from", "currency", "account"].includes(each.column.is),
    );
    const header = { ...sheet.header, matches: [...others, { column, index: value, currency: null }], unknown: [] };
    const group = groups.get(key) ?? {
      ...emptySheet(header, sheet.width, sheet.facts),
      written: sheet.header,
      window,
      strict: true,
    };
    group.rows.push(row);
    groups.set(key, group);
  }
  const [host, ...rest] = groups.values();
  if (host) return [{ ...host, rejected, skipped: sheet.skipped }, ...rest];
  // Nothing is left to own a day; what is wrong with each line is all there is to say.
  return [{ ...sheet, rows: [], rejected, window: "day" }];
}
