import { strFromU8, strToU8 } from "fflate";

/**
 * A workbook as its parts: what stands in the zip, by path. A long part may come as a stream, which is written first, and
 * what depends on how long it became as a function, which is asked afterwards.
 */
export interface Parts {
  files: Map<string, Uint8Array | AsyncIterable<string> | (() => string)>;
}

/** A part's text; empty where it is not there. */
export function textOf({ files }: Parts, path: string): string {
  const found = files.get(path);
  return found instanceof Uint8Array ? strFromU8(found) : "";
}

/** Puts a part in the place of what was there. Parts that nobody puts keep their bytes. */
export function put({ files }: Parts, path: string, text: string): void {
  files.set(path, strToU8(text));
}

/** A new part with its type in the list of types; the path is the first that is free: `xl/charts/chart{}.xml`. */
export function add(parts: Parts, pattern: string, type: string, text: string): string {
  let number = 1;
  while (parts.files.has(pattern.replace("{}", String(number)))) number += 1;
  const path = pattern.replace("{}", String(number));
  put(parts, path, text);
  const types = textOf(parts, typesPath);
  put(parts, typesPath, types.replace("</Types>", `<Override PartName="/${path}" ContentType="${type}"/></Types>`));
  return path;
}

/** Relates one part to another and returns the id of it. The kind is the last word of its type, or the whole of another's. */
export function relate(parts: Parts, owner: string, kind: string, target: string): string {
  const path = relationsOf(owner);
  const held = textOf(parts, path) || `${head}<Relationships xmlns="${relationsNamespace}"></Relationships>`;
  const ids = [...held.matchAll(/ Id="rId(\d+)"/g)].map(([, number]) => Number(number));
  const id = `rId${Math.max(0, ...ids) + 1}`;
  const type = kind.includes("/") ? kind : `${officeRelations}/${kind}`;
  const relation = `<Relationship Id="${id}" Type="${type}" Target="${relative(owner, target)}"/>`;
  // The library closes an empty list in its own tag.
  const open = held.replace(/<Relationships([^>]*)\/>/, "<Relationships$1></Relationships>");
  put(parts, path, open.replace("</Relationships>", `${relation}</Relationships>`));
  return id;
}

/** What a part is related to: id, kind (the last word of its type), and the path in the zip, or the address outside. */
export interface Relation {
  id: string;
  kind: string;
  path: string;
  external: boolean;
}

/** All that a part is related to. */
export function relations(parts: Parts, owner: string): Relation[] {
  return [...textOf(parts, relationsOf(owner)).matchAll(/<Relationship\s[^>]*>/g)].map(([text]) => {
    const of = (name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(text)?.[1] ?? "";
    const external = of("TargetMode") === "External";
    const target = of("Target");
    return {
      id: of("Id"),
      kind: of("Type").split("/").at(-1) ?? "",
      path: external ? target : resolved(owner, target),
      external,
    };
  });
}

/** Paths in relations are relative to their owner, as Excel writes them and some readers expect. */
function relative(owner: string, target: string): string {
  const [from, to] = [owner.split("/").slice(0, -1), target.split("/")];
  while (from.length > 0 && from[0] === to[0]) {
    from.shift();
    to.shift();
  }
  return [...from.map(() => ".."), ...to].join("/");
}

function resolved(owner: string, target: string): string {
  if (target.startsWith("/")) return target.slice(1);
  const steps = owner.split("/").slice(0, -1);
  for (const step of target.split("/")) {
    if (step === "..") steps.pop();
    else if (step !== ".") steps.push(step);
  }
  return steps.join("/");
}

function relationsOf(owner: string): string {
  const at = owner.lastIndexOf("/") + 1;
  return `${owner.slice(0, at)}_rels/${owner.slice(at)}.rels`;
}

const typesPath = "[Content_Types].xml";
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const relationsNamespace = "http://schemas.openxmlformats.org/package/2006/relationships";
const officeRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
