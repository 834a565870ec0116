import type { Glyph } from "fontkit";
import { emojiAdvance, printable, runs, textWidth } from "../fonts.ts";
import type { Scene, Shape, TextShape } from "./scene.ts";

/**
 * The scene as SVG. Letters are outlines of our own fonts, so that no reader of the file needs a font, and widths are
 * exactly those the layout was computed with.
 */
export function sceneSvg({ width, height, alt, shapes }: Scene, background = "#ffffff"): string {
  const body = shapes.map(element).join("");
  const label = alt ? ` role="img" aria-label="${escaped(alt)}"` : "";
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"${label}><rect width="100%" height="100%" fill="${background}"/>${body}</svg>`;
}

function element(shape: Shape): string {
  switch (shape.type) {
    case "path":
      return `<path d="${shape.d}" fill="${shape.fill ?? "none"}"${stroke(shape)} stroke-linejoin="round"/>`;
    case "line":
      return `<line x1="${shape.x1}" y1="${shape.y1}" x2="${shape.x2}" y2="${shape.y2}"${stroke(shape)}/>`;
    case "rect":
      return `<rect x="${shape.x}" y="${shape.y}" width="${shape.width}" height="${shape.height}" fill="${shape.fill}"${shape.radius ? ` rx="${shape.radius}"` : ""}/>`;
    case "circle":
      return `<circle cx="${shape.x}" cy="${shape.y}" r="${shape.r}" fill="${shape.fill}"${stroke(shape)}/>`;
    case "text":
      return outlines(shape);
  }
}

function stroke({
  stroke: colour,
  width,
  dash,
}: {
  stroke?: string;
  width?: number;
  dash?: readonly number[];
}): string {
  if (!colour) return "";
  return ` stroke="${colour}" stroke-width="${width ?? 1}"${dash ? ` stroke-dasharray="${dash.join(" ")}"` : ""}`;
}

function outlines({ x, y, text, size, weight, fill, anchor, halo }: TextShape): string {
  const clean = printable(text);
  const width = textWidth(clean, size, weight);
  let at = x - (anchor === "middle" ? width / 2 : anchor === "end" ? width : 0);
  let letters = "";
  for (const run of runs(clean, weight)) {
    if (run.kind === "emoji") {
      at += emojiAdvance * size; // chart labels leave emoji out, as a picture among outlines would need its own layer
      continue;
    }
    const scale = size / run.face.font.unitsPerEm;
    const { glyphs, positions } = run.face.layout(run.text);
    glyphs.forEach((glyph, index) => {
      const d = outline(glyph);
      if (d)
        letters += `<path transform="matrix(${fixed(scale)} 0 0 ${fixed(-scale)} ${fixed(at)} ${fixed(y)})" d="${d}"/>`;
      at += (positions[index]?.xAdvance ?? 0) * scale;
    });
  }
  const around = halo
    ? `<g fill="${halo}" stroke="${halo}" stroke-width="300" stroke-linejoin="round">${letters}</g>`
    : "";
  return `${around}<g fill="${fill}">${letters}</g>`;
}

/** Fontkit builds a glyph's path anew each time, at 1 ms for a syllable. */
function outline(glyph: Glyph): string {
  let d = outlined.get(glyph);
  if (d === undefined) {
    d = glyph.path.toSVG();
    outlined.set(glyph, d);
  }
  return d;
}

const outlined = new WeakMap<Glyph, string>();
const fixed = (value: number): number => Math.round(value * 1e5) / 1e5;
const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[character] ?? "");
