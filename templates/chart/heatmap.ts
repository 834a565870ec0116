import { theme as standard, type Theme } from "../theme.ts";
import { round, type Scene, type Shape } from "./scene.ts";

export interface HeatmapChart {
  width: number;
  alt: string;
  /** Rows, top first. */
  rows: readonly string[];
  columns: readonly string[];
  cells: readonly (readonly (number | null)[])[];
  /** What the lightest and the darkest cell stand for, as printed. */
  scale: { low: string; high: string };
}

/** A grid of one hue that darkens with the value; a cell nobody knows is crossed out, not pale. */
export function heatmap(
  { width, alt, rows, columns, cells, scale }: HeatmapChart,
  { colours }: Theme = standard,
): Scene {
  const left = 30;
  const gap = 1.5;
  const cell = (width - left) / columns.length;
  const tall = Math.min(cell, 16);
  const top = 14;
  const known = cells.flat().filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const label = (x: number, y: number, text: string, anchor: "start" | "middle" | "end"): Shape => ({
    type: "text",
    x: round(x),
    y: round(y),
    text,
    size: 7.5,
    weight: "regular",
    fill: colours.muted,
    anchor,
  });
  const shapes: Shape[] = columns.map((name, at) => label(left + at * cell + cell / 2, 9, name, "middle"));
  rows.forEach((name, row) => {
    const y = top + row * tall;
    shapes.push(label(left - 8, y + tall / 2 + 2.6, name, "end"));
    columns.forEach((_, column) => {
      const value = cells[row]?.[column] ?? null;
      const x = left + column * cell;
      const box = { x: round(x + gap / 2), y: round(y + gap / 2), width: round(cell - gap), height: round(tall - gap) };
      const share = value === null ? 0 : high === low ? 0.5 : (value - low) / (high - low);
      shapes.push({
        type: "rect",
        ...box,
        radius: 1.5,
        fill: value === null ? colours.panel : blend(colours.accentFaint, colours.accent, share),
      });
      if (value === null) {
        const [x1, y1] = [box.x + box.width / 2 - 2, box.y + box.height / 2 + 2];
        shapes.push({
          type: "line",
          x1: round(x1),
          y1: round(y1),
          x2: round(x1 + 4),
          y2: round(y1 - 4),
          stroke: colours.faint,
          width: 0.6,
        });
      }
    });
  });
  const height = top + rows.length * tall + 20;
  shapes.push(...key({ x: left, y: height - 11, scale, theme: colours }));
  return { width, height, alt, shapes };
}

function key({
  x,
  y,
  scale,
  theme,
}: {
  x: number;
  y: number;
  scale: HeatmapChart["scale"];
  theme: Theme["colours"];
}): Shape[] {
  const steps = 5;
  const words = (at: number, text: string, anchor: "start" | "end" = "start"): Shape => ({
    type: "text",
    x: round(at),
    y: y + 7,
    text,
    size: 7.5,
    weight: "regular",
    fill: theme.muted,
    anchor,
  });
  const from = x + 4 + scale.low.length * 4.6;
  return [
    words(from - 5, scale.low, "end"),
    ...Array.from(
      { length: steps },
      (_, at): Shape => ({
        type: "rect",
        x: round(from + at * 14),
        y,
        width: 13,
        height: 8,
        radius: 1,
        fill: blend(theme.accentFaint, theme.accent, at / (steps - 1)),
      }),
    ),
    words(from + steps * 14 + 5, scale.high),
  ];
}

/** A colour between two, by share 0–1. */
function blend(from: string, to: string, share: number): string {
  const channel = (colour: string, at: number) => Number.parseInt(colour.slice(1 + at * 2, 3 + at * 2), 16);
  const mixed = [0, 1, 2].map((at) => Math.round(channel(from, at) + (channel(to, at) - channel(from, at)) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}
