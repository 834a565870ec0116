import PDFDocument from "pdfkit";
import type { Logo } from "../../transforms/theme.ts";
import { round, type Scene, type Shape, type TextShape } from "../chart/scene.ts";
import { advance, type Face, printable, runs, textWidth, type Weight } from "../fonts.ts";
import type { Page } from "../theme.ts";
import { drawEmoji } from "./emoji.ts";
import { drawSvg } from "./svg.ts";

/** How a text stands: `x` is its start, middle or end, `y` its baseline. */
export interface Placed {
  x: number;
  y: number;
  size: number;
  weight?: Weight;
  colour: string;
  anchor?: TextShape["anchor"];
}

/** What a screen reader is told an element is; the names are PDF's own. */
export type Tag =
  | "H1"
  | "H2"
  | "H3"
  | "P"
  | "L"
  | "LI"
  | "Table"
  | "TR"
  | "TH"
  | "TD"
  | "Figure"
  | "Link"
  | "Sect"
  | "Caption";

/** One PDF document as a surface: text in our fonts, scenes, boxes, and the tags around them. */
export interface Canvas {
  text(value: string, at: Placed): void;
  paint(scene: Scene, x: number, y: number): void;
  box(at: {
    x: number;
    y: number;
    width: number;
    height: number;
    fill?: string;
    stroke?: string;
    radius?: number;
  }): void;
  /** A logo as large as the box allows, at its start, middle or end, and in the middle of its height. */
  logo(logo: Logo, at: { x: number; y: number; width: number; height: number; anchor: TextShape["anchor"] }): void;
  rule(at: { x: number; y: number; width: number; colour: string; weight?: number }): void;
  /** A piece of content with its meaning; pieces do not nest. */
  tag(tag: Tag, draw: () => void, options?: TagOptions): void;
  /** An element that holds other elements and may go over several pages. */
  group(tag: Tag, draw: () => void, options?: TagOptions): void;
  /** Content that means nothing to a screen reader: rules, boxes, page numbers. */
  artifact(draw: () => void): void;
  link(url: string, text: string, at: Placed): void;
  outline(title: string, level: 1 | 2): void;
  addPage(): void;
  pageCount(): number;
  /** Draws onto every page once all are there. */
  onEveryPage(draw: (page: number, of: number) => void): void;
  end(): Promise<Buffer>;
}

export interface TagOptions {
  alt?: string;
  scope?: "Column" | "Row";
}

/** The two passwords of an encrypted document: with the owner's, everything may be done to it. */
export interface Lock {
  user: string;
  owner: string;
}

/** AES-256. Readers may print, copy and have it read aloud; they change nothing. */
function locked({ user, owner }: Lock) {
  return {
    pdfVersion: "1.7ext3",
    userPassword: user,
    ownerPassword: owner,
    permissions: { printing: "highResolution", copying: true, contentAccessibility: true },
  } as const;
}

/** Opens a document. Everything that could vary between two runs, the dates above all, comes in here. */
export function openCanvas(given: {
  page: Page;
  title: string;
  author: string;
  subject: string;
  /** Which report it is, for whoever sends it. */
  stamp: string;
  lang: string;
  date: Date;
  onMissing(character: string): void;
  lock?: Lock | undefined;
}): Canvas {
  const doc = new PDFDocument({
    size: [given.page.width, given.page.height],
    margin: 0,
    autoFirstPage: false,
    bufferPages: true,
    pdfVersion: "1.7",
    tagged: true,
    lang: given.lang,
    displayTitle: true,
    // The standard fonts are never used, and reading their metrics costs time: no default font.
    font: null as unknown as string,
    info: {
      Title: given.title,
      Author: given.author,
      Subject: given.subject,
      Keywords: given.stamp,
      Creator: "bogo",
      Producer: "bogo",
      CreationDate: given.date,
      ModDate: given.date,
    },
    ...(given.lock ? locked(given.lock) : {}),
  });
  const chunks: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    doc.on("data", (chunk: Buffer) => chunks.push(chunk));
    doc.on("end", () => resolve(Buffer.concat(chunks)));
    doc.on("error", reject);
  });
  const root = doc.struct("Document");
  doc.addStructure(root);
  const parents = [root];
  const parent = () => parents.at(-1) ?? root;
  const registered = new Set<string>();
  let inTag: PDFKit.PDFStructureElement | null = null;
  let chapter: PDFKit.PDFOutline | null = null;

  const useFace = (face: Face) => {
    if (!registered.has(face.id)) {
      // pdfkit takes any object with fontkit's interface; ours lays out text faster (see fonts.ts).
      doc.registerFont(face.id, pdfFont(face) as unknown as string);
      registered.add(face.id);
    }
    doc.font(face.id);
  };

  const write = (
    value: string,
    { x, y, size, weight = "regular", colour, anchor = "start" }: Placed,
    outline?: string,
  ) => {
    const clean = printable(value);
    const width = anchor === "start" ? 0 : textWidth(clean, size, weight);
    let at = x - (anchor === "middle" ? width / 2 : anchor === "end" ? width : 0);
    for (const run of runs(clean, weight, given.onMissing)) {
      if (run.kind === "emoji") emoji(run.text, run.svg, at, y, size);
      else {
        useFace(run.face);
        doc.fontSize(size).fillColor(colour);
        if (outline) doc.strokeColor(outline).lineWidth(2.4).lineJoin("round");
        doc.text(run.text, at, y, { lineBreak: false, baseline: "alphabetic", fill: true, stroke: Boolean(outline) });
      }
      at += advance(run) * size;
    }
  };

  /** The picture, and beneath it an invisible letter that carries the character for search, copying and readers. */
  const emoji = (character: string, svg: string, x: number, y: number, size: number) => {
    const [face] = runs("x", "regular");
    if (face?.kind === "text") {
      useFace(face.face);
      doc.save();
      // A reader looks for the character where the letter stands by the axes in force when the span ends: both in one.
      doc.transform(1, 0, 0, -1, 0, given.page.height);
      if (inTag) doc.markContent("Span", { actual: character });
      doc.addContent(invisible(doc, "x", x, given.page.height - y, size));
      if (inTag) doc.endMarkedContent();
      doc.restore();
    }
    drawEmoji(doc, svg, x, y - size * 0.86, size);
  };

  const shape = (given: Shape) => {
    switch (given.type) {
      case "path":
        doc.path(given.d).lineJoin("round").lineCap("butt");
        return ink(given);
      case "line":
        doc.moveTo(given.x1, given.y1).lineTo(given.x2, given.y2).lineCap("butt");
        return ink(given);
      case "rect":
        if (given.radius) doc.roundedRect(given.x, given.y, given.width, given.height, given.radius);
        else doc.rect(given.x, given.y, given.width, given.height);
        return ink(given);
      case "circle":
        doc.circle(given.x, given.y, given.r);
        return ink(given);
      case "text": {
        const at = { ...given, colour: given.fill };
        if (given.halo) write(given.text, at, given.halo);
        return write(given.text, at);
      }
    }
  };

  const ink = ({
    fill,
    stroke,
    width,
    dash,
  }: {
    fill?: string;
    stroke?: string;
    width?: number;
    dash?: readonly [number, number];
  }) => {
    if (!stroke) return void doc.fill(fill ?? "#000000");
    doc.lineWidth(width ?? 1);
    if (dash) doc.dash(dash[0], { space: dash[1] });
    if (fill) doc.fillAndStroke(fill, stroke);
    else doc.stroke(stroke);
    if (dash) doc.undash();
  };

  const canvas: Canvas = {
    text: write,
    paint(scene, x, y) {
      doc.save();
      doc.translate(x, y);
      for (const each of scene.shapes) shape(each);
      doc.restore();
    },
    box({ x, y, width, height, fill, stroke, radius }) {
      if (radius) doc.roundedRect(x, y, width, height, radius);
      else doc.rect(x, y, width, height);
      ink({ fill, stroke, width: 0.75 });
    },
    logo(logo, { x, y, width: most, height: tall, anchor }) {
      const scale = Math.min(most / logo.width, tall / logo.height);
      const [width, height] = [logo.width * scale, logo.height * scale];
      const left = x + (most - width) * { start: 0, middle: 0.5, end: 1 }[anchor];
      const top = y + (tall - height) / 2;
      if (logo.type === "png") doc.image(Buffer.from(logo.bytes), left, top, { width, height });
      else drawSvg(doc, new TextDecoder().decode(logo.bytes), left, top, { width, height });
    },
    rule({ x, y, width, colour, weight = 0.5 }) {
      doc
        .moveTo(x, y)
        .lineTo(x + width, y)
        .lineWidth(weight)
        .stroke(colour);
    },
    tag(tag, draw, options = {}) {
      const element = doc.struct(tag, options);
      parent().add(element);
      element.add(doc.markStructureContent(tag));
      inTag = element;
      draw();
      inTag = null;
      doc.endMarkedContent();
      element.end();
    },
    group(tag, draw, options = {}) {
      const element = doc.struct(tag, options);
      parent().add(element);
      parents.push(element);
      draw();
      parents.pop();
      element.end();
    },
    artifact(draw) {
      doc.markContent("Artifact", { type: "Layout" });
      draw();
      doc.endMarkedContent();
    },
    link(url, text, at) {
      const element = doc.struct("Link", { alt: text });
      parent().add(element);
      element.add(doc.markStructureContent("Link"));
      write(text, at);
      doc.endMarkedContent();
      const width = textWidth(printable(text), at.size, at.weight ?? "regular");
      doc.link(at.x, at.y - at.size, width, at.size * 1.3, url, {
        structParent: element,
      } as PDFKit.Mixins.AnnotationOption);
      element.end();
    },
    outline(title, level) {
      if (level === 1 || !chapter) chapter = doc.outline.addItem(printable(title), { expanded: true });
      else chapter.addItem(printable(title));
    },
    addPage() {
      doc.addPage();
    },
    pageCount: () => doc.bufferedPageRange().count,
    onEveryPage(draw) {
      const { count } = doc.bufferedPageRange();
      for (let at = 0; at < count; at++) {
        doc.switchToPage(at);
        draw(at + 1, count);
      }
    },
    end() {
      root.end();
      doc.end();
      return done;
    },
  };
  return canvas;
}

/** A letter that is read and not seen. pdfkit's own `text` would set axes of its own around it. */
function invisible(doc: PDFKit.PDFDocument, letter: string, x: number, y: number, size: number): string {
  const { _font: font, page } = doc as unknown as {
    _font: { id: string; ref(): unknown; encode(text: string): [string[], unknown] };
    page: { fonts: Record<string, unknown> };
  };
  page.fonts[font.id] ??= font.ref();
  const [codes] = font.encode(letter);
  return `BT 1 0 0 1 ${round(x)} ${round(y)} Tm /${font.id} ${size} Tf 3 Tr <${codes.join("")}> Tj 0 Tr ET`;
}

/** The shared font with our layout in place of fontkit's; positions are fresh each time, as pdfkit scales them in place. */
function pdfFont(face: Face): object {
  return Object.create(face.font, { layout: { value: face.layout } });
}
