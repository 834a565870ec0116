import { crc32, inflateRawSync } from "node:zlib";
import iconv from "iconv-lite";
import { type Problem, problem } from "../../transforms/problem.ts";

export interface Member {
  name: string;
  bytes: Buffer;
}

const limits = { entries: 1000, total: 200 * 2 ** 20, ratio: 100 };

export function isZip(bytes: Buffer): boolean {
  return bytes.length > 4 && bytes.readUInt32LE(0) === 0x04034b50;
}

/**
 * The files of a zip, or the problem that keeps it shut. Everything is judged by the central directory before a byte is
 * inflated (streamed zips have no sizes elsewhere), and inflating stops where the directory lied.
 */
export function unzip(bytes: Buffer, file: string): { members: Member[]; problem: Problem | null } {
  const refuse = (why: string) => ({ members: [], problem: problem("FILE_ZIP_REFUSED", { file, why }, { file }) });
  const { entries, refused } = judgeZip(bytes);
  if (refused) return refuse(refused);
  try {
    const kept = entries.filter(({ name }) => !name.endsWith("/") && !name.startsWith("__MACOSX/"));
    return { members: kept.map((entry) => ({ name: entry.name, bytes: inflate(bytes, entry) })), problem: null };
  } catch (error) {
    return refuse(messageOf(error));
  }
}

/** What a zip says it holds, and why it must not be unpacked. */
export function judgeZip(bytes: Buffer): { entries: Entry[]; refused: string | null } {
  try {
    const entries = directory(bytes);
    return entries
      ? { entries, refused: refusal(entries) }
      : { entries: [], refused: "no central directory: the download is not complete" };
  } catch (error) {
    return { entries: [], refused: messageOf(error) };
  }
}

function refusal(entries: readonly Entry[]): string | null {
  if (entries.length > limits.entries) return `${entries.length} entries, more than ${limits.entries}`;
  const total = entries.reduce((sum, each) => sum + each.size, 0);
  if (total > limits.total) return `${total} bytes unpacked, more than ${limits.total}`;
  for (const { name, size, packed } of entries) {
    if (name.startsWith("/") || /^[A-Za-z]:|\\|(^|\/)\.\.(\/|$)|\0/u.test(name))
      return `a member's path leaves the folder: ${name}`;
    if (size > limits.ratio * Math.max(packed, 1) && size > 2 ** 20)
      return `${name} is packed more than ${limits.ratio} times`;
  }
  return null;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

interface Entry {
  name: string;
  method: number;
  crc: number;
  packed: number;
  size: number;
  offset: number;
}

function directory(bytes: Buffer): Entry[] | null {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > bytes.length) return null;
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  const entries: Entry[] = [];
  for (let index = 0; index < count; index += 1) {
    if (bytes.readUInt32LE(at) !== 0x02014b50) return null;
    const length = bytes.readUInt16LE(at + 28);
    const raw = bytes.subarray(at + 46, at + 46 + length);
    const utf8 = (bytes.readUInt16LE(at + 8) & 0x800) !== 0 || !raw.some((byte) => byte > 127);
    entries.push({
      name: utf8 ? raw.toString("utf8") : iconv.decode(raw, "cp949"),
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    });
    at += 46 + length + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

function inflate(bytes: Buffer, { name, method, crc, packed, size, offset }: Entry): Buffer {
  const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  const data = bytes.subarray(start, start + packed);
  if (method !== 0 && method !== 8) throw new Error(`${name} is packed in a way that is not supported (${method})`);
  const out = method === 0 ? Buffer.from(data) : inflated(name, data, size);
  if (out.length !== size) throw new Error(`${name} is not complete`);
  if (crc32(out) !== crc) throw new Error(`${name} is damaged`);
  return out;
}

function inflated(name: string, data: Buffer, size: number): Buffer {
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(size, 1) });
  } catch (error) {
    const larger = error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
    throw new Error(larger ? `${name} holds more than it says` : `${name} is damaged`, { cause: error });
  }
}
