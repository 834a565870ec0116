import type { CellObject } from "@e965/xlsx";

/** A sheet as a reader of the workbook sees its cells. */
export interface SheetView {
  name: string;
  rows: SheetCell[][];
  /** Widths of its columns in pixels; 0 where the sheet says none. */
  widths: number[];
  /** Whether it has more rows than are shown. */
  cut: boolean;
}

export interface SheetCell {
  text: string;
  number: boolean;
  /** How many columns it covers. */
  wide: number;
}

/** Rows that are shown of a sheet. */
export const mostRows = 200;
const mostColumns = 40;

/** Reads a workbook back from the bytes that were made: what the page shows is what the file holds. */
export async function sheetsOf(bytes: Uint8Array): Promise<SheetView[]> {
  const { read } = await import("@e965/xlsx");
  const book = read(bytes, { dense: true, cellNF: true, cellText: true, sheetRows: mostRows + 1 });
  return book.SheetNames.map((name) => {
    const sheet = book.Sheets[name];
    const data: (CellObject | undefined)[][] = sheet?.["!data"] ?? [];
    const widths = (sheet?.["!cols"] ?? []).slice(0, mostColumns).map((column) => Math.min(column?.wpx ?? 0, 420));
    const merged = new Map((sheet?.["!merges"] ?? []).map(({ s, e }) => [`${s.r} ${s.c}`, e.c - s.c + 1]));
    const rows = Array.from(data, (cells, row) => {
      let covered = 0;
      return Array.from(cells ?? [], cellOf)
        .slice(0, mostColumns)
        .flatMap((cell, column) => {
          if (column < covered) return [];
          const wide = merged.get(`${row} ${column}`) ?? 1;
          covered = column + wide;
          return [{ ...cell, wide }];
        });
    });
    const last = rows.findLastIndex((cells) => cells.some(({ text }) => text !== ""));
    return { name, widths, rows: rows.slice(0, Math.min(last + 1, mostRows)), cut: last + 1 > mostRows };
  });
}

function cellOf(cell: CellObject | undefined): Omit<SheetCell, "wide"> {
  if (!cell || cell.v === undefined || cell.v === null) return { text: "", number: false };
  return { text: cell.w ?? String(cell.v), number: cell.t === "n" };
}
