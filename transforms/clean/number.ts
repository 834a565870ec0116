import Big from "big.js";
import type { Column, NumberStyle } from "../format/format.ts";
import { literal } from "./text.ts";

export type NumberRule = Pick<Column, "take" | "times" | "unit"> & { style: NumberStyle; scale: 0 | 6 | 17 };

/**
 * SQL: a cell's number in the type of its scale; null where it is not one.
 *
 * Most cells are plain, so they take a short way: a count is right when it prints as it was written, which refuses
 * what the engine's cast would let pass (`1.5` rounded, `1_000`, `0x1F`). The rest goes through one expression that
 * checks the whole text.
 */
export function numberSql(cell: string, { style, scale, take, times, unit }: NumberRule): string {
  if (unit === "duration") return durationSql(cell, scale);
  const text = take ? `regexp_extract(${cell}, ${literal(take)}, 1)` : cell;
  const special = take || times || unit || style.decimal !== ".";
  const careful = carefulSql(text, { style, scale, times, unit });
  if (scale === 0) {
    const whole = `CAST(${careful} AS BIGINT)`;
    return special ? whole : `CASE WHEN CAST(try_cast(${text} AS BIGINT) AS VARCHAR) = ${text} THEN CAST(${text} AS BIGINT) ELSE ${whole} END`;
  }
  const type = `DECIMAL(38,${scale})`;
  if (special) return `CAST(${careful} AS ${type})`;
  return `CASE WHEN regexp_full_match(${text}, '-?[0-9]{1,17}([.][0-9]{1,${scale}})?') THEN CAST(${text} AS ${type}) ELSE CAST(${careful} AS ${type}) END`;
}

/** The same number as exact decimal text, for what is read outside SQL and for checking the SQL in tests. */
export function readNumber(text: string, { style, scale, take, times, unit }: NumberRule): string | null {
  const part = take ? (new RegExp(take, "u").exec(text)?.[1] ?? "") : text;
  if (unit === "duration") return readDuration(part);
  const bare = part.replace(/^[\s\u00A0]+|[\s\u00A0]+$/gu, "");
  const negative = /^\(.*\)$/u.test(bare);
  const signed = bare.replace(/^\(|\)$/gu, "").replace(new RegExp(sign, "u"), "$1").replace(/\s?%$/u, "").replace(/\s?(원|[A-Z]{3})$/u, "");
  if (!new RegExp(`^(?:${grammar(style, scale === 0)})$`, "u").test(signed)) return null;
  let value = new Big(plain(signed, style));
  if (negative) value = value.times(-1);
  if (unit === "percent") value = value.div(100);
  if (times) value = value.times(times);
  return value.round(17, Big.roundHalfUp).round(scale, Big.roundHalfUp).toFixed();
}

/**
 * Digits, in groups of three or not at all, a fraction, and the exponent that long fractions are printed with. A count
 * may have a fraction of zeros only. `1.2E+17`, an id or a sum that a spreadsheet has destroyed, is no number.
 */
function grammar({ thousands, decimal }: NumberStyle, whole: boolean): string {
  const point = decimal === "." ? "[.]" : ",";
  const fraction = whole ? `(?:${point}0{1,17})?` : `(?:${point}[0-9]+)?`;
  const plainForm = `-?[0-9]{1,18}${fraction}${whole ? "" : "(?:[eE]-[0-9]{1,2})?"}`;
  return thousands === "" ? plainForm : `${plainForm}|-?[0-9]{1,3}(?:${group(thousands)}[0-9]{3}){1,6}${fraction}`;
}

const group = (thousands: NumberStyle["thousands"]) => (thousands === " " ? "[ \u00A0\u202F]" : thousands === "." ? "[.]" : ",");
/** A currency's sign or code before the digits, on either side of the minus. */
const sign = "^(-?)[ ]?(?:[A-Z]{1,3}[$]|[$₩€£¥₹₫฿₱]|[A-Z]{3})[ \u00A0]?(?=-?[0-9])";

function plain(text: string, { thousands, decimal }: NumberStyle): string {
  const joined = thousands === "" ? text : text.replaceAll(new RegExp(group(thousands), "gu"), "");
  return decimal === "," ? joined.replace(",", ".") : joined;
}

function carefulSql(cell: string, { style, scale, times, unit }: Omit<NumberRule, "take">): string {
  const bare = `trim(${cell}, ' ' || chr(9) || chr(160))`;
  // RE2 has no look-ahead: the digit after the sign is matched and put back.
  const signed = `regexp_replace(regexp_replace(regexp_replace(${bare}, '^\\(|\\)$', '', 'g'), '^(-?) ?(?:[A-Z]{1,3}[$]|[$₩€£¥₹₫฿₱]|[A-Z]{3})[ \u00A0]?(-?[0-9])', '\\1\\2'), ' ?%$| ?(원|[A-Z]{3})$', '')`;
  const joined = style.thousands === "" ? signed : `regexp_replace(${signed}, ${literal(group(style.thousands))}, '', 'g')`;
  const pointed = style.decimal === "," ? `replace(${joined}, ',', '.')` : joined;
  const value = `try_cast(${pointed} AS DECIMAL(38,17))`;
  const signedValue = `CASE WHEN starts_with(${bare}, '(') AND ends_with(${bare}, ')') THEN -${value} ELSE ${value} END`;
  const factor = unit === "percent" ? "0.01" : times;
  const scaled = factor ? `CAST((${signedValue}) * CAST(${factor} AS DECIMAL(18,${factor.split(".")[1]?.length ?? 0})) AS DECIMAL(38,17))` : signedValue;
  return `(CASE WHEN regexp_full_match(${signed}, ${literal(grammar(style, scale === 0))}) THEN ${scaled} END)`;
}

/** `0:16:02` or `16:02` as seconds. */
function readDuration(text: string): string | null {
  const found = /^\s*(?:(\d+):)?(\d{1,2}):(\d{2})\s*$/u.exec(text);
  if (!found) return null;
  return String(Number(found[1] ?? 0) * 3600 + Number(found[2]) * 60 + Number(found[3]));
}

function durationSql(cell: string, scale: number): string {
  const pattern = literal("^\\s*(?:(\\d+):)?(\\d{1,2}):(\\d{2})\\s*$");
  const part = (index: number) => `coalesce(try_cast(nullif(regexp_extract(${cell}, ${pattern}, ${index}), '') AS BIGINT), 0)`;
  const type = scale === 0 ? "BIGINT" : `DECIMAL(38,${scale})`;
  return `CASE WHEN regexp_matches(${cell}, ${pattern}) THEN CAST(${part(1)} * 3600 + ${part(2)} * 60 + ${part(3)} AS ${type}) END`;
}
