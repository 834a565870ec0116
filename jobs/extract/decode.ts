import { isAscii, isUtf8 } from "node:buffer";
import iconv from "iconv-lite";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "cp949";

/**
 * Which encoding a file's bytes are in: a byte order mark decides, then strict UTF-8, and where that fails, whichever of
 * UTF-8 and what Korean Excel writes leaves less damaged.
 */
export function encodingOf(bytes: Buffer): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  if (isUtf8(bytes) || (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)) return "utf-8";
  let asUtf8 = 0;
  let asCp949 = 0;
  for (let start = 0, judged = 0; start < bytes.length && judged < enough; ) {
    const found = bytes.indexOf(10, start);
    const line = bytes.subarray(start, found < 0 ? bytes.length : found);
    start += line.length + 1;
    if (isAscii(line)) continue;
    judged += 1;
    // Korean in CP949 is next to never valid UTF-8, so a line that is would come out as other letters.
    if (isUtf8(line)) asCp949 += line.filter((byte) => byte > 0x7f).length;
    else {
      asUtf8 += countDamage(decode(line, "utf-8"));
      asCp949 += countDamage(decode(line, "cp949"));
    }
  }
  return asUtf8 <= asCp949 ? "utf-8" : "cp949";
}

/** So many lines with more than ASCII tell it of a whole file. */
const enough = 1000;

const countDamage = (text: string): number => text.split("\uFFFD").length - 1;

/** The text without its byte order mark. CP949 goes through iconv: TextDecoder's euc-kr fails on 똠, 뷁 and 펲. */
export function decode(bytes: Buffer, encoding: Encoding): string {
  const text = iconv.decode(bytes, encoding, { stripBOM: true });
  // Half a character at the end would be left out without a word.
  return encoding.startsWith("utf-16") && bytes.length % 2 === 1 ? `${text}\uFFFD` : text;
}

/** Whether a decoded text has characters that no encoding explains: bytes were lost or changed. */
export function isDamaged(text: string): boolean {
  return text.includes("\uFFFD") || text.includes("\0") || !text.isWellFormed();
}
