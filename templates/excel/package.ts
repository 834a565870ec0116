import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";

/**
 * The workbook's parts packed again, so that the same report gives the same bytes: fixed times, sorted names. On the
 * way the styles get what the library cannot write: the order of a font's children that the standard asks for, the
 * reader's own font as the default, and Excel's mark for text that looks like a formula.
 */
export function repack(workbook: Uint8Array, defaultFont: string): Buffer {
  const parts = unzipSync(workbook);
  const styles = parts["xl/styles.xml"];
  if (styles) parts["xl/styles.xml"] = strToU8(restyled(strFromU8(styles), defaultFont));
  for (const [name, part] of Object.entries(parts)) {
    if (name.startsWith("xl/worksheets/sheet")) parts[name] = withoutEmptyIds(part);
  }
  const names = Object.keys(parts).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  const ordered = Object.fromEntries(names.map((name) => [name, parts[name] ?? new Uint8Array()]));
  // Zip times have no zone: local midnight is written as the same four bytes everywhere.
  return Buffer.from(zipSync(ordered, { mtime: "1980-01-01T00:00:00", level: 6 }));
}

/** The library's streaming writer gives every data bar an empty id, for which Excel would offer to repair the file. */
function withoutEmptyIds(sheet: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const xml = strFromU8(sheet);
  if (!xml.includes("<x14:id/>")) return sheet;
  return strToU8(xml.replace(/<extLst><ext [^>]*><x14:id\/><\/ext><\/extLst>/g, ""));
}

/** Readers of packages expect the list of content types first. */
const rank = (name: string) => (name === "[Content_Types].xml" ? 0 : 1);

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

function restyled(xml: string, defaultFont: string): string {
  let first = true;
  return xml
    .replace(/<font>(.*?)<\/font>/gs, (_, inner: string) => {
      const children = inner.match(/<[^>]+\/>/g) ?? [];
      const ordered = children.toSorted((a, b) => fontChildren.indexOf(tagOf(a)) - fontChildren.indexOf(tagOf(b)));
      const own = first
        ? ordered.filter((tag) => tagOf(tag) !== "scheme").map((tag) => renamed(tag, defaultFont))
        : ordered;
      first = false;
      return `<font>${own.join("")}</font>`;
    })
    .replace(/<xf numFmtId="49"/g, '<xf quotePrefix="1" numFmtId="49"');
}

const tagOf = (element: string) => /^<(\w+)/.exec(element)?.[1] ?? "";
const renamed = (element: string, font: string) => (tagOf(element) === "name" ? `<name val="${font}"/>` : element);
