import { Temporal } from "temporal-polyfill";
import type { Cadence, Locale } from "./metrics.ts";

/** Local dates, both ends inclusive, ISO. Days are never shifted between zones. */
export interface Period {
  from: string;
  to: string;
}

export interface PeriodRules {
  week_starts: "monday" | "sunday";
  /** A week belongs to the month of its middle day (`iso`: its Thursday) or of its first day (`start`). */
  week_label: "iso" | "start";
}

export const defaultRules: PeriodRules = { week_starts: "monday", week_label: "iso" };

/** The period of a cadence that holds `day`. */
export function periodOf(cadence: Cadence, day: string, rules: PeriodRules = defaultRules): Period {
  const date = Temporal.PlainDate.from(day);
  if (cadence === "daily") return { from: day, to: day };
  if (cadence === "weekly") {
    const back = rules.week_starts === "monday" ? date.dayOfWeek - 1 : date.dayOfWeek % 7;
    const first = date.subtract({ days: back });
    return { from: first.toString(), to: first.add({ days: 6 }).toString() };
  }
  const first = date.with({
    day: 1,
    month: cadence === "quarterly" ? date.month - ((date.month - 1) % 3) : date.month,
  });
  const last = first.add({ months: cadence === "quarterly" ? 3 : 1 }).subtract({ days: 1 });
  return { from: first.toString(), to: last.toString() };
}

/** The newest period that is over on the morning of `today`. */
export function newestComplete(cadence: Cadence, today: string, rules: PeriodRules = defaultRules): Period {
  return shift(cadence, periodOf(cadence, today, rules), -1, rules);
}

/** The period `count` periods later (earlier when negative). */
export function shift(cadence: Cadence, period: Period, count: number, rules: PeriodRules = defaultRules): Period {
  const from = Temporal.PlainDate.from(period.from);
  const step = {
    daily: { days: count },
    weekly: { weeks: count },
    monthly: { months: count },
    quarterly: { months: 3 * count },
  };
  return periodOf(cadence, from.add(step[cadence]).toString(), rules);
}

/** What `previous` compares with: the period before; for a day, the same weekday last week. */
export function previousOf(cadence: Cadence, period: Period, rules: PeriodRules = defaultRules): Period {
  return shift(cadence, period, cadence === "daily" ? -7 : -1, rules);
}

/** The same period a year before: 52 weeks for days and weeks, so that weekdays meet; the calendar's for the rest. */
export function yearAgoOf(cadence: Cadence, period: Period): Period {
  const from = Temporal.PlainDate.from(period.from);
  const to = Temporal.PlainDate.from(period.to);
  if (cadence === "daily" || cadence === "weekly") {
    return { from: from.subtract({ weeks: 52 }).toString(), to: to.subtract({ weeks: 52 }).toString() };
  }
  return periodOf(cadence, from.subtract({ years: 1 }).toString());
}

/** The last `count` periods before this one, oldest first. */
export function trailing(cadence: Cadence, period: Period, count: number, rules: PeriodRules = defaultRules): Period[] {
  return Array.from({ length: count }, (_, index) => shift(cadence, period, index - count, rules));
}

/** How many periods the baseline is the mean of: 13 weeks, 6 months. */
export const baselineLength: Readonly<Record<Cadence, number>> = { daily: 28, weekly: 13, monthly: 6, quarterly: 4 };

/** Each day of it in turn. Every figure of a report is read by days, so they are counted in whole days and not by a calendar. */
export function daysOf({ from, to }: Period): string[] {
  const last = Date.parse(to);
  const days: string[] = [];
  for (let day = Date.parse(from); day <= last; day += dayMs) days.push(new Date(day).toISOString().slice(0, 10));
  return days;
}

/** Of a calendar without zones, in which every day is as long. */
const dayMs = 86_400_000;

export function addDays(day: string, count: number): string {
  return Temporal.PlainDate.from(day).add({ days: count }).toString();
}

/** Days from `a` to `b`, negative when `b` is earlier. */
export function daysBetween(a: string, b: string): number {
  return Temporal.PlainDate.from(a).until(Temporal.PlainDate.from(b), { largestUnit: "day" }).days;
}

/** The local date of an instant in a zone. */
export function localDate(instant: string, zone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString();
}

const weekText = /^(\d{4})-W(\d{2})$/;
const monthText = /^(\d{4})-(\d{2})$/;
const quarterText = /^(\d{4})-Q([1-4])$/;
const dayText = /^\d{4}-\d{2}-\d{2}$/;

/** `2026-W12`, `2026-03`, `2026-Q1` or a day in the period; null where the text names none of this cadence. */
export function parsePeriod(text: string, cadence: Cadence, rules: PeriodRules = defaultRules): Period | null {
  const day = firstDayNamed(text, cadence);
  if (day === null) return null;
  try {
    return periodOf(cadence, Temporal.PlainDate.from(day, { overflow: "reject" }).toString(), rules);
  } catch {
    return null;
  }
}

function firstDayNamed(text: string, cadence: Cadence): string | null {
  if (dayText.test(text)) return text;
  const week = weekText.exec(text);
  if (week && cadence === "weekly") {
    // ISO 8601: week 1 is the one with 4 January.
    const fourth = Temporal.PlainDate.from(`${week[1]}-01-04`);
    const monday = fourth.subtract({ days: fourth.dayOfWeek - 1 }).add({ weeks: Number(week[2]) - 1 });
    return monday.add({ days: 3 }).yearOfWeek === Number(week[1]) ? monday.toString() : null;
  }
  const month = monthText.exec(text);
  if (month && cadence === "monthly") return `${month[1]}-${month[2]}-01`;
  const quarter = quarterText.exec(text);
  if (quarter && cadence === "quarterly")
    return `${quarter[1]}-${String(Number(quarter[2]) * 3 - 2).padStart(2, "0")}-01`;
  return null;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const monthsLong = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** `10월 5주차 (10/26~11/1)`, `2026년 10월`; `Oct 26 – Nov 1, 2026`, `October 2026`. */
export function periodLabel(
  cadence: Cadence,
  period: Period,
  locale: Locale,
  rules: PeriodRules = defaultRules,
): string {
  const from = Temporal.PlainDate.from(period.from);
  const to = Temporal.PlainDate.from(period.to);
  const korean = locale === "ko-KR";
  if (cadence === "daily")
    return korean ? `${period.from} (${"월화수목금토일"[from.dayOfWeek - 1]})` : englishDay(from, true);
  if (cadence === "weekly") {
    if (!korean) return englishRange(from, to);
    const named = rules.week_label === "iso" ? from.add({ days: rules.week_starts === "monday" ? 3 : 4 }) : from;
    return `${named.month}월 ${Math.ceil(named.day / 7)}주차 (${shortDay(from)}~${shortDay(to)})`;
  }
  if (cadence === "quarterly") {
    const quarter = Math.ceil(from.month / 3);
    return korean ? `${from.year}년 ${quarter}분기` : `Q${quarter} ${from.year}`;
  }
  return korean ? `${from.year}년 ${from.month}월` : `${monthsLong[from.month - 1]} ${from.year}`;
}

/** The short label under a trend's point: `10/26`, `10월`, `Oct 26`, `Oct`; January and the first point carry the year. */
export function pointLabel(cadence: Cadence, period: Period, locale: Locale, first = false): string {
  const from = Temporal.PlainDate.from(period.from);
  if (cadence === "weekly" || cadence === "daily")
    return locale === "ko-KR" ? shortDay(from) : `${months[from.month - 1]} ${from.day}`;
  const year = String(from.year).slice(2);
  if (cadence === "quarterly")
    return locale === "ko-KR" ? `${year}년 ${Math.ceil(from.month / 3)}분기` : `Q${Math.ceil(from.month / 3)} ’${year}`;
  const withYear = first || from.month === 1;
  if (locale === "ko-KR") return withYear ? `${year}.${from.month}월` : `${from.month}월`;
  return withYear ? `${months[from.month - 1]} ’${year}` : (months[from.month - 1] ?? "");
}

/** A range of days for notes and banners: `10/26~11/1`, `Oct 26 – Nov 1, 2026`. */
export function rangeLabel({ from, to }: Period, locale: Locale): string {
  const [first, last] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(to)];
  if (locale === "en-US") return from === to ? englishDay(first, true) : englishRange(first, last);
  return from === to ? from : `${from} ~ ${to}`;
}

/** Days as ranges for a sentence: `2026-10-05 ~ 2026-10-24, 2026-10-28`. */
export function dayRanges(days: readonly string[], locale: Locale): string {
  const ranges: Period[] = [];
  for (const day of days.toSorted()) {
    const last = ranges.at(-1);
    if (last && addDays(last.to, 1) === day) last.to = day;
    else ranges.push({ from: day, to: day });
  }
  return ranges.map((range) => rangeLabel(range, locale)).join(", ");
}

const shortDay = (date: Temporal.PlainDate): string => `${date.month}/${date.day}`;

const englishDay = (date: Temporal.PlainDate, year: boolean): string =>
  `${months[date.month - 1]} ${date.day}${year ? `, ${date.year}` : ""}`;

function englishRange(from: Temporal.PlainDate, to: Temporal.PlainDate): string {
  const end = from.month === to.month && from.year === to.year ? `${to.day}, ${to.year}` : englishDay(to, true);
  return `${englishDay(from, from.year !== to.year)} – ${end}`;
}
