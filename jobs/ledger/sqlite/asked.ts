import type { AskedDays, Ledger } from "../ledger.ts";
import type { Database } from "./database.ts";

const columns =
  'client, source, part, spans, edition, from_day AS "from", to_day AS "to", asked_at AS at, figures, sha256, path';

/** What BigQuery was asked for, so that settled days are asked for once. */
export function asked(db: Database): Pick<Ledger, "keepAsked" | "asked"> {
  return {
    keepAsked: (days) =>
      void db.run(
        `INSERT INTO asked VALUES (:client, :source, :part, :spans, :edition, :from, :to, :at, :figures, :sha256, :path)
         ON CONFLICT DO UPDATE SET edition = :edition, asked_at = :at, figures = :figures, sha256 = :sha256, path = :path`,
        { ...days },
      ),
    asked: (client, source) =>
      db.rows<AskedDays>(
        `SELECT ${columns} FROM asked WHERE client = :client AND source = :source ORDER BY asked_at, from_day, part`,
        { client, source },
      ),
  };
}
