import { textWidth } from "../clean.ts";
import type { Cell, Line, Sheet } from "./sheet.ts";
import { settings } from "./style.ts";

const narrowest = 9.5; // the library drops a width of exactly 9
const widest = 46;

/** Column widths that fit what the reader sees, Hangul included; long names wrap at a width that paper can hold. */
export function columnWidths({ lines, widths = {}, head }: Sheet): number[] {
  const found: number[] = [];
  for (const { cells } of lines) {
    for (const [at, cell] of placed(cells)) {
      if ((cell.span ?? 1) > 1 || !fits(cell)) continue;
      const wanted = Math.min(widest, Math.max(narrowestOf(cell), wantedWidth(cell, head !== null)));
      found[at] = Math.max(found[at] ?? 0, wanted);
    }
  }
  return Array.from(found, (width, at) => widths[at + 1] ?? width ?? narrowest);
}

/** A line is as high as its longest wrapped cell: the library and merged cells leave heights to us. */
export function lineHeight({ cells, height }: Line, widths: readonly number[]): number {
  if (height !== undefined) return height;
  const heights = [...placed(cells)].map(([at, cell]) => {
    const { line, size, wrap } = settings[cell.role];
    if (!wrap) return line;
    const room = widths.slice(at, at + (cell.span ?? 1)).reduce((sum, width) => sum + width, 0) - 1.5;
    const rows = cell.shown
      .split("\n")
      .reduce((sum, part) => sum + Math.max(1, Math.ceil((textWidth(part) * size) / 11 / room)), 0);
    return rows === 1 ? line : rows * Math.max(15, size * 1.45) + 6;
  });
  return Math.min(400, Math.max(...heights, 10));
}

/** Each cell with the column (from 0) where it begins. */
export function* placed(cells: readonly Cell[]): Generator<[number, Cell]> {
  let at = 0;
  for (const cell of cells) {
    yield [at, cell];
    at += cell.span ?? 1;
  }
}

/** Titles run over their neighbours and claim no width. */
function fits({ role }: Cell): boolean {
  return settings[role].wrap || role === "number" || role === "heat";
}

function narrowestOf({ role }: Cell): number {
  return role === "heat" ? 5 : role === "name" ? 14 : narrowest;
}

function wantedWidth({ role, shown, strong, sum }: Cell, filtered: boolean): number {
  const bold = strong || sum ? 1.06 : 1;
  const longest = Math.max(...shown.split("\n").map(textWidth)) * bold;
  if (role !== "head" && role !== "headNumber") return longest + 2.5;
  return Math.min(longest + (filtered ? 4 : 2), 17);
}
