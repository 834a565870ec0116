import type { Client } from "../../config/config.ts";
import type { ReportDef } from "../../transforms/definitions.ts";
import { calendarOf } from "../../transforms/due.ts";
import { type Period, periodOf } from "../../transforms/period.ts";
import { pauseIn } from "../../transforms/report/pause.ts";
import { nextSlot, type Slot, slotOf } from "../../transforms/schedule.ts";
import { daysOff } from "../days-off.ts";
import { type CoveredSource, lackingOf, type SourceLacking } from "../lacking.ts";

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
export async function nextSends(client: Client, sources: readonly CoveredSource[], now: string): Promise<Send[]> {
  const off = await daysOff(client, now);
  // What is asked for comes when the report is made.
  const brought = sources.filter(({ source }) => !source.bigquery);
  const sends = client.reports.map((report): Send => {
    const slot = nextSend(report, now, off);
    return {
      report,
      slot,
      paused: slot !== null && pauseIn(report, slot.period)?.whole === true,
      lacking: slot ? lackingOf(report, slot.period, brought) : [],
    };
  });
  return sends.toSorted((a, b) => (a.slot?.at ?? "~").localeCompare(b.slot?.at ?? "~"));
}

/** The first slot to come whose period lies within the report's own days. */
function nextSend(report: ReportDef, now: string, holidays: ReadonlySet<string>): Slot | null {
  const calendar = calendarOf(report, holidays);
  let slot = nextSlot(report.schedule, now, calendar);
  if (report.from && slot.period.to < report.from) slot = slotOf(report.schedule, firstPeriod(report), calendar);
  return report.until && slot.period.from > report.until ? null : slot;
}

function firstPeriod({ cadence, from, week_starts, week_label }: ReportDef): Period {
  return periodOf(cadence, from ?? "", { week_starts, week_label });
}
