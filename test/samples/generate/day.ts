/** An ISO date. The samples' calendar starts on Monday 2024-01-01, so no clock and no time zone is involved. */
export type Day = string;

export interface Span {
  from: Day;
  to: Day;
}

const calendar: Day[] = [];
const positions = new Map<Day, number>();
for (let year = 2024; year <= 2027; year++)
  for (let month = 1; month <= 12; month++)
    for (let date = 1; date <= lengthOfMonth(year, month); date++) {
      const day = `${year}-${pad(month)}-${pad(date)}`;
      positions.set(day, calendar.length);
      calendar.push(day);
    }

/** Days since 2024-01-01. */
function indexOf(day: Day): number {
  const position = positions.get(day);
  if (position === undefined) throw new RangeError(`${day} is outside the samples' calendar.`);
  return position;
}

export function addDays(day: Day, days: number): Day {
  const moved = calendar[indexOf(day) + days];
  if (moved === undefined) throw new RangeError(`${day} ${days} days on is outside the samples' calendar.`);
  return moved;
}

/** 0 on a day itself, positive when `to` is later. */
export function daysBetween(from: Day, to: Day): number {
  return indexOf(to) - indexOf(from);
}

/** Both ends included. */
export function eachDay({ from, to }: Span): Day[] {
  return calendar.slice(indexOf(from), indexOf(to) + 1);
}

/** Monday is 0, Sunday 6. */
export function weekdayOf(day: Day): number {
  return indexOf(day) % 7;
}

export function within(day: Day, { from, to }: Span): boolean {
  return from <= day && day <= to;
}

export function parts(day: Day): { year: number; month: number; date: number } {
  return { year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)), date: Number(day.slice(8)) };
}

/** The calendar months of a span, cut off at its ends. */
export function monthsOf(span: Span): Span[] {
  const months: Span[] = [];
  for (let from = span.from; from <= span.to; ) {
    const { year, month } = parts(from);
    const end = `${from.slice(0, 7)}-${pad(lengthOfMonth(year, month))}`;
    const to = end < span.to ? end : span.to;
    months.push({ from, to });
    from = addDays(to, 1);
  }
  return months;
}

/** The ISO weeks (Monday to Sunday) that lie wholly within a span. */
export function weeksOf(span: Span): Span[] {
  const mondays = eachDay(span).filter((day) => weekdayOf(day) === 0);
  return mondays.map((from) => ({ from, to: addDays(from, 6) })).filter(({ to }) => to <= span.to);
}

export const monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
export const longMonthNames = [
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
export const weekdayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

export function pad(value: number): string {
  return String(value).padStart(2, "0");
}

function lengthOfMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
