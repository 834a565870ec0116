import { Temporal } from "temporal-polyfill";

/** Something that a person should know, for as long as it lasts. Its key is its identity: one cause, one notice. */
export interface Cause {
  /** `delivery unknown 12` */
  key: string;
  /** Faults go to ops; what an account executive can settle goes to the client's own. */
  audience: "ops" | "ae";
  client: string | null;
  /** What is said of it: an entry of the catalogue of problems. */
  code: string;
  facts: Readonly<Record<string, string>>;
  since: string;
  /** A reminder, or something that has happened: said once for good, and its end not at all. */
  once: boolean;
}

/** A cause as it has been told so far. */
export interface Notice extends Cause {
  lastSent: string | null;
  times: number;
  /** When it may be told, or told again; null where there is nothing more to tell. */
  next: string | null;
  /** When its cause was gone. */
  ended: string | null;
  /** When that had been told, or nothing had been. */
  closed: string | null;
}

/** How long a cause that lasts stays untold between two mails, and how long after a mail that could not be sent. */
const repeatAfter = { hours: 4 };
const retryAfter = { minutes: 5 };

/**
 * The notices that change when these causes hold now: new ones open, those that are gone end. A cause that ended before
 * anybody was told of it leaves no trace in anybody's inbox.
 */
export function follow(notices: readonly Notice[], causes: readonly Cause[], now: string): Notice[] {
  const open = new Map(notices.filter(({ closed }) => closed === null).map((each) => [each.key, each]));
  const said = new Set(notices.filter(({ once, times, closed }) => once && times > 0 && closed).map(({ key }) => key));
  const current = new Map(causes.filter(({ key }) => !said.has(key)).map((each) => [each.key, each]));
  const seen = [...current.values()].map((cause): Notice => {
    const told = open.get(cause.key);
    if (!told) return { ...cause, lastSent: null, times: 0, next: now, ended: null, closed: null };
    // Gone and back before its end was told: then it never ended, and is told again as before.
    const next = told.ended === null ? told.next : again(told);
    return { ...told, ...cause, since: told.since, next, ended: null };
  });
  const gone = [...open.values()]
    .filter(({ key, ended }) => !current.has(key) && ended === null)
    .map((each): Notice => {
      const silent = each.times === 0 || each.once;
      return { ...each, ended: now, next: silent ? null : now, closed: silent ? now : null };
    });
  return [...seen, ...gone];
}

/** Whether it is to be told now. */
export function isDue({ next, closed }: Notice, now: string): boolean {
  return closed === null && next !== null && next <= now;
}

/** A notice after it was told: its end closes it. */
export function told(notice: Notice, now: string): Notice {
  const sent = { ...notice, lastSent: now, times: notice.times + 1 };
  return notice.ended === null ? { ...sent, next: again(sent) } : { ...sent, next: null, closed: now };
}

/** A notice that is being told: until its outcome is known nobody else tells it, and a failure is no cause of its own. */
export function trying(notice: Notice, now: string): Notice {
  return { ...notice, next: after(now, retryAfter) };
}

const again = ({ once, lastSent, since }: Notice): string | null =>
  once ? null : lastSent === null ? since : after(lastSent, repeatAfter);

const after = (instant: string, span: Temporal.DurationLike): string =>
  Temporal.Instant.from(instant).add(span).toString({ fractionalSecondDigits: 3 });
