import { partsOf } from "./bytes.ts";
import { readRecords } from "./csv.ts";

/**
 * The physical lines on which records stand in a large UTF-8 file, each found once and in the order given; null where
 * one is not found, as where it runs over several lines. One pass compares lines by what is left of them without quotes
 * and delimiters.
 */
export async function locateRecords(
  path: string,
  delimiter: string,
  records: readonly (readonly string[])[],
): Promise<number[] | null> {
  const places: number[] = [];
  const wanted = Map.groupBy(records.keys(), (at) => {
    const text = Buffer.from(records[at]?.join("") ?? "");
    return bareHash(text, 0, text.length, delimiter);
  });
  let [line, left] = [0, records.length];
  for await (const part of partsOf(path)) {
    for (let start = 0; start < part.length; ) {
      const next = part.indexOf(10, start);
      const end = next < 0 ? part.length : next;
      line += 1;
      const alike = wanted.get(bareHash(part, start, end, delimiter));
      if (alike) {
        const cells = readRecords(part.toString("utf8", start, end), delimiter)[0]?.cells ?? [];
        const found = alike.findIndex((at) => isSame(cells, records[at]));
        const [at] = found < 0 ? [] : alike.splice(found, 1);
        if (at !== undefined) {
          places[at] = line;
          left -= 1;
        }
      }
      start = end + 1;
    }
  }
  return left === 0 ? places : null;
}

/** FNV-1a of a line without quotes, delimiters and the end of a line. */
function bareHash(bytes: Buffer, start: number, end: number, delimiter: string): number {
  const mark = delimiter.charCodeAt(0);
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte !== 34 && byte !== 13 && byte !== mark) hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return hash;
}

const isSame = (a: readonly string[], b: readonly string[] = []): boolean =>
  a.length === b.length && a.every((cell, at) => cell === b[at]);
