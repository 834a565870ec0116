import { part, tag } from "./xml.ts";

/** An Excel table over cells that are there already: what filters, pivots and formulas address by name. */
export interface TableRange {
  id: number;
  name: string;
  ref: string;
  /** What its head cells say, in order; a table takes them only where no two are the same. */
  columns: readonly string[];
}

/** The table's part. The look stays the cells' own. */
export function tablePart({ id, name, ref, columns }: TableRange): string {
  return part(
    tag(
      "table",
      { xmlns: main, id, name, displayName: name, ref, totalsRowShown: 0 },
      tag("autoFilter", { ref }),
      tag(
        "tableColumns",
        { count: columns.length },
        ...columns.map((column, at) => tag("tableColumn", { id: at + 1, name: column.replaceAll("\n", "_x000a_") })),
      ),
      tag("tableStyleInfo", { showFirstColumn: 0, showLastColumn: 0, showRowStripes: 0, showColumnStripes: 0 }),
    ),
  );
}

/** Whether heads can be a table's: all there, and no two the same whatever their case. */
export function areHeads(columns: readonly string[]): boolean {
  const seen = new Set(columns.map((column) => column.toLowerCase()));
  return seen.size === columns.length && !seen.has("");
}

const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
