import { pipeline } from "node:stream/promises";
import { crc32, createDeflateRaw, deflateRawSync } from "node:zlib";
import { strToU8, unzipSync, Zip, type ZipInputFile } from "fflate";
import type { Parts } from "./parts.ts";

/** The parts of a workbook that we have just written ourselves; a stranger's goes through `admit` first. */
export function unpack(bytes: Uint8Array): Parts {
  return { files: new Map(Object.entries(unzipSync(bytes))) };
}

/**
 * The parts as a zip: fixed times and one order, so that the same parts give the same bytes. What comes as a stream is
 * deflated as it comes, beside the code that writes it, and never held as a whole.
 */
export async function pack({ files }: Parts): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    chunks.push(chunk);
  });
  const ordered = [...files].toSorted((a, b) => rank(a) - rank(b) || (a[0] < b[0] ? -1 : 1));
  for (const [name, content] of ordered) {
    const entry = { filename: name, compression: deflated, size: 0, crc: 0, mtime };
    zip.add(entry);
    if (isStream(content)) await addStream(entry, content);
    else addWhole(entry, typeof content === "function" ? strToU8(content()) : content);
  }
  zip.end();
  return Buffer.concat(chunks);
}

// The library writes the zip, Node's own zlib deflates: several times as fast as JavaScript.

function addWhole(entry: ZipInputFile, bytes: Uint8Array): void {
  entry.size = bytes.length;
  entry.crc = crc32(bytes);
  entry.ondata?.(null, deflateRawSync(bytes, { level: 6 }), true);
}

async function addStream(entry: ZipInputFile, texts: AsyncIterable<string>): Promise<void> {
  async function* bytesOf(): AsyncGenerator<Uint8Array> {
    for await (const text of texts) {
      const bytes = strToU8(text);
      entry.size += bytes.length;
      entry.crc = crc32(bytes, entry.crc);
      yield bytes;
    }
  }
  await pipeline(
    bytesOf,
    createDeflateRaw({ level: streamLevel }),
    async (chunks: AsyncIterable<Buffer<ArrayBuffer>>) => {
      for await (const chunk of chunks) entry.ondata?.(null, chunk, false);
    },
  );
  entry.ondata?.(null, new Uint8Array(), true);
}

/** What the format calls deflate. */
const deflated = 8;
/** Zip times have no zone: local midnight is written as the same four bytes everywhere. */
const mtime = "1980-01-01T00:00:00";
/** Raw rows repeat themselves: the quick level makes them a tenth larger in half the time. */
const streamLevel = 3;

type Content = Parts["files"] extends Map<string, infer Each> ? Each : never;
const isStream = (content: Content): content is AsyncIterable<string> => Symbol.asyncIterator in content;

/** Readers of packages expect the list of content types first; what depends on a stream comes behind it. */
const rank = ([name, content]: [string, Content]) => (name === "[Content_Types].xml" ? 0 : isStream(content) ? 1 : 2);
