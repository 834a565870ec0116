import type { Agency, Client } from "../config/config.ts";
import { type Environment, secret, setting } from "../config/secret.ts";
import type { Person, ReportDef } from "../transforms/definitions.ts";
import { BogoError, problem } from "../transforms/problem.ts";
import type { Report } from "../transforms/report/model.ts";
import type { Outgoing } from "./deliver/deliver.ts";
import { composeMessage, listIdFor, messageIdFor } from "./deliver/message.ts";
import type { SmtpSettings } from "./deliver/smtp.ts";
import type { DocumentFile, Documents } from "./documents.ts";
import { type RunIdentity, runName } from "./ledger/ledger.ts";

/** Everything that decides who gets a report and how it is signed. */
export interface Sending {
  agency: Agency;
  client: Client;
  def: ReportDef;
  run: RunIdentity;
  report: Report;
  documents: Documents;
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
  { agency, def, run, report, documents }: Sending,
  audience: string,
  recipients: readonly Person[],
  salt: string,
): Promise<Outgoing> {
  const { mail, chart, excel, pdf } = documents;
  const domain = agency.from.address.split("@")[1] ?? "localhost";
  const messageId = messageIdFor(run, audience, domain, salt);
  const bytes = await composeMessage({
    from: agency.from,
    replyTo: def.ae,
    to: recipients,
    subject: mail.subject,
    html: mail.html,
    text: mail.text,
    inline: chart ? [chart] : [],
    attachments: [excel, pdf].filter((file): file is DocumentFile => file !== null),
    messageId,
    date: report.run.as_of,
    listId: listIdFor(run, domain),
    headers: { "X-Report-Run": runName(run) },
  });
  return {
    audience,
    subject: mail.subject,
    messageId,
    sender: agency.from.address,
    recipients: recipients.map(({ address }) => address),
    bytes,
    onUnknown: def.unknown,
  };
}

/** The mail server of agency.yaml with its secrets read now, so that a rotated password counts at once. */
export function smtpSettings({ smtp }: Agency, env: Environment): SmtpSettings {
  const read = (reference: string, as: (reference: string, env: Environment) => string): string => {
    try {
      return as(reference, env);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new BogoError([problem("CONFIG_SECRET_MISSING", { reference, why }, { file: "agency.yaml" })]);
    }
  };
  const port = Number(typeof smtp.port === "number" ? smtp.port : read(smtp.port, setting));
  const implicit = smtp.secure ?? port === 465;
  return {
    host: read(smtp.host, setting),
    port,
    ...(smtp.user === null ? {} : { user: read(smtp.user, setting) }),
    ...(smtp.pass === null ? {} : { pass: read(smtp.pass, (reference) => secret(reference, env).reveal()) }),
    tls: implicit ? "implicit" : smtp.require_tls ? "starttls" : "none",
  };
}
