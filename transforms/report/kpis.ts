import type Big from "big.js";
import type { KpiDef, ReportDef } from "../definitions.ts";
import { type PlatformLabels, platformName } from "../format/labels.ts";
import { changeOf, noChange } from "../kpi/compare.ts";
import { computeKpi, isMetric, type KpiBook, type KpiReading } from "../kpi/compute.ts";
import { textOrNull } from "../kpi/decimal.ts";
import type { Figures, Span } from "../kpi/figures.ts";
import { goalFor, judgeGoal } from "../kpi/goal.ts";
import { isProvisional, type SettleTimes } from "../kpi/settle.ts";
import type { PlatformId } from "../metrics.ts";
import { daysOf, type Period } from "../period.ts";
import { languageOf } from "../text.ts";
import type { Basis, Change, Kpi } from "./model.ts";
import { addsUp, type ReportPeriods } from "./periods.ts";

/** What every part of the report is computed from. */
export interface Inputs {
  def: ReportDef;
  periods: ReportPeriods;
  figures: Figures;
  book: KpiBook;
  settle: SettleTimes;
  /** Where a platform counts everyone's days. */
  zones: Readonly<Partial<Record<PlatformId, string>>>;
  /** The morning on which the report is made, a local date. */
  today: string;
  /** Names of people by key. */
  owners: Readonly<Record<string, string>>;
  platformLabels: PlatformLabels;
}

/** One KPI of the report: value, what it is compared with, how it stands against its goal. */
export function kpiOf(def: KpiDef, given: Inputs): Kpi {
  const { def: report, periods, figures, book } = given;
  const { period } = periods;
  const now = computeKpi(def, period, figures, book);
  const read = (compared: Period): KpiReading => computeKpi(def, { ...compared, sameAgeAs: period }, figures, book);
  const previous = read(periods.previous);
  const yearAgo = read(periods.year_ago);
  const baseline = baselineOf(def, given);
  const provisional = isKpiProvisional(now, period, given);
  const change = (compared: Period, reading: KpiReading): Change => {
    const alike = reading.sameAge && !(provisional && !isKpiProvisional(reading, compared, given));
    return likeForLike(def, now, reading, period, compared, given, alike);
  };
  const changes: Record<Basis, Change> = {
    previous: change(periods.previous, previous),
    year_ago: change(periods.year_ago, yearAgo),
    baseline: changeOf(now.value, baseline, !provisional),
  };
  const goal = goalFor(def.id, report.goals, report.cadence, period);
  return {
    id: def.id,
    label: kpiLabel(def, report),
    unit: def.unit,
    currency: def.unit === "money" ? report.currency : null,
    decimals: def.decimals,
    better: def.better,
    value: textOrNull(now.value),
    reason: now.value === null ? (now.reason ?? "not_collected") : null,
    excludes: now.value === null ? [] : now.excludes.map((platform) => platformIn(platform, given)),
    provisional,
    previous: textOrNull(previous.value),
    year_ago: textOrNull(yearAgo.value),
    baseline: textOrNull(baseline),
    changes: Object.fromEntries(report.compare.map((basis) => [basis, changes[basis]])),
    per_day: perDay(def, now.value, previous.value, periods, changes.previous.comparable),
    goal:
      goal &&
      judgeGoal({
        goal,
        value: now.value,
        def,
        currency: report.currency,
        owner: given.owners[goal.owner] ?? goal.owner,
        period,
        over: periods.over,
        locale: report.locale,
      }),
  };
}

/** A platform's name in the report's language. */
export function platformIn(
  platform: PlatformId,
  { platformLabels, def }: Pick<Inputs, "platformLabels" | "def">,
): string {
  return platformName(platform, platformLabels, languageOf(def.locale));
}

/** Cost says its VAT basis in its name. */
export function kpiLabel(def: KpiDef, { locale, cost_basis, vat_rate }: ReportDef): string {
  const label = def.label[languageOf(locale)];
  if (def.id !== "cost" || Number(vat_rate) === 0) return label;
  if (locale === "ko-KR") return `${label}(VAT ${cost_basis === "vat_excluded" ? "별도" : "포함"})`;
  return `${label} (${cost_basis === "vat_excluded" ? "excl." : "incl."} VAT)`;
}

/** True while a platform may still restate a figure that is in this reading. */
export function isKpiProvisional({ used }: KpiReading, { to }: Period, { settle, today }: Inputs): boolean {
  return used.some(({ source, metrics }) =>
    metrics.some((metric) => isProvisional(source.platform, metric, to, today, settle)),
  );
}

/**
 * The change between two periods. Where an export lacks days of either, both are taken without these days and the days
 * opposite them, so that a hole never looks like a fall; the notes name the days.
 */
function likeForLike(
  def: KpiDef,
  now: KpiReading,
  then: KpiReading,
  period: Period,
  compared: Period,
  given: Inputs,
  alike: boolean,
): Change {
  if (now.value === null || then.value === null) return changeOf(now.value, then.value);
  if (now.missing.length + then.missing.length === 0) return changeOf(now.value, then.value, alike);
  const [days, others] = [daysOf(period), daysOf(compared)];
  const kept = days.flatMap((day, at) => {
    const other = others[at];
    return other && !now.missing.includes(day) && !then.missing.includes(other) ? [[day, other] as const] : [];
  });
  if (kept.length === 0) return noChange;
  const value = (span: Period, only: string[]): Big | null =>
    computeKpi(def, { ...span, only: new Set(only) } satisfies Span, given.figures, given.book).value;
  return changeOf(
    value(
      period,
      kept.map(([day]) => day),
    ),
    value(
      compared,
      kept.map(([, other]) => other),
    ),
    alike,
  );
}

/** The usual value: the mean of the last periods, or for a rate its value over all of them together. */
function baselineOf(def: KpiDef, { periods: { baseline }, figures, book, def: report }: Inputs): Big | null {
  const first = baseline[0];
  if (!first || !report.compare.includes("baseline")) return null;
  const value = computeKpi(def, first, together(figures, baseline), book).value;
  return value && isMetric(def.id) ? value.div(baseline.length) : value;
}

/** Figures that read several periods as one; unknown in one of them is unknown in all. */
function together(figures: Figures, all: readonly Period[]): Figures {
  return {
    ...figures,
    read(source, metric) {
      const readings = all.map((period) => figures.read(source, metric, period));
      const gap = readings.find(({ value, missing }) => value === null || missing.length > 0);
      if (gap) return { value: null, reason: gap.reason ?? "incomplete", missing: [], sameAge: true };
      const values = readings.flatMap(({ value }) => value ?? []);
      return { value: values.reduce((sum, value) => sum.plus(value)), reason: null, missing: [], sameAge: true };
    },
  };
}

/** Months differ in length: beside the change of a sum, the change of its mean per day. */
function perDay(
  def: KpiDef,
  value: Big | null,
  previous: Big | null,
  periods: ReportPeriods,
  comparable: boolean,
): Kpi["per_day"] {
  const [days, before] = [daysOf(periods.period).length, daysOf(periods.previous).length];
  if (days === before || !addsUp(def.id)) return null;
  const [now, then] = [value?.div(days) ?? null, previous?.div(before) ?? null];
  return { value: textOrNull(now), previous: textOrNull(then), change: changeOf(now, then, comparable) };
}
