import { createHash } from "node:crypto";
import type { Address } from "../../transforms/address.ts";
import { mailDate } from "../clock.ts";
import { type RunIdentity, runName } from "../ledger/ledger.ts";
import { type DkimKey, signMessage } from "./dkim.ts";

export interface MessageParts {
  from: Address;
  /** The AE who answers; without one, replies go to the sender. */
  replyTo: Address | null;
  /** One audience: all of them see each other, and nobody else. */
  to: readonly Address[];
  subject: string;
  html: string;
  text: string;
  /** Pictures that the HTML names as `cid:…`. */
  inline: readonly { cid: string; png: Uint8Array }[];
  /** The stamp says which report an encrypted file belongs to. */
  attachments: readonly { filename: string; contentType: string; bytes: Uint8Array; stamp?: string }[];
  /** From `messageIdFor`. */
  messageId: string;
  /** ISO instant of the Date header. */
  date: string;
  /** From `listIdFor`: lets readers sort reports into a folder. */
  listId: string;
  /** Whom a mail program's own button asks to take the reader off the list; null where there is none. */
  unsubscribe?: string | null;
  /** Signs it; without one, the mail server does or nobody. */
  dkim?: DkimKey | null;
  /** Further headers, such as `X-Report-Run`. */
  headers?: Readonly<Record<string, string>>;
}

/** Builds the message's MIME bytes. The same parts give the same bytes; nothing is read from files or fetched. */
export async function composeMessage(parts: MessageParts): Promise<Buffer> {
  const { default: MailComposer } = await import("nodemailer/lib/mail-composer");
  const { from, replyTo, to, subject, html, text, inline, attachments, messageId, date, listId, dkim, headers } = parts;
  const { unsubscribe = null } = parts;
  const composer = new MailComposer({
    from: { ...from },
    replyTo: replyTo ? { ...replyTo } : undefined,
    to: to.map((address) => ({ ...address })),
    subject,
    text: mailLines(text),
    html: mailLines(html),
    messageId,
    date: mailDate(date),
    baseBoundary: fingerprint(messageId),
    attachments: [
      ...inline.map(({ cid, png }) => ({
        cid,
        filename: `${cid}.png`,
        contentType: "image/png",
        contentDisposition: "inline" as const,
        content: Buffer.from(png),
      })),
      ...attachments.map(({ filename, contentType, bytes, stamp }) => ({
        filename,
        contentType,
        // Also a mail in the mail, which would else be drawn as a part of it.
        contentDisposition: "attachment" as const,
        content: Buffer.from(bytes),
        ...(stamp === undefined ? {} : { headers: { [STAMP]: stamp } }),
      })),
    ],
    headers: {
      // RFC 3834: no vacation answers; the second one is Exchange's word for the same.
      "Auto-Submitted": "auto-generated",
      "X-Auto-Response-Suppress": "All",
      "List-Id": `<${listId}>`,
      ...(unsubscribe === null ? {} : { "List-Unsubscribe": unsubscribeBy(unsubscribe, listId) }),
      ...headers,
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const bytes = await composer.compile().build();
  return dkim ? signMessage(bytes, dkim) : bytes;
}

/** The header that says which report a message, or an encrypted file in it, belongs to. */
export const STAMP = "X-Report-Run";

/** RFC 2369: a mail to a person, who takes the reader out of the config. A link would need a server of its own. */
function unsubscribeBy(address: string, listId: string): string {
  return `<mailto:${address}?subject=${encodeURIComponent(`unsubscribe ${listId}`)}>`;
}

/**
 * `<client.report.cadence.period.rN.audience.hash@domain>`: the same report to the same audience always has the same
 * id, so mail systems that drop repeats can. A test send passes a `salt`, or the real mail would count as its repeat.
 */
export function messageIdFor(run: RunIdentity, audience: string, domain: string, salt = ""): string {
  const name = `${runName(run)}.${audience}`;
  return `<${name}.${fingerprint(`${name}\n${domain}\n${salt}`).slice(0, 12)}@${domain}>`;
}

/** The List-Id of one report: `ppc.hanbit-coffee.agency.example`. */
export function listIdFor({ client, report }: Pick<RunIdentity, "client" | "report">, domain: string): string {
  return `${report}.${client}.${domain}`;
}

/** With the line ends of SMTP, so that what is stored is, byte for byte, what leaves. */
const mailLines = (text: string): string => text.replace(/\r?\n/g, "\r\n");

const fingerprint = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 32);
