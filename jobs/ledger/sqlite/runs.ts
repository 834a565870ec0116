import type { Figure, Ledger, MessageRecord, NewMessage, Reason, RunRecord, RunState } from "../ledger.ts";
import type { Database } from "./database.ts";

type Runs = Pick<Ledger, "beginRun" | "finishRun" | "addMessages" | "run" | "history" | "figures">;

/** Runs with their messages and figures. */
export function runs(db: Database): Runs {
  return {
    beginRun: ({ client, report, cadence, from, to, revision }, now) =>
      db.transaction(() => {
        const inserted = db.run(
          `INSERT INTO run (client, report, cadence, period_from, period_to, revision, state, begun_at, changed_at)
           VALUES (:client, :report, :cadence, :from, :to, :revision, 'waiting', :now, :now) ON CONFLICT DO NOTHING`,
          { client, report, cadence, from, to, revision, now },
        );
        const found = db.row<{ run: number; state: RunState }>(
          `SELECT id AS run, state FROM run
           WHERE client = :client AND report = :report AND cadence = :cadence AND period_from = :from AND revision = :revision`,
          { client, report, cadence, from, revision },
        );
        if (!found) throw new Error("a run that was just inserted is not there");
        return { ...found, existing: inserted === 0 };
      }),

    finishRun(run, state, now, reason = null) {
      db.run("UPDATE run SET state = :state, problem = :problem, changed_at = :now WHERE id = :run", {
        run,
        state,
        problem: pack(reason),
        now,
      });
    },

    addMessages: (run, messages, figures, now) =>
      db.transaction(() => {
        const fresh = db.run(
          `UPDATE run SET state = 'rendered', problem = NULL, changed_at = :now
           WHERE id = :run AND state IN ('waiting', 'held')`,
          { run, now },
        );
        // Made by another process meanwhile, or before: its messages are the run's.
        if (!fresh) return;
        supersede(db, run, now);
        for (const message of messages) addMessage(db, run, message, now);
        for (const { id, value, unit, currency, reason } of figures) {
          db.run(
            `INSERT INTO figure (run, kpi, value, unit, currency, reason)
             VALUES (:run, :id, :value, :unit, :currency, :reason)`,
            { run, id, value, unit, currency, reason },
          );
        }
      }),

    run(run) {
      const [found] = read(db, "WHERE id = :run", { run });
      if (!found) throw new Error(`the ledger holds no run ${run}`);
      return found;
    },

    history: ({ client, limit = 50 } = {}) =>
      read(db, "WHERE :client IS NULL OR client = :client ORDER BY changed_at DESC, id DESC LIMIT :limit", {
        client: client ?? null,
        limit,
      }),

    figures: (run) =>
      db.rows<Figure>("SELECT kpi AS id, value, unit, currency, reason FROM figure WHERE run = :run ORDER BY kpi", {
        run,
      }),
  };
}

function addMessage(db: Database, run: number, message: NewMessage, now: string): void {
  const { reason, recipients, ...values } = message;
  const added = db.row<{ id: number }>(
    `INSERT INTO message (run, audience, state, problem, subject, message_id, sender, path, sha256, size, on_unknown,
                          approver, created_at)
     VALUES (:run, :audience, :state, :problem, :subject, :messageId, :sender, :path, :sha256, :size, :onUnknown,
             :approver, :now)
     RETURNING id`,
    { run, ...values, problem: pack(reason), now },
  );
  for (const recipient of recipients) {
    // An address that is named twice gets one copy.
    db.run(
      `INSERT INTO delivery (message, recipient, state, next_at, changed_at)
       VALUES (:message, :recipient, 'queued', :now, :now) ON CONFLICT DO NOTHING`,
      { message: added?.id ?? null, recipient, now },
    );
  }
}

/** A correction is what its readers get; what waits of the revisions before must not follow it. */
function supersede(db: Database, run: number, now: string): void {
  const earlier = `SELECT old.id FROM run old JOIN run new ON new.id = :run
    WHERE old.client = new.client AND old.report = new.report AND old.cadence = new.cadence
      AND old.period_from = new.period_from AND old.revision < new.revision`;
  db.run(
    `UPDATE delivery SET state = 'cancelled', problem = :problem, lease_until = NULL, changed_at = :now
     WHERE state = 'queued' AND message IN (SELECT id FROM message WHERE run IN (${earlier}))`,
    { run, problem: pack({ code: "MAIL_SUPERSEDED", facts: {} }), now },
  );
  // Nobody has to decide about it any more.
  db.run(`UPDATE message SET state = 'ready', problem = NULL WHERE state = 'held' AND run IN (${earlier})`, { run });
  db.run(
    `UPDATE run SET state = 'done', changed_at = :now
     WHERE id IN (${earlier}) AND state = 'rendered' AND NOT EXISTS (
       SELECT 1 FROM delivery d JOIN message m ON m.id = d.message
       WHERE m.run = run.id AND d.state IN ('sending', 'handed', 'unknown'))`,
    { run, now },
  );
}

/** Whether a later revision has taken the place of the one that message `m` is of. */
export const superseded = `EXISTS (
  SELECT 1 FROM run old JOIN run new ON new.client = old.client AND new.report = old.report
    AND new.cadence = old.cadence AND new.period_from = old.period_from AND new.revision > old.revision
  WHERE old.id = m.run AND new.state IN ('rendered', 'done'))`;

export function pack(reason: Reason | null): string | null {
  return reason && JSON.stringify({ code: reason.code, facts: reason.facts });
}

export type Packed<Row> = Omit<Row, "reason"> & { reason: string | null };

/** A row as it was before its reason was packed. */
export function unpack<Row extends { reason: Reason | null }>(row: Packed<Row>): Row {
  // What `pack` wrote; a code that a later version no longer knows is shown as it stands.
  return { ...row, reason: row.reason === null ? null : (JSON.parse(row.reason) as Reason) } as Row;
}

/** Runs with all that belongs to them, as the query's tail says. */
export function read(db: Database, where: string, values: Record<string, string | number | null>): RunRecord[] {
  const found = db.rows<Packed<Omit<RunRecord, "messages">>>(
    `SELECT id, client, report, cadence, period_from AS "from", period_to AS "to", revision, state, problem AS reason,
            begun_at AS begun, changed_at AS changed
     FROM run ${where}`,
    values,
  );
  return found.map((run) => ({ ...unpack<Omit<RunRecord, "messages">>(run), messages: messagesOf(db, run.id) }));
}

function messagesOf(db: Database, run: number): MessageRecord[] {
  const found = db.rows<Packed<Omit<MessageRecord, "deliveries">>>(
    `SELECT id, audience, state, problem AS reason, subject, message_id AS messageId, sender, path, sha256, size,
            on_unknown AS onUnknown, approver
     FROM message WHERE run = :run ORDER BY id`,
    { run },
  );
  return found.map((message) => ({
    ...unpack<Omit<MessageRecord, "deliveries">>(message),
    deliveries: db
      .rows<Packed<MessageRecord["deliveries"][number]>>(
        `SELECT id, recipient, state, tries, next_at AS next, code, response, problem AS reason, repeats,
                changed_at AS changed
         FROM delivery WHERE message = :message ORDER BY id`,
        { message: message.id },
      )
      .map((delivery) => unpack<MessageRecord["deliveries"][number]>(delivery)),
  }));
}
