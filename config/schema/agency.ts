import { z } from "zod";
import { Domain, Label, Mailbox, PersonKey, REFERENCE, SecretRef, Setting, Slug } from "./words.ts";

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
      })
      .describe("The mail server that takes the reports."),
    people: z
      .record(PersonKey, z.union([Mailbox, Colleague]))
      .describe(
        'Colleagues by key: `lee: "이과장 <lee@agency.example>"`, or `{ mail, language }`. Clients name one as `ae`, goals as `owner`.',
      ),
    domains: z
      .record(Slug, z.array(Domain).min(1))
      .describe("Per client, the mail domains that may receive its reports. Recipients elsewhere are refused."),
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
