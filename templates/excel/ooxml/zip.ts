import { strToU8, unzipSync, Zip, ZipDeflate } from "fflate";
import type { Parts } from "./parts.ts";

/** The parts of a workbook that we have just written ourselves; a stranger's goes through `admit` first. */
export function unpack(bytes: Uint8Array): Parts {
  return { files: new Map(Object.entries(unzipSync(bytes))) };
}

/**
 * The parts as a zip: fixed times and one order, so that the same parts give the same bytes. What comes as a stream is
 * deflated as it comes and never held as a whole.
 */
export async function pack({ files }: Parts): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    chunks.push(chunk);
  });
  const ordered = [...files].toSorted((a, b) => rank(a) - rank(b) || (a[0] < b[0] ? -1 : 1));
  for (const [name, content] of ordered) {
    const entry = new ZipDeflate(name, { level: isStream(content) ? streamLevel : 6 });
    // Zip times have no zone: local midnight is written as the same four bytes everywhere.
    entry.mtime = "1980-01-01T00:00:00";
    zip.add(entry);
    if (isStream(content)) {
      for await (const text of content) entry.push(strToU8(text));
      entry.push(new Uint8Array(), true);
    } else entry.push(typeof content === "function" ? strToU8(content()) : content, true);
  }
  zip.end();
  return Buffer.concat(chunks);
}

/** Raw rows repeat themselves: the quick level makes them a tenth larger in half the time. */
const streamLevel = 3;

type Content = Parts["files"] extends Map<string, infer Each> ? Each : never;
const isStream = (content: Content): content is AsyncIterable<string> => Symbol.asyncIterator in content;

/** Readers of packages expect the list of content types first; what depends on a stream comes behind it. */
const rank = ([name, content]: [string, Content]) => (name === "[Content_Types].xml" ? 0 : isStream(content) ? 1 : 2);
