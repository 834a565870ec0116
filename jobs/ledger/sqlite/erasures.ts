import type { Erased, Operations } from "../operations.ts";
import type { Database } from "./database.ts";

/** Erases what has to go; rows that say that something was, and how it ended, stay. */
export function erasures(db: Database): Pick<Operations, "expiredMails" | "expire" | "holdings" | "eraseClient"> {
  const note = (
    { client, addresses, mails }: Erased,
    reason: "retention" | "command",
    by: string | null,
    now: string,
  ) =>
    db.run(
      `INSERT INTO erasure (client, reason, addresses, mails, erased_at, erased_by)
       VALUES (:client, :reason, :addresses, :mails, :now, :by)`,
      { client, reason, addresses, mails, now, by },
    );

  /** Until the log is folded into the file, the erased bytes stand there still. */
  const settle = (): void => void db.rows("PRAGMA wal_checkpoint(TRUNCATE)");

  const eraseAddress = (id: number, now: string): void => {
    db.run(
      `UPDATE delivery SET recipient = 'erased-' || id, response = NULL, problem = NULL, erased_at = :now WHERE id = :id`,
      { id, now },
    );
    db.run("UPDATE attempt SET response = NULL WHERE delivery = :id", { id });
  };

  const deliveriesOf = (where: string, values: Record<string, string>) =>
    db.rows<{ id: number; client: string; state: string }>(
      `SELECT d.id, r.client, d.state FROM delivery d JOIN message m ON m.id = d.message JOIN run r ON r.id = m.run
       WHERE d.erased_at IS NULL AND ${where}`,
      values,
    );

  return {
    expiredMails: (before) =>
      db.rows(
        `SELECT m.id, r.client, m.path FROM message m JOIN run r ON r.id = m.run
         WHERE m.erased_at IS NULL AND m.created_at < :before AND r.state IN ('done', 'skipped')
           AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.message = m.id AND d.state IN (${open}))
         ORDER BY m.id`,
        { before },
      ),

    expire: (mails, before, now) => {
      const erased = db.transaction(() => {
        const gone = mails.flatMap((id) =>
          db.rows<{ client: string }>(
            `UPDATE message SET erased_at = :now, ${nobody} WHERE id = :id AND erased_at IS NULL
             RETURNING (SELECT client FROM run WHERE id = message.run) AS client`,
            { id, now },
          ),
        );
        const old = deliveriesOf(`d.changed_at < :before AND d.state NOT IN (${open})`, { before });
        for (const { id } of old) eraseAddress(id, now);
        db.run("DELETE FROM notice WHERE closed_at < :before", { before });
        const erased = [...new Set([...gone, ...old].map(({ client }) => client))].toSorted().map((client) => ({
          client,
          addresses: old.filter((each) => each.client === client).length,
          mails: gone.filter((each) => each.client === client).length,
        }));
        for (const each of erased) note(each, "retention", null, now);
        return erased;
      });
      if (erased.length > 0) settle();
      return erased;
    },

    holdings: (client) => {
      const count = (sql: string): number =>
        db.row<{ count: number }>(`SELECT count(*) AS count FROM ${sql}`, { client })?.count ?? 0;
      const deliveries = deliveriesOf("r.client = :client", { client });
      const runs = count("run WHERE client = :client");
      const mails = count("message m JOIN run r ON r.id = m.run WHERE r.client = :client AND m.erased_at IS NULL");
      if (runs + count("seen WHERE client = :client") + count("hold WHERE client = :client") === 0) return null;
      const leaving = deliveries.filter(({ state }) => state === "sending" || state === "handed").length;
      return { client, runs, mails, addresses: deliveries.length, leaving };
    },

    eraseClient: (client, by, now) => {
      db.transaction(() => {
        const ours = deliveriesOf("r.client = :client", { client });
        for (const { id } of ours) eraseAddress(id, now);
        const values = { client, now };
        const run = (sql: string) => db.run(sql, sql.includes(":now") ? values : { client });
        run(
          `UPDATE delivery SET state = 'cancelled', changed_at = :now WHERE state = 'queued' AND message IN ${messages}`,
        );
        const mails = run(
          `UPDATE message SET subject = '', problem = NULL, erased_at = :now WHERE erased_at IS NULL AND id IN ${messages}`,
        );
        run(`UPDATE message SET subject = '', problem = NULL, ${nobody} WHERE id IN ${messages}`);
        run("DELETE FROM figure WHERE run IN (SELECT id FROM run WHERE client = :client)");
        run(
          `UPDATE run SET problem = NULL, content = NULL, changed_at = :now,
             state = CASE WHEN state IN ('waiting', 'held', 'rendered') THEN 'skipped' ELSE state END
           WHERE client = :client`,
        );
        for (const table of ["seen", "asked", "hold", "notice"]) run(`DELETE FROM ${table} WHERE client = :client`);
        run("DELETE FROM confirmed WHERE subject LIKE 'unnamed ' || :client || ' %'");
        note({ client, addresses: ours.length, mails }, "command", by, now);
      });
      settle();
    },
  };
}

/** States from which a delivery may still leave, or about which somebody has to decide. */
const open = "'queued', 'sending', 'handed', 'unknown'";

/** That somebody had to approve stays, who it was does not. */
const nobody = "approver = CASE WHEN approver IS NULL THEN NULL ELSE 'erased' END";

const messages = "(SELECT m.id FROM message m JOIN run r ON r.id = m.run WHERE r.client = :client)";
