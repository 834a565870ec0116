import { later } from "../../clock.ts";
import type { DeliveryState, Due, DueDelivery, Ledger, Outcome } from "../ledger.ts";
import { isGone } from "../owner.ts";
import type { Database } from "./database.ts";
import { pack, superseded } from "./runs.ts";

type Deliveries = Pick<Ledger, "due" | "claim" | "markHanded" | "mark" | "recover">;

/**
 * From which states a try may end how. Before the hand-over nothing can have been taken, so a try is simply queued
 * again; after it only an answer of the server decides. An answer that comes late still turns `unknown` into `accepted`.
 */
const before: Record<Outcome["state"], DeliveryState[]> = {
  accepted: ["handed", "unknown"],
  queued: ["sending", "handed"],
  failed: ["sending", "handed"],
  unknown: ["handed"],
};

/**
 * What may leave: the newest revision, not held, and, where somebody has to approve, approved as the very bytes that
 * are stored.
 */
const released = `m.state = 'ready' AND NOT ${superseded} AND (m.approver IS NULL OR EXISTS (
  SELECT 1 FROM decision WHERE decision.message = m.id AND kind = 'approve' AND decision.sha256 = m.sha256))`;

/** A server that broke off is left alone for a moment; meanwhile its answer may still come. */
const repeatAfterMs = 60_000;

/** The states of design.md §6, each change conditional on state and owner. */
export function deliveries(db: Database): Deliveries {
  return {
    due({ run, client, by }) {
      const found = db.rows<Omit<Due, "deliveries"> & DueDelivery>(
        `SELECT r.client, r.id AS run, r.client || '.' || r.report || '.' || r.cadence || '.' || r.period_from || '.r' || r.revision AS name,
                m.id AS message, m.audience, m.sender, m.path, m.sha256, d.id, d.recipient, d.tries,
                d.since
         FROM delivery d JOIN message m ON m.id = d.message JOIN run r ON r.id = m.run
         WHERE d.state = 'queued' AND ${released} AND (:run IS NULL OR r.id = :run)
           AND (:client IS NULL OR r.client = :client) AND (:by IS NULL OR d.next_at <= :by)
         ORDER BY m.id, d.id`,
        { run: run ?? null, client: client ?? null, by: by ?? null },
      );
      return [...Map.groupBy(found, ({ message }) => message).values()].map((rows) => {
        const { id, recipient, tries, since, ...message } = rows[0] as (typeof rows)[number];
        return {
          ...message,
          deliveries: rows.map(({ id, recipient, tries, since }) => ({ id, recipient, tries, since })),
        };
      });
    },

    claim: (ids, owner, leaseMs, now) =>
      db.transaction(() =>
        ids.filter((id) => {
          const won = db.run(
            `UPDATE delivery SET state = 'sending', owner = :owner, lease_until = :until, tries = tries + 1,
                    since = coalesce(since, :now), changed_at = :now
             WHERE id = :id AND state = 'queued' AND EXISTS (SELECT 1 FROM message m WHERE m.id = message AND ${released})`,
            { id, owner, until: later(now, leaseMs), now },
          );
          if (won)
            db.run("INSERT INTO attempt (delivery, owner, started_at) VALUES (:id, :owner, :now)", { id, owner, now });
          return won === 1;
        }),
      ),

    markHanded: (ids, owner, now) => {
      try {
        db.transaction(() => {
          for (const id of ids) {
            const held = db.run(
              `UPDATE delivery SET state = 'handed', changed_at = :now
               WHERE id = :id AND state = 'sending' AND owner = :owner
                 AND EXISTS (SELECT 1 FROM message m WHERE m.id = message AND ${released})`,
              { id, owner, now },
            );
            if (!held) throw new Lost();
            db.run("UPDATE attempt SET handed_at = :now WHERE delivery = :id AND owner = :owner", { id, owner, now });
          }
        });
        return true;
      } catch (error) {
        if (error instanceof Lost) return false;
        throw error;
      }
    },

    mark: (id, owner, outcome, now) =>
      db.transaction(() => {
        const { state, code, response, reason } = outcome;
        const values = { id, owner, state, code, response, now };
        const from = before[state].map((each) => `'${each}'`).join(", ");
        db.run(
          `UPDATE attempt SET ended_at = :now, outcome = :state, code = :code, response = :response
           WHERE delivery = :id AND owner = :owner`,
          values,
        );
        const changed = db.run(
          `UPDATE delivery SET state = :state, code = :code, response = :response, problem = :problem,
                  next_at = coalesce(:next, next_at), lease_until = NULL, changed_at = :now
           WHERE id = :id AND owner = :owner AND (state IN (${from}) ${state === "accepted" ? lateAnswer : ""})`,
          { ...values, problem: pack(reason), next: outcome.state === "queued" ? outcome.next : null },
        );
        if (changed === 1 && state === "unknown") repeatOnce(db, id, now);
        if (changed === 1 && state === "queued") cancelSuperseded(db, id, now);
        return changed === 1;
      }),

    recover: (now) =>
      db.transaction(() => {
        const open = db.rows<{
          id: number;
          state: "sending" | "handed";
          owner: string;
          until: string;
          recipient: string;
        }>(
          `SELECT id, state, owner, lease_until AS until, recipient FROM delivery WHERE state IN ('sending', 'handed')`,
        );
        const left = open.filter(({ owner, until }) => until < now || isGone(owner));
        for (const { id, state, recipient } of left) {
          const unknown = state === "handed";
          db.run(
            "UPDATE delivery SET state = :state, lease_until = NULL, problem = :problem, changed_at = :now WHERE id = :id",
            {
              id,
              state: unknown ? "unknown" : "queued",
              problem: unknown ? pack({ code: "MAIL_UNKNOWN", facts: { recipient, delivery: String(id) } }) : null,
              now,
            },
          );
          if (unknown) repeatOnce(db, id, now);
          else cancelSuperseded(db, id, now);
        }
        const unknown = left.filter(({ state }) => state === "handed").length;
        return { requeued: left.length - unknown, unknown };
      }),
  };
}

/** The copy that is queued after an unknown outcome is not needed any more when the answer to the first one comes. */
const lateAnswer = `OR (state = 'queued' AND repeats > 0 AND EXISTS (
  SELECT 1 FROM attempt a WHERE a.delivery = delivery.id AND a.owner = :owner AND a.handed_at IS NOT NULL))`;

/** `resend_once`: the first unknown outcome queues the same bytes once more; the second stays. */
function repeatOnce(db: Database, id: number, now: string): void {
  db.run(
    `UPDATE delivery SET state = 'queued', repeats = repeats + 1, next_at = :next, changed_at = :now,
            problem = json_set(problem, '$.code', 'MAIL_REPEATED')
     WHERE id = :id AND state = 'unknown' AND repeats = 0
       AND EXISTS (SELECT 1 FROM message m
                   WHERE m.id = delivery.message AND m.on_unknown = 'resend_once' AND NOT ${superseded})`,
    { id, next: later(now, repeatAfterMs), now },
  );
}

/** What was being sent when a correction was made, and did not leave, must not follow it. */
function cancelSuperseded(db: Database, id: number, now: string): void {
  db.run(
    `UPDATE delivery SET state = 'cancelled', problem = :problem, changed_at = :now
     WHERE id = :id AND state = 'queued' AND EXISTS (SELECT 1 FROM message m WHERE m.id = delivery.message AND ${superseded})`,
    { id, problem: pack({ code: "MAIL_SUPERSEDED", facts: {} }), now },
  );
}

/** Undoes a hand-over of which at least one row was no longer ours. */
class Lost extends Error {}
