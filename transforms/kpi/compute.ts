import Big from "big.js";
import type { KpiDef } from "../definitions.ts";
import type { ChannelId, MetricId, PlatformId } from "../metrics.ts";
import { metrics } from "../metrics.ts";
import type { NullReason } from "../report/model.ts";
import type { FigureSource, Figures, Span } from "./figures.ts";
import { evaluate, formulaOf, inputs, meaningOf, type Result } from "./formula.ts";

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
  const formula = formulaOf(def, book.kpis, book.channel);
  const wanted = inputs(formula).filter(isMetric);
  const supplies = figures.sources.map((source) => supply(source, wanted, def, span, figures));
  const whole = supplies.filter(({ values }) => wanted.every((name) => values.get(name)));
  const used = whole.length > 0 ? whole : supplies.filter(({ read }) => read.length > 0);
  const values: Record<string, Big | null> = {};
  for (const [name, value] of Object.entries(book.parameters)) values[name] = new Big(value);
  const reasons: Partial<Record<string, NullReason>> = {};
  for (const name of wanted) {
    const held = used.flatMap((each) => each.values.get(name) ?? []);
    const adds = metrics[name].over !== "never" || held.length < 2;
    values[name] = held.length > 0 && adds ? held.reduce((sum, value) => sum.plus(value)) : null;
    reasons[name] = adds ? sharpest(supplies.map((each) => each.reasons.get(name) ?? null)) : "not_additive";
  }
  // One account without a dated rate would make the total silently smaller.
  const unrated = supplies.some((each) => [...each.reasons.values()].includes("no_rate"));
  const result: Result = unrated ? { value: null, reason: "no_rate" } : evaluate(formula, values, reasons);
  return {
    ...result,
    used: used.map(({ source, read }) => ({ source, metrics: read })),
    excludes: unique(
      supplies.filter((each) => !used.includes(each) && each.read.length > 0).map(({ source }) => source.platform),
    ),
    missing: unique(used.flatMap(({ missing }) => missing)).toSorted(),
    sameAge: used.every((each) => each.sameAge),
  };
}

/** A base metric may stand in a formula by its name. */
export const isMetric = (name: string): name is MetricId => Object.hasOwn(metrics, name);

interface Supply {
  source: FigureSource;
  values: Map<MetricId, Big | null>;
  /** The stored metrics that were found. */
  read: MetricId[];
  reasons: Map<MetricId, NullReason>;
  missing: string[];
  sameAge: boolean;
}

/** One source's inputs. A platform may mean another metric by a name: Meta's clicks are its link clicks. */
function supply(source: FigureSource, wanted: readonly MetricId[], def: KpiDef, span: Span, figures: Figures): Supply {
  const found: Supply = { source, values: new Map(), read: [], reasons: new Map(), missing: [], sameAge: true };
  for (const name of wanted) {
    const meaning = meaningOf(def, name, source.platform);
    const parts: Record<string, Big | null> = {};
    for (const part of inputs(meaning).filter(isMetric)) {
      const reading = figures.read(source, part, span);
      parts[part] = reading.value;
      if (reading.value) found.read.push(part);
      if (reading.reason) found.reasons.set(name, reading.reason);
      found.missing.push(...reading.missing);
      found.sameAge &&= reading.sameAge;
    }
    found.values.set(name, evaluate(meaning, parts).value);
  }
  return found;
}

/** "Cannot be added" says more than "not collected", which is true of every source that has no such metric. */
const sharpest = (reasons: readonly (NullReason | null)[]): NullReason =>
  reasons.includes("not_additive") ? "not_additive" : "not_collected";

const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];
