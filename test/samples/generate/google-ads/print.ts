import { type Cell, csv, utf8, utf16 } from "../csv.ts";
import { type Day, longMonthNames, parts, type Span } from "../day.ts";
import type { AdDay } from "../model.ts";

export interface Printed {
  impressions: string;
  clicks: string;
  cost: string;
  conversions: string;
  conversion_value: string;
}

export function printed(day: AdDay, currency: "KRW" | "USD"): Printed {
  return {
    impressions: String(day.impressions),
    clicks: String(day.clicks),
    cost: money(day.cost, currency),
    conversions: (Math.floor(day.conversions * 100) / 100).toFixed(2),
    conversion_value: (Math.floor(day.value * 100) / 100).toFixed(2),
  };
}

export function sumOf(rows: readonly Printed[], currency: "KRW" | "USD"): Printed {
  const cents = (pick: (row: Printed) => string) =>
    rows.reduce((sum, row) => sum + Math.round(Number(pick(row)) * 100), 0) / 100;
  return {
    impressions: String(cents(({ impressions }) => impressions)),
    clicks: String(cents(({ clicks }) => clicks)),
    cost: money(
      cents(({ cost }) => cost),
      currency,
    ),
    conversions: cents(({ conversions }) => conversions).toFixed(2),
    conversion_value: cents(({ conversion_value }) => conversion_value).toFixed(2),
  };
}

export const none = " --";

export function table(lines: readonly (readonly Cell[])[], wide: boolean): Uint8Array {
  return wide ? utf16(csv(lines, { delimiter: "\t" })) : utf8(csv(lines));
}

export function money(value: number, currency: "KRW" | "USD"): string {
  return value.toFixed(currency === "KRW" ? 0 : 2);
}

/** A quotient as the platform prints it: a bare 0 where there is nothing to divide by. */
export function each(value: string, by: string, currency: "KRW" | "USD"): string {
  return Number(by) === 0 ? "0" : money(Number(value) / Number(by), currency);
}

export function percent(value: string, of: string): string {
  return Number(of) === 0 ? none : `${((Number(value) / Number(of)) * 100).toFixed(2)}%`;
}

export function period({ from, to }: Span, language: "ko" | "en"): string {
  const write = (day: Day) => {
    const { year, month, date } = parts(day);
    return language === "ko" ? `${year}년 ${month}월 ${date}일` : `${longMonthNames[month - 1]} ${date}, ${year}`;
  };
  return `${write(from)} - ${write(to)}`;
}
