import type { Text } from "../transforms/metrics.ts";

/** `한빛커피` for both languages, or one each. */
export function textOf(label: string | Text): Text {
  return typeof label === "string" ? { ko: label, en: label } : label;
}
