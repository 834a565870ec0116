import Big from "big.js";
import type { KpiDef } from "../definitions.ts";
import type { ChannelId, MetricId, PlatformId } from "../metrics.ts";
import { metrics } from "../metrics.ts";
import type { NullReason } from "../report/model.ts";
import type { FigureSource, Figures, Span } from "./figures.ts";
import { evaluate, inputs, parseFormula } from "./formula.ts";

/** What KPIs are computed with, beside the figures. */
export interface KpiBook {
  kpis: ReadonlyMap<string, KpiDef>;
  /** The report's channel where it has only one: it decides between formulas of `by_channel`. */
  channel: ChannelId | null;
  /** What formulas need beside metrics: `margin`. */
  parameters: Readonly<Record<string, string>>;
}

/** A KPI over some days. */
export interface KpiReading {
  value: Big | null;
  reason: NullReason | null;
  /** Sources whose sums are in it, with the metrics that they gave. */
  used: { source: FigureSource; metrics: readonly MetricId[] }[];
  /** Platforms that have figures for these days but lack an input, so that none of their sums are in it. */
  excludes: PlatformId[];
  /** Days without an export, of any source that is in it. */
  missing: string[];
  sameAge: boolean;
}

/**
 * Computes a KPI from sums.
 *
 * Each account supplies all inputs of the formula or is left out whole and named, so that a rate never divides one
 * platform's orders by another's cost. Only where no account has them all (a shop's revenue over the platforms' cost)
 * are the inputs pooled.
 */
export function computeKpi(def: KpiDef, span: Span, figures: Figures, book: KpiBook): KpiReading {
  const formula = (book.channel && def.by_channel[book.channel]) || def.formula;
  const names = inputs(parseFormula(formula));
  const inner = new Map<string, KpiReading>();
  for (const name of names) {
    const other = isMetric(name) || name in book.parameters ? undefined : book.kpis.get(name);
    if (other) inner.set(name, computeKpi(other, span, figures, book));
  }
  const wanted = names.filter(isMetric);
  const supplies = figures.sources.map((source) => supply(source, wanted, def, span, figures));
  const whole = supplies.filter(({ values }) => wanted.length > 0 && wanted.every((name) => values.get(name)));
  const chosen = whole.length > 0 ? whole : supplies.filter(({ values }) => [...values.values()].some(Boolean));
  const values: Record<string, Big | null> = {};
  for (const name of names)
    values[name] = inner.get(name)?.value ?? (name in book.parameters ? new Big(book.parameters[name] ?? 0) : null);
  let blocked: NullReason | null = null;
  for (const name of wanted) {
    const held = chosen.flatMap((each) => each.values.get(name) ?? []);
    if (metrics[name].over === "never" && held.length > 1) blocked = "not_additive";
    values[name] = held.length ? held.reduce((sum, value) => sum.plus(value)) : null;
  }
  const reasons = supplies.flatMap((each) => [...each.reasons]);
  if (reasons.includes("no_rate")) blocked = "no_rate";
  const result = blocked ? { value: null, reason: blocked } : evaluate(parseFormula(formula), values);
  const readings = [...inner.values()];
  return {
    value: result.value,
    reason: result.value === null ? sharpest(result.reason, reasons) : null,
    used: [...chosen.map(({ source, read }) => ({ source, metrics: read })), ...readings.flatMap(({ used }) => used)],
    excludes: whole.length
      ? unique(
          supplies.filter((each) => !whole.includes(each) && each.read.length > 0).map(({ source }) => source.platform),
        )
      : [],
    missing: unique([
      ...chosen.flatMap(({ missing }) => missing),
      ...readings.flatMap(({ missing }) => missing),
    ]).toSorted(),
    sameAge: chosen.every((each) => each.sameAge) && readings.every((each) => each.sameAge),
  };
}

/** A base metric may stand in a formula by its name. */
export const isMetric = (name: string): name is MetricId => Object.hasOwn(metrics, name);

interface Supply {
  source: FigureSource;
  values: Map<MetricId, Big | null>;
  /** The stored metrics that were found. */
  read: MetricId[];
  reasons: Set<NullReason>;
  missing: string[];
  sameAge: boolean;
}

/** One source's inputs. A platform may mean another metric by a name: Meta's clicks are its link clicks. */
function supply(source: FigureSource, wanted: readonly MetricId[], def: KpiDef, span: Span, figures: Figures): Supply {
  const found: Supply = { source, values: new Map(), read: [], reasons: new Set(), missing: [], sameAge: true };
  for (const name of wanted) {
    const meaning = parseFormula(def.metric_by_platform[name]?.[source.platform] ?? name);
    const parts: Record<string, Big | null> = {};
    for (const part of inputs(meaning).filter(isMetric)) {
      const reading = figures.read(source, part, span);
      parts[part] = reading.value;
      if (reading.value) found.read.push(part);
      if (reading.reason) found.reasons.add(reading.reason);
      found.missing.push(...reading.missing);
      found.sameAge &&= reading.sameAge;
    }
    found.values.set(name, evaluate(meaning, parts).value);
  }
  return found;
}

/** "Cannot be added" and "no rate" say more than "not collected", which is true of every source that has no such metric. */
function sharpest(reason: NullReason | null, reasons: readonly NullReason[]): NullReason {
  if (reason === "not_collected" && reasons.includes("not_additive")) return "not_additive";
  return reason ?? "not_collected";
}

const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];
