import Big from "big.js";
import { computeKpi, isMetric, type KpiBook } from "../kpi/compute.ts";
import { textOrNull } from "../kpi/decimal.ts";
import { type FigureSource, figures, type Reading } from "../kpi/figures.ts";
import { formulaOf, meaningOf, printFormula } from "../kpi/formula.ts";
import type { MetricId } from "../metrics.ts";
import { metrics } from "../metrics.ts";
import { daysOf } from "../period.ts";
import type { LoadedFile } from "../records.ts";
import { languageOf } from "../text.ts";
import { type Material, moneyRules } from "./build.ts";
import { channelOf } from "./channel.ts";

/** Everything that one KPI of a report was computed from, so that a person can add it up again. */
export interface Behind {
  kpi: string;
  /** In words: `비용 / 클릭수`; the platforms that mean another metric by one of them stand behind it. */
  formula: string;
  /** The stored metrics in it, with their sums in the client's money; null where they may not be added. */
  inputs: { metric: MetricId; label: string; total: string | null }[];
  sources: SourceSums[];
  /** Platforms that have figures but not all inputs, so that none of theirs are in it. */
  excludes: string[];
  /** The exports of these sources, whose days meet the period's. */
  files: LoadedFile[];
}

/** One account's share of each input, whole and day by day (null: no export has that day). */
export interface SourceSums {
  platform: string;
  account: string;
  sums: (string | null)[];
  days: { day: string; values: (string | null)[] }[];
}

/** The data behind a KPI. Null where the report has no such KPI. */
export function behindKpi(id: string, material: Material): Behind | null {
  const { def: report, periods, kpis, rates, platformLabels } = material;
  const def = kpis.get(id);
  if (!def) return null;
  const lang = languageOf(report.locale);
  const { period } = periods;
  const all = figures(material.sums, moneyRules(report, rates));
  const book: KpiBook = { kpis, channel: channelOf(report), parameters: report.parameters };
  const { used, excludes } = computeKpi(def, period, all, book);
  const names = [...new Set(used.flatMap((each) => each.metrics))];
  const label = (metric: MetricId): string => metrics[metric].label[lang];
  const platform = (name: string): string => platformLabels[name]?.[lang] ?? name;
  const sums = (source: FigureSource, has: readonly MetricId[], span: { from: string; to: string }): Reading[] =>
    names.map((metric) => (has.includes(metric) ? all.read(source, metric, span) : unread));

  const whole = used.map(({ source, metrics: has }) => sums(source, has, period));
  const formula = formulaOf(def, kpis, book.channel);
  const word = (name: string): string => (isMetric(name) ? label(name) : name);
  const plain = printFormula(formula, word);
  const meant = used.flatMap(({ source }) =>
    Object.keys(def.metric_by_platform)
      .filter(isMetric)
      .filter((metric) => def.metric_by_platform[metric]?.[source.platform] !== undefined)
      .map((metric) => `${platform(source.platform)}: ${printFormula(meaningOf(def, metric, source.platform), word)}`),
  );
  return {
    kpi: id,
    formula: [plain, ...new Set(meant)].join("; "),
    inputs: names.map((metric, at) => ({
      metric,
      label: label(metric),
      total: total(
        whole.map((readings) => readings[at]?.value ?? null),
        metric,
      ),
    })),
    sources: used.map(({ source, metrics: has }, index) => ({
      platform: platform(source.platform),
      account: source.account,
      sums: (whole[index] ?? []).map(({ value }) => textOrNull(value)),
      days: daysOf(period).map((day) => ({
        day,
        values: sums(source, has, { from: day, to: day }).map(({ value }) => textOrNull(value)),
      })),
    })),
    excludes: excludes.map(platform),
    files: material.files.filter(
      ({ platform: of, account, from, to, rows, superseded }) =>
        superseded < rows &&
        used.some(({ source }) => source.platform === of && source.account === account) &&
        (from === null || to === null || (from <= period.to && to >= period.from)),
    ),
  };
}

const unread: Reading = { value: null, reason: null, missing: [], sameAge: true };

/** People are never added: of several accounts there is no sum. */
function total(values: readonly (Big | null)[], metric: MetricId): string | null {
  const held = values.filter((value) => value !== null);
  if (held.length === 0 || (held.length > 1 && metrics[metric].over === "never")) return null;
  return textOrNull(held.reduce((sum, value) => sum.plus(value), new Big(0)));
}
