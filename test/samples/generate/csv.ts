import { zipSync } from "fflate";

export type Cell = string | number;

interface Layout {
  delimiter?: "," | "\t";
  eol?: "\n" | "\r\n";
  /** Quote every cell, or only those that need it. */
  quote?: "all" | "needed" | "spaced";
  /** Whether the last line ends with a line break. */
  closed?: boolean;
}

/** Lines of cells as text. `spaced` also quotes cells with a space, as Mailchimp does. */
export function csv(lines: readonly (readonly Cell[])[], layout: Layout = {}): string {
  const { delimiter = ",", eol = "\n", quote = "needed", closed = true } = layout;
  const needs = quote === "all" ? /^/ : quote === "spaced" ? /[ ",\t\r\n]/ : /[",\t\r\n]/;
  const cell = (value: Cell) =>
    needs.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value);
  return lines.map((line) => line.map(cell).join(delimiter)).join(eol) + (closed ? eol : "");
}

export function utf8(text: string): Uint8Array {
  return Buffer.from(text, "utf8");
}

export function utf8WithBom(text: string): Uint8Array {
  return Buffer.from(`\uFEFF${text}`, "utf8");
}

export function utf16(text: string): Uint8Array {
  return Buffer.from(`\uFEFF${text}`, "utf16le");
}

/** `1234567.5` → `1,234,567.5`. */
export function thousands(value: Cell): string {
  const [whole = "", ...fraction] = String(value).split(".");
  return [whole.replace(/\B(?=(\d{3})+$)/g, ","), ...fraction].join(".");
}

/** A zip whose bytes depend on its members alone. The time has no zone: zip files hold wall-clock time. */
export function zip(members: Record<string, string>, wallClock: string): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(members).map(([name, text]) => [name, utf8(text)])), {
    level: 9,
    mtime: wallClock,
  });
}

/** What a browser calls the nth download of the same name: `a.csv`, `a (1).csv`, … */
export function nthDownload(name: string, nth: number): string {
  return nth === 0 ? name : name.replace(/(\.\w+)$/, ` (${nth})$1`);
}
