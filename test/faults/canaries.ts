import { gunzipSync, unzipSync } from "fflate";
import { simpleParser } from "mailparser";
import { poppler, textOf } from "../pdf/poppler.ts";
import type { Canary } from "./estate.ts";

/** The words, numbers and addresses of other clients that stand anywhere in a file, however it is packed. */
export async function foreignWords(
  name: string,
  bytes: Uint8Array,
  own: Canary | undefined,
  clients: readonly Canary[],
): Promise<string[]> {
  const text = (await textsOf(name, bytes)).join("\n").toLowerCase();
  return clients.filter((client) => client !== own).flatMap((client) => marksIn(text, client));
}

/** Whether a file tells a client's own word and figure. */
export async function holdsOwn(name: string, bytes: Uint8Array, own: Canary): Promise<boolean> {
  const text = (await textsOf(name, bytes)).join("\n").toLowerCase();
  return marksIn(text, own).length > 1;
}

const marksIn = (text: string, { word, prime }: Canary): string[] =>
  [word.toLowerCase(), String(prime), prime.toLocaleString("en-US")].filter((mark) => text.includes(mark));

/** Everything that can be read in a file: its name, its bytes as text, and the same of what is packed in it. */
export async function textsOf(name: string, bytes: Uint8Array): Promise<string[]> {
  const buffer = Buffer.from(bytes);
  const texts = [name, buffer.toString("utf8")];
  if (buffer.subarray(0, 4).toString("latin1") === "PK\x03\x04") {
    for (const [part, content] of Object.entries(unzipSync(bytes))) texts.push(...(await textsOf(part, content)));
  } else if (buffer.subarray(0, 2).toString("hex") === "1f8b")
    texts.push(...(await textsOf(`${name} unpacked`, gunzipSync(bytes))));
  else if (buffer.subarray(0, 5).toString("latin1") === "%PDF-") {
    // Page text is in the codes of its subset fonts; without poppler only the document's own data are looked at.
    if (poppler) texts.push(textOf(buffer));
  } else if (name.endsWith(".eml")) {
    const { headerLines, subject, text, html, attachments } = await simpleParser(buffer);
    texts.push(...headerLines.map(({ line }) => line), subject ?? "", text ?? "", html || "");
    for (const { filename = "part", content } of attachments) texts.push(...(await textsOf(filename, content)));
  }
  return texts;
}
