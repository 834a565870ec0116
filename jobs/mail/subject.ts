/** The subject of a message, decoded; empty where it has none. Reads what our own messages write: UTF-8 words. */
export function subjectOf(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.subarray(0, 65_536)).toString("utf8");
  const headers = text.slice(0, Math.max(0, text.search(/\r?\n\r?\n/))).replace(/\r?\n[ \t]+/g, " ");
  const subject = /^subject:[ \t]*(.*)$/im.exec(headers)?.[1] ?? "";
  return decodeWords(subject).trim();
}

/** RFC 2047. White space between two encoded words belongs to the encoding, and a character never spans two words. */
function decodeWords(text: string): string {
  return text
    .replace(/(\?=)\s+(?==\?)/g, "$1")
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, encoding: string, content: string) =>
      encoding.toLowerCase() === "b" ? Buffer.from(content, "base64").toString("utf8") : decodeQuoted(content),
    );
}

function decodeQuoted(content: string): string {
  const binary = content
    .replaceAll("_", " ")
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(binary, "latin1").toString("utf8");
}
