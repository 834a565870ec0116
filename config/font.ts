/** A font's file may have this many bytes: Hangul takes two to five million. */
export const FONT_BYTES = 12 * 1024 * 1024;

const needed = ["cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp"];

/**
 * Why a file is no TrueType font that can be put into a document, or null.
 *
 * Other containers (OpenType with PostScript outlines, WOFF, collections) make files several times larger or print
 * blank text; a licence that forbids embedding is kept.
 */
export function fontFault(bytes: Uint8Array): string | null {
  if (bytes.length > FONT_BYTES) return `> ${FONT_BYTES / 1024 / 1024} MB`;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12) return "not a font";
  const kind = view.getUint32(0);
  if (kind !== 0x00010000 && kind !== 0x74727565)
    return { 1330926671: "OTF", 2001684038: "WOFF", 2001684018: "WOFF2", 1953784678: "TTC" }[kind] ?? "not a font";
  const tables = new Map<string, number>();
  for (let at = 12; at < 12 + view.getUint16(4) * 16; at += 16) {
    if (at + 16 > bytes.length) return "truncated";
    const name = String.fromCharCode(...bytes.subarray(at, at + 4));
    const [offset, length] = [view.getUint32(at + 8), view.getUint32(at + 12)];
    if (offset + length > bytes.length) return "truncated";
    tables.set(name, offset);
  }
  const lacking = needed.filter((name) => !tables.has(name));
  if (lacking.length > 0) return lacking.join(", ");
  const metrics = tables.get("OS/2");
  const rights = metrics === undefined ? 0 : view.getUint16(metrics + 8) & 0xf;
  return rights === 2 ? "fsType 2: embedding forbidden" : null;
}
