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

/** The format of a change whose text is known: it carries arrow and word, so that the number itself stays bare. */
export function changeNumberFormat({ arrow, word }: ChangeText): string {
  const tail = word ? `" (${word})"` : "";
  if (arrow === "–") return "0.0%;0.0%;0.0%";
  const mark = arrow ? `"${arrow} "` : "";
  return `${mark}+#,##0.0%${tail};${mark}-#,##0.0%${tail};0.0%${tail}`;
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

const plain = (format: string): NumberFormat => ({ format, factor: 1 });
const bothSigns = (format: string) => `+${format};-${format};${format}`;
const digits = (decimals: number) => (decimals > 0 ? `#,##0.${"0".repeat(decimals)}` : "#,##0");
