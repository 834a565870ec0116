import { realpathSync } from "node:fs";
import { basename, join, matchesGlob, relative } from "node:path";
import { type Problem, problem } from "../../transforms/problem.ts";
import { archive, hashOf } from "../archive.ts";
import { systemClock } from "../clock.ts";
import { stillGrowing } from "../extract/growing.ts";
import { resolveSource } from "../extract/sources.ts";
import { survey } from "../extract/survey.ts";
import { linksAmong } from "../links.ts";
import type { LoadOutside } from "../load.ts";
import { archiveOf, withWorkFolder } from "../open.ts";
import { keyOf } from "../source-key.ts";
import { type Drop, type Owner, routeOf } from "./route.ts";

/** The inbox that all clients share. No client can be called so. */
const sharedInbox = "_shared";

/** A dropped file and the source it went to, or why it stays where it is. */
export interface Sorted {
  /** `_shared/report.csv`, or `report.csv` at the top of a client's inbox. */
  name: string;
  sha256: string;
  /** Null where nobody can say whose it is. */
  client: string | null;
  /** The source as the ledger names it. */
  source: string | null;
  problems: Problem[];
}

/**
 * Gives every file that was dropped unsorted to the source it belongs to: the shared inbox by the accounts that files
 * state, the top of a client's own inbox by platform. Nothing is moved, for the inbox may be read-only: a file goes into
 * its client's archive, and the ledger notes whose it is, so that it is looked at once. Of the clients' own inboxes only
 * `client`'s is looked at where one is named.
 */
export async function sortDrops(outside: LoadOutside, client?: string): Promise<Sorted[]> {
  const drops = await dropsIn(outside, client);
  const growing = await stillGrowing(
    drops.map(({ path }) => path),
    systemClock(),
  );
  const sorted: Sorted[] = linksAmong(join(outside.roots.inbox, sharedInbox), "**/*").map((link) => {
    const name = `${sharedInbox}/${link}`;
    return stays({ path: "", name, client: null }, "", [problem("LOAD_LINK_REFUSED", { file: name })]);
  });
  for (const drop of drops) {
    if (growing.has(drop.path)) sorted.push(stays(drop, "", [problem("FILE_GROWING", { file: drop.name })]));
    else sorted.push(await sort(drop, outside));
  }
  return sorted;
}

type Found = Omit<Drop, "tables"> & { path: string };

async function sort(drop: Found, { roots, ledger, clock, clients, formats }: LoadOutside): Promise<Sorted> {
  const { path, name } = drop;
  const sha256 = await hashOf(path);
  const before = ledger.seenAs(sha256, name).find((seen) => isStill(seen, clients));
  if (before) return { name, sha256, client: before.client, source: before.source, problems: [] };
  const [look] = await withWorkFolder((work) => survey([path], { formats, work, name }));
  if (!look || look.tables.length === 0) return stays(drop, sha256, look?.problems ?? []);
  const route = routeOf({ ...drop, tables: look.tables }, clients);
  if ("problem" in route) return stays(drop, sha256, [route.problem]);
  const client = route.owner.slug;
  const source = keyOf(route.source);
  const kept = await archive(path, archiveOf(roots, client));
  ledger.recordSeen({ client, sha256: kept.sha256, path: name, source }, clock.now());
  return { name, sha256: kept.sha256, client, source, problems: [] };
}

/** The files of the shared inbox, and those at the top of the clients' own that no source's glob names. */
async function dropsIn({ roots, clients }: LoadOutside, client?: string): Promise<Found[]> {
  const shared = join(roots.inbox, sharedInbox);
  const found: Found[] = [];
  for (const path of await resolveSource(shared, "**/*"))
    found.push({
      path,
      name: `${sharedInbox}/${relative(realpathSync(shared), path).replaceAll("\\", "/")}`,
      client: null,
    });
  for (const { slug, sources } of clients) {
    if (client !== undefined && slug !== client) continue;
    const top = await resolveSource(join(roots.inbox, slug), "*");
    const unclaimed = top.filter((path) => !sources.some(({ files }) => matchesGlob(basename(path), files)));
    found.push(...unclaimed.map((path) => ({ path, name: basename(path), client: slug })));
  }
  return found;
}

const isStill = ({ client, source }: { client: string; source: string }, owners: readonly Owner[]): boolean =>
  owners.some(({ slug, sources }) => slug === client && sources.some((each) => keyOf(each) === source));

const stays = ({ name, client }: Found, sha256: string, problems: readonly Problem[]): Sorted => ({
  name,
  sha256,
  client: null,
  source: null,
  problems: problems.map((each) => ({ ...each, file: name, ...(client === null ? {} : { client }) })),
});
