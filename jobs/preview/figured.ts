import { createHash } from "node:crypto";
import { readComment } from "../../config/comment.ts";
import type { Client } from "../../config/config.ts";
import type { ReportDef } from "../../transforms/definitions.ts";
import { addDays, localDate, newestComplete, type Period } from "../../transforms/period.ts";
import { BogoError } from "../../transforms/problem.ts";
import type { RawRow } from "../../transforms/records.ts";
import { buildReport, type Material } from "../../transforms/report/build.ts";
import type { Report } from "../../transforms/report/model.ts";
import { askWarehouse } from "../ask.ts";
import type { Context } from "../context.ts";
import { missingFiles } from "../missing.ts";
import { periodFor } from "../period-for.ts";
import { identityOf, noData, type Outside, runOf } from "../report.ts";
import type { Copy } from "./copy.ts";
import type { Exports } from "./exports.ts";

/** A report's figures and words, ready to be drawn. */
export interface Figured {
  report: Report;
  material: Material;
  rows: RawRow[];
  period: Period;
  /** Whether a newer period is over of which no figures are held. */
  older: boolean;
}

interface Asked {
  client: Client;
  def: ReportDef;
  /** As people write it; null is the newest that is held. */
  period: string | null;
  exports: Exports;
  outside: Outside;
}

/**
 * Asks and computes again and again: the warehouse only when exports, sources or the question changed, the model only
 * when something that it depends on did. A comment is laid over the finished model.
 */
export function warmFigures(context: Context, copy: Copy) {
  const answers = new Map<string, { key: string; value: Awaited<ReturnType<typeof askWarehouse>> }>();
  const lastDays = new Map<string, string>();
  const models = new Map<string, { key: string; value: Report | null }>();

  return async function figure(asked: Asked, onModel: (ms: number) => void): Promise<Figured> {
    const { client, def, exports, outside } = asked;
    const { period, older } = await periodOf(asked, context, copy, lastDays);
    const name = `${def.id} ${def.cadence} ${period.from}`;
    const today = localDate(context.clock.now(), def.timezone);
    const { dictionaries } = outside;
    const kpis = [...client.kpis.values()];
    const key = digest([questionOf(def), period, today, exports.edition, kpis, dictionaries.formats.length]);
    let answer = answers.get(name);
    const missing = missingFiles(exports, def);
    if (answer?.key !== key) {
      const job = { client, def, period };
      const question = { ...job, today, run: runOf(identityOf(job), job, context.clock) };
      answer = { key, value: await askWarehouse(question, copy.warehouse, missing, dictionaries) };
      answers.set(name, answer);
    }
    const began = context.clock.monotonic();
    const { rates, owners, channelLabels } = dictionaries;
    const material = { ...answer.value.material, def, kpis: client.kpis, rates, owners, channelLabels, missing };
    const { theme, ...said } = def;
    const modelKey = digest([key, said, theme.agency, rates, owners, missing]);
    let model = models.get(name);
    if (model?.key !== modelKey) {
      model = { key: modelKey, value: buildReport(material) };
      models.set(name, model);
    }
    onModel(context.clock.monotonic() - began);
    if (!model.value) throw new BogoError([noData(def, period, outside)]);
    const comment = readComment(dictionaries.config, client.slug, def.id, def.cadence, period.from);
    return { report: { ...model.value, comment }, material, rows: answer.value.rows, period, older };
  };
}

/** What of a report's definition the warehouse is asked by: the rest is words and addresses. */
function questionOf(def: ReportDef): Partial<ReportDef> {
  const { title, client_name, agency_name, ae, goals, schedule, slots, audiences, approve, theme, ...asked } = def;
  return asked;
}

/** The period asked for; else the newest that is over, or where nothing is held of it yet, the newest that is held. */
async function periodOf(
  { def, period, exports }: Asked,
  context: Context,
  { warehouse }: Copy,
  lastDays: Map<string, string>,
) {
  const newest = periodFor(def, period ?? undefined, context);
  if (period !== null) return { period: newest, older: false };
  const { channels, sources } = def;
  const range = { from: "2000-01-01", to: newest.to, channels, sources };
  const key = digest([range, exports.edition]);
  let last = lastDays.get(key);
  if (last === undefined) {
    last = (await warehouse.coverage(range)).reduce((most, { to }) => (to > most ? to : most), "");
    lastDays.set(key, last);
  }
  if (last === "" || last >= newest.from) return { period: newest, older: false };
  const rules = { week_starts: def.week_starts, week_label: def.week_label };
  return { period: newestComplete(def.cadence, addDays(last, 1), rules), older: true };
}

const digest = (parts: unknown): string => createHash("sha256").update(JSON.stringify(parts)).digest("hex");
