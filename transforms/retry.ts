import { createHash } from "node:crypto";
import { Temporal } from "temporal-polyfill";

/** A delivery that a server has put off, and how often. */
export interface PutOff {
  id: number;
  /** How many tries there were, this one included. */
  tries: number;
  /** The first of them. */
  since: string;
  now: string;
}

/**
 * When to try again: after 1, 5, 15 and 60 minutes, then hourly; null once a day has passed without success.
 *
 * The hourly tries drift by up to six minutes, by the delivery's own number, so that many deliveries to one server
 * do not all come back in the same second; the same delivery always comes back at the same time.
 */
export function nextTry({ id, tries, since, now }: PutOff): string | null {
  const at = Temporal.Instant.from(now).add({ seconds: waitSeconds(id, tries) });
  const end = Temporal.Instant.from(since).add({ hours: giveUpHours });
  return Temporal.Instant.compare(at, end) > 0 ? null : at.toString({ fractionalSecondDigits: 3 });
}

/** The 5 lets greylisting pass. */
const minutes = [1, 5, 15, 60];
const giveUpHours = 24;
const driftSeconds = 360;

function waitSeconds(id: number, tries: number): number {
  const first = minutes[tries - 1];
  return first === undefined ? 3600 + (hash(`${id}.${tries}`) % driftSeconds) : first * 60;
}

const hash = (text: string): number => createHash("sha256").update(text).digest().readUInt32BE(0);
