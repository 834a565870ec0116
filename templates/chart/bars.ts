import { clipped, textWidth, type Weight } from "../fonts.ts";
import { theme as standard, type Theme } from "../theme.ts";
import { round, type Scene, type Shape, type TextShape } from "./scene.ts";

export interface Bar {
  label: string;
  value: number | null;
  /** As printed at the bar's end. */
  text: string;
  tone?: "good" | "bad" | "neutral";
}

/** Bars from one zero line, names left and values at the ends; negative bars grow to the left. */
export function barList(
  { bars, width, alt, rowHeight = 18 }: { bars: readonly Bar[]; width: number; alt: string; rowHeight?: number },
  { colours }: Theme = standard,
): Scene {
  const size = 8.5;
  const names = Math.min(width * 0.42, Math.max(0, ...bars.map(({ label }) => textWidth(label, size, "regular"))) + 12);
  const ends = Math.max(0, ...bars.map(({ text }) => textWidth(text, size, "semibold"))) + 6;
  const values = bars.map(({ value }) => value ?? 0);
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const room = width - names - ends - (low < 0 ? ends : 0);
  const unit = room / (high - low || 1);
  const zero = names + (low < 0 ? ends : 0) - low * unit;
  const fills = { good: colours.good, bad: colours.bad, neutral: colours.accent };

  const shapes = bars.flatMap(({ label, value, text, tone = "neutral" }, at): Shape[] => {
    const middle = at * rowHeight + rowHeight / 2;
    const base = round(middle + size * 0.36);
    const length = (value ?? 0) * unit;
    const [from, to] = length < 0 ? [zero + length, zero] : [zero, zero + length];
    const negative = length < 0;
    const end: TextShape = {
      ...words(negative ? from - 4 : to + 4, base, text, size, "semibold", colours.text),
      anchor: negative ? "end" : "start",
    };
    return [
      words(0, base, clipped(label, names - 8, size), size, "regular", colours.text),
      ...(value
        ? [
            {
              type: "rect" as const,
              x: round(from),
              y: round(middle - 5),
              width: round(Math.max(0.75, to - from)),
              height: 10,
              fill: fills[tone],
              radius: 1,
            },
          ]
        : []),
      end,
    ];
  });
  const height = bars.length * rowHeight;
  shapes.push({
    type: "line",
    x1: round(zero),
    x2: round(zero),
    y1: 0,
    y2: height,
    stroke: colours.faint,
    width: 0.75,
  });
  return { width, height, alt, shapes };
}

function words(x: number, y: number, text: string, size: number, weight: Weight, fill: string): TextShape {
  return { type: "text", x: round(x), y, text, size, weight, fill, anchor: "start" };
}
