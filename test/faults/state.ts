import { DatabaseSync } from "node:sqlite";

/** What a process was at: making a report, having messages to send, sending one, past its last bytes, or past the answer. */
export type State = "waiting" | "queued" | "sending" | "handed" | "accepted";

/** Reads a ledger of which other processes are writing. */
function withLedger<Result>(file: string, read: (db: DatabaseSync) => Result): Result {
  const db = new DatabaseSync(file, { timeout: 10_000 });
  try {
    return read(db);
  } finally {
    db.close();
  }
}

/** Whether a process holds or held a claim. */
export function hasClaimed(ledger: string, pid: number): boolean {
  return claimsOf(ledger, pid).length > 0;
}

/**
 * What a killed process was at, by what it left behind. Another one may have cleared up after it already: what is
 * queued again was being sent, and what is unknown was handed over.
 */
export function leftBy(ledger: string, pid: number, client: string): State {
  const [last] = claimsOf(ledger, pid);
  if (last !== undefined) return left[last] ?? "accepted";
  const made = withLedger(ledger, (db) =>
    db.prepare("SELECT 1 FROM run WHERE client = :client AND state <> 'waiting'").get({ client }),
  );
  return made ? "queued" : "waiting";
}

const left: Record<string, State> = { queued: "sending", sending: "sending", handed: "handed", unknown: "handed" };

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

/** The clients of whom something is still to be made or sent. */
export function undone(ledger: string, slugs: readonly string[]): string[] {
  const rows = withLedger(ledger, (db) =>
    db
      .prepare(
        `SELECT client, state = 'waiting' OR EXISTS (
           SELECT 1 FROM message m JOIN delivery d ON d.message = m.id
           WHERE m.run = run.id AND d.state IN ('queued', 'sending', 'handed')) AS open FROM run`,
      )
      .all(),
  );
  const open = new Map(rows.map(({ client, open }) => [client, open === 1]));
  return slugs.filter((slug) => open.get(slug) ?? true);
}
