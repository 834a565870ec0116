import Big from "big.js";
import type { ValueUnit } from "../transforms/report/model.ts";

/** `35%` or `0.35` as a decimal string: "0.35". */
export function fraction(text: string | number): string {
  const written = String(text);
  return written.endsWith("%") ? new Big(written.slice(0, -1)).div(100).toString() : new Big(written).toString();
}

/** `90m`, `4h` or `2d` in minutes. */
export function minutes(text: string): number {
  return Number(text.slice(0, -1)) * { m: 1, h: 60, d: 1440 }[text.at(-1) as "m" | "h" | "d"]; // the schema lets no other through
}

/**
 * A goal's target in the unit of its KPI, as a decimal string; null where it is written in another unit.
 *
 * A ratio must carry its `%`: without it nobody can tell whether 3.5 means 3.5 % or 350 %.
 */
export function target(text: string | number, unit: ValueUnit, currency: string): string | null {
  const match = /^([₩$€£¥]?)\s?(-?[\d,]+(?:\.\d+)?)\s?(%|원|점)?$/u.exec(String(text));
  if (!match) return null;
  const [, sign = "", digits = "", suffix = ""] = match;
  if (/,/.test(digits) && !/^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(digits)) return null;
  const value = digits.replaceAll(",", "");
  if (unit === "ratio") return suffix === "%" && !sign ? fraction(`${value}%`) : null;
  if (suffix === "%" || (sign && !(signs[sign] ?? []).includes(currency))) return null;
  if (suffix === "원" && currency !== "KRW") return null;
  if ((sign || suffix === "원") && unit !== "money") return null;
  if (suffix === "점" && unit !== "points") return null;
  return new Big(value).toString();
}

/** How a target of each unit is written; for the message when it is not. */
export function exampleOf(unit: ValueUnit, currency: string): string {
  return {
    ratio: "350%",
    money: `12,000,000 (${currency})`,
    count: "1,200",
    seconds: "90",
    points: "40",
    position: "5",
  }[unit];
}

/** The currencies that write themselves with a sign. */
const signs: Readonly<Record<string, readonly string[]>> = {
  "₩": ["KRW"],
  $: ["USD", "CAD", "AUD", "SGD", "HKD", "NZD", "TWD", "MXN"],
  "€": ["EUR"],
  "£": ["GBP"],
  "¥": ["JPY", "CNY"],
};
