import type { Agency, Client } from "../config/config.ts";
import { type Environment, secret, setting } from "../config/secret.ts";
import type { Person, ReportDef } from "../transforms/definitions.ts";
import { BogoError, problem } from "../transforms/problem.ts";
import type { Report } from "../transforms/report/model.ts";
import type { Outgoing } from "./deliver/deliver.ts";
import type { DkimKey } from "./deliver/dkim.ts";
import { composeMessage, listIdFor, messageIdFor, STAMP } from "./deliver/message.ts";
import type { OAuth2, SmtpSettings } from "./deliver/smtp.ts";
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

/** The mail server of agency.yaml with its secrets read now, so that a rotated password counts at once. */
export function smtpSettings({ smtp }: Agency, env: Environment): SmtpSettings {
  const port = Number(typeof smtp.port === "number" ? smtp.port : read(smtp.port, env, setting));
  const implicit = smtp.secure ?? port === 465;
  return {
    host: read(smtp.host, env, setting),
    port,
    ...(smtp.user === null ? {} : { user: read(smtp.user, env, setting) }),
    ...(smtp.pass === null ? {} : { pass: read(smtp.pass, env, reveal) }),
    ...(smtp.oauth2 === null ? {} : { oauth2: grantOf(smtp.oauth2, env) }),
    tls: implicit ? "implicit" : smtp.require_tls ? "starttls" : "none",
  };
}

function grantOf(written: NonNullable<Agency["smtp"]["oauth2"]>, env: Environment): OAuth2 {
  return {
    user: read(written.user, env, setting),
    clientId: read(written.client_id, env, setting),
    clientSecret: read(written.client_secret, env, reveal),
    refreshToken: read(written.refresh_token, env, reveal),
    url: read(written.url, env, setting),
  };
}

/** The key that signs mails, read now; null where the mail server signs. */
export function dkimKey({ dkim }: Agency, env: Environment): DkimKey | null {
  return dkim && { domain: dkim.domain, selector: dkim.selector, privateKey: read(dkim.private_key, env, reveal) };
}

const reveal = (reference: string, env: Environment): string => secret(reference, env).reveal();

/** A value of agency.yaml that may stand elsewhere. */
function read(reference: string, env: Environment, as: typeof reveal): string {
  try {
    return as(reference, env);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new BogoError([problem("CONFIG_SECRET_MISSING", { reference, why }, { file: "agency.yaml" })]);
  }
}
