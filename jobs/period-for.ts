import type { ReportDef } from "../transforms/definitions.ts";
import { localDate, newestComplete, type Period, parsePeriod } from "../transforms/period.ts";
import { BogoError, problem } from "../transforms/problem.ts";
import type { Context } from "./context.ts";

/** The period asked for, or the newest complete one in the client's zone. */
export function periodFor(def: ReportDef, text: string | undefined, { clock }: Pick<Context, "clock">): Period {
  const rules = { week_starts: def.week_starts, week_label: def.week_label };
  if (text === undefined) return newestComplete(def.cadence, localDate(clock.now(), def.timezone), rules);
  const period = parsePeriod(text, def.cadence, rules);
  if (period) return period;
  const facts = { found: text, cadence: def.cadence, example: examples[def.cadence] };
  throw new BogoError([problem("RUN_PERIOD_WRONG", facts)]);
}

const examples = { daily: "2026-03-17", weekly: "2026-W12", monthly: "2026-03", quarterly: "2026-Q1" };
