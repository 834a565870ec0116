import { join } from "node:path";
import { BogoError, type Problem, problem } from "../../transforms/problem.ts";
import { APPROVAL } from "../approval.ts";
import { agencyOf, type Context, deliveryOf, openLedger, readConfig } from "../context.ts";
import { sendQueued, settle } from "../deliver/deliver.ts";
import { smtpSettings } from "../deliver/settings.ts";
import { mailStore } from "../deliver/store.ts";
import { overallState, stateName, tellRuns } from "../history.ts";
import { type DeliveryRecord, type DeliveryState, type Ledger, type RunRecord, runName } from "../ledger/ledger.ts";
import { restoredProblem } from "../restored.ts";

/** Lets the held messages of a run go, as the bytes that are stored, and sends them. */
export async function approve(context: Context, name: string, { by }: { by?: string }): Promise<number> {
  return withSending(context, async (ledger, send) => {
    const run = runNamed(ledger, name);
    const held = run.messages.filter(({ state }) => state === "held");
    if (held.length === 0) throw refusal("APPROVE_NOTHING", { run: runName(run) });
    const store = mailStore(join(context.roots.state, "mail"));
    for (const message of held) if (!(await store.get(message))) throw refusal("MAIL_CHANGED", { path: message.path });
    for (const { id, sha256 } of held) ledger.approve(id, sha256, by ?? null, context.clock.now());
    return send(run.id);
  });
}

/** Holds back what of a run has not left yet. */
export async function hold(context: Context, name: string, { by }: { by?: string }): Promise<number> {
  const ledger = await openLedger(context);
  try {
    const now = context.clock.now();
    ledger.recover(now);
    const run = runNamed(ledger, name);
    const reason = { code: "MAIL_HELD" as const, facts: { run: runName(run) } };
    if (ledger.hold(run.id, reason, by ?? null, now).length === 0) throw refusal("HOLD_NOTHING", { run: runName(run) });
    return tell(context, ledger.run(run.id), 0);
  } finally {
    ledger.close();
  }
}

/** Settles a delivery of which nobody knows whether it arrived: it did, or the same bytes go again. */
export async function resolve(
  context: Context,
  id: number,
  { sent = false, resend = false, by }: { sent?: boolean; resend?: boolean; by?: string },
): Promise<number> {
  if (sent === resend) throw refusal("RESOLVE_HOW", { delivery: String(id) });
  const decide = (ledger: Ledger): number => {
    const now = context.clock.now();
    ledger.recover(now);
    const delivery = ledger.delivery(id);
    if (!delivery) throw refusal("RESOLVE_UNKNOWN", { found: String(id) });
    const { run, recipient, state } = delivery;
    if (resend) refuseSuperseded(ledger, ledger.run(run));
    if (!ledger.resolve(id, sent ? "sent" : "resend", by ?? null, now)) {
      const known = { state_ko: stateName(state, "ko"), state_en: stateName(state, "en") };
      throw refusal("RESOLVE_SETTLED", { delivery: String(id), recipient, run: runName(ledger.run(run)), ...known });
    }
    settle(ledger, run, now);
    return run;
  };
  if (resend) return withSending(context, async (ledger, send) => send(decide(ledger)));
  const ledger = await openLedger(context);
  try {
    return tell(context, ledger.run(decide(ledger)), 0);
  } finally {
    ledger.close();
  }
}

/** Sends the stored mail again: to whom it failed, or where it reached everybody, to all; or to the one named. */
export async function resend(
  context: Context,
  name: string,
  { to, by }: { to?: string; by?: string },
): Promise<number> {
  return withSending(context, async (ledger, send) => {
    const now = context.clock.now();
    ledger.recover(now);
    const run = runNamed(ledger, name);
    const chosen = chosenOf(run, to);
    if (chosen.length === 0 || ledger.resend(chosen, by ?? null, now).length === 0)
      throw refusal("RESEND_NOTHING", { run: runName(run) });
    return send(run.id);
  });
}

function chosenOf(run: RunRecord, to: string | undefined): number[] {
  const messages = run.messages.filter(({ state }) => state === "ready");
  const all = messages.flatMap(({ audience, deliveries }) => deliveries.map((each) => ({ ...each, audience })));
  const ids = (deliveries: readonly DeliveryRecord[], states: readonly DeliveryState[]) =>
    deliveries.filter(({ state }) => states.includes(state)).map(({ id }) => id);
  if (to !== undefined) {
    const theirs = all.filter(({ recipient }) => recipient.toLowerCase() === to.toLowerCase());
    const known = [...new Set(all.map(({ recipient }) => recipient))].join(", ") || "–";
    if (theirs.length === 0) throw refusal("RESEND_NOT_RECIPIENT", { found: to, run: runName(run), known });
    return ids(theirs, ["accepted", "failed", "bounced", "unknown"]);
  }
  const readers = all.filter(({ audience }) => audience !== APPROVAL);
  const failed = ids(readers, ["failed", "bounced"]);
  if (failed.length > 0) return failed;
  return readers.every(({ state }) => state === "accepted") ? ids(readers, ["accepted"]) : [];
}

/** What sends asks for the mail server first, so that nothing is decided that could not be carried out. */
async function withSending(
  context: Context,
  work: (ledger: Ledger, send: (run: number) => Promise<number>) => Promise<number>,
): Promise<number> {
  const agency = agencyOf(await readConfig(context));
  const smtp = smtpSettings(agency, context.env);
  const ledger = await openLedger(context);
  try {
    const restored = ledger.restored(context.clock.now());
    if (restored) throw new BogoError([restoredProblem(restored)]);
    const delivery = await deliveryOf(context, agency, ledger, smtp);
    return await work(ledger, async (run) => {
      const record = await sendQueued(delivery, run);
      return tell(context, record, overallState(record) === "accepted" ? 0 : 3);
    });
  } finally {
    ledger.close();
  }
}

function tell({ print, lang }: Context, record: RunRecord, code: number): number {
  print(tellRuns([record], lang));
  return code;
}

/** The run as history names it. What a later revision has taken the place of stays as it is. */
function runNamed(ledger: Ledger, found: string): RunRecord {
  const run = ledger.findRun(found);
  if (!run) throw refusal("RUN_NAME_UNKNOWN", { found });
  refuseSuperseded(ledger, run);
  return run;
}

function refuseSuperseded(ledger: Ledger, run: RunRecord): void {
  const newer = ledger.revisions(run).find(({ messages }) => messages.length > 0);
  if (newer && newer.revision > run.revision)
    throw refusal("RUN_REPLACED", { run: runName(run), newer: runName(newer) });
}

function refusal(code: Problem["code"], facts: Problem["facts"]): BogoError {
  return new BogoError([problem(code, facts)]);
}
