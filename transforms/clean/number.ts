import Big from "big.js";
import type { Column, NumberStyle } from "../format/format.ts";
import { literal } from "./text.ts";

export type NumberRule = Pick<Column, "take" | "times" | "unit"> & { style: NumberStyle; scale: 0 | 6 | 17 };

/** A type that holds nearly every sum of money in a quarter of the time and space of the wide ones. */
export const narrowDecimal = "DECIMAL(18,6)";

/** What stands in place of a cell that is no number, or too long for the narrow type, until the file is read again. */
export const notRead = { count: "-9223372036854775808", fraction: "-999999999999.999999" };

/** SQL: a wide number in the narrow type; null where that cannot hold it to the last digit. */
export function narrowedSql(value: string, wide: string): string {
  return `CASE WHEN CAST(try_cast(${value} AS ${narrowDecimal}) AS ${wide}) = ${value} THEN try_cast(${value} AS ${narrowDecimal}) END`;
}

/**
 * SQL: a cell's number in the type of its scale, or the narrow one; null where it is not one or does not fit.
 *
 * Most cells are plain and take a short way: a count is right when it prints as it was written, which refuses what the
 * engine's cast would let pass (`1.5` rounded, `1_000`, `0x1F`); a fraction when it has few digits. The rest goes through one expression that has to fit the whole text.
 */
export function numberSql(cell: string, { style, scale, take, times, unit }: NumberRule, narrow = false): string {
  const type = scale === 0 ? "BIGINT" : `DECIMAL(38,${scale})`;
  const fitted = (value: string) => (narrow && scale > 0 ? letSql("w", value, narrowedSql("w", type)) : value);
  if (unit === "duration") return fitted(durationSql(cell, scale));
  const text = take ? `regexp_extract(${cell}, ${literal(take)}, 1)` : cell;
  const careful = fitted(`try_cast(${carefulSql(text, { style, scale, times, unit })} AS ${type})`);
  if (take || times || unit || style.decimal !== ".") return careful;
  const cast = (number: string) => {
    if (scale === 0) return `CAST(${number} AS BIGINT)`;
    return narrow ? `CAST(${number} AS ${narrowDecimal})` : `CAST(CAST(${number} AS ${narrowDecimal}) AS ${type})`;
  };
  const fraction = scale === 0 ? "" : "([.][0-9]{1,6})?";
  const short = [
    scale === 0
      ? `WHEN CAST(try_cast(${text} AS BIGINT) AS VARCHAR) = ${text}`
      : `WHEN regexp_full_match(${text}, '-?[0-9]{1,12}${fraction}')`,
    `THEN ${cast(text)}`,
    ...(style.thousands === ","
      ? [
          `WHEN regexp_full_match(${text}, '-?[0-9]{1,3}(,[0-9]{3}){1,3}${fraction}') THEN ${cast(`replace(${text}, ',', '')`)}`,
        ]
      : []),
  ];
  return `CASE ${short.join(" ")} ELSE ${careful} END`;
}

/**
 * SQL: plain decimal text as DECIMAL(38,17). The engine's cast to so wide a type takes 150 times that to a narrow one, so
 * what fits the narrow one exactly goes through it.
 */
function decimalSql(text: string): string {
  const short = "regexp_extract(d, '^[0-9]{1,12}(?:[.][0-9]{1,6})?$')";
  return letSql(
    "d",
    text,
    `coalesce(CAST(try_cast(${short} AS ${narrowDecimal}) AS DECIMAL(38,17)), try_cast(d AS DECIMAL(38,17)))`,
  );
}

/** SQL: an expression with a name for a value that stands in it several times: planning it costs more than a small file's rows. */
const letSql = (name: string, value: string, expression: string): string =>
  `list_transform([${value}], lambda ${name}: ${expression})[1]`;

/** The same number as exact decimal text, for checking the SQL and for what is read outside it. */
export function readNumber(text: string, { style, scale, take, times, unit }: NumberRule): string | null {
  const part = take ? (new RegExp(take, "u").exec(text)?.[1] ?? "") : text;
  if (unit === "duration") return readDuration(part);
  const bare = part.replace(/^[ \t\u00A0]+|[ \t\u00A0]+$/gu, "");
  const digits = new RegExp(grammar(style, scale === 0), "u").exec(bare)?.[1];
  if (digits === undefined) return null;
  const joined = [...digits].filter((each) => !separators[style.thousands].includes(each)).join("");
  let value = new Big(style.decimal === "," ? joined.replace(",", ".") : joined);
  if (isNegative(bare)) value = value.times(-1);
  if (unit === "percent") value = value.div(100);
  if (times) value = value.times(times);
  return value.round(17, Big.roundHalfUp).round(scale, Big.roundHalfUp).toFixed();
}

/** A minus, or brackets as bookkeepers write it; the minus of an exponent is none. */
const isNegative = (text: string): boolean => text.startsWith("(") || text.replace(/e-/iu, "").includes("-");

/**
 * A whole cell: brackets or a minus, a currency's sign or code on either side, and in between digits, in groups of
 * three or not at all, a fraction, and a small exponent, as fractions are printed with. A count may have a fraction
 * of zeros only. `1.2E+17`, an id or a sum that a spreadsheet has destroyed, is no number; nor is a fraction of more
 * than 15 digits before its point, which no export holds and whose sums and products would not fit the widest type.
 */
function grammar({ thousands, decimal }: NumberStyle, whole: boolean): string {
  const point = decimal === "." ? "[.]" : ",";
  const fraction = whole ? `(?:${point}0+)?` : `(?:${point}[0-9]+)?`;
  const [groups, length] = whole ? ["+", "[0-9]+"] : ["{1,4}", "0*[0-9]{1,15}"];
  const grouped = thousands === "" ? "" : `[0-9]{1,3}(?:[${separators[thousands]}][0-9]{3})${groups}${fraction}|`;
  const digits = `(${grouped}${length}${fraction}${whole ? "" : "(?:[eE]-0?[0-9])?"})`;
  const sign = "(?:[A-Z]{0,3}[$₩€£¥₹₫฿₱]|[A-Z]{3})[ \u00A0]?";
  return `^(?:[-(] ?(?:${sign})?|${sign}-?)?${digits} ?(?:%|원|[A-Z]{3})?[)]?$`;
}

const separators: Readonly<Record<NumberStyle["thousands"], string>> = {
  ",": ",",
  ".": ".",
  " ": " \u00A0\u202F",
  "": "",
};

function carefulSql(cell: string, { style, scale, times, unit }: Omit<NumberRule, "take">): string {
  const digits = `regexp_extract(b, ${literal(grammar(style, scale === 0))}, 1)`;
  const joined = style.thousands === "" ? digits : `translate(${digits}, ${literal(separators[style.thousands])}, '')`;
  const pointed = style.decimal === "," ? `replace(${joined}, ',', '.')` : joined;
  const isCount = scale === 0 && !times && unit === undefined;
  const value = isCount ? `try_cast(split_part(${pointed}, '.', 1) AS BIGINT)` : decimalSql(pointed);
  const minus = "starts_with(b, '(') OR contains(replace(lower(b), 'e-', ''), '-')";
  const signed = `((${value}) * CASE WHEN ${minus} THEN -1 ELSE 1 END)`;
  const factor = unit === "percent" ? "0.01" : times;
  const number = factor ? `(${signed} * CAST(${factor} AS DECIMAL(18,${factor.split(".")[1]?.length ?? 0})))` : signed;
  return letSql("b", `trim(${cell}, ' ' || chr(9) || chr(160))`, number);
}

/** `0:16:02` or `16:02` as seconds. */
function readDuration(text: string): string | null {
  const found = /^\s*(?:(\d+):)?(\d{1,2}):(\d{2})\s*$/u.exec(text);
  if (!found) return null;
  return String(Number(found[1] ?? 0) * 3600 + Number(found[2]) * 60 + Number(found[3]));
}

function durationSql(cell: string, scale: number): string {
  const pattern = literal("^\\s*(?:(\\d+):)?(\\d{1,2}):(\\d{2})\\s*$");
  const part = (index: number) =>
    `coalesce(try_cast(nullif(regexp_extract(${cell}, ${pattern}, ${index}), '') AS BIGINT), 0)`;
  const type = scale === 0 ? "BIGINT" : `DECIMAL(38,${scale})`;
  return `CASE WHEN regexp_matches(${cell}, ${pattern}) THEN CAST(${part(1)} * 3600 + ${part(2)} * 60 + ${part(3)} AS ${type}) END`;
}
