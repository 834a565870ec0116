import type { Counts, Operations } from "../operations.ts";
import type { Database } from "./database.ts";

/** What whoever runs the program asks. */
export function operations(
  db: Database,
): Pick<Operations, "storedMails" | "beat" | "lastBeat" | "addBilled" | "counts"> {
  const count = (sql: string): number => db.row<{ count: number }>(`SELECT count(*) AS count ${sql}`)?.count ?? 0;
  return {
    storedMails: () => db.rows("SELECT path, sha256 FROM message WHERE erased_at IS NULL ORDER BY id"),
    beat: (name, now) =>
      void db.run("INSERT INTO pulse VALUES (:name, :now) ON CONFLICT DO UPDATE SET at = excluded.at", { name, now }),
    lastBeat: (name) => db.row<{ at: string }>("SELECT at FROM pulse WHERE name = :name", { name })?.at ?? null,
    addBilled: (client, bytes, now) => {
      if (bytes === 0) return;
      db.run(
        `INSERT INTO billed VALUES (:client, :bytes, :now)
         ON CONFLICT DO UPDATE SET bytes = bytes + excluded.bytes, at = excluded.at`,
        { client, bytes, now },
      );
    },
    counts: () => ({
      billed: db.rows("SELECT client, bytes FROM billed ORDER BY client"),
      // The table's CHECK allows no other states.
      deliveries: Object.fromEntries(
        db
          .rows<{ state: string; count: number }>("SELECT state, count(*) AS count FROM delivery GROUP BY state")
          .map(({ state, count }) => [state, count]),
      ) as Counts["deliveries"],
      waitingForPerson: count(
        `FROM run WHERE state = 'held'
           OR id IN (SELECT run FROM message WHERE state = 'held' AND erased_at IS NULL)
           OR id IN (SELECT m.run FROM message m JOIN delivery d ON d.message = m.id
                     WHERE d.state = 'unknown' AND d.erased_at IS NULL)`,
      ),
      heldExports: count("FROM hold WHERE state = 'open'"),
      openNotices: {
        ops: count("FROM notice WHERE ended_at IS NULL AND audience = 'ops'"),
        ae: count("FROM notice WHERE ended_at IS NULL AND audience = 'ae'"),
      },
    }),
  };
}
