/** A header field of a message, unfolded and decoded; empty where it has none. Reads what our own messages write. */
export function headerOf(bytes: Uint8Array, name: string): string {
  const text = Buffer.from(bytes.subarray(0, 65_536)).toString("utf8");
  const end = text.search(/\r?\n\r?\n/);
  const lines = (end < 0 ? text : text.slice(0, end)).replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/);
  const field = lines.find((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`)) ?? "";
  return decodeWords(field.slice(name.length + 1)).trim();
}

/** RFC 2047 in UTF-8. White space between two encoded words belongs to the encoding. */
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
