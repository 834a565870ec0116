import { ownEntry } from "./own.ts";

/** A value as an SQL text literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The form in which header cells are compared: width, case, spaces and marks of byte order say nothing. */
export function headerKey(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\s\uFEFF\u200B]+/gu, "")
    .toLowerCase();
}

/** Splits `지출 금액 (KRW)` into name and currency. Only ISO codes count: `클릭률(CTR)` keeps its brackets. */
export function headerCurrency(text: string): { name: string; currency: string | null } {
  const found = /^(.*\S)\s*\(([A-Z]{3})\)\s*$/u.exec(text.normalize("NFKC"));
  if (!found || !currencyCodes.has(found[2] ?? "")) return { name: text, currency: null };
  return { name: found[1] ?? "", currency: found[2] ?? null };
}

export const isCurrency = (text: string): boolean => currencyCodes.has(text.toUpperCase());

/** The currency that a cell's own sign names: `US$1.92`, `₩2,525`. A bare `$` names none. */
export function cellCurrency(text: string): string | null {
  const sign = /^[-(\s]*(\D{1,4}?)\s*[\d.,]/u.exec(text.normalize("NFKC"))?.[1]?.trim() ?? "";
  return ownEntry(currencySigns, sign) ?? (currencyCodes.has(sign) ? sign : null);
}

/** SQL: a cell without the blanks around it; null where nothing is left. */
export function textSql(cell: string): string {
  return `nullif(trim(${cell}, ${blanks}), '')`;
}

/**
 * The same for millions of cells, at ten times the planning: trimming Korean costs more than reading it, so that only
 * cells with a blank at either end, or of nothing, are trimmed. Those sort before `!`, but for the space that does not break.
 */
export function quickTextSql(cell: string): string {
  const ends = blankSigns.map((sign) => `ends_with(${cell}, ${literal(sign)})`).join(" OR ");
  return `CASE WHEN ${cell} < '!' OR starts_with(${cell}, ${literal("\u00A0")}) OR ${ends} THEN ${textSql(cell)} ELSE ${cell} END`;
}

/**
 * SQL: whether a cell says nothing: blank, or one of the format's words for unknown. One expression and not a list: the
 * engine would trim every cell beforehand, also where nobody asks.
 */
export function unknownSql(cell: string, nulls: readonly string[]): string {
  const words = [...new Set(["", ...nulls.map((each) => each.trim())])].map(plainPattern);
  return `coalesce(regexp_full_match(${cell}, ${literal(`[ \t\u00A0]*(?:${words.join("|")})[ \t\u00A0]*`)}), true)`;
}

/** A text as the pattern that finds it and nothing else. */
export function plainPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/gu, "\\$&");
}

/** Whether a cell says nothing, here. */
export function isUnknown(text: string, nulls: readonly string[]): boolean {
  const bare = text.replace(/^[ \t\u00A0]+|[ \t\u00A0]+$/gu, "");
  return bare === "" || nulls.some((each) => each.trim() === bare);
}

const blankSigns = [" ", "\t", "\u00A0"];
const blanks = literal(blankSigns.join(""));
const currencyCodes: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));
const currencySigns: Readonly<Record<string, string>> = {
  US$: "USD",
  CA$: "CAD",
  A$: "AUD",
  AU$: "AUD",
  NZ$: "NZD",
  HK$: "HKD",
  NT$: "TWD",
  R$: "BRL",
  "₩": "KRW",
  "€": "EUR",
  "£": "GBP",
  "¥": "JPY",
  "₹": "INR",
  "₫": "VND",
  "฿": "THB",
  "₱": "PHP",
};
