import { rmSync } from "node:fs";
import { mkdtemp, readdir, readFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseAddress } from "../../transforms/address.ts";
import { BogoError, problem } from "../../transforms/problem.ts";
import { sendMail } from "../deliver/smtp.ts";
import { headerOf } from "./header.ts";

export interface WebInbox {
  url: string;
  /** How many mails it shows. */
  count: number;
  close(): Promise<void>;
}

/**
 * Shows the .eml files of a folder in a web page on this machine. The inbox ends the process itself on SIGINT and
 * SIGTERM. It is a development dependency, so an install without those cannot open it.
 */
export async function openInbox({ dir, port = 1080 }: { dir: string; port?: number }): Promise<WebInbox> {
  const mails = (await readdir(dir).catch(() => [])).filter((name) => name.endsWith(".eml")).sort();
  if (mails.length === 0) throw new BogoError([problem("INBOX_EMPTY", { folder: dir })]);
  const { default: MailDev } = await import("maildev").catch((error: NodeJS.ErrnoException) => {
    throw error.code === "ERR_MODULE_NOT_FOUND" ? new BogoError([problem("INBOX_NOT_INSTALLED")]) : error;
  });

  const [web, smtp] = [await freePort(port), await freePort(0)];
  const folder = await mkdtemp(join(tmpdir(), "bogo-inbox-"));
  // The inbox ends the process itself, so only this hook is sure to run.
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const inbox = new MailDev({ smtp, web, ip: "127.0.0.1", mailDirectory: folder, silent: true });
  await inbox.listen();
  for (const name of mails) await relay(await readFile(join(dir, name)), smtp);
  return {
    url: `http://127.0.0.1:${web}/`,
    count: mails.length,
    close: () => new Promise<void>((resolve) => inbox.close(resolve)),
  };
}

/** Hands one stored mail to the inbox, to whom its header names. */
async function relay(bytes: Buffer, port: number): Promise<void> {
  const [from = "nobody@localhost.example"] = addressesOf(headerOf(bytes, "From"));
  const to = addressesOf(headerOf(bytes, "To"));
  const outcomes = await sendMail(
    { host: "127.0.0.1", port, tls: "none" },
    { from, to: to.length > 0 ? to : [from], bytes, release: () => true },
  );
  const refused = outcomes.find(({ outcome }) => outcome !== "accepted");
  if (refused) throw new BogoError([problem("MAIL_CONNECTION", { host: "127.0.0.1", answer: refused.text })]);
}

function addressesOf(header: string): string[] {
  return (header.match(/[^\s<>,"]+@[^\s<>,"]+/g) ?? []).filter((text) => parseAddress(text) !== null);
}

/** The port asked for, or one that is free where it is taken. */
async function freePort(wanted: number): Promise<number> {
  const server = createServer();
  try {
    return await new Promise<number>((resolve, reject) => {
      server.once("error", reject);
      server.listen(wanted, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
    });
  } catch (error) {
    if (wanted === 0) throw error;
    return freePort(0);
  } finally {
    server.close();
  }
}
