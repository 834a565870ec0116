import { headerOf } from "../mail/header.ts";
import { STAMP } from "./message.ts";

/** A part of a stored message that belongs to another report, or says nothing of where it belongs. */
export interface Foreign {
  part: string;
  found: string;
}

/**
 * Opens a stored message again, last of all, and compares what each part says inside with the run and the readers that
 * it is about to be sent for. Null where all of it agrees: whatever went wrong before, one client's figures are not sent
 * as another's.
 */
export async function foreignPart(bytes: Buffer, run: string, recipients: readonly string[]): Promise<Foreign | null> {
  const to = headerOf(bytes, "To");
  const named = new Set(to.toLowerCase().match(/[^\s<>,"]+@[^\s<>,"]+/g));
  if (recipients.some((recipient) => !named.has(recipient.toLowerCase()))) return { part: "To", found: to };
  for (const { part, stamp } of await stampsOf(bytes)) if (stamp !== run) return { part, found: stamp ?? "–" };
  return null;
}

/** Null where there should be a stamp and is none. */
interface Stamped {
  part: string;
  stamp: string | null;
}

async function stampsOf(bytes: Buffer): Promise<Stamped[]> {
  const own = { part: STAMP, stamp: headerOf(bytes, STAMP) || null };
  const found = [own];
  for (const { type, content, beside } of leavesOf(bytes)) {
    if (type === "message/rfc822") found.push(...(await stampsOf(content)));
    else if (type.includes("spreadsheetml")) found.push({ part: "Excel", stamp: await workbookStamp(content, beside) });
    else if (type === "application/pdf") found.push({ part: "PDF", stamp: pdfStamp(content, beside) });
    else if (type === "text/html") {
      // A mail that only speaks about reports has none.
      const stamp = first(content.toString("utf8"), /<meta name="report-run" content="([^"]*)">/);
      if (stamp !== null) found.push({ part: "HTML", stamp });
    }
  }
  return found;
}

/** What it says inside. Nobody can look into an encrypted one (an OLE file instead of a zip): what stands beside it counts. */
async function workbookStamp(bytes: Buffer, beside: string | null): Promise<string | null> {
  if (bytes.subarray(0, ole.length).equals(ole)) return beside;
  const { strFromU8, unzipSync } = await import("fflate");
  const { "docProps/core.xml": properties } = unzipSync(bytes, { filter: ({ name }) => name === "docProps/core.xml" });
  return properties ? first(strFromU8(properties), /<dc:identifier>([^<]*)<\/dc:identifier>/) : null;
}

const ole = Buffer.from("d0cf11e0a1b11ae1", "hex");

/**
 * The document's own description is the one part that is written as plain text, and titles in it are escaped. An encrypted
 * one has none that can be read.
 */
function pdfStamp(bytes: Buffer, beside: string | null): string | null {
  const text = bytes.toString("latin1");
  const inside = first(text, /<pdf:Keywords>([^<]*)<\/pdf:Keywords>/);
  return inside ?? (/\/Encrypt \d+ \d+ R/.test(text) ? beside : null);
}

const first = (text: string, pattern: RegExp): string | null => pattern.exec(text)?.[1] ?? null;

interface Leaf {
  type: string;
  content: Buffer;
  /** The stamp among its own headers. */
  beside: string | null;
}

/** The parts of a message that hold something themselves. Reads what our own messages write. */
function leavesOf(bytes: Buffer): Leaf[] {
  const field = headerOf(bytes, "Content-Type");
  const type = field.split(";")[0]?.trim().toLowerCase() || "text/plain";
  const body = bytes.subarray(bytes.indexOf("\r\n\r\n") + 4);
  const boundary = first(field, /boundary="?([^";]+)/i);
  if (type.startsWith("multipart/") && boundary) return split(bytes, `\r\n--${boundary}`).flatMap(leavesOf);
  return [{ type, content: decoded(body, bytes), beside: headerOf(bytes, STAMP) || null }];
}

/** What stands between the first boundary and the last. */
function split(bytes: Buffer, boundary: string): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = bytes.indexOf(boundary); at >= 0; ) {
    const from = at + boundary.length + 2;
    const next = bytes.indexOf(boundary, from);
    if (next < 0) break;
    parts.push(bytes.subarray(from, next));
    at = next;
  }
  return parts;
}

function decoded(body: Buffer, part: Buffer): Buffer {
  const encoding = headerOf(part, "Content-Transfer-Encoding").toLowerCase();
  if (encoding === "base64") return Buffer.from(body.toString("latin1"), "base64");
  if (encoding !== "quoted-printable") return body;
  const text = body
    .toString("latin1")
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(text, "latin1");
}
