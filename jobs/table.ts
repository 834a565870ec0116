import { widthOf } from "./line.ts";

/** Columns of text, the first row as their heads; Korean letters are two columns wide on a terminal. */
export function drawTable(
  rows: readonly (readonly string[])[],
  {
    right = [],
  }: {
    /** Columns that hold figures and end at the same place. */
    right?: readonly number[];
  } = {},
): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, at) => Math.max(...rows.map((row) => widthOf(row[at] ?? ""))));
  return rows
    .map((row) =>
      row
        .map((cell, at) => {
          const space = " ".repeat((widths[at] ?? 0) - widthOf(cell));
          return right.includes(at) ? space + cell : cell + space;
        })
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
