import { type CadenceDef, type MonthDay, weekdays } from "../../transforms/definitions.ts";
import { nextSlot, type Slot, slotOf } from "../../transforms/schedule.ts";
import { type WallClock, wallClock } from "./wall-clock.ts";

/** What was compared, and each slot that was not where the clocks of its zone say. */
export interface Compared {
  zones: number;
  years: number;
  words: number;
  slots: number;
  wrong: string[];
}

const DAY = 86_400_000;
const YEARS = { first: 2025, last: 2034 };
const days: MonthDay[] = [...Array.from({ length: 31 }, (_, index) => index + 1), "last", "first_business_day"];

/** Every cadence that can be written, but for its time and what it does on days off. */
const words: Word[] = [
  { cadence: "daily" },
  ...weekdays.map((day) => ({ cadence: "weekly" as const, day })),
  ...days.map((day) => ({ cadence: "monthly" as const, day })),
  ...days.map((day) => ({ cadence: "quarterly" as const, day })),
];
type Word = CadenceDef extends infer Each ? (Each extends CadenceDef ? Omit<Each, "at" | "on_holiday"> : never) : never;

/**
 * Compares the slots of ten years, in every zone and for every cadence, with what the zone's wall clocks show.
 *
 * Reports are due at midnight, at nine, and at the times at which the zone's own clocks jump or stand twice. All slots
 * within a day of a change of the clocks are compared, and of the others one in `every`.
 */
export function compareSlots({ every }: { every: number }): Compared {
  const result: Compared = { zones: 0, years: YEARS.last - YEARS.first + 1, words: words.length, slots: 0, wrong: [] };
  const expected = words.map((word) => ({ word, periods: [...periodsOf(word)] }));
  for (const zone of Intl.supportedValuesOf("timeZone")) {
    result.zones++;
    const clock = wallClock(zone, Date.UTC(YEARS.first - 1, 11, 1), Date.UTC(YEARS.last + 1, 3, 1));
    for (const at of timesOf(clock)) {
      for (const { word, periods } of expected) compare({ ...word, at, on_holiday: "send" }, periods, clock);
    }
  }
  return result;

  function compare(cadence: CadenceDef, periods: Expected[], clock: WallClock): void {
    const { zone } = clock;
    const time = millisecondsOf(cadence.at);
    const near = new Set(
      clock.changes.flatMap(({ before }) => [-1, 0, 1].map((step) => floorDay(before) + step * DAY)),
    );
    let previous: { slot: Slot; index: number } | null = null;
    for (const [index, { from, to, day }] of periods.entries()) {
      if (!near.has(day) && (index + result.zones) % every !== 0) continue;
      const slot = slotOf(cadence, { from, to }, { zone });
      const instant = clock.first(day + time);
      result.slots++;
      const wrong = (what: string): void => {
        result.wrong.push(`${zone} ${JSON.stringify(cadence)} ${from}: ${what}, not ${iso(instant)}`);
      };
      if (slot.at !== iso(instant)) wrong(slot.at);
      // From just after one slot the next one is the next period's: none is left out and none comes twice.
      if (previous?.index === index - 1 && index % 4 === 0) {
        const next = nextSlot(cadence, previous.slot.at, { zone });
        if (next.at !== iso(instant) || next.period.from !== from || next.period.to !== to)
          wrong(`next after ${previous.slot.at} is ${next.at} for ${next.period.from}`);
      }
      if (previous && previous.slot.at >= slot.at) wrong(`${slot.at} after ${previous.slot.at}`);
      previous = { slot, index };
    }
  }
}

/** A period that starts in these years, and midnight of the day on which its report is due, as if it were UTC. */
interface Expected {
  from: string;
  to: string;
  day: number;
}

/** The periods and their days by plain counting, without the program's own calendar. */
function* periodsOf(word: Word): Generator<Expected> {
  const end = Date.UTC(YEARS.last + 1, 0, 1);
  if (word.cadence === "daily" || word.cadence === "weekly") {
    const length = word.cadence === "daily" ? 1 : 7;
    // 30 December 2024 is a Monday.
    for (let from = Date.UTC(2024, 11, 30); from + length * DAY <= end; from += length * DAY) {
      const after = from + length * DAY;
      yield {
        ...span(from, after),
        day: word.cadence === "daily" ? after : after + weekdays.indexOf(word.day) * DAY,
      };
    }
    return;
  }
  const months = word.cadence === "monthly" ? 1 : 3;
  for (let month = 0; month < 12 * (YEARS.last - YEARS.first + 1); month += months) {
    const from = Date.UTC(YEARS.first, month, 1);
    const after = Date.UTC(YEARS.first, month + months, 1);
    yield { ...span(from, after), day: dayIn(after, Date.UTC(YEARS.first, month + months + 1, 1), word.day) };
  }
}

function dayIn(first: number, next: number, day: MonthDay): number {
  if (day === "first_business_day") {
    // 1 January 1970 was a Thursday: 0 is Thursday, 2 Saturday, 3 Sunday.
    const weekday = (first / DAY) % 7;
    return first + (weekday === 2 ? 2 : weekday === 3 ? 1 : 0) * DAY;
  }
  return Math.min(day === "last" ? next : first + (day - 1) * DAY, next - DAY);
}

function timesOf({ changes }: WallClock): string[] {
  const own = changes.flatMap(({ before, after }) => {
    const start = Math.min(before, after);
    return [start, start + Math.abs(before - after) / 2].map(timeOf);
  });
  return [...new Set(["00:00", "09:00", ...own])];
}

const iso = (instant: number): string => new Date(instant).toISOString();
const floorDay = (local: number): number => Math.floor(local / DAY) * DAY;
const timeOf = (local: number): string => iso(local).slice(11, 16);
const span = (from: number, after: number) => ({ from: iso(from).slice(0, 10), to: iso(after - DAY).slice(0, 10) });

function millisecondsOf(time: string): number {
  const [hours, minutes] = time.split(":").map(Number) as [number, number];
  return (hours * 60 + minutes) * 60_000;
}
