import type { Reminder, Scheduled, ScheduleLedger, Skip, Turn } from "../schedule.ts";
import type { Database } from "./database.ts";
import { type Packed, pack, unpack } from "./runs.ts";

/** Where reports stand in time, and the runs that the schedule opened. */
export function schedule(db: Database): ScheduleLedger {
  const open = (
    { client, report, cadence }: Scheduled,
    opened: Parameters<ScheduleLedger["openRuns"]>[1],
    now: string,
  ) =>
    opened.map(({ period, at, skipped }) => {
      db.run(
        `INSERT INTO run (client, report, cadence, period_from, period_to, revision, state, problem, begun_at, changed_at)
         VALUES (:client, :report, :cadence, :from, :to, 1, :state, :problem, :now, :now) ON CONFLICT DO NOTHING`,
        { client, report, cadence, ...period, state: skipped ? "skipped" : "waiting", problem: pack(skipped), now },
      );
      const run = db.row<{ id: number }>(
        `SELECT id FROM run WHERE client = :client AND report = :report AND cadence = :cadence
           AND period_from = :from AND revision = 1`,
        { client, report, cadence, from: period.from },
      )?.id as number; // it was there, or was just inserted
      db.run("INSERT INTO slot (run, at, opened_at) VALUES (:run, :at, :now) ON CONFLICT DO NOTHING", { run, at, now });
      return run;
    });
  const reopen = (run: number, now: string): boolean =>
    db.run(
      `UPDATE run SET state = 'waiting', problem = NULL, changed_at = :now
       WHERE id = :run AND state IN ('skipped', 'held') AND NOT EXISTS (SELECT 1 FROM message WHERE run = :run)`,
      { run, now },
    ) === 1;

  return {
    standings: (client) =>
      db.rows(`SELECT client, report, cadence, next_from AS next FROM standing WHERE client = :client`, { client }),

    moveOn: (report, { before, next, opened }, now) =>
      db.transaction(() => {
        const { client, report: id, cadence } = report;
        const moved =
          before === null
            ? db.run(
                `INSERT INTO standing (client, report, cadence, next_from, activated_at, changed_at)
                 VALUES (:client, :id, :cadence, :next, :now, :now) ON CONFLICT DO NOTHING`,
                { client, id, cadence, next, now },
              )
            : db.run(
                `UPDATE standing SET next_from = :next, changed_at = :now
                 WHERE client = :client AND report = :id AND cadence = :cadence AND next_from = :before`,
                { client, id, cadence, next, before, now },
              );
        if (moved === 0) return false;
        open(report, opened, now);
        return true;
      }),

    openRuns: (report, opened, now) =>
      db.transaction(() => {
        const runs = open(report, opened, now);
        for (const run of runs) {
          reopen(run, now);
          db.run("UPDATE slot SET tries = 0, next_at = NULL, seen = NULL WHERE run = :run", { run });
        }
        return runs;
      }),

    moveBack: (now) =>
      db.transaction(() => {
        const wrong = db.rows<Scheduled & { activated: string; first: string | null }>(
          `SELECT s.client, s.report, s.cadence, s.activated_at AS activated,
                  (SELECT min(r.period_from) FROM run r JOIN slot o ON o.run = r.id
                   WHERE r.client = s.client AND r.report = s.report AND r.cadence = s.cadence AND o.opened_at > :now) AS first
           FROM standing s WHERE s.changed_at > :now`,
          { now },
        );
        for (const { client, report, cadence, activated, first } of wrong) {
          const key = { client, report, cadence };
          const unmade = `SELECT r.id FROM run r JOIN slot o ON o.run = r.id
            WHERE r.client = :client AND r.report = :report AND r.cadence = :cadence AND o.opened_at > :now
              AND NOT EXISTS (SELECT 1 FROM message WHERE run = r.id)`;
          const runs = db.rows<{ id: number }>(unmade, { ...key, now });
          for (const { id } of runs) {
            db.run("DELETE FROM slot WHERE run = :id", { id });
            db.run("DELETE FROM run WHERE id = :id", { id });
          }
          const where = "WHERE client = :client AND report = :report AND cadence = :cadence";
          // One that was first seen by the wrong clock begins anew.
          if (activated > now) db.run(`DELETE FROM standing ${where}`, key);
          else
            db.run(`UPDATE standing SET next_from = coalesce(:first, next_from), changed_at = :now ${where}`, {
              ...key,
              first,
              now,
            });
        }
        // Waits that the wrong clock set are over.
        db.run(
          "UPDATE slot SET next_at = NULL, seen = NULL WHERE run IN (SELECT id FROM run WHERE changed_at > :now)",
          { now },
        );
        db.run("UPDATE delivery SET next_at = :now WHERE state = 'queued' AND changed_at > :now", { now });
        db.run("DELETE FROM reminder WHERE looked_at > :now", { now });
        return wrong.length;
      }),

    turns: (now, client) =>
      db
        .rows<Packed<Turn>>(
          `SELECT r.id AS run, r.client, r.report, r.cadence, r.period_from AS "from", r.period_to AS "to", r.revision,
                  r.state, r.problem AS reason, o.at, o.opened_at AS opened, o.tries, o.next_at AS next, o.seen
           FROM run r JOIN slot o ON o.run = r.id
           WHERE r.state IN ('waiting', 'held') AND o.at <= :now AND (:client IS NULL OR r.client = :client)
             AND NOT EXISTS (SELECT 1 FROM message WHERE run = r.id)
           ORDER BY o.at, r.id`,
          { now, client: client ?? null },
        )
        .map((row) => unpack<Turn>(row)),

    beginTry: (run, { next, seen }) =>
      void db.run("UPDATE slot SET tries = tries + 1, next_at = :next, seen = :seen WHERE run = :run", {
        run,
        next,
        seen,
      }),

    endTry: (run, { state, reason, next, seen, failed }, now) =>
      db.transaction(() => {
        const changed = db.run(
          `UPDATE run SET state = :state, problem = :problem,
                  changed_at = CASE WHEN state = :state AND problem IS :problem THEN changed_at ELSE :now END
           WHERE id = :run AND state IN ('waiting', 'held') AND NOT EXISTS (SELECT 1 FROM message WHERE run = :run)`,
          { run, state, problem: pack(reason), now },
        );
        if (changed === 0) return;
        db.run("UPDATE slot SET next_at = :next, seen = :seen WHERE run = :run", { run, next, seen });
        if (!failed) db.run("UPDATE slot SET tries = 0 WHERE run = :run", { run });
      }),

    reopen: (run, now) => db.transaction(() => reopen(run, now)),

    reminders: (now) =>
      db
        .rows<Packed<Reminder>>(
          `SELECT client, report, cadence, period_from AS "from", slot, problem AS reason, looked_at AS looked
           FROM reminder WHERE slot > :now ORDER BY slot, client, report, cadence`,
          { now },
        )
        .map((row) => unpack<Reminder>(row)),

    keepReminder: ({ client, report, cadence, from, slot, reason, looked }) =>
      void db.run(
        `INSERT INTO reminder (client, report, cadence, period_from, slot, problem, looked_at)
         VALUES (:client, :report, :cadence, :from, :slot, :problem, :looked) ON CONFLICT DO NOTHING`,
        { client, report, cadence, from, slot, problem: pack(reason), looked },
      ),

    skips: (codes, since = "") =>
      db
        .rows<Packed<Skip>>(
          `SELECT id AS run, client, report, cadence, period_from AS "from", revision, problem AS reason, changed_at AS since
           FROM run WHERE state = 'skipped' AND changed_at >= :since
             AND json_extract(problem, '$.code') IN (SELECT value FROM json_each(:codes)) ORDER BY id`,
          { codes: JSON.stringify(codes), since },
        )
        .map((row) => unpack<Skip>(row)),
  };
}
