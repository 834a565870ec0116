declare module "svg-to-pdfkit" {
  /** Draws an SVG onto the document as vectors. */
  function draw(
    doc: PDFKit.PDFDocument,
    svg: string,
    x: number,
    y: number,
    options: { width: number; height: number; assumePt: boolean },
  ): void;
  export = draw;
}
