import { clipped, textWidth, type Weight } from "../../fonts.ts";
import type { Flow } from "../flow.ts";

/** A text in a room of its own: smaller type first, an ellipsis only where that is not enough. Returns its width. */
export function inRoom(
  { canvas }: Flow,
  text: string,
  at: {
    x: number;
    y: number;
    width: number;
    size: number;
    least?: number;
    weight?: Weight;
    colour: string;
    anchor?: "start" | "middle" | "end";
  },
): number {
  const { width, size, least = 6, weight = "regular" } = at;
  const natural = Math.max(1, textWidth(text, size, weight));
  const points = Math.max(least, Math.min(size, (size * width) / natural));
  const shown = clipped(text, width + 0.5, points, weight);
  canvas.text(shown, { x: at.x, y: at.y, size: points, weight, colour: at.colour, anchor: at.anchor });
  return textWidth(shown, points, weight);
}
