import { letters } from "./address.ts";

/** What a cell of the data sheet may hold. */
export type Plain = string | number | null;

/** How the cells of one column look: the number of a style of the workbook. */
export interface Looks {
  columns: readonly (string | undefined)[];
  /** Of text that looks like a formula. */
  quoted: string | undefined;
  isQuoted(text: string): boolean;
}

/**
 * Rows of a worksheet as XML, some hundred at a time. Texts stand in their cells, so that a sheet of any length is written
 * as it comes and no other part changes; what begins with `=` is text like any other.
 */
export async function* rowsXml(
  rows: AsyncIterable<readonly Plain[]>,
  first: number,
  { columns, quoted, isQuoted }: Looks,
): AsyncGenerator<string> {
  const names = columns.map((_, at) => letters(at + 1));
  const styles = columns.map((style) => (style ? ` s="${style}"` : ""));
  const special = quoted ? ` s="${quoted}"` : "";
  let row = first;
  let text = "";
  for await (const cells of rows) {
    text += `<row r="${row}">`;
    for (let at = 0; at < cells.length; at += 1) {
      const value = cells[at];
      if (value === null || value === undefined) continue;
      text += `<c r="${names[at]}${row}"`;
      if (typeof value === "number") text += `${styles[at]}><v>${value}</v></c>`;
      else {
        const style = isQuoted(value) ? special || styles[at] : styles[at];
        text += `${style} t="inlineStr"><is><t${edges.test(value) ? ' xml:space="preserve"' : ""}>${escaped(value)}</t></is></c>`;
      }
    }
    text += "</row>";
    row += 1;
    if (text.length < chunk) continue;
    yield text;
    text = "";
  }
  yield text;
}

/** Characters that are handed on at once. */
const chunk = 200_000;
const edges = /^\s|\s$|\n/;

/** Text between two tags. `_x0041_` would be read as the letter that it names, so its first mark is written out. */
export function escaped(text: string): string {
  if (!/[&<>_]/.test(text)) return text;
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/_(?=x[\dA-Fa-f]{4}_)/g, "_x005F_");
}
