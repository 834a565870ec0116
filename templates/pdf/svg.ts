import svgToPdf from "svg-to-pdfkit";

/** Draws a picture as vectors into a box whose ratio it has. Its letters must be outlines: no font is looked for. */
export function drawSvg(
  doc: PDFKit.PDFDocument,
  svg: string,
  x: number,
  y: number,
  size: { width: number; height: number },
): void {
  doc.save();
  svgToPdf(doc, sized(svg), x, y, { ...size, assumePt: true });
  doc.restore();
}

/** The root's own width and height would win over the box. */
function sized(svg: string): string {
  const root = /<svg\b[^>]*>/.exec(svg)?.[0] ?? "";
  if (!/\sviewBox=/.test(root)) return svg;
  return svg.replace(root, root.replace(/\s(width|height)=("[^"]*"|'[^']*')/g, ""));
}
