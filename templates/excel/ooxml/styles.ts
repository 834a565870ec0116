import { type Parts, put, textOf } from "./parts.ts";

/**
 * Gives the styles what the library cannot write: the order of a font's children that the standard asks for, the reader's
 * own font as the default, and Excel's mark for text that looks like a formula.
 */
export function mendStyles(parts: Parts, defaultFont: string): void {
  let first = true;
  const mended = textOf(parts, "xl/styles.xml")
    .replace(/<font>(.*?)<\/font>/gs, (_, inner: string) => {
      const children = inner.match(/<[^>]+\/>/g) ?? [];
      const ordered = children.toSorted((a, b) => fontChildren.indexOf(nameOf(a)) - fontChildren.indexOf(nameOf(b)));
      const own = first
        ? ordered.filter((tag) => nameOf(tag) !== "scheme").map((tag) => renamed(tag, defaultFont))
        : ordered;
      first = false;
      return `<font>${own.join("")}</font>`;
    })
    .replace(/<xf numFmtId="49"/g, '<xf quotePrefix="1" numFmtId="49"');
  put(parts, "xl/styles.xml", mended);
}

/** The library writes where an image may move as an attribute of the wrong element. */
export function mendImages(parts: Parts): void {
  for (const path of parts.files.keys()) {
    if (!path.startsWith("xl/drawings/drawing")) continue;
    put(parts, path, textOf(parts, path).replace(/(<xdr:oneCellAnchor) editAs="\w+"/g, "$1"));
  }
}

const fontChildren = [
  "b",
  "i",
  "strike",
  "condense",
  "extend",
  "outline",
  "shadow",
  "u",
  "vertAlign",
  "sz",
  "color",
  "name",
  "family",
  "charset",
  "scheme",
];

const nameOf = (element: string) => /^<(\w+)/.exec(element)?.[1] ?? "";
const renamed = (element: string, font: string) => (nameOf(element) === "name" ? `<name val="${font}"/>` : element);
