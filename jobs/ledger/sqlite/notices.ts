import type { Notice } from "../../../transforms/notice.ts";
import type { Operations } from "../operations.ts";
import type { Database } from "./database.ts";

type Packed = Omit<Notice, "code" | "facts" | "once"> & { problem: string; once: number };

/** What persons are told, and what there is to tell of runs and deliveries. */
export function notices(db: Database): Pick<Operations, "notices" | "keepNotices" | "claimNotices" | "troubles"> {
  const keep = (notice: Notice): void => {
    const { key, code, facts, once, ...rest } = notice;
    db.run(
      `INSERT OR REPLACE INTO notice
         (cause, audience, client, problem, once, first_seen, last_sent, times, next_at, ended_at, closed_at)
       VALUES (:key, :audience, :client, :problem, :once, :since, :lastSent, :times, :next, :ended, :closed)`,
      { key, problem: JSON.stringify({ code, facts }), once: once ? 1 : 0, ...rest },
    );
  };
  const list = (): Notice[] =>
    db
      .rows<Packed>(
        `SELECT cause AS key, audience, client, problem, once, first_seen AS since, last_sent AS lastSent, times,
                next_at AS next, ended_at AS ended, closed_at AS closed
         FROM notice ORDER BY first_seen, cause`,
      )
      .map(({ problem, once, ...notice }) => ({
        ...notice,
        ...(JSON.parse(problem) as Pick<Notice, "code" | "facts">), // what `keep` wrote
        once: once === 1,
      }));

  return {
    notices: list,
    keepNotices: (change) =>
      db.transaction(() => {
        const changed = change(list());
        for (const notice of changed) keep(notice);
        return list();
      }),
    claimNotices: (asked) =>
      db.transaction(() =>
        asked.filter(({ seen, claimed }) => {
          const values = { key: seen.key, seen: seen.next, next: claimed.next };
          return db.run("UPDATE notice SET next_at = :next WHERE cause = :key AND next_at IS :seen", values) === 1;
        }),
      ),
    troubles: () => ({
      runs: db.rows(
        `SELECT id, client, ${name} AS name, state, problem AS reason, changed_at AS since
         FROM run r WHERE state IN ('held', 'waiting') AND problem IS NOT NULL ORDER BY id`,
      ),
      messages: db.rows(
        `SELECT m.id, r.client, ${name} AS name, m.audience, m.state, m.problem AS reason, m.created_at AS since
         FROM message m JOIN run r ON r.id = m.run
         WHERE m.erased_at IS NULL AND (m.state = 'held' OR m.problem IS NOT NULL) ORDER BY m.id`,
      ),
      deliveries: db.rows(
        `SELECT m.id, r.client, ${name} AS name, m.audience, d.state, count(*) AS count, min(d.changed_at) AS since,
                max(d.changed_at) AS latest
         FROM delivery d JOIN message m ON m.id = d.message JOIN run r ON r.id = m.run
         WHERE d.state IN ('unknown', 'failed', 'bounced') AND d.erased_at IS NULL GROUP BY m.id, d.state ORDER BY m.id`,
      ),
      server:
        db.row(
          // No answer, or a refusal of us: with a refusal of the reader it would not be queued.
          `SELECT count(*) AS count, min(d.changed_at) AS since, max(d.problem) AS reason FROM delivery d
           WHERE d.state = 'queued' AND d.tries > 0 AND (d.code IS NULL OR d.code >= 500) AND d.problem IS NOT NULL
           HAVING count(*) > 0`,
        ) ?? null,
    }),
  };
}

const name = "r.client || '.' || r.report || '.' || r.cadence || '.' || r.period_from || '.r' || r.revision";
