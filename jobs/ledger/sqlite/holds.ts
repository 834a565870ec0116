import type { Problem } from "../../../transforms/problem.ts";
import type { Hold, Ledger } from "../ledger.ts";
import type { Database } from "./database.ts";

type Holds = Pick<Ledger, "openHold" | "holdOf" | "holds" | "acceptHold" | "closeHold" | "confirm" | "isConfirmed">;

const columns =
  "id, client, sha256, path, source, state, problems, confirms, opened_at AS opened, changed_at AS changed, accepted_by AS by";

type Packed = Omit<Hold, "problems" | "confirms"> & { problems: string; confirms: string };

// What `openHold` wrote.
const unpack = ({ problems, confirms, ...hold }: Packed): Hold => ({
  ...hold,
  problems: JSON.parse(problems) as Problem[],
  confirms: JSON.parse(confirms) as string[],
});

/** Exports that wait for a person, and what persons have confirmed. */
export function holds(db: Database): Holds {
  const find = (client: string, sha256: string, source: string): Hold | null => {
    const row = db.row<Packed>(
      `SELECT ${columns} FROM hold WHERE client = :client AND sha256 = :sha256 AND source = :source`,
      { client, sha256, source },
    );
    return row ? unpack(row) : null;
  };
  const confirm = (subjects: readonly string[], by: string | null, now: string): void => {
    for (const subject of subjects)
      db.run("INSERT INTO confirmed VALUES (:subject, :by, :now) ON CONFLICT DO NOTHING", { subject, by, now });
  };
  return {
    holdOf: find,
    openHold: ({ client, sha256, path, source, problems, confirms }, now) =>
      db.transaction(() => {
        db.run(
          `INSERT INTO hold (client, sha256, path, source, state, problems, confirms, opened_at, changed_at)
           VALUES (:client, :sha256, :path, :source, 'open', :problems, :confirms, :now, :now)
           ON CONFLICT DO UPDATE SET path = excluded.path, problems = excluded.problems, confirms = excluded.confirms,
             changed_at = CASE state WHEN 'open' THEN changed_at ELSE excluded.changed_at END,
             opened_at = CASE state WHEN 'open' THEN opened_at ELSE excluded.opened_at END, state = 'open'`,
          { client, sha256, path, source, problems: JSON.stringify(problems), confirms: JSON.stringify(confirms), now },
        );
        const opened = find(client, sha256, source);
        if (!opened) throw new Error("a hold that was just opened is not there");
        return opened;
      }),
    holds: ({ client, state } = {}) =>
      db
        .rows<Packed>(
          `SELECT ${columns} FROM hold WHERE (:client IS NULL OR client = :client) AND (:state IS NULL OR state = :state)
           ORDER BY id`,
          { client: client ?? null, state: state ?? null },
        )
        .map(unpack),
    acceptHold: (id, by, now) =>
      db.transaction(() => {
        const changed = db.run(
          "UPDATE hold SET state = 'accepted', accepted_by = :by, changed_at = :now WHERE id = :id AND state = 'open'",
          { id, by, now },
        );
        if (changed === 0) return null;
        const row = db.row<Packed>(`SELECT ${columns} FROM hold WHERE id = :id`, { id });
        if (!row) throw new Error("a hold that was just accepted is not there");
        const hold = unpack(row);
        confirm(hold.confirms, by, now);
        return hold;
      }),
    closeHold: (id, state, now) =>
      db.transaction(() => {
        db.run("UPDATE hold SET state = :state, changed_at = :now WHERE id = :id", { id, state, now });
        // It came into force now, so a rebuild has to load it after what was loaded meanwhile.
        if (state === "loaded")
          db.run(
            `UPDATE seen SET place = (SELECT MAX(place) + 1 FROM seen)
             WHERE place = (SELECT MAX(s.place) FROM seen AS s JOIN hold AS h
               ON h.client = s.client AND h.sha256 = s.sha256 AND h.source = s.source WHERE h.id = :id)`,
            { id },
          );
      }),
    confirm: (subjects, by, now) => db.transaction(() => confirm(subjects, by, now)),
    isConfirmed: (subject) => db.row("SELECT 1 FROM confirmed WHERE subject = :subject", { subject }) !== undefined,
  };
}
