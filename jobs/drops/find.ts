import { realpathSync } from "node:fs";
import { basename, join, matchesGlob, relative } from "node:path";
import type { SourceDef } from "../../transforms/definitions.ts";
import type { PlatformFormats } from "../../transforms/format/format.ts";
import { type Problem, problem } from "../../transforms/problem.ts";
import { resolveSource } from "../extract/sources.ts";
import { survey } from "../extract/survey.ts";
import { linksAmong } from "../links.ts";
import { withWorkFolder } from "../open.ts";
import { sharedInbox } from "../roots.ts";
import { type Drop, type Owner, routeOf } from "./route.ts";

/** A file that lies in no source's own folder. */
export interface Found extends Omit<Drop, "tables"> {
  path: string;
}

/** A dropped file whose source is found. */
export interface PlacedDrop extends Found {
  owner: string;
  source: SourceDef;
}

/**
 * The files of the shared inbox, and those at the top of the clients' own that no source's glob names; of the clients'
 * own only `only`'s where one is named. Links are named and never followed.
 */
export async function findDrops(
  inbox: string,
  clients: readonly Owner[],
  only?: string,
): Promise<{ drops: Found[]; links: Problem[] }> {
  const shared = join(inbox, sharedInbox);
  const drops: Found[] = [];
  for (const path of await resolveSource(shared, "**/*")) {
    const name = relative(realpathSync(shared), path).replaceAll("\\", "/");
    drops.push({ path, name: `${sharedInbox}/${name}`, client: null });
  }
  for (const { slug, sources } of clients) {
    if (only !== undefined && slug !== only) continue;
    const top = await resolveSource(join(inbox, slug), "*");
    const unclaimed = top.filter(
      (path) => !sources.some(({ files }) => files !== undefined && matchesGlob(basename(path), files)),
    );
    drops.push(...unclaimed.map((path) => ({ path, name: basename(path), client: slug })));
  }
  const links = linksAmong(shared, "**/*").map((link) => `${sharedInbox}/${link}`);
  return { drops, links: links.map((file) => problem("LOAD_LINK_REFUSED", { file }, { file })) };
}

/** Looks into a dropped file and finds the source that it belongs to, or says why there is none. */
export async function placeDrop(
  drop: Found,
  clients: readonly Owner[],
  formats: readonly PlatformFormats[],
): Promise<PlacedDrop | { problems: Problem[] }> {
  const [look] = await withWorkFolder((work) => survey([drop.path], { formats, work, name: drop.name }));
  const place = { file: drop.name, ...(drop.client === null ? {} : { client: drop.client }) };
  if (!look || look.tables.length === 0)
    return { problems: (look?.problems ?? []).map((each) => ({ ...each, ...place })) };
  const route = routeOf({ ...drop, tables: look.tables }, clients);
  if ("problem" in route) return { problems: [route.problem] };
  return { ...drop, owner: route.owner.slug, source: route.source };
}
