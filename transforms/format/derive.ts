import { type MetricId, metrics } from "../metrics.ts";

/** The metrics and helpers that a `derive` expression speaks of. */
export function wordsOf(text: string): string[] {
  return [...text.matchAll(/[a-z_]+/gu)].map((found) => found[0]);
}

/** Whether the text is words and numbers joined by `+ - *`, brackets allowed: nothing else reaches SQL. */
export function isDerivation(text: string): boolean {
  const operand = "\\s*\\(*\\s*(?:[a-z_]+|\\d+(?:\\.\\d+)?)\\s*\\)*\\s*";
  return new RegExp(`^${operand}(?:[-+*]${operand})*$`, "u").test(text);
}

/** SQL for a derived metric, in its own type. An unknown operand makes it unknown. */
export function deriveSql(text: string, id: MetricId): string {
  const { scale } = metrics[id];
  const quoted = text.replace(/[a-z_]+/gu, (word) => `"${word}"`);
  return `CAST(${quoted} AS ${scale === 0 ? "BIGINT" : `DECIMAL(38,${scale})`})`;
}
