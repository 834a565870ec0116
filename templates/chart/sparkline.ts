import { theme as standard, type Theme } from "../theme.ts";
import { round, type Scene, type Shape } from "./scene.ts";

/** A line the size of a word, its last point marked; from its own lowest to its highest value. Null leaves a gap. */
export function sparkline(
  { values, width, height }: { values: readonly (number | null)[]; width: number; height: number },
  { colours }: Theme = standard,
): Scene {
  const known = values.filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const pad = 2.5;
  const x = (at: number) => round(pad + (at * (width - pad * 2)) / Math.max(1, values.length - 1));
  const y = (value: number) =>
    round(high === low ? height / 2 : pad + ((high - value) / (high - low)) * (height - pad * 2));
  const d = values
    .map((value, at) => (value === null ? "" : `${(values[at - 1] ?? null) === null ? "M" : "L"}${x(at)} ${y(value)}`))
    .join("");
  const shapes: Shape[] = d ? [{ type: "path", d, stroke: colours.faint, width: 1 }] : [];
  const last = values.at(-1) ?? null;
  if (last !== null) {
    shapes.push({ type: "circle", x: x(values.length - 1), y: y(last), r: 1.8, fill: colours.accent });
  }
  return { width, height, alt: "", shapes };
}
