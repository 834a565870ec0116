import type { Locale } from "../../transforms/metrics.ts";
import { currencySymbol, formatValue, type ValueFormat } from "../text.ts";

/** Round values (1, 2 or 5 × 10ⁿ apart) from at or below `min` to at or above `max`, about `count` steps. */
export function ticks(min: number, max: number, count = 4): number[] {
  if (min === 0 && max === 0) return [0, 1];
  const span = max - min || Math.abs(max) || 1;
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10);
  const first = Math.floor(min / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(max / step - 1e-9));
  return Array.from({ length: last - first + 1 }, (_, at) => tidy((first + at) * step));
}

/** The values an axis spans: from zero for sums, and where a rate's line would otherwise lie flat, close around it. */
export function extent(values: readonly number[], unit: ValueFormat["unit"]): { min: number; max: number } {
  if (values.length === 0) return { min: 0, max: 1 };
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (unit === "position")
    return { min: Math.max(1, low - (high - low) * 0.2), max: high + (high - low) * 0.2 || low + 1 };
  const fromZero = unit === "count" || unit === "money" || low <= 0 || low < high * 0.6;
  return { min: fromZero ? Math.min(0, low) : low - (high - low) * 0.25, max: Math.max(high, 0) };
}

/** One label per tick, all in the same unit (만, 억; K, M) with the digits that the step needs. */
export function tickLabels(values: readonly number[], format: ValueFormat, locale: Locale): string[] {
  const step = Math.abs((values[1] ?? 1) - (values[0] ?? 0));
  if (format.unit === "seconds") return values.map((value) => formatValue(String(value), format, locale));
  if (format.unit !== "count" && format.unit !== "money") {
    const decimals = digits(format.unit === "ratio" ? step * 100 : step);
    return values.map((value) => formatValue(String(value), { ...format, decimals }, locale));
  }
  const top = Math.max(...values.map(Math.abs));
  const { size, name } = scales[locale].find(({ from }) => top >= from) ?? { size: 1, name: "" };
  const plain = { unit: "count", decimals: digits(step / size) } as const;
  const inWon = format.currency === "KRW" && locale === "ko-KR";
  const symbol = format.unit === "money" && format.currency && !inWon ? currencySymbol(format.currency) : "";
  return values.map((value) => {
    if (value === 0) return "0";
    return `${value < 0 ? "-" : ""}${symbol}${formatValue(String(tidy(Math.abs(value) / size)), plain, locale)}${name}`;
  });
}

const scales: Record<Locale, { from: number; size: number; name: string }[]> = {
  "ko-KR": [
    { from: 1e8, size: 1e8, name: "억" },
    { from: 2e4, size: 1e4, name: "만" },
  ],
  "en-US": [
    { from: 1e9, size: 1e9, name: "B" },
    { from: 1e6, size: 1e6, name: "M" },
    { from: 2e3, size: 1e3, name: "K" },
  ],
};

function digits(step: number): number {
  return Math.max(0, Math.min(4, -Math.floor(Math.log10(step) + 1e-9)));
}

/** Without the dust of binary fractions (0.30000000000000004). */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
