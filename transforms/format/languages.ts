import type { Format } from "./format.ts";

/**
 * The languages that a format's header names are in, as far as their letters tell: Hangul is Korean, plain Latin is taken
 * for English, and any other letter (accents, kana, Cyrillic …) is `other`, for it could be one of many.
 */
export function languagesOf({ columns }: Format): ("ko" | "en" | "other")[] {
  const names = columns.filter(({ is }) => is !== "ignore").flatMap((column) => column.names ?? []);
  return (["ko", "en", "other"] as const).filter((language) => names.some((name) => languageOf(name) === language));
}

function languageOf(name: string): "ko" | "en" | "other" | null {
  if (/\p{Script=Hangul}/u.test(name)) return "ko";
  if (/[^\P{L}A-Za-z]/u.test(name)) return "other";
  return /[A-Za-z]{2}/u.test(name) ? "en" : null;
}
