import { type AliasBook, isKnown } from "./aliases.ts";

/** The table that a file holds, as far as its first look tells. */
export interface DraftTable {
  names: readonly string[];
  /** Lines above the header. */
  above: readonly (readonly string[])[];
  rows: readonly (readonly string[])[];
  /** The first cells of rows of totals, and whether there are totals that name nothing at all. */
  totals: readonly string[];
  /** Shorter lines below the rows. */
  below: readonly (readonly string[])[];
}

/** Finds the header row, what stands above it, and the rows below it without totals and closing lines. */
export function tableIn(records: readonly (readonly string[])[], book: AliasBook): DraftTable | null {
  const filled = records.filter((cells) => cells.some((cell) => cell.trim() !== ""));
  const at = headerAt(filled, book);
  const header = filled[at];
  if (!header) return null;
  const names = header.map((cell) => cell.replace(/\uFEFF/gu, "").trim());
  const under = filled.slice(at + 1).map((cells) => trimmed(cells, names.length));
  const totals = under.filter((cells, index) => (index < ends || index >= under.length - ends) && isTotal(cells));
  const rest = under.filter((cells) => !totals.includes(cells));
  return {
    names,
    above: filled.slice(0, at),
    rows: rest.filter((cells) => cells.length === names.length),
    totals: [...new Set(totals.map(labelOf))],
    below: rest.filter((cells) => cells.length < names.length),
  };
}

/** Totals stand first or last. */
const ends = 3;

/** The row whose cells are known best; where hardly any is, the first that is as wide as the table and holds no number. */
function headerAt(rows: readonly (readonly string[])[], book: AliasBook): number {
  const counts = rows.slice(0, 20).map((cells) => cells.filter((cell) => isKnown(cell, book)).length);
  const most = Math.max(0, ...counts);
  if (most >= 2) return counts.indexOf(most);
  const widths = rows.map((cells) => trimmed(cells, 1).length);
  const width = widths.toSorted((a, b) => a - b)[Math.floor(widths.length / 2)] ?? 0;
  if (width < 2) return -1;
  return rows
    .slice(0, 20)
    .findIndex((cells) => trimmed(cells, 1).length === width && !cells.some((cell) => /^\W*\d/u.test(cell)));
}

/** A row without the empty cells that a spreadsheet leaves behind it. */
function trimmed(cells: readonly string[], width: number): readonly string[] {
  const last = cells.findLastIndex((cell) => cell.trim() !== "") + 1;
  return cells.slice(0, Math.max(width, last));
}

const labelOf = (cells: readonly string[]): string => (cells.find((cell) => cell.trim() !== "") ?? "").trim();

const isTotal = (cells: readonly string[]): boolean =>
  /^(?:(?:grand|overall|sub) ?)?(?:total|sum|summe|gesamt|insgesamt)s?(?!\p{L})|^(?:총 ?)?(?:합계|총계|전체|소계)/iu.test(
    labelOf(cells),
  );
