import { mkdir, rename, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { headerOf } from "./header.ts";

export interface ReceivedMail {
  /** The .eml file, absolute. */
  file: string;
  from: string;
  /** Who the envelope named, not who the header names. */
  to: string[];
  subject: string;
  size: number;
}

export interface MailServer {
  host: string;
  port: number;
  /** In the order of arrival. */
  mails(): readonly ReceivedMail[];
  close(): Promise<void>;
}

/**
 * A mail server for the demo, on this machine alone: takes every message and leaves it as a file. It answers 250 only
 * once the file is there. Nothing is passed on to anyone.
 */
export async function startMailServer({ dir, port = 0 }: { dir: string; port?: number }): Promise<MailServer> {
  const { SMTPServer } = await import("smtp-server");
  await mkdir(dir, { recursive: true });
  const mails: ReceivedMail[] = [];
  let sequence = 0;

  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    logger: false,
    onData(stream, { envelope }, done) {
      const to = envelope.rcptTo.map(({ address }) => address);
      const from = envelope.mailFrom ? envelope.mailFrom.address : "";
      sequence += 1;
      const number = String(sequence).padStart(3, "0");
      buffer(stream)
        .then(async (bytes) => {
          const subject = headerOf(bytes, "Subject");
          const file = join(dir, `${safe(`${number} ${to[0] ?? "nobody"} ${subject}`)}.eml`);
          await writeFile(`${file}.tmp`, bytes);
          await rename(`${file}.tmp`, file);
          mails.push({ file, from, to, subject, size: bytes.length });
        })
        .then(() => done(), done);
    },
  });

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  // A client that breaks off is its own affair.
  server.on("error", () => {});
  return {
    host: "127.0.0.1",
    port: (server.server.address() as AddressInfo).port,
    mails: () => mails,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** A file name that every system takes: no separators or reserved signs, and short enough in UTF-8. */
function safe(name: string): string {
  const plain = name
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}\\/:*?"<>|]/gu, "")
    .replace(/\s+/g, "-");
  let kept = "";
  for (const character of plain) {
    if (Buffer.byteLength(kept + character) > 180) break;
    kept += character;
  }
  return kept;
}
