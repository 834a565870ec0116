import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Client } from "../../config/config.ts";
import type { Environment } from "../../config/secret.ts";
import { daysToAsk, hourOf, monthlyRuns, type Needs, periodsToAsk } from "../../transforms/asking.ts";
import type { BigQueryOrigin, SourceDef } from "../../transforms/definitions.ts";
import { settleTimes } from "../../transforms/format/settle.ts";
import { mergeRuns, type Run } from "../../transforms/ownership.ts";
import { daysOf } from "../../transforms/period.ts";
import { BogoError } from "../../transforms/problem.ts";
import { sourceName } from "../../transforms/source-name.ts";
import { sourceAccess } from "../access.ts";
import { archive, archiveOf } from "../archive.ts";
import type { LoadOutside, LoadProblem } from "../load.ts";
import { withWorkFolder } from "../open.ts";
import { keyOf } from "../source-key.ts";
import { type Answer, answerOf } from "./answer.ts";
import { type Asker, openAsker } from "./ask.ts";
import type { HeldDays, Part } from "./asking.ts";
import { askingOf } from "./presets.ts";

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

type AskedSource = Extract<SourceDef, { bigquery: BigQueryOrigin }>;

async function fetchSource(source: AskedSource, fetching: Fetching, outside: FetchOutside): Promise<void> {
  const { bigquery, channel } = source;
  const { client, report, needs } = fetching;
  const { slug } = client;
  const { roots, ledger, env, clock } = outside;
  const asking = askingOf(bigquery, source.account ?? "", { root: roots.config, client: slug });
  const wanted = asking.parts.map((part) => ({ part, runs: wantedOf(part, source, client, needs, outside) }));
  const span = spanOf(wanted.flatMap(({ runs }) => runs));
  if (!span) return;
  const labels = { report, source: `${channel}-${bigquery.preset ?? "query"}` };
  const ask = await openAsker(sourceAccess(slug, bigquery, env), labels);
  try {
    const held = await asking.held(span, ask);
    for (const { part, runs } of wanted)
      for (const run of heldRuns(part, runs, held))
        await fetchRun({ span: run, part, held, source, client }, ask, outside);
  } finally {
    ledger.addBilled(slug, ask.billed(), clock.now());
  }
}

/** What of it can be asked for: days that are there, and periods of which all are. */
function heldRuns({ spans }: Part, runs: readonly Run[], { days }: HeldDays): Run[] {
  const there = (run: Run) => daysOf(run).filter((day) => days.has(day));
  if (spans === "days") return monthlyRuns(runs.flatMap(there));
  return runs.filter((run) => there(run).length === daysOf(run).length);
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

/** From the first to the last day of all; null where there is none. */
function spanOf(runs: readonly Run[]): Run | null {
  const [first] = runs.map(({ from }) => from).toSorted();
  const last = runs
    .map(({ to }) => to)
    .toSorted()
    .at(-1);
  return first === undefined || last === undefined ? null : { from: first, to: last };
}

/** One question for figures: which table of them, of which source, over which days. */
interface Question {
  span: Run;
  part: Part;
  held: HeldDays;
  source: AskedSource;
  client: Client;
}

async function fetchRun(question: Question, ask: Asker, outside: FetchOutside): Promise<void> {
  const { span, part, held, source, client } = question;
  const at = outside.clock.now();
  const rows = await ask.figures(part.statement(span, held), { key: keyOf(source), span, hour: hourOf(at) });
  // Without a column nothing can be told; an own statement may well have nothing to say of some days.
  if (part.columns === null && rows.length === 0) return;
  const platform = outside.formats.find((each) => each.platform === source.platform);
  const comment = platform?.formats.find((format) => format.comment)?.comment;
  const about = { part, span, held, source: sourceName(source), mark: comment ? `${comment} ` : "", at };
  await keep(answerOf(rows, { ...about, client: client.slug }), question, at, outside);
}

/** Lays an answer into the archive and notes it, unless it says what was held already: then only that it still does. */
async function keep(
  answer: Answer,
  { span, part, source, client: { slug } }: Question,
  at: string,
  { roots, ledger }: FetchOutside,
): Promise<void> {
  const key = keyOf(source);
  const { name, spans, edition } = part;
  const noting = { client: slug, source: key, part: name, spans, edition, ...span, at };
  const isSpan = ({ from, to }: Run): boolean => from === span.from && to === span.to;
  const touches = (run: Run): boolean =>
    spans === "period" ? isSpan(run) : run.from <= span.to && run.to >= span.from;
  const before = ledger.asked(slug, key).findLast((each) => each.part === name && touches(each));
  if (before && isSpan(before) && before.figures === answer.figures) return ledger.keepAsked({ ...before, ...noting });
  await withWorkFolder(async (work) => {
    const path = join(work, answer.name);
    await writeFile(path, answer.text);
    const { sha256 } = await archive(path, archiveOf(roots, slug));
    ledger.recordSeen({ client: slug, sha256, path: answer.name, source: key }, at);
    ledger.keepAsked({ ...noting, figures: answer.figures, sha256, path: answer.name });
  });
}
