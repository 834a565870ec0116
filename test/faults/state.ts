import { DatabaseSync } from "node:sqlite";
import type { Member } from "./family.ts";

/**
 * What a process was at: finding out what is due, making a report, having messages to send, sending one, past its last
 * bytes, or past the answer.
 */
export const states = ["planning", "waiting", "queued", "sending", "handed", "accepted"] as const;
export type State = (typeof states)[number];

/** Reads a ledger of which other processes are writing. */
function withLedger<Result>(file: string, read: (db: DatabaseSync) => Result): Result {
  const db = new DatabaseSync(file, { timeout: 10_000 });
  try {
    return read(db);
  } finally {
    db.close();
  }
}

/** Whether a process has claimed messages, of which it may know by now what has become of them. */
export function hasClaimed(ledger: string, pid: number, settled: boolean): boolean {
  return claimsOf(ledger, pid).some((state) => settled || state === "sending" || state === "handed");
}

/**
 * What killed processes were at, by what they left behind; of several, the one that was furthest into something.
 * Another one may have cleared up after them already: what is queued again was being sent, and what is unknown was
 * handed over.
 */
export function leftBy(ledger: string, members: readonly Member[]): State {
  const left = members.map(({ pid }) => {
    const [last] = claimsOf(ledger, pid);
    if (last !== undefined) return afterClaim[last] ?? "accepted";
    const client = workedFor(ledger, pid);
    if (client === null) return "planning";
    const made = withLedger(ledger, (db) =>
      db.prepare("SELECT 1 FROM run WHERE client = :client AND state <> 'waiting'").get({ client }),
    );
    return made ? "queued" : "waiting";
  });
  return furthest.find((state) => left.includes(state)) ?? "planning";
}

/** The client at whom a process was, by the lease that it took. */
function workedFor(ledger: string, pid: number): string | null {
  const lease = withLedger(ledger, (db) =>
    db
      .prepare("SELECT name FROM lease WHERE name LIKE 'work:%' AND owner LIKE '%:' || :pid || ':%'")
      .get({ pid: String(pid) }),
  );
  return lease ? String(lease.name).slice("work:".length) : null;
}

const afterClaim: Record<string, State> = {
  queued: "sending",
  sending: "sending",
  handed: "handed",
  unknown: "handed",
};
const furthest: readonly State[] = ["handed", "sending", "accepted", "queued", "waiting"];

/** The states of what a process claimed, the least settled first. */
function claimsOf(ledger: string, pid: number): string[] {
  return withLedger(ledger, (db) =>
    db
      .prepare(
        `SELECT state FROM delivery WHERE owner LIKE '%:' || :pid || ':%'
         ORDER BY state IN ('accepted', 'failed'), changed_at DESC`,
      )
      .all({ pid: String(pid) })
      .map(({ state }) => String(state)),
  );
}

/** The state of each recipient of all messages. */
export function statesOf(ledger: string): Record<string, string> {
  const rows = withLedger(ledger, (db) => db.prepare("SELECT recipient, state FROM delivery ORDER BY id").all());
  return Object.fromEntries(rows.map(({ recipient, state }) => [String(recipient), String(state)]));
}

/** Each run and its state, with the reason's code: `acme.ppc.weekly.2026-11-16 held RUN_LACKING`. */
export function runsOf(ledger: string): string[] {
  const fates = [...fatesOf(ledger)].map(([name, { state, reason }]) => [name, state, reason]);
  return fates.map((parts) => parts.filter(Boolean).join(" ")).toSorted();
}

/** The clients of whom something is still to be made or sent. */
export function undone(ledger: string, slugs: readonly string[]): string[] {
  const rows = withLedger(ledger, (db) =>
    db
      .prepare(
        `SELECT client, max(state IN ('waiting', 'held') OR EXISTS (
           SELECT 1 FROM message m JOIN delivery d ON d.message = m.id
           WHERE m.run = run.id AND d.state IN ('queued', 'sending', 'handed'))) AS open FROM run GROUP BY client`,
      )
      .all(),
  );
  const open = new Map(rows.map(({ client, open }) => [client, open === 1]));
  return slugs.filter((slug) => open.get(slug) ?? true);
}

/** The next instant at which there is something to do; null where it is now. */
export function restsUntil(ledger: string, now: string): string | null {
  const next = withLedger(ledger, (db) =>
    db
      .prepare(
        `SELECT min(next) AS next FROM (
           SELECT coalesce(s.next_at, '') AS next FROM run r LEFT JOIN slot s ON s.run = r.id
           WHERE r.state IN ('waiting', 'held') AND NOT EXISTS (SELECT 1 FROM message WHERE run = r.id)
           UNION ALL
           SELECT CASE state WHEN 'queued' THEN next_at ELSE '' END FROM delivery
           WHERE state IN ('queued', 'sending', 'handed'))`,
      )
      .get(),
  )?.next;
  return typeof next === "string" && next > now ? next : null;
}

/** What became of each run, by its name. */
export function fatesOf(ledger: string): Map<string, { state: string; reason: string | null }> {
  const rows = withLedger(ledger, (db) =>
    db
      .prepare(
        `SELECT client || '.' || report || '.' || cadence || '.' || period_from AS name, state,
                json_extract(problem, '$.code') AS reason FROM run`,
      )
      .all(),
  );
  return new Map(
    rows.map(({ name, state, reason }) => [
      String(name),
      { state: String(state), reason: reason === null ? null : String(reason) },
    ]),
  );
}
