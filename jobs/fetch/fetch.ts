import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Client } from "../../config/config.ts";
import type { Environment } from "../../config/secret.ts";
import { readStatement } from "../../config/statement.ts";
import { daysToAsk, hourOf, monthlyRuns, type Needs, periodsToAsk } from "../../transforms/asking.ts";
import type { SourceDef } from "../../transforms/definitions.ts";
import { settleTimes } from "../../transforms/format/settle.ts";
import { mergeRuns, type Run } from "../../transforms/ownership.ts";
import { daysOf } from "../../transforms/period.ts";
import { BogoError, problem } from "../../transforms/problem.ts";
import { sourceName } from "../../transforms/source-name.ts";
import { sourceAccess } from "../access.ts";
import { archive } from "../archive.ts";
import { type Access, type Connection, dial, type Statement } from "../bigquery/client.ts";
import { explain, isMissing, megabytes } from "../bigquery/retry.ts";
import type { LoadOutside, LoadProblem } from "../load.ts";
import { archiveOf, withWorkFolder } from "../open.ts";
import { keyOf } from "../source-key.ts";
import type { Row } from "../warehouse/engine.ts";
import { answerOf } from "./answer.ts";
import type { Ask, Asking, HeldDays, Part } from "./asking.ts";
import { ga4 } from "./ga4.ts";
import { googleAds } from "./google-ads.ts";
import { query } from "./query.ts";
import { searchConsole } from "./search-console.ts";

/** What asking takes from outside. */
export interface FetchOutside extends Pick<LoadOutside, "roots" | "ledger" | "formats" | "clock"> {
  env: Environment;
}

/** Who asks: some of a client's sources, for a report. */
export interface Fetching {
  client: Client;
  sources: readonly SourceDef[];
  /** The report's id, as a label of the jobs. */
  report: string;
  needs: Needs;
}

/**
 * Asks the sources in BigQuery for the days that are needed and not held for good, and lays each answer into the archive
 * as an export, noted in the ledger under its source: from there it is loaded like any file. A source that cannot be
 * asked is named with its problem; what it answered before stays, and the others go on.
 */
export async function fetchSources(fetching: Fetching, outside: FetchOutside): Promise<LoadProblem[]> {
  const problems: LoadProblem[] = [];
  for (const source of fetching.sources) {
    if (!source.bigquery) continue;
    try {
      await fetchSource(source, fetching, outside);
    } catch (error) {
      if (!(error instanceof BogoError)) throw error;
      const place = { client: fetching.client.slug, file: sourceName(source), channel: source.channel };
      problems.push(...error.problems.map((each) => ({ ...each, ...place })));
    }
  }
  return problems;
}

async function fetchSource(source: SourceDef, fetching: Fetching, outside: FetchOutside): Promise<void> {
  const { bigquery } = source;
  const { client, report, needs } = fetching;
  if (!bigquery) return;
  const asking = askingOf(source, client, outside);
  const wanted = asking.parts.map((part) => ({ part, runs: wantedOf(part, source, client, needs, outside) }));
  const [span] = spanOf(wanted.flatMap(({ runs }) => runs));
  if (!span) return;
  const access = sourceAccess(client.slug, bigquery, outside.env);
  const connection = await dial(access);
  const labels = { report: labelOf(report), source: labelOf(`${source.channel}-${bigquery.preset ?? "query"}`) };
  const ask = askWith(connection, access, labels);
  try {
    const held = await asking.held(span, ask);
    for (const { part, runs } of wanted) {
      const there = (run: Run) => daysOf(run).filter((day) => held.days.has(day));
      const asked =
        part.spans === "days"
          ? monthlyRuns(runs.flatMap(there))
          : runs.filter((run) => there(run).length === daysOf(run).length);
      for (const run of asked) await fetchRun(run, part, held, { source, client, access, ask }, outside);
    }
  } finally {
    outside.ledger.addBilled(client.slug, connection.billed(), outside.clock.now());
  }
}

function askingOf({ bigquery, account }: SourceDef, { slug }: Client, { roots }: FetchOutside): Asking {
  if (bigquery?.preset === "google_ads") return googleAds(bigquery);
  if (bigquery?.preset === "search_console") return searchConsole(bigquery, account ?? "");
  if (bigquery?.preset === "ga4") return ga4(bigquery, account ?? "");
  const file = bigquery?.query ?? "";
  const sql = readStatement(roots.config, slug, file);
  if (!bigquery || sql === null)
    throw new BogoError([
      problem("CONFIG_STATEMENT_MISSING", { file, folder: `clients/${slug}`, nearest: "–" }, { client: slug }),
    ]);
  return query(bigquery, sql);
}

/** The days or periods of a table of figures that have to be asked for now. */
function wantedOf(
  part: Part,
  source: SourceDef,
  { slug }: Client,
  { days, periods }: Needs,
  { ledger, formats, clock }: FetchOutside,
): Run[] {
  const asked = ledger
    .asked(slug, keyOf(source))
    .filter((each) => each.part === part.name && each.edition === part.edition);
  const times = source.platform === null ? undefined : settleTimes(formats)[source.platform];
  const settling = { settle: times?.conversions ?? longestSettling, now: clock.now() };
  if (part.spans === "period") return periodsToAsk(periods, asked, settling);
  return mergeRuns(daysToAsk(days, asked, settling).map((day) => ({ from: day, to: day })));
}

/** Where nobody knows whose figures they are: as long as the slowest platform. */
const longestSettling = 30;

/** From the first to the last day of all. */
function spanOf(runs: readonly Run[]): Run[] {
  const from = runs.map((run) => run.from).toSorted()[0];
  const to = runs
    .map((run) => run.to)
    .toSorted()
    .at(-1);
  return from === undefined || to === undefined ? [] : [{ from, to }];
}

interface Source {
  source: SourceDef;
  client: Client;
  access: Access;
  ask: AskFigures;
}

/** Asks for one run of days, and keeps the answer unless it says what was held already. */
async function fetchRun(
  span: Run,
  part: Part,
  held: HeldDays,
  { source, client, ask }: Source,
  { roots, ledger, clock, formats }: FetchOutside,
): Promise<void> {
  const at = clock.now();
  const key = keyOf(source);
  const name = sourceName(source);
  const statement = part.statement(span, held);
  const rows = await ask.figures(statement, jobOf(client.slug, { key, span, statement, hour: hourOf(at) }));
  // Without a column nothing can be told; an own statement may well have nothing to say of some days.
  if (part.columns === null && rows.length === 0) return;
  const platform = formats.find((each) => each.platform === source.platform);
  const mark = platform?.formats.find(({ comment }) => comment)?.comment;
  const about = { part, span, held, source: name, mark: mark ? `${mark} ` : "", at, client: client.slug };
  const answer = answerOf(rows, about);
  const noted = ledger.asked(client.slug, key).filter((each) => each.part === part.name);
  const before = noted.findLast(({ from, to }) => from <= span.to && to >= span.from);
  const same = before?.from === span.from && before.to === span.to && before.figures === answer.figures;
  const noting = {
    client: client.slug,
    source: key,
    part: part.name,
    spans: part.spans,
    edition: part.edition,
    ...span,
    at,
  };
  if (same) return ledger.keepAsked({ ...before, ...noting });
  await withWorkFolder(async (work) => {
    const path = join(work, answer.name);
    await writeFile(path, answer.text);
    const { sha256 } = await archive(path, archiveOf(roots, client.slug));
    ledger.recordSeen({ client: client.slug, sha256, path: answer.name, source: key }, at);
    ledger.keepAsked({ ...noting, figures: answer.figures, sha256, path: answer.name });
  });
}

/** The same question of the same hour has one name, so that who asks again after a crash joins the job that runs. */
function jobOf(client: string, question: object): string {
  const hash = createHash("sha256").update(JSON.stringify(question)).digest("hex");
  return `bogo-${client}-source-${hash.slice(0, 32)}`;
}

interface AskFigures extends Ask {
  /** Rows of a statement, once it is known that it only reads and reads no more than it may. */
  figures(statement: Statement, job: string): Promise<Row[]>;
}

function askWith(connection: Connection, access: Access, labels: Statement["labels"]): AskFigures {
  const trying = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      throw isMissing(error) && !(error instanceof BogoError) ? explain(error, access) : error;
    }
  };
  const figures = async (statement: Statement, job: string): Promise<Row[]> => {
    const { bytes, kind } = await connection.estimate(statement);
    const { dataset, client, maxBytes } = access;
    if (kind !== "SELECT") throw new BogoError([problem("BIGQUERY_SOURCE_WRITES", { dataset, kind }, { client })]);
    if (bytes > maxBytes) {
      const facts = { dataset, cap: megabytes(maxBytes), why: `${megabytes(bytes)} MB` };
      throw new BogoError([problem("BIGQUERY_SOURCE_CAP", facts, { client })]);
    }
    return Array.fromAsync(connection.rows(await connection.run({ ...statement, labels }, job)));
  };
  return {
    figures: (statement, job) => trying(() => figures(statement, job)),
    rows: (statement) => trying(() => figures(statement, `bogo-${access.client}-source-${crypto.randomUUID()}`)),
    tables: (project, dataset) => trying(() => connection.tables(project, dataset)),
  };
}

/** What a label's value may hold. */
const labelOf = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]/g, "-")
    .slice(0, 63);
