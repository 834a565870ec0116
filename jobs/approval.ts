import type { Person } from "../transforms/definitions.ts";
import type { Text } from "../transforms/metrics.ts";
import type { Outgoing } from "./deliver/deliver.ts";
import { composeMessage, listIdFor, messageIdFor, STAMP } from "./deliver/message.ts";
import { filesOf } from "./documents.ts";
import { type Ledger, runName } from "./ledger/ledger.ts";
import { because } from "./ledger/reason.ts";
import { pageOf } from "./notice/write.ts";
import { domainOf, type Sending } from "./send.ts";

/** The audience of the mail that asks for an approval: no client may call its readers so. */
export const APPROVAL = "approval";

/**
 * Lets messages wait for a person where the report says so, and adds the mail that shows them to that person. It is one
 * of the run's own messages: stored in the same step and sent under the same rules, so it comes, and comes once.
 */
export async function askApproval(
  messages: readonly Outgoing[],
  sending: Sending,
  ledger: Pick<Ledger, "lastReaders">,
): Promise<Outgoing[]> {
  const { def, client, run } = sending;
  const { when, by } = def.approve;
  const waits = ({ audience, recipients }: Outgoing): boolean =>
    when === "always" || (when === "first" && !same(recipients, ledger.lastReaders(client.slug, audience)));
  const waiting = messages.filter(waits);
  if (waiting.length === 0) return [...messages];
  const reason = because("APPROVAL_NEEDED", { person: by.name || by.address, run: runName(run) });
  const held = messages.map((each) => (waiting.includes(each) ? { ...each, approver: by.address, reason } : each));
  return [...held, await requestFor(waiting, sending, by)];
}

/** Null where nobody was ever written to. */
function same(recipients: readonly string[], last: readonly string[] | null): boolean {
  const key = (addresses: readonly string[]) => [...new Set(addresses.map((each) => each.toLowerCase()))].toSorted();
  return last !== null && key(recipients).join() === key(last).join();
}

/** The final mails themselves, byte for byte, below what each would be sent as and to whom. */
async function requestFor(waiting: readonly Outgoing[], sending: Sending, by: Person): Promise<Outgoing> {
  const { agency, run, report, dkim, documents } = sending;
  const lang = agency.languages[by.address] ?? agency.language;
  const domain = domainOf(agency);
  const messageId = messageIdFor(run, APPROVAL, domain);
  const subject = `${words.subject[lang]} ${documents.mail.subject}`;
  const compose = (mails: readonly Outgoing[]): Promise<Buffer> => {
    const text = requestText(waiting, sending, lang, mails.length > 0);
    return composeMessage({
      from: agency.from,
      replyTo: agency.ops,
      to: [by],
      subject,
      html: pageOf(text),
      text,
      inline: [],
      attachments: mails.map(({ audience, bytes }) => ({
        filename: `${runName(run)}.${audience}.eml`,
        contentType: "message/rfc822",
        bytes,
      })),
      messageId,
      date: report.run.as_of,
      listId: listIdFor(run, domain),
      dkim,
      headers: { [STAMP]: runName(run) },
    });
  };
  const whole = await compose(waiting);
  return {
    audience: APPROVAL,
    subject,
    messageId,
    sender: agency.from.address,
    recipients: [by.address],
    bytes: whole.length <= agency.size_limit ? whole : await compose([]),
    // Asked twice is better than never.
    onUnknown: "resend_once",
  };
}

function requestText(
  waiting: readonly Outgoing[],
  { run, def, documents, folder }: Sending,
  lang: keyof Text,
  attached: boolean,
): string {
  const readers = ({ audience, recipients }: Outgoing): string => {
    const known = def.audiences.find(({ id }) => id === audience)?.recipients ?? [];
    return recipients
      .map((address) => {
        const name = known.find((each) => each.address === address)?.name;
        return name ? `${name} <${address}>` : address;
      })
      .join(", ");
  };
  const files = filesOf(documents).map(({ filename }) => filename);
  return [
    `${words.asked[lang]}\n\n    bogo approve ${runName(run)}`,
    `${words.left[lang]}\n\n    bogo run ${run.client} ${run.report} --cadence ${run.cadence} --period ${run.from} --correct`,
    waiting.map((each) => `${each.audience} → ${readers(each)}\n${words.titled[lang]}: ${each.subject}`).join("\n"),
    files.length > 0 ? `${words.files[lang]}: ${files.join(", ")} (${folder})` : "",
    words[attached ? "below" : "tooLarge"][lang],
    "─".repeat(40),
    documents.mail.text,
  ]
    .filter(Boolean)
    .join("\n\n");
}

const words = {
  subject: { ko: "[승인 요청]", en: "[To approve]" },
  asked: {
    ko: "아래 리포트가 승인을 기다립니다. 승인하면 만들어진 메일이 그대로 발송됩니다.",
    en: "This report waits for your approval. Approved, the mail is sent exactly as it was made:",
  },
  left: {
    ko: "승인하지 않으면 발송되지 않습니다. 고칠 점이 있으면 파일이나 설정을 고친 뒤 새로 만드세요.",
    en: "Unless it is approved, nothing is sent. If something is wrong, mend the files or the config and make it anew:",
  },
  titled: { ko: "제목", en: "Subject" },
  files: { ko: "파일", en: "Files" },
  below: {
    ko: "최종 메일을 첨부했습니다(.eml). 그 본문은 다음과 같습니다.",
    en: "The final mail is attached (.eml). It reads:",
  },
  tooLarge: {
    ko: "최종 메일은 너무 커서 첨부하지 못했습니다. 그 본문은 다음과 같습니다.",
    en: "The final mail is too large to attach. It reads:",
  },
} satisfies Record<string, Text>;
