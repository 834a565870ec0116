import { Resvg } from "@resvg/resvg-js";
import { contrast } from "../transforms/colour.ts";
import type { Logo } from "../transforms/theme.ts";

/**
 * How clearly a logo stands out from a ground: the contrast that its clearest tenth reaches, by which it is recognised.
 * Fine lines and tints may be fainter.
 */
export function logoContrast(logo: Logo, ground: string): number {
  const { pixels, width, height } = new Resvg(asSvg(logo), {
    font: { loadSystemFonts: false },
    fitTo: { mode: "width", value: 120 },
  }).render();
  const found = new Map<string, number>();
  let opaque = 0;
  for (let at = 0; at < width * height * 4; at += 4) {
    if ((pixels[at + 3] ?? 0) < 128) continue;
    const colour = `#${pixels.subarray(at, at + 3).toString("hex")}`;
    found.set(colour, (found.get(colour) ?? 0) + 1);
    opaque++;
  }
  const clearest = [...found].map(([colour, count]) => ({ ratio: contrast(colour, ground), count }));
  clearest.sort((a, b) => b.ratio - a.ratio);
  let left = opaque / 10;
  for (const { ratio, count } of clearest) {
    left -= count;
    if (left <= 0) return ratio;
  }
  return 1;
}

/** A PNG inside an SVG, so that one renderer reads both. */
function asSvg({ type, bytes, width, height }: Logo): string {
  if (type === "svg") return new TextDecoder().decode(bytes);
  const data = Buffer.from(bytes).toString("base64");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><image width="${width}" height="${height}" href="data:image/png;base64,${data}"/></svg>`;
}
