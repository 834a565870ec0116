import Big from "big.js";
import type { KpiDef, PartId, ReportDef, TableDef } from "../definitions.ts";
import { isMetric } from "../kpi/compute.ts";
import { decimalText } from "../kpi/decimal.ts";
import { type Figures, figures } from "../kpi/figures.ts";
import { formulaOf, inputs, meaningOf } from "../kpi/formula.ts";
import { inClientMoney, type MoneyRules } from "../kpi/money.ts";
import type { DimensionId, MetricId, PlatformId } from "../metrics.ts";
import { addDays, type Period } from "../period.ts";
import type { PartRow, SumRow } from "../records.ts";
import type { Inputs } from "./kpis.ts";

/** A question to the warehouse: sums by part over some days. Those of one table share its `table` name. */
export interface PartsAsk extends Period {
  table: string;
  side: "current" | "previous";
  by: readonly (DimensionId | "platform" | "account")[];
  metrics: readonly MetricId[];
  windows: "exact" | "overlapping";
}

export interface PartsAnswer {
  ask: PartsAsk;
  rows: readonly PartRow[];
}

/** The tables of a report, each with its name: breakdowns cover exactly the period, top lists the newest window held. */
export function tablesOf(def: ReportDef): NamedTable[] {
  const named = (kind: NamedTable["kind"]) => (table: TableDef, at: number) => ({ name: `${kind} ${at}`, table, kind });
  return [...def.breakdowns.map(named("breakdown")), ...def.tops.map(named("top"))];
}

export interface NamedTable {
  name: string;
  table: TableDef;
  kind: "breakdown" | "top";
}

/**
 * What to ask the warehouse for the tables. Where rates change inside the days asked for, one question a rate, since
 * the answers are sums over days and money converts by day.
 */
export function partsAsks(given: Pick<Inputs, "def" | "periods" | "book">, money: MoneyRules): PartsAsk[] {
  const { def, periods } = given;
  const asks: PartsAsk[] = [];
  for (const { name, table, kind } of tablesOf(def)) {
    const by = askedBy(table);
    if (by === null) continue;
    const wanted = metricsOf(columnsOf(table, given), given);
    const windows = kind === "top" ? "overlapping" : "exact";
    for (const [side, period] of [
      ["current", periods.period],
      ["previous", periods.previous],
    ] as const) {
      const spans = kind === "top" ? [period] : spansOfOneRate(period, money);
      for (const span of spans) asks.push({ ...span, table: name, side, by, metrics: wanted, windows });
    }
  }
  if (def.heatmap && isMetric(def.heatmap)) {
    asks.push({
      ...periods.period,
      table: "heatmap",
      side: "current",
      by: ["weekday", "hour"],
      metrics: [def.heatmap],
      windows: "overlapping",
    });
  }
  return asks;
}

/** The base metrics behind some KPIs, on any platform. */
export function metricsOf(defs: readonly KpiDef[], { book }: Pick<Inputs, "book">): MetricId[] {
  const found = new Set<MetricId>();
  for (const def of defs) {
    for (const name of inputs(formulaOf(def, book.kpis, book.channel)).filter(isMetric)) {
      for (const platform of [undefined, ...Object.keys(def.metric_by_platform[name] ?? {})]) {
        const meaning = platform === undefined ? [name] : inputs(meaningOf(def, name, platform as PlatformId)); // its own keys
        for (const metric of meaning.filter(isMetric)) found.add(metric);
      }
    }
  }
  return [...found];
}

/** A part's figures under one roof, so that KPIs are computed of it as of the whole. */
export interface Part {
  key: string;
  name: string;
  platform: PlatformId;
  figures: Figures;
  span: Period;
}

/** Groups answers into parts with their money converted; the newest window wins where a part has several. */
export function gather(answers: readonly PartsAnswer[], given: Inputs, money: MoneyRules): Part[] {
  const found = new Map<string, { name: string; platform: PlatformId; span: Period; rows: PartRow[] }>();
  for (const { ask, rows } of answers) {
    for (const row of rows) {
      const key = [row.account, ...row.keys].join("\u0000");
      // Sub-spans of one rate belong to the period; a window of its own keeps its own dates.
      const own =
        ask.windows === "exact"
          ? ask.side === "current"
            ? given.periods.period
            : given.periods.previous
          : { from: row.from, to: row.to };
      const there = found.get(key);
      const name = row.names
        .slice(1)
        .map((each, at) => partName(each, ask.by[at + 1], given.def))
        .join(" · ");
      if (!there || own.to > there.span.to) found.set(key, { name, platform: row.platform, span: own, rows: [row] });
      else if (own.to === there.span.to && own.from === there.span.from) there.rows.push(row);
    }
  }
  return [...found].map(([key, { name, platform, span, rows }]) => ({
    key,
    name,
    platform,
    span,
    figures: figures(
      rows.flatMap((row) => asSums(row, span, money)),
      { ...money, rates: [] },
    ),
  }));
}

/** The dimensions to ask for, the platform first so that names of two platforms never merge; null for the platform alone. */
export function askedBy(table: TableDef): (DimensionId | "platform" | "account")[] | null {
  const rest = table.by.filter(
    (part): part is Exclude<PartId, "day" | "platform"> => part !== "platform" && part !== "day",
  );
  return rest.length === 0 ? null : ["platform", ...rest];
}

/** A table's columns: its own KPIs, else the report's. */
export function columnsOf(table: TableDef, { def, book }: Pick<Inputs, "def" | "book">): KpiDef[] {
  return (table.kpis ?? def.kpis).flatMap((id) => book.kpis.get(id) ?? []);
}

function spansOfOneRate(period: Period, { rates, currency }: MoneyRules): Period[] {
  const starts = new Set([period.from]);
  for (const rate of rates)
    if ((rate.quote === currency || rate.base === currency) && rate.from > period.from && rate.from <= period.to)
      starts.add(rate.from);
  const sorted = [...starts].toSorted();
  return sorted.map((from, at) => {
    const next = sorted[at + 1];
    return { from, to: next === undefined ? period.to : addDays(next, -1) };
  });
}

function asSums(row: PartRow, span: Period, money: MoneyRules): SumRow[] {
  const values: SumRow["values"] = {};
  for (const [metric, text] of Object.entries(row.values)) {
    const value = inClientMoney(new Big(text), metric as MetricId, row, money); // keys of `values` are metrics
    if (value) values[metric as MetricId] = decimalText(value);
  }
  return [
    {
      platform: row.platform,
      account: row.account,
      currency: null,
      vat: null,
      kind: "window",
      ...span,
      asOf: null,
      latest: true,
      values,
    },
  ];
}

/** What a part without a name is called. Naver writes `-` where a click came by expanded match, without a keyword. */
function partName(name: string, part: PartId | undefined, { locale }: ReportDef): string {
  const korean = locale === "ko-KR";
  if (part === "keyword" && name === "-") return korean ? "(키워드 없음 · 확장 검색)" : "(no keyword: expanded match)";
  return name || (korean ? "(이름 없음)" : "(no name)");
}
