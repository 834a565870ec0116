import { z } from "zod";
import { AgencyWarehouse } from "./warehouse.ts";
import {
  Domain,
  Label,
  Mailbox,
  MegaBytes,
  OnUnknown,
  PersonKey,
  REFERENCE,
  SecretRef,
  Setting,
  Slug,
} from "./words.ts";

const Language = z.enum(["ko", "en"]);

const Colleague = z.strictObject({
  mail: Mailbox.describe("The address."),
  language: Language.describe("The language of notices to this person (default: the agency's)."),
});

/** agency.yaml: who sends, through which server, and which recipients each client may have. */
export const AgencyFile = z
  .strictObject({
    name: Label.describe("The agency's name, printed on reports."),
    from: Mailbox.describe("The sender of every report."),
    ops: Mailbox.describe("Who hears of failures."),
    language: Language.optional().describe("The language of notices to ops and AEs (default: ko)."),
    smtp: z
      .strictObject({
        host: Setting.describe(`The mail server: a name, or ${REFERENCE}.`),
        port: z
          .union([z.number().int().min(1).max(65535), SecretRef])
          .optional()
          .describe("Its port (default: 587)."),
        secure: z.boolean().optional().describe("TLS from the first byte (default: only on port 465)."),
        require_tls: z.boolean().optional().describe("Refuse a server without TLS (default: true)."),
        user: Setting.optional().describe("The account, if the server asks for one."),
        pass: SecretRef.optional().describe(`Its password, only as ${REFERENCE}.`),
        oauth2: z
          .strictObject({
            user: SecretRef.describe("The mailbox that sends."),
            client_id: SecretRef.describe("The client that the mail provider has registered."),
            client_secret: SecretRef.describe("Its secret."),
            refresh_token: SecretRef.describe("The token by which access is renewed."),
            url: SecretRef.describe("Where access tokens come from, an https address."),
          })
          .optional()
          .describe(`Access by OAuth2 instead of \`user\` and \`pass\`, each value only as ${REFERENCE}.`),
      })
      .describe("The mail server that takes the reports."),
    dkim: z
      .strictObject({
        domain: Domain.describe("The signing domain, usually that of `from`."),
        selector: z
          .string()
          .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, "selector")
          .describe("Under which name the public key stands in the DNS."),
        private_key: SecretRef.describe(`The key in PEM form, only as ${REFERENCE}.`),
      })
      .optional()
      .describe("Signs each mail itself (DKIM). Leave it out where the mail server signs."),
    unknown: OnUnknown.optional().describe(
      "When the mail server's answer never came: `hold` (default) for a person, or `resend_once`. Clients and reports may differ.",
    ),
    size_limit: MegaBytes.optional().describe(
      "The largest mail, as encoded (default: 10 MB). Files that do not fit are left out, and the mail says so.",
    ),
    people: z
      .record(PersonKey, z.union([Mailbox, Colleague]))
      .describe(
        'Colleagues by key: `lee: "이과장 <lee@agency.example>"`, or `{ mail, language }`. Clients name one as `ae`, goals as `owner`.',
      ),
    domains: z
      .record(Slug, z.array(Domain).min(1))
      .describe("Per client, the mail domains that may receive its reports. Recipients elsewhere are refused."),
    warehouse: AgencyWarehouse.optional(),
    retention: z
      .number()
      .int()
      .min(30)
      .max(3650)
      .optional()
      .describe("Days that sent mails are kept (default: 400). Figures stay; addresses go after 400 days."),
  })
  .describe("The agency: sender, mail server, people, and the recipient domains of each client.");

export type AgencyFile = z.infer<typeof AgencyFile>;
