import { Temporal } from "temporal-polyfill";
import type { ReportDef, SlotRules } from "./definitions.ts";
import type { Cadence } from "./metrics.ts";
import { addDays, type Period, periodOf, shift } from "./period.ts";
import type { Day } from "./records.ts";
import { pauseIn } from "./report/pause.ts";
import { type Calendar, nextSlot, type Slot, slotOf } from "./schedule.ts";

/** What becomes of a period whose slot has come: it is made, or skipped for one of these reasons. */
export type Fate = "run" | "paused" | "superseded" | "missed" | "too_late";

export interface DueSlot extends Slot {
  late: boolean;
  fate: Fate;
}

/** One report whose place in time moves on. */
export interface DueReport {
  report: ReportDef;
  /** Where it stood; null where it was never seen before. */
  before: Day | null;
  /** The slots that have come since, oldest first. */
  slots: DueSlot[];
  /** The first day of the first period whose slot is still to come. */
  next: Day;
}

/** What is known of the reports of one client. */
export interface Known {
  /** By `standingKey`, the first day of the first period that is not dealt with. */
  standing: ReadonlyMap<string, Day>;
  /** Days off, for reports that go out on business days. */
  holidays: ReadonlySet<string>;
}

/**
 * What is due of one client's reports at `now`, and what becomes of it. Only reports that move on are named.
 *
 * A report's place is a period, not an instant: a clock that goes back finds nothing due twice, one that goes forward
 * and a slot that config moves lose no period. A report that was never seen begins at `now` and makes up for nothing.
 */
export function due(now: string, reports: readonly ReportDef[], { standing, holidays }: Known): DueReport[] {
  return reports.flatMap((report) => {
    const before = standing.get(standingKey(report)) ?? null;
    const { slots, next } = passed(now, report, before, calendarOf(report, holidays));
    return next === before ? [] : [{ report, before, slots, next }];
  });
}

export const standingKey = ({ id, cadence }: Pick<ReportDef, "id" | "cadence">): string => `${id} ${cadence}`;

/** Where a report's slots are reckoned. */
export function calendarOf(report: ReportDef, holidays: ReadonlySet<string>): Calendar {
  const { timezone, week_starts, week_label } = report;
  return { zone: timezone, holidays, rules: { week_starts, week_label } };
}

/** Whether a report that leaves now comes so long after its slot that it has to say so. */
export function isLate(slot: string, now: string): boolean {
  return minutesBetween(slot, now) >= lateMinutes;
}

/** Whether `now` lies in the hours in which nothing late is sent, and when they end. */
export function quietUntil({ quiet }: SlotRules, zone: string, now: string): string | null {
  if (!quiet) return null;
  const local = Temporal.Instant.from(now).toZonedDateTimeISO(zone);
  const time = local.toPlainTime().toString({ smallestUnit: "minute" });
  const { from, until } = quiet;
  const within = from < until ? from <= time && time < until : from > until && (from <= time || time < until);
  return within ? until : null;
}

/**
 * When to look at what a report still lacks and to remind of it: a day before its slot, where its period is over by
 * then, else two hours before; null where not even then.
 */
export function remindAt({ at, period }: Slot, zone: string): string | null {
  const over = Temporal.PlainDate.from(period.to).add({ days: 1 }).toZonedDateTime(zone).toInstant();
  const instant = remindHours
    .map((hours) => Temporal.Instant.from(at).subtract({ hours }))
    .find((each) => Temporal.Instant.compare(each, over) >= 0);
  return instant?.toString({ fractionalSecondDigits: 3 }) ?? null;
}

/** Whether a slot is so far off that nobody is reminded of it yet, whatever its period. */
export const isFarOff = ({ at }: Pick<Slot, "at">, now: string): boolean =>
  Date.parse(at) - Date.parse(now) > Math.max(...remindHours) * 3_600_000;

const remindHours = [24, 2];

/** Every report is made within a tick or two of its slot; readers do not miss it before an hour has passed. */
const lateMinutes = 60;

/** How long after its slot a report is still worth sending. */
const catchUpDays: Readonly<Record<Cadence, number>> = { daily: 14, weekly: 14, monthly: 45, quarterly: 100 };

function passed(
  now: string,
  report: ReportDef,
  before: Day | null,
  calendar: Calendar,
): { slots: DueSlot[]; next: Day } {
  const { cadence, schedule } = report;
  let slot =
    before === null ? nextSlot(schedule, now, calendar) : slotOf(schedule, resumed(before, report, calendar), calendar);
  const come: Slot[] = [];
  while (slot.at <= now) {
    if (isWithin(slot.period, report)) come.push(slot);
    slot = slotOf(schedule, shift(cadence, slot.period, 1, calendar.rules), calendar);
  }
  const newest = come.findLast((each) => !isPaused(each.period, report) && !isTooLate(each.at, now, report))?.at ?? "";
  const slots = come.map((each) => {
    const late = isLate(each.at, now);
    return { ...each, late, fate: fateOf(each, late, newest, now, report) };
  });
  return { slots, next: slot.period.from };
}

/**
 * The period that begins where the report stands. Where config moved the first day of the week, the one that shares
 * most of its days: no week is told twice.
 */
function resumed(before: Day, { cadence }: ReportDef, { rules }: Calendar): Period {
  return periodOf(cadence, cadence === "weekly" ? addDays(before, 3) : before, rules);
}

function fateOf(slot: Slot, late: boolean, newest: string, now: string, report: ReportDef): Fate {
  const { misfire } = report.slots;
  if (isPaused(slot.period, report)) return "paused";
  if (!late) return "run";
  // Several periods can share a slot, as Friday's to Sunday's do on a Monday: together they are the newest.
  if (misfire === "run_latest" && slot.at < newest) return "superseded";
  if (isTooLate(slot.at, now, report)) return "too_late";
  return misfire === "skip" ? "missed" : "run";
}

const isTooLate = (slot: string, now: string, { cadence }: ReportDef): boolean =>
  minutesBetween(slot, now) > catchUpDays[cadence] * 24 * 60;

const isWithin = ({ from, to }: Period, report: ReportDef): boolean =>
  to >= (report.from ?? "") && from <= (report.until ?? "9999");

const isPaused = (period: Period, report: ReportDef): boolean => pauseIn(report, period)?.whole === true;

function minutesBetween(from: string, to: string): number {
  const [a, b] = [Temporal.Instant.from(from), Temporal.Instant.from(to)];
  return (b.epochMilliseconds - a.epochMilliseconds) / 60_000;
}
