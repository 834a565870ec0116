import type { Problem } from "../../../transforms/problem.ts";
import type { Ledger, SeenFile } from "../ledger.ts";
import type { Database } from "./database.ts";

const columns = 'client, sha256, path, source, seen_at AS seen, place AS "order", problems';

type Packed = Omit<SeenFile, "unread"> & { problems: string };

// What `noteUnread` wrote.
const unpack = ({ problems, ...file }: Packed): SeenFile => ({ ...file, unread: JSON.parse(problems) as Problem[] });

type Named = Pick<SeenFile, "client" | "sha256" | "path">;
const isNamed = "client = :client AND sha256 = :sha256 AND path = :path";

/** The order of extraction, by which a warehouse is rebuilt from the archive. */
export function seen(db: Database): Pick<Ledger, "recordSeen" | "listSeen" | "seenAs" | "noteUnread"> {
  const rowOf = (named: Named) => db.row<Packed>(`SELECT ${columns} FROM seen WHERE ${isNamed}`, { ...named });
  return {
    recordSeen({ client, sha256, path, source }, now) {
      const named = { client, sha256, path };
      // Most looks at an inbox find what was noted before: that needs no write and no sync of the disk.
      const before = rowOf(named);
      if (before?.source === source) return { ...unpack(before), first: false };
      return db.transaction(() => {
        const first =
          db.run(
            `INSERT INTO seen (client, sha256, path, source, seen_at) VALUES (:client, :sha256, :path, :source, :now)
             ON CONFLICT DO NOTHING`,
            { ...named, source, now },
          ) === 1;
        // The config may have been rearranged since: the file then belongs to another source, at its old place.
        if (!first) db.run(`UPDATE seen SET source = :source WHERE ${isNamed}`, { ...named, source });
        const row = rowOf(named);
        if (!row) throw new Error("a file that was just noted is not there");
        return { ...unpack(row), first };
      });
    },
    listSeen: (client) =>
      db.rows<Packed>(`SELECT ${columns} FROM seen WHERE client = :client ORDER BY place`, { client }).map(unpack),
    seenAs: (sha256, path) =>
      db.rows("SELECT client, source FROM seen WHERE sha256 = :sha256 AND path = :path", { sha256, path }),
    noteUnread: ({ client, sha256, source }, problems) =>
      void db.run(
        "UPDATE seen SET problems = :problems WHERE client = :client AND sha256 = :sha256 AND source = :source",
        { client, sha256, source, problems: JSON.stringify(problems) },
      ),
  };
}
