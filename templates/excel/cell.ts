import Big from "big.js";
import { cleanText } from "../clean.ts";

/** The most characters that Excel keeps in one cell. */
export const longestText = 32_767;

/** Text as a cell may hold it: clean, and cut at Excel's limit, never inside a pair of surrogates. */
export function cellText(text: string): string {
  const clean = cleanText(text);
  return clean.length <= longestText ? clean : cleanText(clean.slice(0, longestText));
}

/** True for text that a spreadsheet may take for a formula when someone edits or re-imports the cell. */
export function looksLikeFormula(text: string): boolean {
  return /^\s*[=+\-@\t]/.test(text) && text !== "-";
}

/** A decimal string as a cell's number; null for null and for what is no finite number. */
export function cellNumber(value: string | null): number | null {
  if (value === null || value.trim() === "") return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** False where the value has more than the 15 digits that a cell keeps, once rounded to the digits shown. */
export function fitsCell(value: string, decimals: number): boolean {
  return new Big(value).round(decimals, Big.roundHalfUp).c.length <= 15;
}

/** Excel's number of an ISO day, counted without any time zone; null for what is no day. */
export function daySerial(day: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!match) return null;
  return Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) / 86_400_000 + 25_569;
}

/** Gives out sheet names that Excel takes: unique whatever their case, 31 characters, nothing forbidden. */
export function sheetNames(): (wanted: string) => string {
  const taken = new Set(["history"]);
  return (wanted) => {
    const base =
      cleanText(wanted)
        .replace(/[\\/?*[\]:'\n\t]/g, " ")
        .replace(/\s+/g, " ")
        .trim() || "Sheet";
    for (let copy = 1; ; copy++) {
      const suffix = copy === 1 ? "" : ` (${copy})`;
      const name = cleanText(base.slice(0, 31 - suffix.length)).trim() + suffix;
      if (taken.has(name.toLowerCase())) continue;
      taken.add(name.toLowerCase());
      return name;
    }
  };
}
