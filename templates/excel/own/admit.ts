import { strFromU8, unzipSync } from "fflate";
import { type Parts, relations, textOf } from "../ooxml/parts.ts";

/** Why a workbook may not be a template: each is a word that the catalogue of problems explains. */
export type Refusal =
  | "size"
  | "bomb"
  | "damaged"
  | "not_xlsx"
  | "macros"
  | "links"
  | "active"
  | "dtd"
  | "remote_formula";

/** Bytes of the file, bytes and parts of what it unpacks to. */
export const limits = { file: 5_000_000, unpacked: 60_000_000, parts: 2_000 } as const;

/**
 * The parts of somebody else's workbook, or why it is not opened. Nothing is inflated before its size is known, and what
 * could act by itself once a client opens the file is refused: macros, controls, links to other files, remote formulas.
 */
export function admit(bytes: Uint8Array): Parts | Refusal {
  if (bytes.length > limits.file) return "size";
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return "not_xlsx";
  let [count, total] = [0, 0];
  try {
    const found = unzipSync(bytes, {
      filter({ originalSize, name }) {
        count += 1;
        total += originalSize;
        if (count > limits.parts || total > limits.unpacked || /(^|\/)\.\.(\/|$)|^\/|\\/.test(name)) throw new Bomb();
        return !name.endsWith("/");
      },
    });
    const parts: Parts = { files: new Map(Object.entries(found)) };
    return judge(parts) ?? parts;
  } catch (error) {
    return error instanceof Bomb ? "bomb" : "damaged";
  }
}

class Bomb extends Error {}

function judge(parts: Parts): Refusal | null {
  const names = [...parts.files.keys()];
  const types = textOf(parts, "[Content_Types].xml");
  if (/macroEnabled|vbaProject/i.test(types) || names.some((name) => /vbaProject|\/macrosheets\//i.test(name)))
    return "macros";
  if (!textOf(parts, "xl/workbook.xml") || !types.includes("spreadsheetml.sheet.main+xml")) return "not_xlsx";
  if (names.some((name) => /externalLinks?\/|connections\.xml|queryTables\/|customXml\/|\/model\//i.test(name)))
    return "links";
  if (names.some((name) => /activeX|embeddings\/|ctrlProps\/|webextensions?\//i.test(name))) return "active";
  for (const [name, content] of parts.files) {
    if (!/\.(xml|rels|vml)$/i.test(name) || !(content instanceof Uint8Array)) continue;
    const text = strFromU8(content);
    if (/<!(DOCTYPE|ENTITY)/i.test(text) || content[0] === 0xff || content[0] === 0xfe) return "dtd";
    if (/\.rels$/.test(name) && isOutside(parts, name)) return "links";
    if (/<f[ >]/.test(text) && remote.test(text)) return "remote_formula";
  }
  return null;
}

/** A link that a reader clicks may lead outside; whatever is fetched without asking may not. */
function isOutside(parts: Parts, name: string): boolean {
  const owner = name.replace(/_rels\/([^/]*)\.rels$/, "$1");
  return relations(parts, owner).some(
    ({ kind, path, external }) => external && (kind !== "hyperlink" || !/^(https?:|mailto:)/i.test(path)),
  );
}

/** Formulas that start programs or ask the network. */
const remote =
  /<f(?:\s[^>]*)?>[^<]*(?:\b(?:WEBSERVICE|RTD|CALL|REGISTER(?:\.ID)?|DDE|IMAGE)\s*\(|\|\s*(?:'|&apos;))[^<]*<\/f>/i;
