import { nearest } from "../../config/nearest.ts";
import { sameAccount } from "../../transforms/account.ts";
import type { SourceDef } from "../../transforms/definitions.ts";
import type { PlatformId } from "../../transforms/metrics.ts";
import { type Problem, problem } from "../../transforms/problem.ts";
import { sourceName } from "../../transforms/source-name.ts";
import type { SurveyedTable } from "../extract/survey.ts";

/** Whose files may lie in a drop folder. */
export interface Owner {
  slug: string;
  sources: readonly SourceDef[];
}

/** A file that lies in no source's own folder, and what it says of itself. */
export interface Drop {
  /** Its path as people know it: `_shared/report.csv`, or `report.csv` at the top of a client's inbox. */
  name: string;
  tables: readonly Pick<SurveyedTable, "platform" | "channel" | "account">[];
  /** Whose inbox it lies at the top of; null for the inbox that all clients share. */
  client: string | null;
}

/** Where a dropped file belongs, or why nobody can say. */
export type Route = { owner: Owner; source: SourceDef } | { problem: Problem };

/**
 * Finds the source that a dropped file belongs to: by the account it states, and where it states none by the platform
 * of the files of the one client in whose inbox it lies. Where two answers are possible there is none.
 */
export function routeOf({ name, tables, client }: Drop, owners: readonly Owner[]): Route {
  const platforms = [...new Set(tables.map(({ platform }) => platform))];
  const accounts = [...new Set(tables.flatMap(({ account }) => account ?? []))];
  const [platform = ""] = platforms;
  const place = { file: name, ...(client === null ? {} : { client }) };
  const facts = { file: name, platform, account: accounts.join(", ") };
  if (platforms.length > 1 || accounts.length > 1)
    return { problem: problem("DROP_MIXED", { ...facts, platforms: platforms.join(", ") }, place) };

  const fitting = owners
    .filter(({ slug }) => client === null || slug === client)
    .flatMap((owner) =>
      owner.sources.filter((source) => readsPlatform(source, platform)).map((source) => ({ owner, source })),
    );
  const [account] = accounts;
  if (account === undefined) {
    if (client === null)
      return { problem: problem("DROP_ACCOUNT_UNSAID", { ...facts, folders: foldersOf(fitting) }, place) };
    return oneOf(fitting, tables, () =>
      problem(fitting.length === 0 ? "DROP_NO_SOURCE" : "DROP_SEVERAL_SOURCES", { ...facts, ...lists(fitting) }, place),
    );
  }
  const named = fitting.filter(({ source }) => source.account !== null && sameAccount(account, source.account));
  return oneOf(named, tables, () => {
    if (named.length > 0) return problem("DROP_SEVERAL_SOURCES", { ...facts, ...lists(named) }, place);
    const known = fitting.flatMap(({ source }) => source.account ?? []);
    return problem("DROP_ACCOUNT_UNKNOWN", { ...facts, nearest: nearest(account, known) || "–" }, place);
  });
}

/** Of several sources of the same account, the one of the channel that the file is about. */
function oneOf(
  found: readonly { owner: Owner; source: SourceDef }[],
  tables: Drop["tables"],
  otherwise: () => Problem,
): Route {
  const ofChannel = found.filter(({ source }) => tables.some(({ channel }) => channel === source.channel));
  const [only] = ofChannel.length === 1 ? ofChannel : found;
  return only && (ofChannel.length === 1 || found.length === 1) ? only : { problem: otherwise() };
}

/**
 * Whether a source takes a platform's files: it says so, or its folder is named after the platform or its first word
 * (`naver/*` may hold what either of Naver's two systems exports).
 */
function readsPlatform({ platform, files }: Pick<SourceDef, "platform" | "files">, id: PlatformId): boolean {
  if (files === undefined) return false;
  if (platform !== null) return platform === id;
  const folder = (files.split("/")[0] ?? "").toLowerCase().replace(/\W/gu, "_");
  return folder === id || folder === id.split("_")[0];
}

const lists = (found: readonly { owner: Owner; source: SourceDef }[]) => ({
  sources: found.map(({ source }) => `${source.channel} ${sourceName(source)}`).join(", "),
});

const foldersOf = (found: readonly { owner: Owner; source: SourceDef }[]): string =>
  [...new Set(found.map(({ owner }) => `inbox/${owner.slug}/`))].join(", ") || "inbox/<client>/";
