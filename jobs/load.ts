import { realpathSync } from "node:fs";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type { Client } from "../config/config.ts";
import type { SourceDef } from "../transforms/definitions.ts";
import type { PlatformFormats } from "../transforms/format/format.ts";
import type { ChannelId } from "../transforms/metrics.ts";
import { BogoError, type Problem, problem } from "../transforms/problem.ts";
import { archive, archivedPath } from "./archive.ts";
import type { Clock } from "./clock.ts";
import { readTables } from "./extract/read.ts";
import { resolveSource } from "./extract/sources.ts";
import type { Declared } from "./extract/table.ts";
import type { Ledger } from "./ledger/ledger.ts";
import { linksAmong } from "./links.ts";
import type { Roots } from "./roots.ts";
import { tornLine } from "./torn.ts";
import { asBogoError } from "./unexpected.ts";
import { type DuckDBWarehouse, openDuckDb } from "./warehouse/duckdb.ts";
import { stage } from "./warehouse/stage.ts";

/** What loading needs from outside. */
export interface LoadOutside {
  roots: Roots;
  ledger: Ledger;
  formats: readonly PlatformFormats[];
  clock: Clock;
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

/** Opens a warehouse file of a client; nothing outside the client's archive and a work folder can be read by its SQL. */
export async function openWarehouse(
  name: string,
  client: string,
  { state, inbox }: Roots,
  work: string,
): Promise<DuckDBWarehouse> {
  const path = join(state, "warehouse", `${name}.duckdb`);
  const threads = (await anyLarge([path, ...(await filesBelow(join(inbox, client)))])) ? 2 : 1;
  return openDuckDb(path, { read: [archiveOf(client, state), work], threads });
}

/** Loading small files is mostly planning, which a second thread slows by a quarter; from here on it helps. */
const largeBytes = 8 * 2 ** 20;

async function anyLarge(paths: readonly string[]): Promise<boolean> {
  const sizes = await Promise.all(
    paths.map((path) =>
      stat(path).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.some((size) => size >= largeBytes);
}

async function filesBelow(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  return names.map((name) => join(folder, name));
}

/** Runs `work` with a folder of its own, gone afterwards. */
export async function withWorkFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "bogo-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Loads every export of a client's inbox that its warehouse does not hold yet.
 *
 * Each file is copied into the archive first and read from there; its place in the order of extraction goes into the
 * ledger. A file that cannot be read is named with its problems, and the others load.
 */
export async function loadExports(
  client: Client,
  warehouse: DuckDBWarehouse,
  work: string,
  outside: LoadOutside,
): Promise<LoadedExports> {
  const { roots, ledger, clock } = outside;
  const inbox = join(roots.inbox, client.slug);
  const result: LoadedExports = { read: 0, rows: 0, problems: [], absent: [] };
  const known = await warehouse.known();
  for (const source of client.sources) {
    if (source.files === null) continue;
    const paths = await resolveSource(inbox, source.files);
    const links = linksAmong(inbox, source.files);
    result.problems.push(...links.map((file) => blame(problem("LOAD_LINK_REFUSED", { file }), client, file, source)));
    if (paths.length === 0 && links.length === 0) result.absent.push(source);
    for (const path of paths) {
      const name = relative(realpathSync(inbox), path).replaceAll("\\", "/");
      const { sha256, path: copy } = await archive(path, archiveOf(client.slug, roots.state));
      const file = { client: client.slug, sha256, path: name, source: keyOf(source) };
      const { unread } = ledger.recordSeen(file, clock.now());
      if (known.has(`${sha256} ${source.channel}`)) {
        result.problems.push(...unread.map((each) => blame(each, client, name, source)));
        continue;
      }
      const problems = await loadFile(copy, name, source, client, warehouse, work, outside, result);
      ledger.noteUnread(
        file,
        problems.filter(({ severity }) => severity === "error"),
      );
    }
  }
  return result;
}

/** Loads from the archive alone, in the recorded order: the same figures as when the files came one by one. */
export async function reloadArchive(
  client: Client,
  warehouse: DuckDBWarehouse,
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
    const copy = archivedPath(
      archiveOf(client.slug, roots.state),
      seen.sha256,
      seen.path.split("/").at(-1) ?? seen.path,
    );
    const problems = await loadFile(copy, seen.path, source, client, warehouse, work, outside, result);
    ledger.noteUnread(
      seen,
      problems.filter(({ severity }) => severity === "error"),
    );
  }
  return result;
}

/** Adds a file to the result, and returns what is wrong with it. */
async function loadFile(
  copy: string,
  name: string,
  source: SourceDef,
  client: Client,
  warehouse: DuckDBWarehouse,
  work: string,
  outside: LoadOutside,
  result: LoadedExports,
): Promise<LoadProblem[]> {
  try {
    const { rows, problems } = await loadTables(copy, name, source, client, warehouse, work, outside);
    const blamed = problems.map((each) => blame(each, client, name, source));
    result.read += 1;
    result.rows += rows;
    result.problems.push(...blamed);
    return blamed;
  } catch (error) {
    // A file may turn out unreadable only while it is loaded; what the warehouse had stays.
    if (error instanceof BogoError) {
      const blamed = error.problems.map((each) => blame(each, client, name, source));
      result.problems.push(...blamed);
      return blamed;
    }
    throw asBogoError(error, { client: client.slug, file: name });
  }
}

async function loadTables(
  copy: string,
  name: string,
  source: SourceDef,
  client: Client,
  warehouse: DuckDBWarehouse,
  work: string,
  { formats }: LoadOutside,
): Promise<{ rows: number; problems: Problem[] }> {
  const file = await readTables(copy, { formats, work, source: declaredBy(source) });
  const problems = [...file.problems];
  let rows = 0;
  for (const table of file.tables) {
    const { account } = table;
    if (account === null) {
      problems.push(problem("LOAD_NO_ACCOUNT", { glob: source.files ?? "" }));
      continue;
    }
    const line = await tornLine(copy, table);
    if (line !== null) {
      problems.push(problem("LOAD_CUT_OFF", { file: name, line }, { line }));
      continue;
    }
    // What neither file nor source states is the client's own: its currency, and figures without a VAT of their own.
    const currency = table.currency ?? source.currency ?? client.currency;
    const extraction = {
      ...table,
      account,
      currency,
      vat: table.vat ?? source.vat,
      channel: source.channel,
      file: name,
    };
    const loaded = await warehouse.load(extraction, async (id, into) => {
      const staged = await stage(warehouse.connection, table, { extraction: id, into });
      problems.push(...staged.problems, ...staged.rejected.slice(0, explained).map(({ problem: why }) => why));
      return { rows: staged.rows, rejected: staged.rejectedTotal, skipped: { ...staged.skipped } };
    });
    rows += loaded.rows;
  }
  return { rows, problems };
}

/** How many lines that were left out are explained one by one; `bogo inspect` lists them all. */
const explained = 3;

/** Says whose file a problem is about. */
function blame(found: Problem, client: Client, file: string, { channel }: SourceDef): LoadProblem {
  return { ...found, client: client.slug, file, channel };
}

/** A source's words as the reader takes them: what is not said is absent. */
function declaredBy({ account, platform, currency, vat, timezone, period, channel }: SourceDef): Declared {
  const said = Object.entries({ account, platform, currency, vat, timezone, period, channel });
  return Object.fromEntries(said.filter(([, value]) => value !== null));
}

/** How the ledger names a source, so that a rebuild finds it again. */
const keyOf = ({ channel, files, account }: SourceDef): string => [channel, files, account ?? ""].join(" ");

const archiveOf = (client: string, state: string): string => join(state, "archive", client);
