import type { Config } from "../../config/config.ts";
import type { Cause } from "../../transforms/notice.ts";
import {
  catalogue,
  nextStep,
  type Place,
  type Problem,
  type ProblemCode,
  problem,
  sayProblem,
} from "../../transforms/problem.ts";
import { later } from "../clock.ts";
import { heldProblem } from "../hold.ts";
import { type Ledger, type Reason, runName } from "../ledger/ledger.ts";
import type { Reminder, Skip, Turn } from "../ledger/schedule.ts";
import { restoredProblem } from "../restored.ts";

/** What there is to tell now, as the ledger and the config have it. */
export function causesOf(ledger: Ledger, config: Pick<Config, "clients" | "problems">, now: string): Cause[] {
  const { runs, messages, deliveries, server } = ledger.troubles();
  const restored = ledger.restored(now);
  return [
    ...ledger
      .holds({ state: "open" })
      .map((hold) => toAe(`load ${hold.id}`, hold.client, heldProblem(hold), hold.opened)),
    ...runs.flatMap(({ id, client, name, state, reason, since }) => {
      const fault = isFault(reason);
      // A report that waits for its exports is no news until it is held.
      if (state === "waiting" && !fault) return [];
      const why = problem("NOTICE_RUN", { run: name, client, ...because(reason) });
      return [(fault ? toOps : toAe)(`run ${id}`, client, why, since)];
    }),
    ...messages.flatMap(({ id, client, name, audience, state, reason, since }) => {
      // The mail that asks for the approval has just been sent; this reminds of it.
      if (reason !== null && read(reason).code === "APPROVAL_NEEDED" && now < later(since, remindAfterMs)) return [];
      // What goes all the same is told once, in its own words.
      if (state === "ready" && reason !== null)
        return { ...toAe(`remark ${id}`, client, read(reason), since), once: true };
      const what = problem("NOTICE_MESSAGE", { run: name, audience, client, ...because(reason) });
      return toAe(`message ${id}`, client, what, since);
    }),
    ...deliveries.map(({ id, client, name, audience, state, count, since, latest }) => {
      const facts = { run: name, audience, client, count };
      if (state === "unknown") return toOps(`delivery unknown ${id}`, client, problem("NOTICE_UNKNOWN", facts), since);
      // A failure has happened and does not last: it is told once, and another one of the message is another cause.
      const failed = toOps(`delivery ${state} ${id} ${latest}`, client, problem("NOTICE_FAILED", facts), since);
      return { ...failed, once: true };
    }),
    ...(server
      ? [
          toOps(
            "server",
            null,
            problem("NOTICE_SERVER", { count: server.count, ...because(server.reason) }),
            server.since,
          ),
        ]
      : []),
    ...(restored ? [toOps("ledger restored", null, restoredProblem(restored), restored.found)] : []),
    ...refusedConfigs(config, now),
  ];
}

const remindAfterMs = 4 * 3_600_000;

/** A report whose slot has passed and which is neither sent, waiting, held nor skipped. */
export function overdueCause({
  client,
  report,
  cadence,
  from,
  at,
}: Pick<Turn, "client" | "report" | "cadence" | "from" | "at">): Cause {
  const facts = { client, report, cadence, from, slot: `${at.slice(0, 16).replace("T", " ")} UTC` };
  return toOps(`overdue ${client} ${report} ${cadence} ${from}`, client, problem("NOTICE_OVERDUE", facts), at);
}

/** A period that went by without a report; said once. */
export function skippedCause(skip: Skip): Cause {
  const facts = { run: runName(skip), ...because(JSON.stringify(skip.reason)) };
  return { ...toOps(`skipped ${skip.run}`, skip.client, problem("NOTICE_SKIPPED", facts), skip.since), once: true };
}

/** What a report was found to lack before its slot, for its account executive; said once. */
export function reminderCause({ client, report, cadence, from, reason, looked }: Reminder): Cause | null {
  if (reason === null) return null;
  const key = `lacking ${client} ${report} ${cadence} ${from}`;
  // What the ledger keeps are codes of the catalogue, perhaps of another version: they are told as they stand.
  return { ...toAe(key, client, reason as Problem, looked), once: true };
}

const toOps = causeFor("ops");
const toAe = causeFor("ae");

function causeFor(audience: Cause["audience"]) {
  return (key: string, client: string | null, { code, facts }: Reason, since: string): Cause => ({
    key,
    audience,
    client,
    code,
    facts,
    since,
    once: false,
  });
}

/** What nobody foresaw is for whoever runs the program; everything else can be settled by who writes the config. */
const isFault = (reason: string): boolean => faults.has(read(reason).code);
const faults: ReadonlySet<string> = new Set<ProblemCode>(["RUN_UNEXPECTED", "RUN_KEEPS_ENDING"]);

function refusedConfigs({ clients, problems }: Pick<Config, "clients" | "problems">, now: string): Cause[] {
  const errors = (client: string | undefined) =>
    problems.filter((each) => each.client === client && each.severity === "error");
  const refused = [undefined, ...clients.keys()].filter((client) => errors(client).length > 0);
  return refused.map((client) => {
    const [first] = errors(client);
    const why = first ? said(first, `${placeOf(first)}: `) : { why_ko: "", why_en: "" };
    const facts = { client: client ?? "agency.yaml", check: `bogo check${client ? ` ${client}` : ""}` };
    const what = problem("NOTICE_CONFIG", { ...facts, count: errors(client).length, ...why });
    return toOps(`config ${client ?? ""}`.trim(), client ?? null, what, now);
  });
}

const placeOf = ({ file, line }: Place): string => [file, line].filter((part) => part !== undefined).join(":");

function because(reason: string | null): { why_ko: string; why_en: string } {
  if (reason === null) return { why_ko: "–", why_en: "–" };
  const { code, facts } = read(reason);
  // A ledger may hold codes of another version; they are told as they stand.
  return code in catalogue ? said(problem(code as ProblemCode, facts)) : { why_ko: code, why_en: code };
}

const read = (reason: string): Reason => JSON.parse(reason) as Reason; // what the ledger packed

function said(each: Problem, before = ""): { why_ko: string; why_en: string } {
  const text = (lang: "ko" | "en") => {
    const what = sayProblem(each, lang);
    return `${before}${what}${what.includes("\n") ? "\n" : " "}${nextStep(each, lang)}`;
  };
  return { why_ko: text("ko"), why_en: text("en") };
}
