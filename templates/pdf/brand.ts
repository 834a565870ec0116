import type { Logo } from "../../transforms/theme.ts";
import { clipped, type Weight } from "../fonts.ts";
import type { Canvas } from "./canvas.ts";

/** A name, by its logo where there is one; a logo that is a mark without letters has the name beside it. */
export function brand(
  canvas: Canvas,
  { name, logo }: { name: string; logo: Logo | null },
  {
    x,
    y,
    width,
    height,
    anchor,
    size,
    colour,
    weight = "semibold",
  }: {
    /** The edge at which it starts or, for `end`, ends. */
    x: number;
    y: number;
    width: number;
    height: number;
    anchor: "start" | "end";
    size: number;
    colour: string;
    weight?: Weight;
  },
): void {
  const isMark = logo !== null && logo.width / logo.height < 1.6;
  const drawn = logo ? Math.min(width, (height * logo.width) / logo.height) : 0;
  const start = anchor === "start";
  if (logo) {
    const box = { x: start ? x : x - drawn, y, width: drawn, height, anchor };
    canvas.tag("Figure", () => canvas.logo(logo, box), { alt: name });
    if (!isMark) return;
  }
  const beside = logo ? drawn + 8 : 0;
  canvas.tag("P", () =>
    canvas.text(clipped(name, width - beside, size, weight), {
      x: start ? x + beside : x - beside,
      y: y + height / 2 + size * 0.36,
      size,
      weight,
      colour,
      anchor,
    }),
  );
}
