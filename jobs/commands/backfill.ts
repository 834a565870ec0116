import type { Client } from "../../config/config.ts";
import type { ReportDef } from "../../transforms/definitions.ts";
import { calendarOf } from "../../transforms/due.ts";
import { localDate, newestComplete, type Period, shift } from "../../transforms/period.ts";
import { BogoError, problem } from "../../transforms/problem.ts";
import { slotOf } from "../../transforms/schedule.ts";
import {
  agencyOf,
  type Context,
  clientNamed,
  deliveryOf,
  openLedger,
  openLog,
  outsideOf,
  readConfig,
  reportNamed,
} from "../context.ts";
import { daysOff } from "../days-off.ts";
import { smtpSettings } from "../deliver/settings.ts";
import { overallState, tellRuns } from "../history.ts";
import type { Opening } from "../ledger/schedule.ts";
import { periodFor } from "../period-for.ts";
import { restoredProblem } from "../restored.ts";
import { take } from "../tick/work.ts";

export interface BackfillOptions {
  cadence?: string;
  from: string;
  to: string;
  dryRun?: boolean;
}

/**
 * Makes and sends the reports of periods that are over and went by without one: a report that is new makes up for nothing
 * by itself. What was sent already is left as it is; what lacks exports waits for them as any other report does.
 */
export async function backfill(
  context: Context,
  slug: string,
  id: string,
  { cadence, from, to, dryRun }: BackfillOptions,
): Promise<number> {
  const { clock, lang, env } = context;
  const written = await readConfig(context);
  const agency = agencyOf(written);
  const client = clientNamed(written, slug);
  const def = reportNamed(client, id, cadence);
  const opened = await openingsOf(client, def, periodsFrom(def, from, to, context), clock.now());
  if (dryRun) {
    context.print([...opened.map(({ period }) => `${period.from} ~ ${period.to}`), words.dry[lang]].join("\n"));
    return 0;
  }
  const ledger = await openLedger(context);
  try {
    const restored = ledger.restored(clock.now());
    if (restored) throw new BogoError([restoredProblem(restored)]);
    const delivery = await deliveryOf(context, agency, ledger, smtpSettings(agency, env));
    const outside = { ...outsideOf(context, written, ledger), agency, delivery, log: await openLog(context) };
    const runs = new Set(ledger.openRuns({ client: slug, report: id, cadence: def.cadence }, opened, clock.now()));
    for (const turn of ledger.turns(clock.now(), slug).filter(({ run }) => runs.has(run)))
      await take(turn, client, outside);
    const records = [...runs].map((run) => ledger.run(run));
    context.print(tellRuns(records, lang));
    return records.every((record) => overallState(record) === "accepted") ? 0 : 3;
  } finally {
    ledger.close();
  }
}

/** The periods from the one that holds `from` to the one that holds `to`, all of which have to be over. */
function periodsFrom(def: ReportDef, from: string, to: string, context: Pick<Context, "clock">): Period[] {
  const rules = { week_starts: def.week_starts, week_label: def.week_label };
  const [first, last] = [periodFor(def, from, context), periodFor(def, to, context)];
  const newest = newestComplete(def.cadence, localDate(context.clock.now(), def.timezone), rules);
  if (first.from > last.from) throw new BogoError([problem("BACKFILL_ORDER", { from, to })]);
  if (last.from > newest.from)
    throw new BogoError([problem("BACKFILL_NOT_OVER", { to: `${last.from} ~ ${last.to}`, newest: newest.from })]);
  const periods = [first];
  for (let next = first; next.from < last.from; ) {
    next = shift(def.cadence, next, 1, rules);
    periods.push(next);
  }
  return periods;
}

/** A slot that is still to come is taken for come: somebody asks for the report now. */
async function openingsOf(client: Client, def: ReportDef, periods: readonly Period[], now: string): Promise<Opening[]> {
  const calendar = calendarOf(def, await daysOff(client, now));
  return periods.map(({ from, to }) => {
    const { at } = slotOf(def.schedule, { from, to }, calendar);
    return { period: { from, to }, at: at < now ? at : now, skipped: null };
  });
}

const words = {
  dry: { ko: "시험 실행입니다. 아무것도 발송하지 않았습니다.", en: "A dry run: nothing was sent." },
};
