import { DOMImplementation, type Element, XMLSerializer } from "@xmldom/xmldom";

/** An element as a value: its name, attributes (undefined ones are left out) and what it holds. */
export interface Tag {
  name: string;
  attributes: Readonly<Record<string, string | number | undefined>>;
  children: readonly (Tag | string)[];
}

/** `tag("c:v", {}, "12")`; a child that is null or false is left out, so that a caller can write conditions in place. */
export function tag(
  name: string,
  attributes: Tag["attributes"] = {},
  ...children: readonly (Tag | string | null | false)[]
): Tag {
  return { name, attributes, children: children.filter((child) => child !== null && child !== false) };
}

/** `tag("c:barDir", { val: "col" })`: half of the elements of a chart hold nothing but such a value. */
export const val = (name: string, value: string | number): Tag => tag(name, { val: value });

/** The element as a part of a package. */
export function part(root: Tag): string {
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${xml(root)}`;
}

/** The element as text, escaped by the library that made it. */
export function xml(root: Tag): string {
  return new XMLSerializer().serializeToString(build(root));
}

const page = new DOMImplementation().createDocument(null, "");

function build({ name, attributes, children }: Tag): Element {
  const element = page.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(key, String(value));
  }
  for (const child of children)
    element.appendChild(typeof child === "string" ? page.createTextNode(child) : build(child));
  return element;
}
