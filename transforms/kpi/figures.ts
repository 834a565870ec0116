import Big from "big.js";
import type { MetricId, PlatformId } from "../metrics.ts";
import { metrics } from "../metrics.ts";
import type { Period } from "../period.ts";
import { addDays, daysBetween, daysOf } from "../period.ts";
import type { SumRow } from "../records.ts";
import type { NullReason } from "../report/model.ts";
import { inClientMoney, type MoneyRules } from "./money.ts";

/** One account of one platform: the grain at which figures are read before anything is added across platforms. */
export interface FigureSource {
  platform: PlatformId;
  account: string;
}

/** What a metric is over some days, and how sure that is. */
export interface Reading {
  value: Big | null;
  reason: NullReason | null;
  /** Days inside without an export, where the source is exported by day. */
  missing: string[];
  /** False where posts or emails could not be taken at the age asked for and are still growing. */
  sameAge: boolean;
}

export interface Figures {
  sources: readonly FigureSource[];
  read(source: FigureSource, metric: MetricId, span: Span): Reading;
  /** Of which kind the rows are that `read` takes; null where it finds none. */
  basis(source: FigureSource, metric: MetricId, span: Span): SumRow["kind"] | null;
  /** Days of the span that no export of this source covers; empty for a source without daily rows. */
  missingDays(source: FigureSource, period: Period): string[];
  /** The days for which a dated rate lacks, with the currency. */
  ratesMissing(): { currency: string; day: string }[];
}

/** A period, perhaps narrowed to some of its days, perhaps with posts and emails counted at the age of another period's. */
export interface Span extends Period {
  only?: ReadonlySet<string>;
  sameAgeAs?: Period;
}

/** Lifetime figures of posts and emails are taken as settled this many days after the period's end. */
const snapshotSettles = 28;

/** Reads sums by source, period and metric, in the client's money. Daily rows first, else a window of exactly the period. */
export function figures(rows: readonly SumRow[], rules: MoneyRules): Figures {
  const shelves = new Map<string, Shelf>();
  const unrated = new Map<string, { currency: string; day: string }>();
  for (const row of rows) shelve(shelves, row);

  const amount = (row: SumRow, metric: MetricId): Big | null | undefined => {
    const text = row.values[metric];
    if (text === undefined) return undefined;
    const value = inClientMoney(new Big(text), metric, row, rules);
    if (value === null && row.currency)
      unrated.set(`${row.currency} ${row.from}`, { currency: row.currency, day: row.from });
    return value;
  };

  const known = new Map<string, Taken>();
  /** Most KPIs are read over the same spans, and share their metrics. */
  const take = (source: FigureSource, metric: MetricId, span: Span): Taken => {
    const shelf = shelves.get(keyOf(source));
    if (!shelf) return { kind: null, reading: nothing("not_collected") };
    if (span.only) return takenFrom(shelf, metric, span, amount);
    const { from, to, sameAgeAs } = span;
    const key = [keyOf(source), metric, from, to, sameAgeAs?.from, sameAgeAs?.to].join("\n");
    const taken = known.get(key) ?? takenFrom(shelf, metric, span, amount);
    known.set(key, taken);
    return taken;
  };

  return {
    sources: [...shelves.values()].map(({ source }) => source),
    read: (source, metric, span) => take(source, metric, span).reading,
    basis: (source, metric, span) => take(source, metric, span).kind,
    missingDays(source, period) {
      const shelf = shelves.get(keyOf(source));
      if (!shelf || shelf.daily.size === 0 || hasWindow(shelf, period)) return [];
      const days = daysOf(period).filter((day) => !shelf.daily.has(day));
      return days.length === daysOf(period).length ? [] : days;
    },
    ratesMissing: () => [...unrated.values()],
  };
}

interface Shelf {
  source: FigureSource;
  daily: Map<string, SumRow[]>;
  windows: Map<string, SumRow[]>;
  snapshots: Map<string, SumRow[]>;
}

type Amount = (row: SumRow, metric: MetricId) => Big | null | undefined;

const keyOf = ({ platform, account }: FigureSource): string => `${platform} ${account}`;

const nothing = (reason: NullReason): Reading => ({ value: null, reason, missing: [], sameAge: true });

function shelve(shelves: Map<string, Shelf>, row: SumRow): void {
  const key = keyOf(row);
  const shelf = shelves.get(key) ?? {
    source: { platform: row.platform, account: row.account },
    daily: new Map(),
    windows: new Map(),
    snapshots: new Map(),
  };
  shelves.set(key, shelf);
  const [place, at] =
    row.kind === "daily"
      ? [shelf.daily, row.from]
      : row.kind === "window"
        ? [shelf.windows, `${row.from}/${row.to}`]
        : [shelf.snapshots, row.from];
  const there = place.get(at);
  if (there) there.push(row);
  else place.set(at, [row]);
}

interface Taken {
  kind: SumRow["kind"] | null;
  reading: Reading;
}

/** Daily rows where they are all there, else a window of exactly the span, else what daily rows or posts there are. */
function takenFrom(shelf: Shelf, metric: MetricId, span: Span, amount: Amount): Taken {
  const daily = readDaily(shelf, metric, span, amount);
  if (daily?.value && daily.missing.length === 0) return { kind: "daily", reading: daily };
  const window = span.only ? null : readRows(shelf.windows.get(`${span.from}/${span.to}`) ?? [], metric, amount);
  if (window) return { kind: "window", reading: window };
  if (daily) return { kind: "daily", reading: daily };
  const snapshots = readSnapshots(shelf, metric, span, amount);
  return snapshots ? { kind: "snapshot", reading: snapshots } : { kind: null, reading: nothing("not_collected") };
}

function hasWindow(shelf: Shelf, { from, to }: Period): boolean {
  return shelf.windows.has(`${from}/${to}`);
}

function readDaily(shelf: Shelf, metric: MetricId, span: Span, amount: Amount): Reading | null {
  if (shelf.daily.size === 0) return null;
  const { over } = metrics[metric];
  const days = daysOf(span).filter((day) => !span.only || span.only.has(day));
  const held: Big[] = [];
  const missing: string[] = [];
  for (const day of days) {
    const reading = readRows(shelf.daily.get(day) ?? [], metric, amount);
    if (reading?.reason === "no_rate") return reading;
    if (reading?.value) held.push(reading.value);
    else missing.push(day);
  }
  if (held.length === 0) return null;
  if (over === "never") return days.length === 1 && held[0] ? known(held[0]) : nothing("not_additive");
  if (over === "last") return known(held[held.length - 1] ?? null);
  return { value: sum(held), reason: null, missing, sameAge: true };
}

/** Rows of one day or window: several only where one account changed its currency or VAT within it. */
function readRows(rows: readonly SumRow[], metric: MetricId, amount: Amount): Reading | null {
  const amounts = rows.map((row) => amount(row, metric)).filter((value) => value !== undefined);
  if (amounts.length === 0) return null;
  if (amounts.some((value) => value === null)) return nothing("no_rate");
  return known(sum(amounts.filter((value) => value !== null)));
}

/**
 * Posts and emails published inside the span, as newly counted as is held. Where another period's figures are to be
 * compared with, and those are still growing, each is counted as it stood the same number of days after its span's
 * end; where that count is not held, the newest is taken and `sameAge` is false.
 */
function readSnapshots(shelf: Shelf, metric: MetricId, span: Span, amount: Amount): Reading | null {
  const age = span.sameAgeAs ? ageOf(shelf, span.sameAgeAs) : null;
  const asOf = age === null || age > snapshotSettles ? null : addDays(span.to, age);
  const held: Big[] = [];
  let sameAge = true;
  for (const day of daysOf(span)) {
    const rows = shelf.snapshots.get(day) ?? [];
    const atAge = rows.filter((row) => row.asOf === asOf);
    const newest = rows.filter((row) => row.latest);
    if (asOf !== null && atAge.length === 0 && newest.length > 0) sameAge = false;
    const reading = readRows(atAge.length > 0 ? atAge : newest, metric, amount);
    if (reading?.reason === "no_rate") return reading;
    if (reading?.value) held.push(reading.value);
  }
  return held.length ? { value: sum(held), reason: null, missing: [], sameAge } : null;
}

/** How many days after the period's end its posts or emails were last counted; null where none were published. */
function ageOf(shelf: Shelf, { from, to }: Period): number | null {
  const counted = [...shelf.snapshots].flatMap(([day, rows]) =>
    day < from || day > to ? [] : rows.map(({ asOf }) => asOf ?? day),
  );
  const newest = counted.toSorted().at(-1);
  return newest === undefined ? null : daysBetween(to, newest);
}

const zero = new Big(0);

const sum = (values: readonly Big[]): Big => values.reduce((total, value) => total.plus(value), zero);

const known = (value: Big | null): Reading => ({
  value,
  reason: value === null ? "not_collected" : null,
  missing: [],
  sameAge: true,
});
