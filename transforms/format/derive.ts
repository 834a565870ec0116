import { type MetricId, metrics } from "../metrics.ts";

/** The metrics and helpers that a `derive` expression speaks of. */
export function wordsOf(text: string): string[] {
  return [...text.matchAll(/[a-z_]+(?![a-z_]*\()/gu)].map((found) => found[0]);
}

/** Whether the text is words, numbers and sums joined by `+ - *`, brackets allowed: nothing else reaches SQL. */
export function isDerivation(text: string): boolean {
  const operand = "\\s*\\(*\\s*(?:[a-z_]+|\\d+(?:\\.\\d+)?)\\s*\\)*\\s*";
  return new RegExp(`^${operand}(?:[-+*]${operand})*$`, "u").test(text.replace(sum, "word"));
}

/**
 * SQL for a derived metric, in its own type. An unknown operand makes it unknown, but `sum(likes, saves)` adds what is
 * known: a story has no saves, and still has its likes. What does not fit is unknown, too.
 */
export function deriveSql(text: string, id: MetricId): string {
  const { scale } = metrics[id];
  const quoted = text
    .replace(/[a-z_]+(?![a-z_]*\()/gu, (word) => `"${word}"`)
    .replace(/\bsum\(([^()]+)\)/gu, (_, list: string) => {
      const parts = list.split(",").map((part) => part.trim());
      return `CASE WHEN coalesce(${parts.join(", ")}) IS NOT NULL THEN ${parts.map((part) => `coalesce(${part}, 0)`).join(" + ")} END`;
    });
  const size = quoted.replace(/"[a-z_]+"/gu, (word) => `abs(CAST(${word} AS DOUBLE))`).replaceAll("-", "+");
  const [type, limit] = scale === 0 ? ["BIGINT", "9e18"] : [`DECIMAL(38,${scale})`, "1e20"];
  return `CASE WHEN ${size} < ${limit} THEN CAST(${quoted} AS ${type}) END`;
}

const sum = /\bsum\(\s*[a-z_]+(?:\s*,\s*[a-z_]+)*\s*\)/gu;
