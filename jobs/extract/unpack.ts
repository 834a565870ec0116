import { crc32, inflateRawSync } from "node:zlib";
import iconv from "iconv-lite";
import type { Text } from "../../transforms/metrics.ts";
import { type Problem, problem } from "../../transforms/problem.ts";

export interface Member {
  name: string;
  bytes: Buffer;
}

const limits = {
  /** The largest known download holds eight files. */
  entries: 1000,
  /** What all of them may unpack to; they are held together. */
  total: 200 * 2 ** 20,
  /** Rows of zeros pack sixty-fold; bombs begin at a thousand. */
  ratio: 100,
};

export function isZip(bytes: Buffer): boolean {
  return bytes.length > 4 && bytes.readUInt32LE(0) === 0x04034b50;
}

/**
 * The files of a zip, or the problem that keeps it shut. Everything is judged by the central directory before a byte is
 * inflated (streamed zips have no sizes elsewhere), and inflating stops where the directory lied.
 */
export function unzip(bytes: Buffer, file: string): { members: Member[]; problem: Problem | null } {
  const refuse = ({ ko, en }: Text) => {
    const refused = problem("FILE_ZIP_REFUSED", { file, why_ko: ko, why_en: en }, { file });
    return { members: [], problem: refused };
  };
  const { entries, refused } = judgeZip(bytes);
  if (refused) return refuse(refused);
  const members: Member[] = [];
  for (const entry of entries) {
    const { name } = entry;
    if (name.endsWith("/") || name.startsWith("__MACOSX/")) continue;
    const inflated = inflate(bytes, entry);
    if (!Buffer.isBuffer(inflated)) return refuse(inflated);
    members.push({ name, bytes: inflated });
  }
  return { members, problem: null };
}

/** What a zip says it holds, and why it must not be unpacked. */
export function judgeZip(bytes: Buffer): { entries: Entry[]; refused: Text | null } {
  const entries = directory(bytes);
  if (!Array.isArray(entries)) return { entries: [], refused: entries };
  const own = new Set<string>();
  for (const entry of entries) {
    const refused = own.has(entry.name) ? twice(entry.name) : refusal(entry);
    if (refused) return { entries, refused };
    own.add(entry.name);
  }
  const total = entries.reduce((sum, each) => sum + each.size, 0);
  return { entries, refused: total > limits.total ? tooLarge(total, limits.total) : overlap(entries) };
}

interface Entry {
  name: string;
  flags: number;
  method: number;
  crc: number;
  packed: number;
  size: number;
  link: boolean;
  offset: number;
  /** Where its bytes begin and end. */
  start: number;
  end: number;
}

/** Why one entry must not be unpacked. */
function refusal({ name, flags, method, size, packed, link, start, end, offset }: Entry): Text | null {
  if (name.startsWith("/") || /^[A-Za-z]:|\\|(^|\/)\.\.(\/|$)|\p{Cc}/u.test(name)) return leaves(name);
  if (link) return isLink(name);
  if ((flags & 0x2041) !== 0) return locked(name);
  if (method !== 0 && method !== 8) return strange(name, method);
  if ([size, packed, offset].includes(0xffffffff)) return zip64;
  if (start > end) return broken(name);
  return size > limits.ratio * Math.max(packed, 1) && size > 2 ** 20 ? bomb(name) : null;
}

/** Whether two entries share bytes, by which a small file unpacks to a huge one. */
function overlap(entries: readonly Entry[]): Text | null {
  const sorted = entries.toSorted((a, b) => a.offset - b.offset);
  const at = sorted.findIndex((entry, index) => entry.offset < (sorted[index - 1]?.end ?? 0));
  return at < 0 ? null : shared(sorted[at - 1]?.name ?? "", sorted[at]?.name ?? "");
}

/** The entries that a zip's central directory lists, or why there is none to rely on. */
function directory(bytes: Buffer): Entry[] | Text {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > bytes.length || end + 22 + bytes.readUInt16LE(end + 20) > bytes.length) return incomplete;
  const count = bytes.readUInt16LE(end + 10);
  const first = bytes.readUInt32LE(end + 16);
  if (count === 0xffff || first === 0xffffffff || (end >= 20 && bytes.readUInt32LE(end - 20) === 0x07064b50))
    return zip64;
  if (bytes.readUInt32LE(end + 4) !== 0 || count !== bytes.readUInt16LE(end + 8)) return several;
  if (count > limits.entries) return tooMany(count);
  const entries: Entry[] = [];
  let at = first;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== 0x02014b50) return incomplete;
    const length = bytes.readUInt16LE(at + 28);
    const raw = bytes.subarray(at + 46, at + 46 + length);
    const flags = bytes.readUInt16LE(at + 8);
    const packed = bytes.readUInt32LE(at + 20);
    const offset = bytes.readUInt32LE(at + 42);
    const isLocal = offset + 30 <= first && bytes.readUInt32LE(offset) === 0x04034b50;
    const start = isLocal ? offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28) : first;
    entries.push({
      name:
        (flags & 0x800) !== 0 || !raw.some((byte) => byte > 127) ? raw.toString("utf8") : iconv.decode(raw, "cp949"),
      flags,
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packed,
      size: bytes.readUInt32LE(at + 24),
      // The upper half of the attributes is a Unix mode.
      link: (bytes.readUInt16LE(at + 40) & 0xf000) === 0xa000,
      offset,
      start,
      // Bytes that would reach into the directory are not there.
      end: isLocal && start + packed <= first ? start + packed : -1,
    });
    at += 46 + length + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

function inflate(bytes: Buffer, { name, method, crc, size, start, end }: Entry): Buffer | Text {
  const data = bytes.subarray(start, end);
  let out: Buffer;
  try {
    out = method === 0 ? data : inflateRawSync(data, { maxOutputLength: Math.max(size, 1) });
  } catch (error) {
    const larger = error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
    return larger ? lies(name) : broken(name);
  }
  return out.length === size && crc32(out) === crc ? out : broken(name);
}

const incomplete = {
  en: "its list of contents is missing or damaged: the download is not complete",
  ko: "목차가 없거나 손상되었습니다. 다운로드가 끝나지 않은 파일입니다.",
};
const zip64 = {
  en: "it is a zip64 archive, made for sizes that no export has",
  ko: "보고서에는 쓰이지 않는 대용량 zip64 형식입니다.",
};
const several = { en: "it is one of several parts of an archive", ko: "여러 개로 나뉜 압축 파일의 일부입니다." };
const tooMany = (count: number): Text => ({
  en: `it holds ${count} files, more than ${limits.entries}`,
  ko: `파일이 ${count}개 들어 있어 한도 ${limits.entries}개를 넘습니다.`,
});
/** Shared with workbooks, which are zips with a lower limit. */
export const tooLarge = (total: number, limit: number): Text => ({
  en: `${total} bytes unpacked, more than ${limit}`,
  ko: `풀면 ${total}바이트로 한도 ${limit}바이트를 넘습니다.`,
});
const bomb = (name: string): Text => ({
  en: `${name} is packed more than ${limits.ratio} times`,
  ko: `${name}: 압축률이 ${limits.ratio}배를 넘습니다.`,
});
const lies = (name: string): Text => ({
  en: `${name} holds more than it says`,
  ko: `${name}: 적힌 크기보다 많이 들어 있습니다.`,
});
const broken = (name: string): Text => ({ en: `${name} is damaged`, ko: `${name}: 손상되었습니다.` });
const shared = (one: string, other: string): Text => ({
  en: `${one} and ${other} lie over each other`,
  ko: `${one}, ${other}: 같은 자리에 겹쳐 있습니다.`,
});
const twice = (name: string): Text => ({
  en: `${name} is in it twice`,
  ko: `${name}: 같은 이름이 두 번 들어 있습니다.`,
});
const leaves = (name: string): Text => ({
  en: `a member's path leaves the folder: ${name}`,
  ko: `경로가 폴더 밖을 가리킵니다: ${name}`,
});
const isLink = (name: string): Text => ({
  en: `${name} is a link to another place`,
  ko: `${name}: 다른 위치를 가리키는 링크입니다.`,
});
const locked = (name: string): Text => ({
  en: `${name} is locked with a password`,
  ko: `${name}: 암호가 걸려 있습니다.`,
});
const strange = (name: string, method: number): Text => ({
  en: `${name} is packed in a way that is not supported (method ${method})`,
  ko: `${name}: 지원하지 않는 압축 방식(${method})입니다.`,
});
