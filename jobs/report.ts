import { createHash } from "node:crypto";
import { Temporal } from "temporal-polyfill";
import type { Agency, Client } from "../config/config.ts";
import type { Environment } from "../config/secret.ts";
import { needsOf } from "../transforms/asking.ts";
import type { ReportDef } from "../transforms/definitions.ts";
import { localDate, type Period } from "../transforms/period.ts";
import { BogoError, type Problem, problem } from "../transforms/problem.ts";
import { buildReport } from "../transforms/report/build.ts";
import { contentOf, correcting } from "../transforms/report/correction.ts";
import type { Report } from "../transforms/report/model.ts";
import { sourceName } from "../transforms/source-name.ts";
import { askApproval } from "./approval.ts";
import { askWarehouse, type Dictionaries } from "./ask.ts";
import type { Clock } from "./clock.ts";
import { type Outside as Delivery, deliver, sendQueued } from "./deliver/deliver.ts";
import { type Documents, renderDocuments } from "./documents.ts";
import { sortDrops } from "./drops/sort.ts";
import { fetchSources } from "./fetch/fetch.ts";
import { broughtBy, requireComplete } from "./lacking.ts";
import { type RunIdentity, type RunRecord, runName } from "./ledger/ledger.ts";
import { type LoadOutside, loadExports } from "./load.ts";
import { missingFiles } from "./missing.ts";
import { withWarehouse } from "./open.ts";
import { type Written, writeOut } from "./out.ts";
import { newestRevision, nextRevision, type Revision, unchanged } from "./revision.ts";
import { filesPassword, sealed } from "./seal.ts";
import { messagesFor, type Sending } from "./send.ts";
import { templateOf } from "./template.ts";
import { asBogoError } from "./unexpected.ts";
import { foreign } from "./warehouse/duckdb.ts";

/** One report of one client over one period. */
export interface Job {
  client: Client;
  def: ReportDef;
  period: Period;
  /** Whether it is made only when its exports are all there; else it says what is missing. */
  complete?: boolean;
  /** When it was due, local, where it leaves so late that its readers should hear of it. */
  late?: string | null;
}

/** Everything outside the process: folders, ledger, dictionaries, the clock by whose day the report is made. */
export interface Outside extends LoadOutside {
  dictionaries: Dictionaries;
  clock: Clock;
  /** Where passwords of files may stand. */
  env: Environment;
  /** Told of each step as it begins. */
  onStep?: (step: "load" | "compute" | "render" | "send") => void;
}

/** What became of a report. `made` is null when it had been made before: then only what was still queued was sent. */
export interface RunResult {
  record: RunRecord;
  made: Made | null;
  written: Written | null;
}

/**
 * Makes and sends one report, once: the identity is its period, so a second run sends only what the first could not.
 *
 * With `correct` it is made anew as the next revision, in place of what was made before.
 */
export async function runReport(
  job: Job,
  agency: Agency,
  outside: Outside,
  delivery: Delivery,
  { correct = false }: { correct?: boolean } = {},
): Promise<RunResult> {
  const { ledger, clock } = outside;
  const before = (run: number) => sendQueued(delivery, run).then((record) => ({ record, made: null, written: null }));
  if (correct) {
    const revision = nextRevision(ledger, whichOf(job));
    const made = await makeReport(job, outside, revision);
    const same = unchanged(ledger, revision.identity, made.report);
    if (same) return before(same.id);
    const { run } = ledger.beginRun({ ...revision.identity, to: job.period.to }, clock.now());
    return { ...(await send(run, { ...job, ...made, agency, run: revision.identity }, outside, delivery)), made };
  }
  const revision = newestRevision(ledger, whichOf(job));
  const { run, state, existing } = ledger.beginRun({ ...revision.identity, to: job.period.to }, clock.now());
  const isOpen = !existing || state === "waiting" || ledger.reopen(run, clock.now());
  if (!isOpen) return before(run);
  const made = await makeReport(job, outside, revision).catch((error: unknown) => {
    const [first] = asBogoError(error, {}).problems;
    const reason = first ? { code: first.code, facts: first.facts } : null;
    ledger.endTry(run, { state: "waiting", reason, next: null, seen: null, failed: true }, clock.now());
    throw error;
  });
  return { ...(await send(run, { ...job, ...made, agency, run: revision.identity }, outside, delivery)), made };
}

/** Stores a report's mails, those that wait for a person beside the one that asks for it, and sends what may leave. */
async function send(
  run: number,
  finished: Omit<Sending, "folder">,
  { ledger, roots, onStep }: Outside,
  delivery: Delivery,
): Promise<Pick<RunResult, "record" | "written">> {
  const { report, documents } = finished;
  const written = await writeOut(roots.out, report, documents);
  const sending = { ...finished, folder: written.folder, dkim: delivery.dkim };
  const messages = await askApproval(await messagesFor(sending), sending, ledger);
  ledger.noteContent(run, contentOf(report));
  onStep?.("send");
  return { record: await deliver(delivery, run, messages, report.kpis), written };
}

/** A report as it was made: the model, its documents, and what was wrong with the exports behind it. */
export interface Made {
  report: Report;
  documents: Documents;
  problems: Problem[];
}

/**
 * The data's way, from the exports in the inbox to the finished documents: BigQuery → drops → exports → warehouse → sums →
 * KPIs → model → documents. Sends nothing. The warehouse is open only while it loads and answers; what renders gets the one model.
 */
export async function makeReport(
  job: Job,
  outside: Outside,
  revision: Revision = { identity: identityOf(job), sent: null },
): Promise<Made> {
  try {
    return await build(job, outside, revision);
  } catch (error) {
    throw asBogoError(error, { client: job.client.slug });
  }
}

async function build(job: Job, outside: Outside, { identity, sent }: Revision): Promise<Made> {
  const { client, def, period } = job;
  // Before any work: without them nothing could be sent.
  const template = await templateOf(outside.dictionaries.config, def);
  const password = def.protect && filesPassword(def.protect, client.slug, outside.env);
  const question = {
    ...job,
    today: localDate(outside.clock.now(), def.timezone),
    run: runOf(identity, job, outside.clock),
  };
  outside.onStep?.("load");
  const asked = { client, sources: def.sources, report: def.id, needs: needsOf(def, period, question.today) };
  const unanswered = await fetchSources(asked, outside);
  const drops = await sortDrops(outside, client.slug);
  const { material, rows, problems } = await withWarehouse(client.slug, outside, async (warehouse, work) => {
    if (warehouse.owner !== client.slug) throw foreign(warehouse.owner, client.slug);
    const loaded = await loadExports(client, drops.files, warehouse, work, outside);
    const exports = { ...loaded, problems: [...unanswered, ...loaded.problems] };
    if (job.complete) requireComplete(job, await broughtBy(client, warehouse, outside.ledger), exports.problems);
    outside.onStep?.("compute");
    const answers = await askWarehouse(question, warehouse, missingFiles(exports, def), outside.dictionaries);
    return { ...answers, problems: [...exports.problems, ...drops.problems] };
  });
  const built = buildReport(material);
  if (!built) throw new BogoError([noData(def, period, outside), ...problems]);
  const report = sent ? correcting(built, sent) : built;
  outside.onStep?.("render");
  const drawn = await renderDocuments(report, rows, def.formats, def.theme, template);
  const documents = password ? { ...drawn, sealed: await sealed(report, drawn, password) } : drawn;
  return { report, documents, problems };
}

/** A report's identity as it is first made. */
export function identityOf(job: Job): RunIdentity {
  return { ...whichOf(job), revision: 1 };
}

const whichOf = ({ client, def, period }: Job): Omit<RunIdentity, "revision"> => ({
  client: client.slug,
  report: def.id,
  cadence: def.cadence,
  from: period.from,
});

/** What a report says of its making: who it is for good, and as of when, by the clock of its readers. */
export function runOf(identity: RunIdentity, { def, late }: Pick<Job, "def" | "late">, clock: Clock): Report["run"] {
  const zoned = Temporal.Instant.from(clock.now()).toZonedDateTimeISO(def.timezone);
  return {
    id: createHash("sha256").update(runName(identity)).digest("hex").slice(0, 8),
    revision: identity.revision,
    as_of: zoned.toString({ timeZoneName: "never", smallestUnit: "second" }),
    ...(late ? { late } : {}),
  };
}

/** Why a report of this period cannot be made: nothing is held of it. */
export function noData(def: ReportDef, { from, to }: Period, { roots }: Pick<Outside, "roots">): Problem {
  const facts = {
    client: def.client,
    report: `${def.id} ${def.cadence}`,
    period: `${from} – ${to}`,
    folder: `${roots.inbox}/${def.client} (${def.sources.map(sourceName).join(", ")})`,
  };
  return problem("RUN_NO_DATA", facts, { client: def.client });
}
