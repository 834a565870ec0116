import Big from "big.js";

/** Divisions keep thirty digits, far beyond what any reader sees. */
Big.DP = 30;

/** Digits after the point that the model keeps of a quotient; sums are exact and shorter. */
const kept = 17;

/** A value as the model holds it: a plain decimal string without exponent or trailing zeros, at most 17 decimals. */
export function decimalText(value: Big): string {
  const text = value.toFixed(kept, Big.roundHalfEven);
  const trimmed = text.replace(/\.?0+$/, "");
  return trimmed === "-0" || trimmed === "" ? "0" : trimmed;
}

export function textOrNull(value: Big | null): string | null {
  return value === null ? null : decimalText(value);
}
