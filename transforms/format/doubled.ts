import { headerKey } from "../clean/text.ts";
import type { HeaderMatch } from "./header.ts";
import { isTotals, type Sheet } from "./sheet.ts";

/** Two columns under one header, counted from 1 as people do. */
export interface Doubled {
  name: string;
  columns: [number, number];
}

/**
 * Two columns under one header that say different things, so that nobody can tell which one is meant. Those that say the
 * same in every row do no harm.
 */
export function findDoubled({ header, rows }: Sheet): Doubled | null {
  const ours = rows.filter(({ cells }) => !isTotals(cells, header));
  const differ = ({ columns: [one, other] }: Doubled) =>
    ours.some(({ cells }) => cells[one - 1]?.trim() !== cells[other - 1]?.trim());
  // A day's second column would count what is in it twice.
  const days = header.days.length > 0;
  return doubledColumns(header).find((each) => days || differ(each)) ?? null;
}

/** The columns that share their header with another, of those that become something. */
export function doubledColumns({ cells, matches, days }: HeaderMatch): Doubled[] {
  const keys = cells.map(headerKey);
  const used = matches.filter(({ column }) => column.is !== "ignore").map(({ index }) => index);
  const names = used.map((index) => [index, keys.findIndex((key, at) => at !== index && key === keys[index])]);
  const again = days.map(({ day, index }) => [days.find((each) => each.day === day)?.index ?? index, index]);
  return [...names, ...again]
    .filter((pair): pair is [number, number] => pair[1] !== undefined && pair[1] >= 0 && pair[0] !== pair[1])
    .map(([one, other]) => ({
      name: (cells[one] ?? "").trim(),
      columns: [Math.min(one, other) + 1, Math.max(one, other) + 1],
    }));
}
