import type { Agency, Client } from "../config/config.ts";
import type { Person, ReportDef } from "../transforms/definitions.ts";
import type { Report } from "../transforms/report/model.ts";
import type { Outgoing } from "./deliver/deliver.ts";
import type { DkimKey } from "./deliver/dkim.ts";
import { composeMessage, listIdFor, messageIdFor, STAMP } from "./deliver/message.ts";
import { type Documents, filesOf, picturesOf, withoutFiles } from "./documents.ts";
import { type RunIdentity, runName } from "./ledger/ledger.ts";
import { because } from "./ledger/reason.ts";
import { documentsFor } from "./seal.ts";

/** Everything that decides who gets a report and how it is signed. */
export interface Sending {
  agency: Agency;
  client: Client;
  def: ReportDef;
  run: RunIdentity;
  report: Report;
  documents: Documents;
  /** Where its files lie for people, whatever the mail can carry. */
  folder: string;
  dkim?: DkimKey | null;
}

/**
 * One message for each audience of a report: the same words and files, and nobody sees another audience's addresses.
 *
 * With `to`, a single test message that counts as nothing: it has an id of its own.
 */
export async function messagesFor(sending: Sending, to?: string): Promise<Outgoing[]> {
  const { def } = sending;
  const audiences = to ? [{ id: "test", recipients: [{ name: "", address: to }] }] : def.audiences;
  return Promise.all(
    audiences.map(({ id, recipients }) => messageFor(sending, id, recipients, to ? `test ${to}` : "")),
  );
}

async function messageFor(
  sending: Sending,
  audience: string,
  recipients: readonly Person[],
  salt: string,
): Promise<Outgoing> {
  const { agency, def, run, report, folder } = sending;
  const documents = documentsFor(sending.documents, def, audience);
  const messageId = messageIdFor(run, audience, domainOf(agency), salt);
  const composed = (given: Documents) => compose(sending, given, recipients, messageId);
  const whole = await composed(documents);
  const files = filesOf(documents);
  const fits = whole.length <= agency.size_limit || files.length === 0;
  return {
    audience,
    subject: documents.mail.subject,
    messageId,
    sender: agency.from.address,
    recipients: recipients.map(({ address }) => address),
    bytes: fits ? whole : await composed(await withoutFiles(report, documents)),
    onUnknown: def.unknown,
    reason: fits
      ? null
      : because("DELIVERY_TOO_LARGE", {
          run: runName(run),
          audience,
          size: megabytes(whole.length),
          limit: megabytes(agency.size_limit),
          files: files.map(({ filename }) => filename).join(", "),
          folder,
        }),
  };
}

function compose(
  { agency, def, run, report, dkim = null }: Sending,
  { mail, chart, logos, excel, pdf }: Documents,
  to: readonly Person[],
  messageId: string,
): Promise<Buffer> {
  return composeMessage({
    from: agency.from,
    replyTo: def.ae,
    to,
    subject: mail.subject,
    html: mail.html,
    text: mail.text,
    inline: picturesOf({ chart, logos }),
    attachments: filesOf({ excel, pdf }),
    messageId,
    date: report.run.as_of,
    listId: listIdFor(run, domainOf(agency)),
    dkim,
    unsubscribe: (def.ae.address ? def.ae : agency.from).address,
    headers: { [STAMP]: runName(run) },
  });
}

/** The sender's mail domain, which ids of mails end in. */
export const domainOf = ({ from }: Agency): string => from.address.split("@")[1] ?? "localhost";

const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1).replace(/\.0$/, "");
