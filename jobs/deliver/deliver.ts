import { parseAddress, withinDomains } from "../../transforms/address.ts";
import type { OnUnknown } from "../../transforms/definitions.ts";
import { BogoError, problem } from "../../transforms/problem.ts";
import type { Clock } from "../clock.ts";
import type { Due, DueDelivery, Figure, Ledger, Outcome, Reason, RunRecord } from "../ledger/ledger.ts";
import { newOwner } from "../ledger/owner.ts";
import { because } from "../ledger/reason.ts";
import type { DkimKey } from "./dkim.ts";
import { toOutcome } from "./outcome.ts";
import { checkSettings, type RecipientOutcome, type SmtpSettings, sendMail, timeouts } from "./smtp.ts";
import { foreignPart } from "./stamps.ts";
import type { MailStore } from "./store.ts";

export interface Outside {
  ledger: Ledger;
  store: MailStore;
  smtp: SmtpSettings;
  /** The computer's own, also where the report's day is fixed: claims and retries are about real time. */
  clock: Clock;
  /** `domains` of agency.yaml: where each client's mail may go. A client that is not in it gets none. */
  domains: Readonly<Record<string, readonly string[]>>;
  /** Signs mails; null where the mail server does. */
  dkim?: DkimKey | null;
  /** Encoded bytes above which a message is held; many servers take no more than 10 MB. */
  maxBytes?: number;
  /** Aborted, no further transaction begins; the one that has begun comes to its end. */
  signal?: AbortSignal;
  /** Aborted, that one is broken off as well: whether the message was taken may then be unknown. */
  cut?: AbortSignal;
  /** Told of each result as it comes. */
  onResult?: (result: SendResult) => void;
}

export interface SendResult {
  client: string;
  run: string;
  audience: string;
  recipient: string;
  outcome: Outcome;
}

/** A composed message for one audience. */
export interface Outgoing {
  audience: string;
  subject: string;
  messageId: string;
  /** The envelope's sender, a bare address. */
  sender: string;
  /** Bare addresses. */
  recipients: readonly string[];
  bytes: Uint8Array;
  /** What an unknown outcome leads to; by default a person decides. */
  onUnknown?: OnUnknown;
  /** Whose approval it waits for. */
  approver?: string | null;
  /** Why it is held, or what a person should know although it goes. */
  reason?: Reason | null;
}

/**
 * Stores a run's messages, then sends what is queued of them. A run that has its messages already keeps them: the ones
 * given are ignored, what was accepted is not sent again, and what is queued leaves from the stored bytes.
 */
export async function deliver(
  outside: Outside,
  run: number,
  messages: readonly Outgoing[],
  figures: readonly Figure[],
): Promise<RunRecord> {
  const { ledger, store, clock, maxBytes = 10_000_000 } = outside;
  const wrong = messages.flatMap(({ recipients }) =>
    recipients.filter((recipient) => parseAddress(recipient)?.address !== recipient),
  );
  if (wrong.length > 0) throw new BogoError(wrong.map((found) => problem("MAIL_ADDRESS", { found })));
  const { client, report, cadence, from, revision } = ledger.run(run);
  const stored = [];
  for (const { bytes, onUnknown = "hold", approver = null, reason = null, ...message } of messages) {
    const kept = await store.put(client, `${report}.${cadence}.${from}.r${revision}.${message.audience}`, bytes);
    const tooBig =
      kept.size > maxBytes
        ? because("MAIL_TOO_BIG", { audience: message.audience, size: kept.size, limit: maxBytes })
        : null;
    const state = tooBig || approver !== null ? ("held" as const) : ("ready" as const);
    stored.push({ ...message, ...kept, onUnknown, approver, state, reason: tooBig ?? reason });
  }
  ledger.addMessages(run, stored, figures, clock.now());
  return sendQueued(outside, run);
}

/** Sends what is queued of one run, due or not: for a second run of the same report. */
export async function sendQueued(outside: Outside, run: number): Promise<RunRecord> {
  await sendAll(outside, { run });
  return outside.ledger.run(run);
}

/** Sends what earlier runs left queued, of one client or of all, as far as it is due again. */
export async function deliverQueued(outside: Outside, client?: string): Promise<RunRecord[]> {
  const runs = await sendAll(outside, { client, by: outside.clock.now() });
  return runs.map((run) => outside.ledger.run(run));
}

/** Sends a message outside any run: nothing is stored, and the report still counts as not sent. */
export async function sendTest(
  { smtp, domains, signal }: Pick<Outside, "smtp" | "domains" | "signal">,
  { client, sender, recipients, bytes }: Pick<Outgoing, "sender" | "recipients" | "bytes"> & { client: string },
): Promise<RecipientOutcome[]> {
  checkRecipients(client, recipients, domains);
  return sendMail(smtp, { from: sender, to: recipients, bytes, release: () => true, signal });
}

/** Refuses what is no address and whoever may not read this client's figures. */
export function checkRecipients(client: string, recipients: readonly string[], domains: Outside["domains"]): void {
  const wrong = recipients.flatMap((found) => {
    if (parseAddress(found)?.address !== found) return [problem("MAIL_ADDRESS", { found })];
    const reason = outsider(client, found, domains);
    return reason ? [problem(reason.code, reason.facts, { client })] : [];
  });
  if (wrong.length > 0) throw new BogoError(wrong);
}

async function sendAll(outside: Outside, ask: Parameters<Ledger["due"]>[0]): Promise<number[]> {
  const { ledger, clock, smtp, signal } = outside;
  checkSettings(smtp);
  ledger.recover(clock.now());
  const runs = new Set(ask.run === undefined ? [] : [ask.run]);
  for (const due of ledger.due(ask)) {
    if (signal?.aborted) break;
    runs.add(due.run);
    await sendMessage(outside, due);
  }
  for (const run of runs) settle(ledger, run, clock.now());
  return [...runs];
}

/** One message, one claim, one SMTP transaction, one outcome a recipient. */
async function sendMessage(outside: Outside, due: Due): Promise<void> {
  const { ledger, store, smtp, clock, domains, cut } = outside;
  const bytes = await store.get(due);
  const owner = newOwner();
  // The claim outlives the longest transaction, so it is lost only by a process that has stopped.
  const leaseMs = { ...timeouts, ...smtp.timeouts }.whole + 60_000;
  const won = new Set(
    ledger.claim(
      due.deliveries.map(({ id }) => id),
      owner,
      leaseMs,
      clock.now(),
    ),
  );
  const claimed = due.deliveries.filter(({ id }) => won.has(id));
  if (claimed.length === 0) return;

  const end = (delivery: DueDelivery, outcome: Outcome) => {
    if (!ledger.mark(delivery.id, owner, outcome, clock.now())) return;
    outside.onResult?.({
      client: due.client,
      run: due.name,
      audience: due.audience,
      recipient: delivery.recipient,
      outcome,
    });
  };
  const stop = (delivery: DueDelivery, reason: Reason) =>
    end(delivery, { state: "failed", code: null, response: null, reason });

  if (!bytes) {
    for (const delivery of claimed) stop(delivery, because("MAIL_CHANGED", { path: due.path }));
    return;
  }
  // Last of all, whatever the config said when the message was made: who may read this client's figures.
  const sending = claimed.filter((delivery) => {
    const reason = outsider(due.client, delivery.recipient, domains);
    if (reason) stop(delivery, reason);
    return !reason;
  });
  if (sending.length === 0) return;

  const to = sending.map(({ recipient }) => recipient);
  const foreign = await foreignPart(bytes, due.name, to);
  if (foreign) {
    const reason = because("MAIL_STAMP", { path: due.path, run: due.name, ...foreign });
    for (const delivery of sending) stop(delivery, reason);
    return;
  }

  const ids = sending.map(({ id }) => id);
  const fence = { open: true };
  const outcomes = await sendMail(smtp, {
    from: due.sender,
    to,
    bytes,
    release: () => {
      fence.open = ledger.markHanded(ids, owner, clock.now());
      return fence.open;
    },
    signal: cut,
  });
  for (const delivery of sending) {
    const outcome = outcomes.find(({ address }) => address === delivery.recipient);
    // Held back by a person in the last moment: that is no failure of the server's.
    if (!fence.open) end(delivery, { state: "queued", next: clock.now(), code: null, response: null, reason: null });
    else if (outcome) end(delivery, toOutcome(outcome, delivery, smtp.host, clock.now()));
  }
}

function outsider(client: string, recipient: string, domains: Outside["domains"]): Reason | null {
  const allowed = domains[client] ?? [];
  return withinDomains(recipient, allowed)
    ? null
    : because("MAIL_DOMAIN", { recipient, client, allowed: allowed.join(", ") || "–" });
}

/** A run is done when no delivery of it is open. */
export function settle(ledger: Ledger, run: number, now: string): void {
  const { state, messages } = ledger.run(run);
  const open = messages.some(({ deliveries }) => deliveries.some(({ state }) => OPEN.has(state)));
  if (state === "rendered" && !open) ledger.finishRun(run, "done", now);
}

const OPEN: ReadonlySet<string> = new Set(["queued", "sending", "handed", "unknown"]);
