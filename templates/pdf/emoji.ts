import { drawSvg } from "./svg.ts";

/**
 * Draws one twemoji picture as vectors, `size` points square from its top left.
 *
 * Nineteen in twenty of them are plain filled paths, circles and ellipses: those are drawn here, several times faster
 * than by a full SVG reader (3 ms each), which does the rest.
 */
export function drawEmoji(doc: PDFKit.PDFDocument, svg: string, x: number, y: number, size: number): void {
  const parts = partsOf(svg);
  if (!parts) {
    drawSvg(doc, svg, x, y, { width: size, height: size });
    return;
  }
  doc.save();
  doc.translate(x, y).scale(size / side);
  for (const part of parts) {
    if ("d" in part) doc.path(part.d);
    else doc.ellipse(part.cx, part.cy, part.rx, part.ry);
    doc.fill(part.fill);
  }
  doc.restore();
}

type Part = { fill: string } & ({ d: string } | { cx: number; cy: number; rx: number; ry: number });

/** Every twemoji picture is 36 by 36. */
const side = 36;
const parsed = new Map<string, Part[] | null>();

/** The picture's parts in order; null where it needs more than fills. */
function partsOf(svg: string): Part[] | null {
  let parts = parsed.get(svg);
  if (parts === undefined) {
    parts =
      svg.includes('viewBox="0 0 36 36"') && !/transform|opacity|clip|stroke|fill-rule/.test(svg) ? read(svg) : null;
    parsed.set(svg, parts);
  }
  return parts;
}

function read(svg: string): Part[] {
  const fills = ["#000000"]; // the innermost group's fill counts where a part has none
  const parts: Part[] = [];
  for (const [, closing, tag, text = ""] of svg.matchAll(/<(\/?)(svg|g|path|circle|ellipse)\b([^>]*)>/g)) {
    const attribute = (name: string) => text.match(new RegExp(`\\s${name}="([^"]*)"`))?.[1];
    const fill = attribute("fill") ?? fills.at(-1) ?? "#000000";
    const number = (name: string) => Number(attribute(name) ?? 0);
    if (closing) fills.pop();
    else if (tag === "svg" || tag === "g") fills.push(fill);
    else if (tag === "path") parts.push({ fill, d: attribute("d") ?? "" });
    else {
      const r = number("r"); // a circle's; an ellipse has two
      parts.push({ fill, cx: number("cx"), cy: number("cy"), rx: r || number("rx"), ry: r || number("ry") });
    }
  }
  return parts;
}
