import { looksLikeFormula } from "./cell.ts";
import type { DataColumn, RawRow } from "./data.ts";
import { area } from "./ooxml/address.ts";
import { add, type Parts, put, relate, textOf } from "./ooxml/parts.ts";
import { type Plain, rowsXml } from "./ooxml/rows.ts";
import { inserted } from "./ooxml/sheet-xml.ts";
import { tablePart } from "./ooxml/table.ts";

/** The name by which pivot tables and formulas find the raw rows. */
const dataTable = "Data";

/** Rows that a sheet can hold, less its head and a last line that says so when they are too many. */
const mostRows = 1_048_574;

/** What to fill a sheet with. */
interface Filling {
  columns: readonly DataColumn[];
  rows: AsyncIterable<RawRow>;
  cut: string;
}

/**
 * Fills our own data sheet: its head stays, its second row shows how each column's cells look, and one more cell there how
 * a text looks that could pass for a formula. How long the table is stands in its part, which is written behind the rows.
 */
export function streamRows(parts: Parts, path: string, { columns, rows, cut }: Filling): void {
  const pattern = textOf(parts, path);
  const [head = "", row = ""] = pattern.match(/<row .*?<\/row>/gs) ?? [];
  const styles = Array.from(
    { length: columns.length + 1 },
    (_, at) => new RegExp(`<c r="${area([at + 1, at + 1], [2, 2])}" s="(\\d+)"`).exec(row)?.[1],
  );
  const labels = columns.map(({ label }) => label);
  let count = 0;
  async function* cells(): AsyncGenerator<Plain[]> {
    for await (const given of rows) {
      if (count === mostRows) {
        yield [cut];
        return;
      }
      count += 1;
      yield columns.map(({ key, cell }) => cell(given[key] ?? null));
    }
  }
  const id = [...parts.files.keys()].filter((name) => name.startsWith("xl/tables/")).length + 1;
  const table = add(
    parts,
    "xl/tables/table{}.xml",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml",
    "",
  );
  const ref = () => area([1, columns.length], [1, Math.max(2, count + 1)]);
  parts.files.set(table, () => tablePart({ id, name: dataTable, ref: ref(), columns: labels }));
  const relation = relate(parts, path, "table", table);
  const whole = inserted(
    pattern.replace(/<dimension [^>]*>/, ""),
    "tableParts",
    `<tableParts count="1"><tablePart r:id="${relation}"/></tableParts>`,
  );
  const [before = "", after = ""] = whole.split(/<sheetData>.*<\/sheetData>/s);
  const looks = { columns: styles.slice(0, -1), quoted: styles.at(-1), isQuoted: looksLikeFormula };
  async function* sheet(): AsyncGenerator<string> {
    yield `${before}<sheetData>${head}`;
    yield* rowsXml(cells(), 2, looks);
    yield `</sheetData>${after}`;
  }
  put(parts, path, "");
  parts.files.set(path, sheet());
}
