import { isUtf8 } from "node:buffer";
import iconv from "iconv-lite";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "cp949";

/** Which encoding a file's bytes are in: a byte order mark decides, then strict UTF-8, then what Korean Excel writes. */
export function encodingOf(bytes: Buffer): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return isUtf8(bytes) ? "utf-8" : "cp949";
}

/** The text without its byte order mark. CP949 goes through iconv: TextDecoder's euc-kr fails on 똠, 뷁 and 펲. */
export function decode(bytes: Buffer, encoding: Encoding): string {
  return iconv.decode(bytes, encoding, { stripBOM: true });
}

/** Whether a decoded text has characters that no encoding explains; the file is damaged or of an unknown encoding. */
export function isDamaged(text: string): boolean {
  return text.includes("\uFFFD") || text.includes("\0");
}
