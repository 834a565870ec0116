import type { CellObject } from "@e965/xlsx";

/** A sheet as a reader of the workbook sees its cells. */
export interface SheetView {
  name: string;
  rows: { text: string; number: boolean }[][];
  /** Whether it has more rows than are shown. */
  cut: boolean;
}

/** Rows that are shown of a sheet. */
export const mostRows = 200;
const mostColumns = 40;

/** Reads a workbook back from the bytes that were made: what the page shows is what the file holds. */
export async function sheetsOf(bytes: Uint8Array): Promise<SheetView[]> {
  const { read } = await import("@e965/xlsx");
  const book = read(bytes, { dense: true, cellNF: true, cellText: true, sheetRows: mostRows + 1 });
  return book.SheetNames.map((name) => {
    const data: (CellObject | undefined)[][] = book.Sheets[name]?.["!data"] ?? [];
    const rows = Array.from(data, (cells) => Array.from(cells ?? [], cellOf).slice(0, mostColumns));
    const last = rows.findLastIndex((cells) => cells.some(({ text }) => text !== ""));
    return { name, rows: rows.slice(0, Math.min(last + 1, mostRows)), cut: last + 1 > mostRows };
  });
}

function cellOf(cell: CellObject | undefined): SheetView["rows"][number][number] {
  if (!cell || cell.v === undefined || cell.v === null) return { text: "", number: false };
  return { text: cell.w ?? String(cell.v), number: cell.t === "n" };
}
