import { type Problem, problem } from "../../transforms/problem.ts";
import { archive, archiveOf, hashOf, unlessGone } from "../archive.ts";
import { systemClock } from "../clock.ts";
import { stillGrowing } from "../extract/growing.ts";
import type { LoadOutside } from "../load.ts";
import { keyOf } from "../source-key.ts";
import { type Found, findDrops, placeDrop } from "./find.ts";
import type { Owner } from "./route.ts";

/** What became of the dropped files: those that have a source now, and what is wrong with the others. */
export interface Sorted {
  files: SortedFile[];
  problems: Problem[];
}

/** A dropped file in its client's archive, and the source it went to. */
export interface SortedFile {
  /** `_shared/report.csv`, or `report.csv` at the top of a client's inbox. */
  name: string;
  sha256: string;
  client: string;
  /** The source as the ledger names it. */
  source: string;
}

/**
 * Gives every file that was dropped unsorted to the source it belongs to: the shared inbox by the accounts that files
 * state, the top of a client's own inbox by platform. Nothing is moved, for the inbox may be read-only: a file goes into
 * its client's archive, and the ledger notes whose it is, so that it is looked at once.
 */
export async function sortDrops(outside: LoadOutside, client?: string): Promise<Sorted> {
  const { drops, links } = await findDrops(outside.roots.inbox, outside.clients, client);
  const growing = await stillGrowing(
    drops.map(({ path }) => path),
    systemClock(),
    outside.quietMs,
  );
  const sorted: Sorted = { files: [], problems: links };
  for (const drop of drops) {
    const { name: file } = drop;
    const found = growing.has(drop.path)
      ? [problem("FILE_GROWING", { file }, { file })]
      : await unlessGone(drop.path, () => sort(drop, outside));
    if (found === null) continue;
    if (Array.isArray(found)) sorted.problems.push(...found);
    else sorted.files.push(found);
  }
  return sorted;
}

async function sort(drop: Found, outside: LoadOutside): Promise<SortedFile | Problem[]> {
  const { roots, ledger, clock, clients, formats } = outside;
  const { path, name } = drop;
  const sha256 = await hashOf(path);
  const before = ledger.seenAs(sha256, name).find((seen) => isStill(seen, clients));
  if (before) return { name, sha256, ...before };
  const placed = await placeDrop(drop, clients, formats);
  if ("problems" in placed) return placed.problems;
  const client = placed.owner;
  const source = keyOf(placed.source);
  const kept = await archive(path, archiveOf(roots, client));
  ledger.recordSeen({ client, sha256: kept.sha256, path: name, source }, clock.now());
  return { name, sha256: kept.sha256, client, source };
}

const isStill = ({ client, source }: { client: string; source: string }, owners: readonly Owner[]): boolean =>
  owners.some(({ slug, sources }) => slug === client && sources.some((each) => keyOf(each) === source));
