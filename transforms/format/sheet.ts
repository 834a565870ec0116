import { isUnknown } from "../clean/text.ts";
import type { HeaderMatch } from "./header.ts";

/** A record of a file: the physical line it starts on and its cells; `broken` where they could not be cut. */
export interface Line {
  line: number;
  cells: readonly string[];
  broken: "quote" | "torn" | "long" | "encoding" | null;
}

/** Why a line is no row: one of the `FILE_ROW_…` problems, with the cell that shows it. */
export interface Reject {
  line: number;
  text: string;
  code:
    | "number"
    | "date"
    | "id"
    | "currency"
    | "account"
    | "metric"
    | "cells"
    | "quote"
    | "long"
    | "encoding"
    | "contradicts";
  column: string;
  found: string;
}

/** Lines that are no rows, by what they are. The header is part of the preamble. */
export interface Skipped {
  preamble: number;
  totals: number;
  duplicates: number;
  blank: number;
  ignored: number;
}

/** What a table's last line that holds something is. */
export interface Ending {
  of: "row" | "totals" | "footer" | "rejected" | null;
  line: number;
  /** The line of a quotation mark that is open to the end of the file, with no row behind it. */
  torn: number | null;
  /** Lines below the header that are rows or meant to be. */
  rows: number;
}

/** A row's cells; where they were made out of a line of another shape, that line's cells too. */
export interface Row {
  line: number;
  cells: readonly string[];
  from?: readonly string[];
}

/** One plain table out of a file, whatever shape it had there: a known header and rows as wide as it. */
export interface Sheet {
  header: HeaderMatch;
  /** The header as it stands in the file, where `header` is that of a table made out of it. */
  written: HeaderMatch;
  facts: Readonly<Record<string, string>>;
  width: number;
  rows: Row[];
  rejected: Reject[];
  skipped: Skipped;
  ending: Ending;
  /** From `splitWindows`: the days all rows share, or that each row starts and ends on one day. */
  window: { from: string; to: string } | "day" | null;
  /** Cells that belong to the key although they are no dimension; and whether equal keys contradict each other. */
  keyCells: number[];
  strict: boolean;
}

export function emptySheet(header: HeaderMatch, width: number, facts: Readonly<Record<string, string>>): Sheet {
  const skipped = { preamble: 0, totals: 0, duplicates: 0, blank: 0, ignored: 0 };
  const ending = { of: null, line: 0, torn: null, rows: 0 };
  return {
    header,
    written: header,
    width,
    facts,
    rows: [],
    rejected: [],
    skipped,
    ending,
    window: null,
    keyCells: [],
    strict: false,
  };
}

export const isBlank = ({ cells, broken }: Line): boolean =>
  broken === null && cells.length === 1 && (cells[0] ?? "").trim() === "";

/** Whether a row is one of totals, by its label or its blank names: the same rule as the cleaning's SQL. */
export function isTotals(cells: readonly string[], { format, matches }: HeaderMatch): boolean {
  const { labels, blank, cells: count } = format.totals;
  const looked = [...cells.slice(0, count), cells.at(-1) ?? ""];
  if (labels.some((label) => looked.some((cell) => fits(cell, label)))) return true;
  const named = matches.filter(({ column }) => blank.includes(column.is));
  return (
    named.length > 0 && named.every(({ index, column }) => isUnknown(cells[index] ?? "", column.nulls ?? format.nulls))
  );
}

/** Whether a row is not ours, by the value of a column: the same rule as the cleaning's SQL. */
export function isDropped(cells: readonly string[], { format, matches }: HeaderMatch): boolean {
  return format.dropRows.some(({ names, values }) => {
    const match = matches.find(({ column }) => column.names?.some((each) => names.includes(each)));
    return match !== undefined && values.some((each) => fits((cells[match.index] ?? "").trim(), each));
  });
}

function fits(cell: string, label: string): boolean {
  const text = label.replace(/^\*|\*$/gu, "");
  return label.endsWith("*") ? cell.startsWith(text) : label.startsWith("*") ? cell.endsWith(text) : cell === text;
}
