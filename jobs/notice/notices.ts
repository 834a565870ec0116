import { createHash } from "node:crypto";
import type { Agency, Config } from "../../config/config.ts";
import type { Person } from "../../transforms/definitions.ts";
import { type Cause, follow, isDue, type Notice, told, trying } from "../../transforms/notice.ts";
import { composeMessage } from "../deliver/message.ts";
import { type SmtpSettings, sendMail } from "../deliver/smtp.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Log } from "../log.ts";
import { causesOf } from "./causes.ts";
import { pageOf, writeNotices } from "./write.ts";

export interface NoticeOutside {
  ledger: Ledger;
  config: Pick<Config, "agency" | "clients" | "problems">;
  /** Null where it cannot be said now, because a secret is missing: then nothing is sent and all stays due. */
  smtp: SmtpSettings | null;
  /** What only the caller knows: slots that are overdue, exports that the next reports lack. */
  more?: readonly Cause[];
  log?: Pick<Log, "info" | "warn">;
}

/**
 * Tells people what needs them, at each tick: one mail a person with all that is new, lasts for another 4 hours, or is
 * over. Notices have a queue of their own, and one that cannot be sent is tried again and makes none.
 */
export async function notices(now: string, outside: NoticeOutside): Promise<{ told: number; failed: number }> {
  const { ledger, config, smtp, log } = outside;
  const { agency } = config;
  const causes = [...causesOf(ledger, config, now), ...(outside.more ?? [])];
  const due = ledger.keepNotices((known) => follow(known, causes, now)).filter((each) => isDue(each, now));
  const result = { told: 0, failed: 0 };
  if (!agency || !smtp) return result;

  const byPerson = Map.groupBy(due, (each) => readerOf(each, agency, config).address);
  for (const [address, theirs] of byPerson) {
    const claims = ledger.claimNotices(theirs.map((seen) => ({ seen, claimed: trying(seen, now) })));
    const mine = claims.map(({ seen }) => seen);
    if (mine.length === 0) continue;
    const outcome = await send(mine, address, now, agency, smtp);
    const facts = { to: address, notices: mine.map(({ key }) => key) };
    if (outcome !== null) {
      result.failed += mine.length;
      log?.warn("notice.failed", { ...facts, answer: outcome });
      continue;
    }
    const keys = new Set(mine.map(({ key }) => key));
    // As they are now: a cause may have ended while its mail was on its way.
    ledger.keepNotices((all) => all.filter(({ key }) => keys.has(key)).map((each) => toldOf(each, mine, now)));
    result.told += mine.length;
    log?.info("notice.sent", facts);
  }
  return result;
}

/** What was told is how it stood when it was claimed: an end that came since is still to be told. */
function toldOf(current: Notice, mine: readonly Notice[], now: string): Notice {
  const claimed = mine.find(({ key }) => key === current.key);
  if (!claimed || claimed.ended === current.ended) return told(current, now);
  return { ...current, lastSent: now, times: current.times + 1, next: now };
}

function readerOf({ audience, client }: Notice, agency: Agency, { clients }: Pick<Config, "clients">): Person {
  const ae = audience === "ae" && client !== null ? clients.get(client)?.client?.ae : undefined;
  return ae?.address ? ae : agency.ops;
}

/** Null when it was taken, else what the server said. */
async function send(
  notices: readonly Notice[],
  address: string,
  now: string,
  agency: Agency,
  smtp: SmtpSettings,
): Promise<string | null> {
  const { subject, text } = writeNotices(notices, agency.languages[address] ?? agency.language);
  const domain = agency.from.address.split("@")[1] ?? "localhost";
  const id = createHash("sha256").update(`${now}\n${address}\n${text}`).digest("hex").slice(0, 24);
  const bytes = await composeMessage({
    from: agency.from,
    replyTo: agency.ops,
    to: [{ name: "", address }],
    subject,
    html: pageOf(text),
    text,
    inline: [],
    attachments: [],
    messageId: `<notice.${id}@${domain}>`,
    date: now,
    listId: `notices.${domain}`,
  });
  const [outcome] = await sendMail(smtp, { from: agency.from.address, to: [address], bytes, release: () => true });
  return outcome?.outcome === "accepted" ? null : (outcome?.text ?? "no answer");
}
