import { Temporal } from "temporal-polyfill";
import { type CadenceDef, weekdays } from "./definitions.ts";
import { defaultRules, newestComplete, type Period, type PeriodRules, shift } from "./period.ts";

/** When one period's report is due. */
export interface Slot {
  /** The instant, ISO in UTC with three decimals. */
  at: string;
  /** The local date and time in the client's zone, `2026-11-02T09:00`. */
  local: string;
  /** The period that the report is on; it is over by then. */
  period: Period;
}

/** Where slots are reckoned: the client's zone, its days off, its weeks. */
export interface Calendar {
  zone: string;
  /** Public holidays, ISO dates. Weekends are days off by themselves. */
  holidays?: ReadonlySet<string>;
  rules?: PeriodRules;
}

/**
 * The slot of one period: each period has exactly one.
 *
 * A local time that does not exist moves to the first instant after the gap; one that happens twice means the first.
 * `previous_business_day` never reaches back into the period itself; then it is the next one.
 */
export function slotOf(cadence: CadenceDef, period: Period, calendar: Calendar): Slot {
  return remembered([period.from, period.to, cadence, calendar], () => slotFor(cadence, period, calendar));
}

function slotFor(cadence: CadenceDef, period: Period, { zone, holidays = new Set() }: Calendar): Slot {
  const over = Temporal.PlainDate.from(period.to).add({ days: 1 });
  const date = moved(nominal(cadence, over, holidays), cadence, over, holidays);
  const instant = instantOf(date.toPlainDateTime(Temporal.PlainTime.from(cadence.at)), zone);
  const local = instant.toZonedDateTimeISO(zone).toPlainDateTime();
  return {
    at: instant.toString({ fractionalSecondDigits: 3 }),
    local: local.toString({ smallestUnit: "minute" }),
    period,
  };
}

/** The first slot strictly after an instant, and of several at one time that of the oldest period. */
export function nextSlot(cadence: CadenceDef, after: string, calendar: Calendar): Slot {
  return remembered([after, "", cadence, calendar], () => nextAfter(cadence, after, calendar));
}

function nextAfter(cadence: CadenceDef, after: string, calendar: Calendar): Slot {
  const { zone, rules = defaultRules } = calendar;
  const instant = Temporal.Instant.from(after);
  const comes = ({ at }: Slot) => Temporal.Instant.compare(Temporal.Instant.from(at), instant) > 0;
  const beside = (slot: Slot, step: 1 | -1) =>
    slotOf(cadence, shift(cadence.cadence, slot.period, step, rules), calendar);

  const today = instant.toZonedDateTimeISO(zone).toPlainDate().toString();
  let slot = slotOf(cadence, newestComplete(cadence.cadence, today, rules), calendar);
  while (!comes(slot)) slot = beside(slot, 1);
  // A day late in the month, or a row of holidays, can leave the slots of older periods still to come.
  for (let older = beside(slot, -1); comes(older); older = beside(slot, -1)) slot = older;
  return slot;
}

/**
 * Slots as they were reckoned before: each minute all reports of all clients are asked for theirs, and most share their
 * schedule, zone and days off.
 */
function remembered(
  [from, to, cadence, { zone, holidays, rules }]: [string, string, CadenceDef, Calendar],
  reckon: () => Slot,
): Slot {
  const key = JSON.stringify([from, to, cadence, zone, rules, holidays && [...holidays]]);
  const slot = reckoned.get(key) ?? reckon();
  if (reckoned.size >= mostReckoned) reckoned.clear();
  reckoned.set(key, slot);
  return slot;
}

const reckoned = new Map<string, Slot>();
const mostReckoned = 2_000;

type Dates = ReadonlySet<string>;

/** The day that the cadence names, on or after the first day after the period. */
function nominal(cadence: CadenceDef, over: Temporal.PlainDate, holidays: Dates): Temporal.PlainDate {
  if (cadence.cadence === "daily") return over;
  if (cadence.cadence === "weekly") {
    const wanted = weekdays.indexOf(cadence.day) + 1;
    return over.add({ days: (wanted - over.dayOfWeek + 7) % 7 });
  }
  if (cadence.day === "first_business_day") return businessDay(over, 1, holidays);
  const day = cadence.day === "last" ? over.daysInMonth : Math.min(cadence.day, over.daysInMonth);
  return over.with({ day });
}

function moved(
  date: Temporal.PlainDate,
  { on_holiday }: CadenceDef,
  over: Temporal.PlainDate,
  holidays: Dates,
): Temporal.PlainDate {
  if (on_holiday === "send") return date;
  if (on_holiday === "next_business_day") return businessDay(date, 1, holidays);
  const before = businessDay(date, -1, holidays);
  return Temporal.PlainDate.compare(before, over) < 0 ? businessDay(date, 1, holidays) : before;
}

/** The day itself when it is a business day, else the nearest one in that direction. */
function businessDay(date: Temporal.PlainDate, step: 1 | -1, holidays: Dates): Temporal.PlainDate {
  let day = date;
  while (day.dayOfWeek > 5 || holidays.has(day.toString())) day = day.add({ days: step });
  return day;
}

function instantOf(local: Temporal.PlainDateTime, zone: string): Temporal.Instant {
  const first = local.toZonedDateTime(zone, { disambiguation: "earlier" });
  if (first.toPlainDateTime().equals(local)) return first.toInstant();
  // In a gap, "earlier" lies before it: the next change of the zone's offset is its end.
  return (first.getTimeZoneTransition("next") ?? first).toInstant();
}
