import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { partsOf } from "./bytes.ts";
import { cp949ToUtf8 } from "./cp949.ts";
import type { Encoding } from "./decode.ts";

/** What is known of a large text without holding it. Everything but the hash is about its UTF-8. */
export interface Scan {
  /** Of the file itself, whatever its encoding. */
  sha256: string;
  encoding: Encoding;
  /** Where its UTF-8 lies: the file itself, or a copy. */
  path: string;
  /** Whether it holds what no text does: bytes that its encoding does not explain, NUL. */
  damaged: boolean;
  size: number;
  /** Physical lines, and how many of them are empty. */
  lines: number;
  blank: number;
  /** The first 64 KB, in whole lines, and the last 4 KB. */
  head: Buffer;
  tail: Buffer;
}

/** Goes through a file once. One that the engine could not read is written to `copy` as UTF-8 on the way. */
export async function scanFile(path: string, copy: string): Promise<Scan> {
  const guess = await guessEncoding(path);
  const scan = await scanAs(guess, path, copy);
  // Its first Korean letter may come late.
  return scan.damaged && guess === "utf-8" ? scanAs("cp949", path, copy) : scan;
}

async function guessEncoding(path: string): Promise<Encoding> {
  for await (const part of partsOf(path)) {
    if (part[0] === 0xff && part[1] === 0xfe) return "utf-16le";
    if (part[0] === 0xfe && part[1] === 0xff) return "utf-16be";
    return isUtf8(part) ? "utf-8" : "cp949";
  }
  return "utf-8";
}

async function scanAs(encoding: Encoding, path: string, copy: string): Promise<Scan> {
  const hash = createHash("sha256");
  const text = takeStock();
  const toUtf8 = converters[encoding]?.();
  const out = toUtf8 && (await open(copy, "w"));
  try {
    for await (const part of partsOf(path)) {
      hash.update(part);
      const utf8 = toUtf8?.(part) ?? part;
      text.add(utf8);
      await out?.writeFile(utf8);
    }
    const rest = toUtf8?.(Buffer.alloc(0));
    if (rest?.length) text.add(rest);
  } finally {
    await out?.close();
  }
  return { sha256: hash.digest("hex"), encoding, path: toUtf8 ? copy : path, ...text.taken() };
}

/** What turns a part of a file into UTF-8, where it is none yet. An empty part is the last; U+FFFD stands for damage. */
const converters: Readonly<Partial<Record<Encoding, () => (part: Buffer) => Buffer>>> = {
  "utf-16le": utf16ToUtf8("utf-16le"),
  "utf-16be": utf16ToUtf8("utf-16be"),
  cp949: cp949ToUtf8,
};

function utf16ToUtf8(encoding: "utf-16le" | "utf-16be") {
  return () => {
    const decoder = new TextDecoder(encoding);
    return (part: Buffer) => Buffer.from(decoder.decode(part, { stream: part.length > 0 }));
  };
}

/** Counts and keeps what a scan tells, from parts of UTF-8 that may end within a line. */
function takeStock() {
  const counts = { damaged: false, size: 0, lines: 0, blank: 0 };
  let [head, tail] = [Buffer.alloc(0), Buffer.alloc(0)];
  /** How much of the last line has come, and its first byte. */
  let [begun, first] = [0, 0];
  return {
    add(part: Buffer) {
      counts.damaged ||= !isUtf8(part) || part.includes(0) || part.includes("\uFFFD");
      if (counts.size === 0) head = Buffer.from(part.subarray(0, part.lastIndexOf(10, headBytes) + 1));
      tail = Buffer.concat([tail, part.subarray(-tailBytes)]).subarray(-tailBytes);
      counts.size += part.length;
      let start = 0;
      for (let at = part.indexOf(10); at >= 0; at = part.indexOf(10, start)) {
        const length = begun + at - start;
        if (length === 0 || (length === 1 && (begun === 1 ? first : part[start]) === 13)) counts.blank += 1;
        counts.lines += 1;
        begun = 0;
        start = at + 1;
      }
      if (begun === 0) first = part[start] ?? 0;
      begun += part.length - start;
    },
    taken: () => ({ ...counts, lines: counts.lines + (begun > 0 ? 1 : 0), head, tail }),
  };
}

const headBytes = 65_536;
const tailBytes = 4096;
