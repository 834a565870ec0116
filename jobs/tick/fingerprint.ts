import { createHash } from "node:crypto";
import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Client } from "../../config/config.ts";
import { hourOf } from "../../transforms/asking.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Roots } from "../roots.ts";
import { sharedInbox } from "../roots.ts";

/**
 * What decides whether a client's waiting reports can be made, in one hash: its config, the names, sizes and times of its
 * files, and what persons have accepted; of one that is asked for in BigQuery, the hour as well. While it stays the same,
 * nothing has to be opened.
 */
export function fingerprintOf(
  client: Client,
  { roots, ledger, now }: { roots: Pick<Roots, "inbox">; ledger: Pick<Ledger, "holds">; now: string },
): string {
  const holds = ledger.holds({ client: client.slug }).map(({ id, state }) => [id, state]);
  const files = [client.slug, sharedInbox].map((folder) => filesBelow(join(roots.inbox, folder)));
  const { sources } = client;
  // What BigQuery holds is seen by asking alone.
  const hour = sources.some(({ bigquery }) => bigquery) ? hourOf(now) : null;
  // How a report looks decides nothing here, and its pictures are large.
  const reports = client.reports.map(({ theme: _, ...report }) => report);
  return createHash("sha256").update(JSON.stringify({ sources, reports, holds, files, hour })).digest("hex");
}

/** `name size time`, sorted; links are told apart by their own time and not followed. */
function filesBelow(folder: string): string[] {
  return listed(folder)
    .flatMap((entry) => {
      if (entry.isDirectory()) return [];
      const path = join(entry.parentPath, entry.name);
      const found = lstatSync(path, { throwIfNoEntry: false });
      return found ? [`${path} ${found.size} ${found.mtimeMs}`] : [];
    })
    .toSorted();
}

function listed(folder: string) {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true });
  } catch {
    return []; // no such folder, or one that may not be read: a look at the exports says which
  }
}
