import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { foreignWords, holdsOwn, textsOf } from "./canaries.ts";
import { type Canary, told } from "./estate.ts";
import type { Accepted } from "./sink.ts";

export type Policy = "hold" | "resend_once";

/** What the mail server has, against what the ledger says, both read without the program. */
export interface Judgement {
  recipients: number;
  /** Due, and neither delivered nor kept for a person; or called accepted, and the server never had it. */
  lost: number;
  /** Copies beyond the first. */
  duplicates: number;
  /** Copies beyond what the policy allows: one, or with `resend_once` two that are equal to the byte. */
  excess: number;
  unknown: number;
  undelivered_unknown: number;
  /** Messages at an address, or with a word, of another client. */
  foreign: number;
  /** What is wrong, in words. */
  findings: string[];
}

export interface Evidence {
  /** The state folder; beside it lies the temporary one. */
  state: string;
  /** The sink's log. */
  log: string;
  clients: readonly Canary[];
  /** Runs that were due: `<client>.ppc.weekly.2026-11-16`. */
  due: readonly { client: Canary; name: string }[];
  policy: Policy;
  /** Whether the program told people what needs them, as it does when it runs by itself. */
  tells?: boolean;
}

/** Judges what is left when everything has come to rest. */
export async function judge({ state, log, clients, due, policy, tells = false }: Evidence): Promise<Judgement> {
  const taken = readLog(log);
  const accepted = taken.filter(({ run }) => run !== "");
  const notices = taken.filter(({ run }) => run === "");
  const copies = Map.groupBy(accepted, ({ run, recipient }) => key(run, recipient));
  const states = statesIn(join(state, "ledger.sqlite"));
  const result: Judgement = {
    recipients: 0,
    lost: 0,
    duplicates: 0,
    excess: 0,
    unknown: 0,
    undelivered_unknown: 0,
    foreign: 0,
    findings: [],
  };
  const find = (count: "lost" | "excess" | "foreign", what: string): void => {
    result[count]++;
    result.findings.push(`${count}: ${what}`);
  };

  const said = await Promise.all(
    notices.map(async ({ file }) => (await textsOf(file, readFileSync(join(dirname(log), file)))).join("\n")),
  );
  for (const { recipient } of notices) if (!told.includes(recipient)) find("foreign", `a notice went to ${recipient}`);
  for (const { client, name } of due) {
    const unknown = result.unknown;
    for (const recipient of client.recipients) {
      result.recipients++;
      const at = key(`${name}.r1`, recipient);
      const became = states.get(at);
      const delivered = copies.has(at);
      if (became === "unknown") {
        result.unknown++;
        if (!delivered) result.undelivered_unknown++;
      } else if (became !== "accepted") find("lost", `${at} is ${became ?? "not in the ledger"}`);
      else if (!delivered) find("lost", `${at} is called accepted`);
    }
    if (tells && result.unknown > unknown && !said.some((text) => text.includes(client.slug)))
      result.findings.push(`nobody was told that it is unknown whether ${name} arrived`);
  }
  for (const [at, same] of copies) {
    result.duplicates += same.length - 1;
    const equal = new Set(same.map(({ sha256, messageId }) => sha256 + messageId)).size === 1;
    if (same.length > (policy === "hold" ? 1 : 2) || !equal) find("excess", `${same.length} copies of ${at}`);
  }
  for (const { run, recipient, file } of accepted) {
    const client = clients.find(({ slug }) => run.startsWith(`${slug}.`));
    if (!client?.recipients.includes(recipient)) find("foreign", `${run} went to ${recipient}`);
    const bytes = readFileSync(join(dirname(log), file));
    for (const word of await foreignWords(file, bytes, client, clients)) find("foreign", `${run} holds ${word}`);
    if (client && !(await holdsOwn(file, bytes, client))) result.findings.push(`${run} does not tell its own figures`);
  }
  result.findings.push(...leftIn(state).map((path) => `left behind: ${path}`));
  return result;
}

/** Unfinished files that nobody works on any more. */
function leftIn(state: string): string[] {
  return [state, `${state}.tmp`]
    .filter(existsSync)
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /(^|\/)\.bogo~|\.tmp$/.test(name)),
    );
}

/** A line that was being written when all ended was not yet answered. */
export function readLog(log: string): Accepted[] {
  if (!existsSync(log)) return [];
  return readFileSync(log, "utf8")
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

function statesIn(file: string): Map<string, string> {
  const db = new DatabaseSync(file, { timeout: 10_000 });
  try {
    const check = db.prepare("PRAGMA integrity_check").get();
    if (check?.integrity_check !== "ok") throw new Error(`the ledger is damaged: ${JSON.stringify(check)}`);
    const rows = db
      .prepare(
        `SELECT r.client || '.' || r.report || '.' || r.cadence || '.' || r.period_from || '.r' || r.revision AS run,
                d.recipient, d.state
         FROM delivery d JOIN message m ON m.id = d.message JOIN run r ON r.id = m.run`,
      )
      .all();
    return new Map(rows.map(({ run, recipient, state }) => [key(String(run), String(recipient)), String(state)]));
  } finally {
    db.close();
  }
}

const key = (run: string, recipient: string): string => `${run} → ${recipient}`;
