import iconv from "iconv-lite";

/**
 * Makes a function that writes CP949 as UTF-8, part by part; an empty part is the last. The characters are iconv's: its
 * own decoder goes through text and takes four times as long, and TextDecoder's euc-kr lacks syllables such as 똠. A
 * pair of bytes that is none becomes U+FFFD, and so does half a pair at the end. What it returns lasts until the next call.
 */
export function cp949ToUtf8(): (part: Buffer) => Buffer {
  const pairs = pairTable();
  let out: Buffer = Buffer.alloc(0);
  let half = 0;
  return (part) => {
    // A pair becomes three bytes at most, and half of one may be left from the part before.
    const most = Math.ceil(part.length * 1.5) + 4;
    if (out.length < most) out = Buffer.allocUnsafe(most);
    let lead = half;
    let at = part.length === 0 && lead !== 0 ? out.write("\uFFFD") : 0;
    // By index, and with the half pair in a variable of its own: this loop sees every byte of a large file.
    for (let index = 0; index < part.length; index += 1) {
      const byte = part[index] ?? 0;
      if (lead === 0) {
        if (byte < 0x80) out[at++] = byte;
        else lead = byte;
        continue;
      }
      const code = pairs[((lead & 0x7f) << 8) | byte] ?? 0;
      lead = 0;
      if (code < 0x800) out[at++] = 0xc0 | (code >> 6);
      else {
        out[at++] = 0xe0 | (code >> 12);
        out[at++] = 0x80 | ((code >> 6) & 0x3f);
      }
      out[at++] = 0x80 | (code & 0x3f);
    }
    half = lead;
    return out.subarray(0, at);
  };
}

let known: Uint16Array | null = null;

/** The code point of every pair, by its two bytes. None lies above U+FFFF, and none is ASCII. */
function pairTable(): Uint16Array {
  if (known) return known;
  const pairs = Array.from({ length: 0x8000 }, (_, at) => Buffer.from([0x80 | (at >> 8), at & 0xff]));
  known = Uint16Array.from(pairs, (pair) => {
    const text = iconv.decode(pair, "cp949");
    return text.length === 1 ? text.charCodeAt(0) : 0xfffd;
  });
  return known;
}
