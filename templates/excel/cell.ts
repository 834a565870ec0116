import Big from "big.js";

/** The most characters that Excel keeps in one cell. */
export const longestText = 32_767;

/**
 * Text as a cell may hold it: characters that make a workbook unreadable are taken out (control characters, lone
 * surrogates, U+FFFE and U+FFFF, bidi overrides that disguise a name), and it ends at Excel's limit, never inside a
 * pair of surrogates.
 */
export function cleanText(text: string): string {
  const whole = text.toWellFormed().replace(/\r\n?/g, "\n").replace(unwritable, "");
  // toWellFormed leaves U+FFFD where a lone surrogate stood: nothing a reader needs.
  const clean = whole.replace(/\uFFFD/g, "");
  return clean.length <= longestText
    ? clean
    : clean
        .slice(0, longestText)
        .toWellFormed()
        .replace(/\uFFFD$/, "");
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
      const name =
        base
          .slice(0, 31 - suffix.length)
          .toWellFormed()
          .replace(/\uFFFD$/, "")
          .trim() + suffix;
      if (taken.has(name.toLowerCase())) continue;
      taken.add(name.toLowerCase());
      return name;
    }
  };
}

/** How wide text stands, in digits of the sheet's font: Hangul, hanja and emoji take about two. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += wide.test(character) ? 1.9 : 1.02;
  return width;
}

const unwritable = /(?![\t\n])[\p{Cc}\p{Bidi_Control}\p{Noncharacter_Code_Point}]/gu;
const wide =
  /[\u1100-\u11FF\u2E80-\u9FFF\uA960-\uA97F\uAC00-\uD7FF\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Extended_Pictographic}/u;
