import { performance } from "node:perf_hooks";
import { Temporal } from "temporal-polyfill";

/** Where the time comes from. Everything that needs it takes a clock as an argument. */
export interface Clock {
  /** An ISO instant in UTC with three decimals (`2026-11-02T00:00:00.000Z`), so that instants compare as text. */
  now(): string;
  /** Milliseconds for measuring how long something took; never goes back. */
  monotonic(): number;
}

/** The computer's clock: the one place in the project that reads it. */
export function systemClock(): Clock {
  return { now: () => format(Temporal.Now.instant()), monotonic: () => performance.now() };
}

/** A clock that stands at one instant, for the demo's day and for tests. Durations are still measured. */
export function fixedClock(iso: string): Clock {
  const instant = format(Temporal.Instant.from(iso));
  return { now: () => instant, monotonic: () => performance.now() };
}

/** The local date at an instant in a time zone: what "today" means to that client. */
export function dayIn(timezone: string, instant: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timezone).toPlainDate().toString();
}

/** An instant some milliseconds later, in the same form, so that the two compare as text. */
export function later(instant: string, milliseconds: number): string {
  return format(Temporal.Instant.from(instant).add({ milliseconds: Math.round(milliseconds) }));
}

/** An instant as a mail's Date header writes it, in UTC. */
export function mailDate(instant: string): string {
  return new Date(instant).toUTCString().replace("GMT", "+0000");
}

const format = (instant: Temporal.Instant): string => instant.toString({ fractionalSecondDigits: 3 });
