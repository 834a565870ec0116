/** A stretch of time during which a zone's clocks stand at one distance from UTC, in milliseconds. */
interface Stretch {
  from: number;
  until: number;
  offset: number;
}

/** What wall clocks show in one zone, found by asking `Intl` what it shows at instants and by nothing else. */
export interface WallClock {
  zone: string;
  /** Each change of the clocks: its instant, and the local times around it, as if they were UTC. */
  changes: { at: number; before: number; after: number }[];
  /** The first instant at which the clocks show a local time or, where they jump over it, a later one. */
  first(local: number): number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Looks at a zone's clocks once a day and narrows each change down to the second. */
export function wallClock(zone: string, from: number, until: number): WallClock {
  const offsetAt = offsetsOf(zone);
  const stretches: Stretch[] = [{ from: Number.NEGATIVE_INFINITY, until, offset: offsetAt(from) }];
  for (let at = from; at < until; at += DAY) {
    const last = stretches.at(-1) as Stretch;
    const offset = offsetAt(at + DAY);
    if (offset === last.offset) continue;
    let [low, high] = [at, at + DAY];
    while (high - low > 1_000) {
      const middle = low + Math.floor((high - low) / 2_000) * 1_000;
      if (offsetAt(middle) === last.offset) low = middle;
      else high = middle;
    }
    last.until = high;
    stretches.push({ from: high, until, offset });
  }
  const changes = stretches
    .slice(1)
    .map(({ from, offset }, index) => ({ at: from, before: from + stretches[index]!.offset, after: from + offset }));
  return {
    zone,
    changes,
    first(local) {
      // Of each stretch, the instant at which the local time is shown in it or has just been passed.
      for (const stretch of stretches) {
        const instant = Math.max(local - stretch.offset, stretch.from);
        if (instant < stretch.until) return instant;
      }
      throw new RangeError("a local time beyond the years that were looked at");
    },
  };
}

function offsetsOf(zone: string): (instant: number) => number {
  // Swedish writes dates as ISO does: 2026-11-02 09:00:00.
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  return (instant) => Date.parse(`${format.format(instant).replace(" ", "T")}Z`) - instant;
}
