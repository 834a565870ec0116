import { crc32, inflateSync } from "node:zlib";
import { DOMParser, type Element, type Node } from "@xmldom/xmldom";
import type { ProblemCode } from "../transforms/problem.ts";
import type { Logo } from "../transforms/theme.ts";

type Refused = { code: ProblemCode; facts: Record<string, string | number> };

/** A logo's file may have this many bytes, a PNG this many pixels a side, an SVG this many elements. */
export const LOGO_BYTES = 512 * 1024;
const PIXELS = 4096;
const ELEMENTS = 3000;

/**
 * Judges a logo by its bytes, whatever its name says.
 *
 * An SVG may only draw: shapes, groups, gradients, clips. Scripts, events, links, pictures inside, style sheets that
 * fetch, entities and letters (which need a font that is not there) are refused. A PNG must be whole.
 */
export function judgeLogo(bytes: Uint8Array): Logo | Refused {
  return isPng(bytes) ? judgePng(bytes) : judgeSvg(bytes);
}

const refused = (what: string): Refused => ({ code: "THEME_LOGO_REFUSED", facts: { what } });
const large = (size: number | string, limit: number | string): Refused => ({
  code: "THEME_LOGO_COMPLEX",
  facts: { size, limit },
});
const broken = (why: string): Refused => ({ code: "THEME_LOGO_BROKEN", facts: { why } });

const drawing = new Set(
  (
    "svg g path rect circle ellipse line polyline polygon defs title desc metadata linearGradient radialGradient stop " +
    "clipPath mask use symbol style"
  ).split(" "),
);

function judgeSvg(bytes: Uint8Array): Logo | Refused {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return broken("not UTF-8");
  }
  // Before anything is parsed: a document type may hold entities that grow without end.
  if (/<!(DOCTYPE|ENTITY|\[CDATA)/i.test(text)) return refused(/<!\[?\w+/.exec(text)?.[0] ?? "<!DOCTYPE");
  let root: Element | null;
  try {
    root = new DOMParser({
      onError: (_level, message) => {
        throw new Error(message);
      },
    }).parseFromString(text, "image/svg+xml").documentElement;
  } catch (error) {
    return broken((error instanceof Error ? error.message : String(error)).split("\n")[0]?.slice(0, 120) ?? "");
  }
  if (root?.localName !== "svg") return broken(`<${root?.nodeName ?? ""}>`);
  const elements = descendants(root);
  if (elements.length > ELEMENTS) return large(elements.length, ELEMENTS);
  for (const element of elements) {
    const found = harm(element);
    if (found) return refused(found);
  }
  const size = sizeOf(root);
  return size ? { type: "svg", bytes, ...size } : broken("viewBox");
}

/** Editors' own notes (`sodipodi:…`) draw nothing and may stay; everything of SVG's is asked for. */
function harm(element: Element): string | null {
  const svg = element.namespaceURI === null || element.namespaceURI === "http://www.w3.org/2000/svg";
  if (svg && !drawing.has(element.localName ?? "")) return `<${element.nodeName}>`;
  if (element.localName === "style" && /@|url\s*\(\s*["']?(?!#)|expression|\\/i.test(element.textContent ?? ""))
    return "<style>";
  for (const { name, localName, value } of Array.from(element.attributes)) {
    if (/^on/i.test(localName ?? name)) return name;
    if (localName === "href" && !value.startsWith("#")) return `${name}="${value.slice(0, 40)}"`;
    if (/url\s*\(\s*["']?(?!#)|javascript:|data:|expression|@import/i.test(value))
      return `${name}="${value.slice(0, 40)}"`;
  }
  return null;
}

function descendants(root: Element): Element[] {
  const found: Element[] = [];
  const open: Node[] = [root];
  while (open.length > 0 && found.length <= ELEMENTS) {
    const node = open.pop();
    if (node?.nodeType !== 1) continue;
    found.push(node as Element);
    for (let child = node.lastChild; child; child = child.previousSibling) open.push(child);
  }
  return found;
}

/** From its view box, else its width and height. */
function sizeOf(root: Element): { width: number; height: number } | null {
  const box = (root.getAttribute("viewBox") ?? "")
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const [width, height] =
    box.length === 4
      ? [box[2] ?? 0, box[3] ?? 0]
      : [Number.parseFloat(root.getAttribute("width") ?? ""), Number.parseFloat(root.getAttribute("height") ?? "")];
  const good = (each: number) => Number.isFinite(each) && each > 0 && each < 1e6;
  return good(width) && good(height) && Math.max(width / height, height / width) <= 20 ? { width, height } : null;
}

const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);

function isPng(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 8)).equals(signature);
}

/** Every chunk with its sum, one header, and pixels that unpack to no more than the header says. */
function judgePng(bytes: Uint8Array): Logo | Refused {
  const file = Buffer.from(bytes);
  const data: Buffer[] = [];
  let header: { width: number; height: number; bits: number } | null = null;
  let at = 8;
  for (let name = ""; name !== "IEND"; ) {
    if (at + 12 > file.length) return broken("PNG");
    const length = file.readUInt32BE(at);
    name = file.toString("latin1", at + 4, at + 8);
    if (at + 12 + length > file.length) return broken("PNG");
    const body = file.subarray(at + 8, at + 8 + length);
    if (crc32(file.subarray(at + 4, at + 8 + length)) !== file.readUInt32BE(at + 8 + length)) return broken("PNG");
    if (name === "IHDR" && length === 13) {
      const samples = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[body[9] ?? -1] ?? 0;
      header = { width: body.readUInt32BE(0), height: body.readUInt32BE(4), bits: (body[8] ?? 0) * samples };
    }
    if (name === "acTL") return refused("acTL");
    if (name === "IDAT") data.push(body);
    at += 12 + length;
  }
  if (!header?.bits || header.width === 0 || header.height === 0) return broken("PNG");
  const { width, height, bits } = header;
  if (width > PIXELS || height > PIXELS) return large(`${width} × ${height}`, `${PIXELS} × ${PIXELS}`);
  if (Math.max(width / height, height / width) > 20) return broken("viewBox");
  try {
    // An interlaced picture has a few more row marks: twice the height is enough for both.
    inflateSync(Buffer.concat(data), { maxOutputLength: Math.ceil((width * bits) / 8 + 8) * height * 2 + 1024 });
  } catch {
    return broken("PNG");
  }
  return { type: "png", bytes, width, height };
}
