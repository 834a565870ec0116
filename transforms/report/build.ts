import Big from "big.js";
import type { KpiDef, Rates, ReportDef } from "../definitions.ts";
import type { PlatformLabels } from "../format/labels.ts";
import { overviewSummary } from "../insight/overview.ts";
import { summaryOf } from "../insight/summary.ts";
import { whyOf } from "../insight/why.ts";
import { computeKpi, isMetric } from "../kpi/compute.ts";
import { figures } from "../kpi/figures.ts";
import type { MoneyRules } from "../kpi/money.ts";
import { monthOf, pacingOf } from "../kpi/pacing.ts";
import type { SettleTimes } from "../kpi/settle.ts";
import type { Cadence, ChannelId, Text } from "../metrics.ts";
import { daysOf, type Period, periodLabel } from "../period.ts";
import type { LoadedFile, SumRow, Trace } from "../records.ts";
import { languageOf } from "../text.ts";
import { inTone } from "../tone.ts";
import { channelOf } from "./channel.ts";
import { heatmapOf } from "./heatmap.ts";
import { type Inputs, isKpiProvisional, kpiLabel, kpiOf } from "./kpis.ts";
import type { Basis, Pacing, PeriodInfo, Report, Table, Why } from "./model.ts";
import { monthToDate } from "./month.ts";
import { bannersOf, definitionsOf, missingOf, notesOf, sourcesOf } from "./notes.ts";
import { type ChannelSums, lineKpis } from "./overview/asks.ts";
import { missingLines } from "./overview/lines.ts";
import { withoutAbsent } from "./overview/measure.ts";
import { namedBy, overviewOf } from "./overview/overview.ts";
import { gather, type PartsAnswer, tablesOf } from "./parts.ts";
import { pauseIn } from "./pause.ts";
import type { ReportPeriods } from "./periods.ts";
import { reconciliation } from "./reconciliation.ts";
import { tablesFor } from "./tables.ts";
import { dailyOf, trendOf } from "./trend.ts";

/** All that a report is made of. What the warehouse answered stands beside what config and the calendar say. */
export interface Material {
  def: ReportDef;
  periods: ReportPeriods;
  /** How channels are called, for the title. */
  channelLabels: Readonly<Partial<Record<ChannelId, Text>>>;
  platformLabels: PlatformLabels;
  kpis: ReadonlyMap<string, KpiDef>;
  rates: Rates;
  settle: SettleTimes;
  zones: Inputs["zones"];
  owners: Readonly<Record<string, string>>;
  sums: readonly SumRow[];
  parts: readonly PartsAnswer[];
  /** Each channel alone; only an overview asks for it. */
  channelSums?: readonly ChannelSums[];
  files: readonly LoadedFile[];
  traces: readonly Trace[];
  holidays: readonly { date: string; name: string }[];
  comment: Report["comment"];
  /** What is already known to be missing: files that could not be read. */
  missing: Report["missing"];
  run: Report["run"];
  /** The local date on which the report is made. */
  today: string;
}

/** What the client reads money in. */
export function moneyRules(def: ReportDef, rates: Rates): MoneyRules {
  return { currency: def.currency, cost_basis: def.cost_basis, vat_rate: def.vat_rate, rates: rates.rates };
}

/** Builds the model that every output draws. Null where nobody collected a figure for the period and nothing was paused. */
export function buildReport(material: Material): Report | null {
  const { def, periods, kpis: dictionary, rates } = material;
  const money = moneyRules(def, rates);
  const given: Inputs = {
    def,
    periods,
    figures: figures(material.sums, money),
    book: {
      kpis: dictionary,
      channel: channelOf(def),
      parameters: def.parameters,
    },
    settle: material.settle,
    zones: material.zones,
    today: material.today,
    owners: material.owners,
    platformLabels: material.platformLabels,
  };
  const defs = namedBy(
    def,
    def.kpis.flatMap((id) => dictionary.get(id) ?? []),
  );
  const own = defs.map((kpi) => kpiOf(kpi, given));
  const kpis = def.overview ? own.map((kpi, at) => withoutAbsent(kpi, defs[at], given)) : own;
  const nothing = kpis.every(({ reason }) => reason === "not_collected");
  if (nothing && !pauseIn(def, periods.period)?.whole) return null;

  const lines = def.overview ? lineKpis.flatMap((id) => dictionary.get(id) ?? []) : [];
  const info = (period: Period, label?: string): PeriodInfo =>
    periodInfo(period, material, given, [...defs, ...lines], label);
  const period = info(periods.period);
  const notes = notesOf(period, info(periods.previous), material.files, rates, given, kpis);
  const overview =
    def.overview &&
    overviewOf(def.overview, kpis, material.channelSums ?? [], given, money, material.channelLabels, notes);
  const lacking = [...material.missing, ...missingOf(given)];
  const missing = overview ? [...lacking, ...missingLines(overview.lines, lacking, given)] : lacking;
  const reported = overview ? [overview.total.conversions, overview.total.conversion_value] : [];
  const why = reasons(defs[0], kpis[0]?.changes.previous?.delta ?? null, material, given, money);
  const tables = (kind: "breakdown" | "top"): Table[] =>
    tablesOf(def).flatMap((each) => (each.kind === kind ? tablesFor(each, material.parts, kpis, given, money) : []));
  const baseline = periods.baseline;
  const label = { ko: `최근 ${baseline.length}개 기간 평균`, en: `mean of the last ${baseline.length} periods` };
  const [first, last] = [baseline[0], baseline.at(-1)];
  const comparisons: Record<Basis, PeriodInfo | null> = {
    previous: info(periods.previous),
    year_ago: info(periods.year_ago),
    baseline: first && last ? info({ from: first.from, to: last.to }, label[languageOf(def.locale)]) : null,
  };
  const report: Report = {
    schema: 1,
    client: def.client,
    client_name: def.client_name[languageOf(def.locale)],
    agency_name: def.agency_name[languageOf(def.locale)],
    report: def.id,
    title: def.title?.[languageOf(def.locale)] ?? titleOf(material),
    cadence: def.cadence,
    channels: [...def.channels],
    locale: def.locale,
    timezone: def.timezone,
    currency: def.currency,
    ae: def.ae,
    run: material.run,
    period,
    comparisons,
    compare: [...def.compare],
    change_colours: def.change_colours,
    sections: [...def.sections],
    ...named(def),
    banners: bannersOf(period, [...kpis, ...reported], missing, given, material.run.late),
    summary: overview ? overviewSummary(kpis, overview, def) : summaryOf(kpis, why, def),
    comment: material.comment,
    headline: kpis[0]?.id ?? null,
    ...(def.subject_numbers ? {} : { subject_numbers: false }),
    kpis,
    pacing: pacings(given),
    trend: trendOf(defs, given),
    daily: dailyOf(defs, given),
    breakdowns: [...listed(monthToDate(defs.slice(0, monthColumns), given)), ...tables("breakdown")],
    tops: tables("top"),
    heatmap: heatmapOf(material.parts, given, money),
    why,
    missing,
    notes: overview ? [...notes, ...overview.notes.filter((note) => !notes.includes(note))] : notes,
    definitions: definitionsOf(defs, given),
    sources: sourcesOf(material.files, given),
    reconciliation: reconciliation(kpis, defs, material.traces, given, money),
    ...(overview ? { overview } : {}),
  };
  return inTone(report, def.theme.tone, def.locale);
}

/** The headings that a client has named, in the report's language. */
function named({ labels, locale }: ReportDef): Pick<Report, "section_titles"> {
  const titles = Object.entries(labels.sections).map(([section, text]) => [section, text[languageOf(locale)]]);
  return titles.length > 0 ? { section_titles: Object.fromEntries(titles) } : {};
}

/** `한빛커피 광고 주간 리포트`, `Northwind Outfitters Ads weekly report`. */
function titleOf({ def, channelLabels }: Material): string {
  const lang = languageOf(def.locale);
  const own = channelOf(def);
  const channel = (own ? [own] : def.channels).map((id) => channelLabels[id]?.[lang] ?? id).join(" · ");
  return [def.client_name[lang], channel, reportWords[def.cadence][lang]].join(" ");
}

const reportWords: Record<Cadence, Text> = {
  daily: { ko: "일간 리포트", en: "daily report" },
  weekly: { ko: "주간 리포트", en: "weekly report" },
  monthly: { ko: "월간 리포트", en: "monthly report" },
  quarterly: { ko: "분기 리포트", en: "quarterly report" },
};

/** What a table of months shows beside their names without splitting. */
const monthColumns = 7;

const listed = <Item>(item: Item | null): Item[] => (item === null ? [] : [item]);

function periodInfo(
  period: Period,
  { holidays }: Material,
  given: Inputs,
  defs: readonly KpiDef[],
  label?: string,
): PeriodInfo {
  const { def, figures: all, book, periods } = given;
  return {
    ...period,
    label: label ?? periodLabel(def.cadence, period, def.locale, periods.rules),
    final: !defs.some((kpi) => isKpiProvisional(computeKpi(kpi, period, all, book), period, given)),
    missing_days: [...new Set(all.sources.flatMap((source) => all.missingDays(source, period)))].toSorted(),
    holidays: holidays
      .filter(({ date }) => date >= period.from && date <= period.to)
      .map(({ name }) => name)
      .filter((name, at, names) => names.indexOf(name) === at),
  };
}

/** Why the headline moved, by the first breakdown finer than the platform that accounts for all of it. */
function reasons(
  headline: KpiDef | undefined,
  delta: string | null,
  { def, parts }: Material,
  given: Inputs,
  money: MoneyRules,
): Why[] {
  if (!headline || delta === null || new Big(delta).eq(0)) return [];
  const others = def.locale === "ko-KR" ? "그 밖" : "all others";
  for (const { name, table, kind } of tablesOf(def)) {
    const of = parts.filter(({ ask }) => ask.table === name);
    if (kind !== "breakdown" || of.length === 0) continue;
    const side = (wanted: "current" | "previous") =>
      gather(
        of.filter(({ ask }) => ask.side === wanted),
        given,
        money,
      );
    const why = whyOf(
      headline,
      kpiLabel(headline, def),
      table.by.join("+"),
      delta,
      side("current"),
      side("previous"),
      others,
      given.book,
    );
    if (why) return [why];
  }
  return [];
}

/** Budgets of the months that the period touches, spent through the period's last day in each. */
function pacings({ def, periods, figures: all, book }: Inputs): Pacing[] {
  const months = [...new Map(daysOf(periods.period).map((day) => [day.slice(0, 7), monthOf(day)])).values()];
  return def.goals.flatMap((goal) => {
    const kpi = book.kpis.get(goal.kpi);
    if (goal.kind !== "budget" || goal.per !== "month" || !kpi || !isMetric(kpi.id)) return [];
    return months.flatMap((month) => {
      if ((goal.from ?? "") > month.to || (goal.until ?? "9999") < month.from) return [];
      const through = month.to < periods.period.to ? month.to : periods.period.to;
      const spent = computeKpi(kpi, { from: month.from, to: through }, all, book);
      if (spent.value === null) return [];
      return [
        pacingOf({
          label: kpiLabel(kpi, def),
          currency: def.currency,
          budget: new Big(goal.target),
          spent: spent.value,
          through,
        }),
      ];
    });
  });
}
