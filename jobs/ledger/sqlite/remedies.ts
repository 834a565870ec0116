import type { Addressed, Remedies } from "../remedies.ts";
import type { Database } from "./database.ts";
import { pack, read } from "./runs.ts";

/** What persons decide about mail, each decision kept with its time and the bytes that it was about. */
export function remedies(db: Database): Remedies {
  const decide = (
    about: { message: number; delivery?: number },
    kind: "approve" | "hold" | "sent" | "resend",
    by: string | null,
    now: string,
  ): void => {
    db.run(
      `INSERT INTO decision (message, delivery, kind, sha256, decided_by, decided_at)
       SELECT id, :delivery, :kind, sha256, :by, :now FROM message WHERE id = :message`,
      { message: about.message, delivery: about.delivery ?? null, kind, by, now },
    );
  };
  const delivery = (id: number): Addressed | null =>
    db.row<Addressed>(
      `SELECT d.id, m.run, m.id AS message, d.recipient, d.state
       FROM delivery d JOIN message m ON m.id = d.message WHERE d.id = :id`,
      { id },
    ) ?? null;
  /** As if never tried: a person's word begins a new row of tries. */
  const queue = (id: number, from: string, now: string): boolean => {
    const changed = db.run(
      `UPDATE delivery SET state = 'queued', tries = 0, since = NULL, next_at = :now, repeats = repeats + 1,
              problem = NULL, changed_at = :now
       WHERE id = :id AND state IN (${from})`,
      { id, now },
    );
    if (changed)
      db.run(
        `UPDATE run SET state = 'rendered', changed_at = :now
         WHERE id = (SELECT m.run FROM message m JOIN delivery d ON d.message = m.id WHERE d.id = :id)`,
        { id, now },
      );
    return changed === 1;
  };

  return {
    findRun: (asked) => read(db, `WHERE CAST(id AS TEXT) = :asked OR ${name} = :asked LIMIT 1`, { asked })[0] ?? null,

    revisions: ({ client, report, cadence, from }) =>
      read(
        db,
        `WHERE client = :client AND report = :report AND cadence = :cadence AND period_from = :from
         ORDER BY revision DESC`,
        { client, report, cadence, from },
      ),

    noteContent: (run, content) => void db.run("UPDATE run SET content = :content WHERE id = :run", { run, content }),

    contentOf: (run) =>
      db.row<{ content: string | null }>("SELECT content FROM run WHERE id = :run", { run })?.content ?? null,

    lastReaders(client, audience) {
      const found = db.rows<{ recipient: string }>(
        `SELECT recipient FROM delivery WHERE message = (
           SELECT m.id FROM message m JOIN run r ON r.id = m.run
           WHERE r.client = :client AND m.audience = :audience AND m.state = 'ready'
             AND (m.approver IS NULL OR EXISTS (SELECT 1 FROM decision d WHERE d.message = m.id AND d.kind = 'approve'))
             AND EXISTS (SELECT 1 FROM delivery d WHERE d.message = m.id AND d.state <> 'cancelled')
           ORDER BY m.id DESC LIMIT 1)
         ORDER BY recipient`,
        { client, audience },
      );
      return found.length === 0 ? null : found.map(({ recipient }) => recipient);
    },

    approve: (message, sha256, by, now) =>
      db.transaction(() => {
        const released = db.run(
          "UPDATE message SET state = 'ready', problem = NULL WHERE id = :message AND state = 'held' AND sha256 = :sha256",
          { message, sha256 },
        );
        if (released) decide({ message }, "approve", by, now);
        return released === 1;
      }),

    hold: (run, reason, by, now) =>
      db.transaction(() => {
        const open = db.rows<{ id: number }>(
          `SELECT id FROM message WHERE run = :run AND state = 'ready' AND EXISTS (
             SELECT 1 FROM delivery d WHERE d.message = message.id AND d.state IN ('queued', 'sending'))`,
          { run },
        );
        for (const { id } of open) {
          db.run("UPDATE message SET state = 'held', problem = :problem WHERE id = :id", { id, problem: pack(reason) });
          decide({ message: id }, "hold", by, now);
        }
        return open.map(({ id }) => id);
      }),

    delivery,

    resolve: (id, as, by, now) =>
      db.transaction(() => {
        const found = delivery(id);
        const settled =
          as === "resend"
            ? queue(id, "'unknown'", now)
            : db.run(
                "UPDATE delivery SET state = 'accepted', problem = NULL, changed_at = :now WHERE id = :id AND state = 'unknown'",
                { id, now },
              ) === 1;
        if (found && settled) decide({ message: found.message, delivery: id }, as, by, now);
        return settled;
      }),

    resend: (ids, by, now) =>
      db.transaction(() =>
        ids.filter((id) => {
          const found = delivery(id);
          if (!found || !queue(id, "'accepted', 'failed', 'bounced', 'unknown'", now)) return false;
          decide({ message: found.message, delivery: id }, "resend", by, now);
          return true;
        }),
      ),
  };
}

/** What `runName` makes of a run. */
const name = "client || '.' || report || '.' || cadence || '.' || period_from || '.r' || revision";
