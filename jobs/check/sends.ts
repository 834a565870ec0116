import type { Client } from "../../config/config.ts";
import type { ReportDef } from "../../transforms/definitions.ts";
import { type Period, periodOf } from "../../transforms/period.ts";
import { nextSlot, type Slot, slotOf } from "../../transforms/schedule.ts";
import { dayIn } from "../clock.ts";
import { publicHolidays } from "../holidays.ts";
import { lackingOf, type SourceLacking } from "./lacking.ts";
import type { SurveyedSource } from "./sources.ts";

export interface Send {
  report: ReportDef;
  /** Null where the report has ended. */
  slot: Slot | null;
  /** Whether nothing runs in the whole of the slot's period. */
  paused: boolean;
  /** What the sources still lack for that period. */
  lacking: SourceLacking[];
}

/** The next slot of each report, the soonest first, and what its sources still lack. */
export async function nextSends(client: Client, sources: readonly SurveyedSource[], now: string): Promise<Send[]> {
  const today = dayIn(client.timezone, now);
  const year = Number(today.slice(0, 4));
  const { holidays } = await publicHolidays(client.country, { from: `${year - 1}-01-01`, to: `${year + 1}-12-31` });
  const off = new Set([...holidays, ...client.holidays].map(({ date }) => date));
  const sends = client.reports.map((report): Send => {
    const slot = nextSend(report, now, off);
    return {
      report,
      slot,
      paused: slot !== null && isPaused(report, slot.period),
      lacking: slot ? lackingOf(report, slot.period, sources) : [],
    };
  });
  return sends.toSorted((a, b) => (a.slot?.at ?? "~").localeCompare(b.slot?.at ?? "~"));
}

/** The first slot to come whose period lies within the report's own days. */
function nextSend(report: ReportDef, now: string, holidays: ReadonlySet<string>): Slot | null {
  const calendar = {
    zone: report.timezone,
    holidays,
    rules: { week_starts: report.week_starts, week_label: report.week_label },
  };
  let slot = nextSlot(report.schedule, now, calendar);
  if (report.from && slot.period.to < report.from) slot = slotOf(report.schedule, firstPeriod(report), calendar);
  return report.until && slot.period.from > report.until ? null : slot;
}

function firstPeriod({ cadence, from, week_starts, week_label }: ReportDef): Period {
  return periodOf(cadence, from ?? "", { week_starts, week_label });
}

function isPaused({ pauses }: ReportDef, { from, to }: Period): boolean {
  return pauses.some((pause) => (pause.from ?? "") <= from && to <= (pause.until ?? "~"));
}
