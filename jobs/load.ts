import { realpathSync } from "node:fs";
import { basename, join, relative } from "node:path";
import type { Client } from "../config/config.ts";
import { standing } from "../transforms/asking.ts";
import type { SourceDef } from "../transforms/definitions.ts";
import type { PlatformFormats } from "../transforms/format/format.ts";
import type { ChannelId } from "../transforms/metrics.ts";
import { type Problem, problem } from "../transforms/problem.ts";
import { archive, archivedPath, archiveOf, unlessGone } from "./archive.ts";
import { type Clock, systemClock } from "./clock.ts";
import type { SortedFile } from "./drops/sort.ts";
import { stillGrowing } from "./extract/growing.ts";
import { resolveSource } from "./extract/sources.ts";
import { heldProblem } from "./hold.ts";
import type { Hold, Ledger } from "./ledger/ledger.ts";
import { linksAmong } from "./links.ts";
import { type ExportFile, loadFile } from "./load-file.ts";
import type { Roots } from "./roots.ts";
import { keyOf } from "./source-key.ts";
import type { ClientWarehouse } from "./warehouse/warehouse.ts";

/** What loading needs from outside. */
export interface LoadOutside {
  roots: Roots;
  ledger: Ledger;
  formats: readonly PlatformFormats[];
  clock: Clock;
  /** Everybody whose files may lie in the shared inbox. */
  clients: readonly Client[];
  /** How an export is copied into the archive; who reads the same files again and again knows those that stand. */
  archive?: typeof archive;
  /** How one export is loaded; who loads the same ones again knows those of which nothing counts. */
  loadFile?: typeof loadFile;
  /** Milliseconds after which a file that nobody has touched counts as written. */
  quietMs?: number;
}

/** What became of a client's exports: how many files were new, and all that is wrong with them. */
export interface LoadedExports {
  read: number;
  rows: number;
  problems: LoadProblem[];
  /** Sources of which no file was found. */
  absent: SourceDef[];
}

/** A problem of an export, with the channel whose figures it touches. */
export type LoadProblem = Problem & { channel: ChannelId };

/**
 * Loads every export of a client's inbox that its warehouse does not hold yet.
 *
 * Each file is copied into the archive first and read from there; its place in the order of extraction goes into the
 * ledger. `drops` are the files that were dropped unsorted. A file that cannot be read is named with its problems, one that a person has to look at first is held, and
 * the others load.
 */
export async function loadExports(
  client: Client,
  drops: readonly SortedFile[],
  warehouse: ClientWarehouse,
  work: string,
  outside: LoadOutside,
): Promise<LoadedExports> {
  const { ledger } = outside;
  const result: LoadedExports = { read: 0, rows: 0, problems: [], absent: [] };
  const known = await warehouse.known();
  const open = new Map(ledger.holds({ client: client.slug, state: "open" }).map((hold) => [hold.id, hold]));
  for (const source of client.sources) {
    const { files, links, growing } = source.bigquery
      ? { files: answersOf(source, client, outside), links: [], growing: [] }
      : await filesOf(source, client, drops, outside);
    result.problems.push(
      ...links.map((file) => blame(problem("LOAD_LINK_REFUSED", { file }), client.slug, file, source)),
    );
    result.problems.push(...growing.map((file) => blame(problem("FILE_GROWING", { file }), client.slug, file, source)));
    if (files.length + links.length + growing.length === 0) result.absent.push(source);
    for (const { copy, sha256, name, unread, dropped, asked } of files) {
      const hold = ledger.holdOf(client.slug, sha256, keyOf(source));
      const accounts = known.get(`${sha256} ${source.channel}`);
      const isLoaded = source.account === null ? accounts !== undefined : accounts?.has(source.account) === true;
      if (isLoaded && hold?.state !== "open" && hold?.state !== "accepted") {
        result.problems.push(...unread.map((each) => blame(each, client.slug, name, source)));
        continue;
      }
      const file = { copy, sha256, name, source, client, vouched: isVouched(hold), dropped, asked };
      const left = await load(file, hold, warehouse, work, outside, result);
      if (left) open.delete(left.id);
    }
  }
  for (const { id } of open.values()) ledger.closeHold(id, "gone", outside.clock.now());
  return result;
}

/** Loads from the archive alone, in the recorded order: the same figures as when the files came one by one. */
export async function reloadArchive(
  client: Client,
  warehouse: ClientWarehouse,
  work: string,
  outside: LoadOutside,
): Promise<LoadedExports> {
  const { roots, ledger } = outside;
  const result: LoadedExports = { read: 0, rows: 0, problems: [], absent: [] };
  for (const seen of ledger.listSeen(client.slug)) {
    const source = client.sources.find((each) => keyOf(each) === seen.source);
    if (!source) {
      const [channel = ""] = seen.source.split(" ");
      const gone = problem("LOAD_SOURCE_GONE", { source: seen.source }, { client: client.slug, file: seen.path });
      // The first word of a source's key, as `keyOf` wrote it.
      result.problems.push({ ...gone, channel: channel as ChannelId });
      continue;
    }
    const hold = ledger.holdOf(client.slug, seen.sha256, seen.source);
    if (hold && !isVouched(hold)) {
      if (hold.state === "open") result.problems.push(blame(heldProblem(hold), client.slug, seen.path, source));
      continue;
    }
    const copy = archivedPath(archiveOf(roots, client.slug), seen.sha256, basename(seen.path));
    // What counted once counts again: the guards looked at it when it came.
    const asked = source.bigquery ? seen.seen : null;
    const file = { copy, sha256: seen.sha256, name: seen.path, source, client, vouched: true, dropped: false, asked };
    await load(file, null, warehouse, work, outside, result);
  }
  return result;
}

/** Loads one file into the result, and returns the hold that keeps it or a part of it out. */
async function load(
  file: ExportFile,
  before: Hold | null,
  warehouse: ClientWarehouse,
  work: string,
  outside: LoadOutside,
  result: LoadedExports,
): Promise<Hold | null> {
  const { ledger, clock } = outside;
  const { sha256, name, source } = file;
  const identity = { client: file.client.slug, sha256, path: name, source: keyOf(source) };
  const { rows, problems, reasons } = await (outside.loadFile ?? loadFile)(file, warehouse, work, outside);
  const hold =
    reasons.length > 0
      ? ledger.openHold(
          {
            ...identity,
            problems: reasons.map((each) => each.problem),
            confirms: reasons.flatMap(({ confirms }) => confirms ?? []),
          },
          clock.now(),
        )
      : null;
  if (!hold && before) ledger.closeHold(before.id, "loaded", clock.now());
  const all = [...problems, ...(hold ? [heldProblem(hold)] : [])].map((each) =>
    blame(each, identity.client, name, source),
  );
  result.read += 1;
  result.rows += rows;
  result.problems.push(...all);
  const unread = all.filter(({ severity }) => severity === "error");
  ledger.noteUnread(identity, unread);
  return hold;
}

interface Found {
  copy: string;
  sha256: string;
  name: string;
  /** What could not be read of it when it was read. */
  unread: Problem[];
  /** Whether it lay unsorted, so that only what it says of itself tells whose it is. */
  dropped: boolean;
  /** When BigQuery was asked for it; null for what people brought. */
  asked: string | null;
}

/** What BigQuery answered that still counts; it lies in the archive already. */
function answersOf(source: SourceDef, client: Client, { roots, ledger, clock }: LoadOutside): Found[] {
  const answers = Map.groupBy(ledger.asked(client.slug, keyOf(source)), ({ part }) => part);
  const counting = [...answers.values()].flatMap((each) => standing(each));
  return counting.map(({ sha256, path, source: key }) => {
    const { seen, unread } = ledger.recordSeen({ client: client.slug, sha256, path, source: key }, clock.now());
    const copy = archivedPath(archiveOf(roots, client.slug), sha256, path);
    return { copy, sha256, name: path, unread, dropped: false, asked: seen };
  });
}

/** A source's files in the inbox and of the drops, each copied into the archive and noted in the ledger. */
async function filesOf(
  source: SourceDef,
  client: Client,
  drops: readonly SortedFile[],
  { roots, ledger, clock, archive: keep = archive, quietMs }: LoadOutside,
): Promise<{ files: Found[]; links: string[]; growing: string[] }> {
  const inbox = join(roots.inbox, client.slug);
  const folder = archiveOf(roots, client.slug);
  const glob = source.files ?? "";
  const paths = await resolveSource(inbox, glob);
  const growing = await stillGrowing(paths, systemClock(), quietMs);
  const nameOf = (path: string) => relative(realpathSync(inbox), path).replaceAll("\\", "/");
  const found = (file: Omit<Found, "unread">): Found => {
    const seen = { client: client.slug, sha256: file.sha256, path: file.name, source: keyOf(source) };
    return { ...file, unread: ledger.recordSeen(seen, clock.now()).unread };
  };
  const files: Found[] = [];
  for (const path of paths.filter((each) => !growing.has(each))) {
    const kept = await unlessGone(path, () => keep(path, folder));
    if (kept)
      files.push(found({ copy: kept.path, sha256: kept.sha256, name: nameOf(path), dropped: false, asked: null }));
  }
  for (const { name, sha256 } of drops.filter((each) => each.client === client.slug && each.source === keyOf(source)))
    files.push(found({ copy: archivedPath(folder, sha256, basename(name)), sha256, name, dropped: true, asked: null }));
  return { files, links: linksAmong(inbox, glob), growing: [...growing].map(nameOf) };
}

const isVouched = (hold: Hold | null): boolean => hold?.state === "accepted" || hold?.state === "loaded";

/** Says whose file a problem is about. */
function blame(found: Problem, client: string, file: string, { channel }: SourceDef): LoadProblem {
  return { ...found, client, file, channel };
}
