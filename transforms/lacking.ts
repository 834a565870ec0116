import { type Cadence, type MetricId, metrics } from "./metrics.ts";
import { mergeRuns } from "./ownership.ts";
import { addDays, type Period, type PeriodRules, trailing } from "./period.ts";
import type { Day } from "./records.ts";

/** What one table of an export covers. */
export interface Covered {
  /** The export's name, as the person who downloads it knows it. */
  file: string;
  kind: "daily" | "window" | "snapshot";
  format: string;
  cut: readonly string[];
  metrics: readonly MetricId[];
  /** What the export was narrowed to: then it stands for nothing but itself. */
  filters: Readonly<Record<string, string>>;
  /** Null where it never feeds totals. */
  rank: number | null;
  /** Null where nobody knows without loading it. */
  from: Day | null;
  to: Day | null;
  /** Whether the export states these days itself, and not only its rows. */
  declared: boolean;
  generatedAt: string | null;
}

/** The period of a report and the cadence it belongs to. */
export interface Due {
  period: Period;
  cadence: Cadence;
  rules: PeriodRules;
}

/** What a source has yet to bring for a report. */
export interface Lacking {
  /** The last day that any of its exports covers. */
  until: Day | null;
  /** Days that no export covers. */
  days: Period[];
  /** Exports by day that held other figures of the periods before and bring none of this one, by their newest file. */
  exports: string[];
  /** Reports without days, each of which came for exactly one of the periods before and now for exactly this one. */
  windows: string[];
  /** Lists of posts or emails that were made before the period was over. */
  lists: string[];
}

/**
 * What a source still lacks for a report; null where everything is there. What it should bring is what it brought for
 * the periods before; a source that never brought anything should bring every day.
 */
export function lackingFor(covered: readonly Covered[], due: Due): Lacking | null {
  const whole = covered.filter(({ filters }) => Object.keys(filters).length === 0);
  const lately = trailing(due.cadence, due.period, lookBack, due.rules);
  const daily = totalling(whole.filter(({ kind }) => kind === "daily"));
  const lists = whole.filter(({ kind }) => kind === "snapshot");
  const windows = whole.filter(({ kind }) => kind === "window");
  const days = missingDays(daily, whole, due.period);
  const lacking: Lacking = {
    until: lastDay(daily.length ? daily : whole),
    days,
    exports: isAll(days, due.period) ? [] : forgotten(daily, whole, lately, due.period),
    windows: missingWindows(windows, lately, daily.length + lists.length === 0, due.period),
    lists: staleLists(lists, lately, due.period),
  };
  const complete = [days, lacking.exports, lacking.windows, lacking.lists].every(({ length }) => length === 0);
  return complete ? null : lacking;
}

/** How many periods back an export has to go to be expected again: a month's holiday makes no export forgotten. */
const lookBack = 3;

/** The tables that feed totals; where a source has none, all of them. */
function totalling(tables: readonly Covered[]): readonly Covered[] {
  const ranked = tables.filter(({ rank }) => rank !== null);
  return ranked.length ? ranked : tables;
}

function missingDays(daily: readonly Covered[], all: readonly Covered[], period: Period): Period[] {
  if (all.length === 0) return [period];
  // A total of exactly the period stands for its days.
  const total = all.some((each) => each.kind === "window" && each.rank !== null && covers(each, period));
  if (daily.length === 0 || total || daily.some(({ from }) => from === null)) return [];
  const gaps: Period[] = [];
  let next = period.from;
  for (const { from, to } of mergeRuns(daily.flatMap(spanOf))) {
    if (to < next || from > period.to) continue;
    if (from > next) gaps.push({ from: next, to: addDays(from, -1) });
    next = addDays(to, 1);
  }
  return next <= period.to ? [...gaps, { from: next, to: period.to }] : gaps;
}

/** The newest file of each figure that came lately and does not come at all for this period. */
function forgotten(
  daily: readonly Covered[],
  all: readonly Covered[],
  lately: readonly Period[],
  period: Period,
): string[] {
  const before = daily.filter((each) => lately.some((one) => overlaps(each, one)));
  const now = new Set(all.filter((each) => brings(each, period)).flatMap((each) => each.metrics));
  const gone = new Set(
    before.flatMap((each) => each.metrics).filter((id) => !now.has(id) && metrics[id].over !== "never"),
  );
  return newestFiles(
    before.filter((each) => each.metrics.some((id) => gone.has(id))),
    (each) => each.metrics.filter((id) => gone.has(id)).join(" "),
  );
}

function missingWindows(
  windows: readonly Covered[],
  lately: readonly Period[],
  alone: boolean,
  period: Period,
): string[] {
  const expected = windows.filter((each) => lately.some((one) => covers(each, one)));
  const there = new Set(windows.filter((each) => covers(each, period)).map(kindOf));
  // Reports of other lengths are no use to this report, yet they are all that the source brings.
  const asked = expected.length === 0 && alone && there.size === 0 ? windows : expected;
  return newestFiles(
    asked.filter((each) => !there.has(kindOf(each))),
    kindOf,
  );
}

/** Lists that came lately, of which none was made after the period. Where a list says no such day, its rows have to do. */
function staleLists(lists: readonly Covered[], lately: readonly Period[], period: Period): string[] {
  const first = lately[0]?.from ?? period.from;
  const isNew = ({ generatedAt, declared, to }: Covered): boolean => {
    if (generatedAt !== null) return generatedAt.slice(0, 10) > period.to;
    return (to ?? "") >= (declared ? period.to : period.from);
  };
  const fresh = new Set(lists.filter(isNew).map(({ format }) => format));
  const recent = lists.filter(({ to }) => (to ?? "") >= first);
  return newestFiles(
    (recent.length ? recent : lists).filter(({ format }) => !fresh.has(format)),
    ({ format }) => format,
  );
}

/** The newest file of each kind, each file once. */
function newestFiles(tables: readonly Covered[], kind: (table: Covered) => string): string[] {
  const newest = new Map<string, Covered>();
  for (const each of tables) {
    const held = newest.get(kind(each));
    if (!held || (held.to ?? "") <= (each.to ?? "")) newest.set(kind(each), each);
  }
  return [...new Set([...newest.values()].map(({ file }) => file))];
}

const kindOf = ({ format, cut, metrics: ids }: Covered): string => [format, ...cut, "", ...ids].join(" ");

const spanOf = ({ from, to }: Covered): Period[] => (from !== null && to !== null ? [{ from, to }] : []);

const covers = ({ from, to }: Covered, period: Period): boolean => from === period.from && to === period.to;

const overlaps = ({ from, to }: Covered, period: Period): boolean =>
  from !== null && to !== null && from <= period.to && to >= period.from;

/** Whether a table has figures of the period: on some of its days, or of it as a whole. */
const brings = (table: Covered, period: Period): boolean =>
  table.kind === "daily" ? table.from === null || overlaps(table, period) : covers(table, period);

const isAll = (days: readonly Period[], { from, to }: Period): boolean => days[0]?.from === from && days[0].to === to;

const lastDay = (tables: readonly Covered[]): Day | null =>
  tables
    .flatMap(({ to }) => to ?? [])
    .toSorted()
    .at(-1) ?? null;
