import type { Locale } from "../../transforms/metrics.ts";
import { type ChangeFormat, type ChangeText, currencyDigits, currencySymbol, type ValueFormat } from "../text.ts";

/** A cell's number format, and what the model's value is multiplied by so that Excel prints it as `formatValue` does. */
export interface NumberFormat {
  format: string;
  factor: number;
}

/** The format of a value: `[$₩]#,##0`, `0.00%`, `[m]"분 "s"초"`. Durations become fractions of a day. */
export function valueNumberFormat({ unit, currency, decimals }: ValueFormat, locale: Locale): NumberFormat {
  const korean = locale === "ko-KR";
  switch (unit) {
    case "money": {
      if (!currency) return plain(digits(decimals ?? 0));
      const amount = `[$${currencySymbol(currency)}]${digits(currencyDigits(currency))}`;
      return plain(`${amount};-${amount}`);
    }
    case "ratio":
      return plain(`${digits(decimals ?? 1)}%`);
    case "seconds":
      return { format: korean ? '[m]"분 "s"초"' : '[m]"m "s"s"', factor: 1 / 86_400 };
    case "points":
      return plain(`${digits(decimals ?? 0)}${korean ? '"점"' : ""}`);
    case "position":
      return plain(`${digits(decimals ?? 1)}${korean ? '"위"' : ""}`);
    default:
      return plain(digits(decimals ?? 0));
  }
}

/** The format of a change: it carries arrow and word, so that the number itself stays bare and the arrow follows it. */
export function changeNumberFormat({ arrow, word }: ChangeText): string {
  const tail = word ? `" (${word})"` : "";
  if (arrow === "–") return "0.0%;0.0%;0.0%";
  const [up, down] = arrow ? ['"▲ "', '"▼ "'] : ["", ""];
  return `${up}+#,##0.0%${tail};${down}-#,##0.0%${tail};0.0%${tail}`;
}

/** The format of a difference in the value's own unit; points of a percentage are counted as such (52, not 0.52). */
export function differenceNumberFormat(format: ChangeFormat): NumberFormat {
  if (format.unit === "ratio") {
    const suffix = format.locale === "ko-KR" ? '"%p"' : '" pp"';
    return { format: bothSigns(`${digits(format.decimals ?? 1)}${suffix}`), factor: 100 };
  }
  // A negative time of day prints as a row of #: differences count in seconds.
  if (format.unit === "seconds") return plain(bothSigns(`#,##0${format.locale === "ko-KR" ? '"초"' : '"s"'}`));
  const { format: own } = valueNumberFormat(format, format.locale);
  return plain(bothSigns(own.split(";")[0] ?? own));
}

/**
 * The format of an axis whose greatest value is known. Large amounts read in millions or thousands: these every program
 * can shorten by, 만 and 억 none.
 */
export function axisFormat(format: ValueFormat, values: readonly (string | null)[], locale: Locale): string {
  const { unit, currency } = format;
  if (unit !== "money" && unit !== "count") return valueNumberFormat(format, locale).format;
  const symbol = unit === "money" && currency ? `[$${currencySymbol(currency)}]` : "";
  const most = Math.max(0, ...values.map((value) => Math.abs(Number(value))));
  if (most < 100) return valueNumberFormat(format, locale).format;
  const { shown, ko, en } = scales.find(({ from }) => most >= from) ?? { shown: "#,##0", ko: "", en: "" };
  const name = locale === "ko-KR" ? ko : en;
  return `${symbol}${shown}${name && `"${name}"`}`;
}

const scales = [
  { from: 1e7, shown: "#,##0,,", ko: "백만", en: "M" },
  { from: 1e6, shown: "0.0,,", ko: "백만", en: "M" },
  { from: 1e4, shown: "#,##0,", ko: "천", en: "K" },
] as const;

const plain = (format: string): NumberFormat => ({ format, factor: 1 });
const bothSigns = (format: string) => `+${format};-${format};${format}`;
const digits = (decimals: number) => (decimals > 0 ? `#,##0.${"0".repeat(decimals)}` : "#,##0");
