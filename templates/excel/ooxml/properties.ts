import { add, type Parts, put, relate, textOf } from "./parts.ts";
import { escaped } from "./rows.ts";

/** What a workbook says about itself; `identifier` is what a mail's last look compares with the run. */
export interface Properties {
  identifier: string;
  title: string;
  subject: string;
  keywords: string;
  description: string;
  language: string;
  /** When the report was made, `2026-11-02T00:00:00Z`. */
  modified: string;
}

/** Writes these properties into the book's own, and leaves the others that it has. */
export function describe(parts: Parts, properties: Properties): void {
  const held = textOf(parts, path) || newCore(parts);
  const core = Object.entries(elements).reduce((text, [key, element]) => {
    const value = escaped(properties[key as keyof Properties]);
    const type = key === "modified" ? ' xsi:type="dcterms:W3CDTF"' : "";
    const without = text.replace(new RegExp(`<${element}(?:\\s[^>]*)?(?:/>|>[^<]*</${element}>)`), "");
    return without.replace(
      "</cp:coreProperties>",
      () => `<${element}${type}>${value}</${element}></cp:coreProperties>`,
    );
  }, namespaced(held));
  put(parts, path, core);
}

const path = "docProps/core.xml";
const elements = {
  identifier: "dc:identifier",
  title: "dc:title",
  subject: "dc:subject",
  keywords: "cp:keywords",
  description: "dc:description",
  language: "dc:language",
  modified: "dcterms:modified",
} as const satisfies Record<keyof Properties, string>;

const namespaces = {
  cp: "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
  dc: "http://purl.org/dc/elements/1.1/",
  dcterms: "http://purl.org/dc/terms/",
  xsi: "http://www.w3.org/2001/XMLSchema-instance",
} as const;

/** A book's own properties declare only the prefixes that they use. */
function namespaced(core: string): string {
  const open = /<cp:coreProperties[^>]*>/.exec(core)?.[0] ?? "";
  const lacking = Object.entries(namespaces).filter(([prefix]) => !open.includes(`xmlns:${prefix}=`));
  const more = lacking.map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`).join("");
  const filled = core.replace(/<cp:coreProperties([^>]*)\/>/, "<cp:coreProperties$1></cp:coreProperties>");
  return filled.replace("<cp:coreProperties", `<cp:coreProperties${more}`);
}

function newCore(parts: Parts): string {
  const text = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp="${namespaces.cp}"></cp:coreProperties>`;
  add(parts, path, "application/vnd.openxmlformats-package.core-properties+xml", text);
  relate(parts, "", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", path);
  return text;
}
