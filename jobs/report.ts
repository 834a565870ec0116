import { createHash } from "node:crypto";
import { Temporal } from "temporal-polyfill";
import type { Agency, Client } from "../config/config.ts";
import type { ReportDef } from "../transforms/definitions.ts";
import { localDate, type Period } from "../transforms/period.ts";
import { BogoError, type Problem, problem } from "../transforms/problem.ts";
import { buildReport } from "../transforms/report/build.ts";
import type { Report } from "../transforms/report/model.ts";
import { askApproval } from "./approval.ts";
import { askWarehouse, type Dictionaries } from "./ask.ts";
import type { Clock } from "./clock.ts";
import { type Outside as Delivery, deliver, sendQueued } from "./deliver/deliver.ts";
import { type Documents, renderDocuments } from "./documents.ts";
import { sortDrops } from "./drops/sort.ts";
import { type RunIdentity, type RunRecord, runName } from "./ledger/ledger.ts";
import { type LoadOutside, loadExports } from "./load.ts";
import { missingFiles } from "./missing.ts";
import { withWarehouse } from "./open.ts";
import { type Written, writeOut } from "./out.ts";
import { messagesFor } from "./send.ts";
import { asBogoError } from "./unexpected.ts";
import { foreign } from "./warehouse/duckdb.ts";

/** One report of one client over one period. */
export interface Job {
  client: Client;
  def: ReportDef;
  period: Period;
}

/** Everything outside the process: folders, ledger, dictionaries, the clock by whose day the report is made. */
export interface Outside extends LoadOutside {
  dictionaries: Dictionaries;
  clock: Clock;
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
 */
export async function runReport(job: Job, agency: Agency, outside: Outside, delivery: Delivery): Promise<RunResult> {
  const { ledger, clock, roots } = outside;
  const identity = identityOf(job);
  const { run, state, existing } = ledger.beginRun({ ...identity, to: job.period.to }, clock.now());
  if (existing && state !== "waiting") return { record: await sendQueued(delivery, run), made: null, written: null };

  const made = await makeReport(job, outside).catch((error: unknown) => {
    const [first] = asBogoError(error, {}).problems;
    if (first) ledger.finishRun(run, "waiting", clock.now(), { code: first.code, facts: first.facts });
    throw error;
  });
  const written = await writeOut(roots.out, made.report, made.documents);
  const sending = { agency, ...job, run: identity, ...made, folder: written.folder, dkim: delivery.dkim };
  const messages = await askApproval(await messagesFor(sending), sending, ledger);
  outside.onStep?.("send");
  return { record: await deliver(delivery, run, messages, made.report.kpis), made, written };
}

/** A report as it was made: the model, its documents, and what was wrong with the exports behind it. */
export interface Made {
  report: Report;
  documents: Documents;
  problems: Problem[];
}

/**
 * The data's way, from the exports in the inbox to the finished documents: drops → exports → warehouse → sums → KPIs →
 * model → documents. Sends nothing. The warehouse is open only while it loads and answers; what renders gets the one model.
 */
export async function makeReport(job: Job, outside: Outside): Promise<Made> {
  try {
    return await build(job, outside);
  } catch (error) {
    throw asBogoError(error, { client: job.client.slug });
  }
}

async function build(job: Job, outside: Outside): Promise<Made> {
  const { client, def, period } = job;
  const question = { ...job, today: localDate(outside.clock.now(), def.timezone), run: runOf(job, outside.clock) };
  outside.onStep?.("load");
  const drops = await sortDrops(outside, client.slug);
  const { material, rows, problems } = await withWarehouse(client.slug, outside, async (warehouse, work) => {
    if (warehouse.owner !== client.slug) throw foreign(warehouse.owner, client.slug);
    const exports = await loadExports(client, drops.files, warehouse, work, outside);
    outside.onStep?.("compute");
    const answers = await askWarehouse(question, warehouse, missingFiles(exports, def), outside.dictionaries);
    return { ...answers, problems: [...exports.problems, ...drops.problems] };
  });
  const report = buildReport(material);
  if (!report) throw new BogoError([noData(def, period, outside), ...problems]);
  outside.onStep?.("render");
  return { report, documents: await renderDocuments(report, rows, def.formats), problems };
}

/** A report's identity. Corrections will count the revision up; until then it is the first. */
export function identityOf({ client, def, period }: Job): RunIdentity {
  return { client: client.slug, report: def.id, cadence: def.cadence, from: period.from, revision: 1 };
}

function runOf(job: Job, clock: Clock): Report["run"] {
  const identity = identityOf(job);
  const zoned = Temporal.Instant.from(clock.now()).toZonedDateTimeISO(job.def.timezone);
  return {
    id: createHash("sha256").update(runName(identity)).digest("hex").slice(0, 8),
    revision: identity.revision,
    as_of: zoned.toString({ timeZoneName: "never", smallestUnit: "second" }),
  };
}

function noData(def: ReportDef, { from, to }: Period, { roots }: Outside): Problem {
  const facts = {
    client: def.client,
    report: `${def.id} ${def.cadence}`,
    period: `${from} – ${to}`,
    folder: `${roots.inbox}/${def.client} (${def.sources.map(({ files }) => files).join(", ")})`,
  };
  return problem("RUN_NO_DATA", facts, { client: def.client });
}
