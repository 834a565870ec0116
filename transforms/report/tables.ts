import Big from "big.js";
import type { KpiDef, PartId, ReportDef, TableDef } from "../definitions.ts";
import { changeOf } from "../kpi/compare.ts";
import { computeKpi, isMetric } from "../kpi/compute.ts";
import { textOrNull } from "../kpi/decimal.ts";
import type { Figures, Span } from "../kpi/figures.ts";
import type { MoneyRules } from "../kpi/money.ts";
import { dimensions, metrics } from "../metrics.ts";
import { type Period, rangeLabel } from "../period.ts";
import { languageOf, words } from "../text.ts";
import { type Inputs, isKpiProvisional, kpiLabel, platformIn } from "./kpis.ts";
import type { Change, Kpi, Table, TableRow } from "./model.ts";
import { askedBy, columnsOf, gather, type NamedTable, type PartsAnswer, type PartsAsk } from "./parts.ts";

/**
 * One table as the report shows it: none where nobody supplies its parts, several where exports give them for different
 * windows, since the figures of a month and of a week do not rank beside each other.
 */
export function tablesFor(
  { name, table, kind }: NamedTable,
  answers: readonly PartsAnswer[],
  kpis: readonly Kpi[],
  given: Inputs,
  money: MoneyRules,
): Table[] {
  const held = columnsOf(table, given);
  const parts = askedBy(table) === null ? platformParts(held, given) : askedParts(name, held, answers, given, money);
  const spans = Map.groupBy(parts, ({ span }) => `${span.from} ${span.to}`);
  return [...spans.values()]
    .map((own) => drawn({ name, table, kind }, held, own, kpis, given))
    .toSorted((a, b) => b.to.localeCompare(a.to) || b.from.localeCompare(a.from));
}

function drawn(
  { table, kind }: NamedTable,
  all: readonly KpiDef[],
  own: readonly ShownPart[],
  kpis: readonly Kpi[],
  given: Inputs,
): Table {
  const { def, periods } = given;
  const span = own[0]?.span ?? periods.period;
  // A column that no part of this window has would be a column of dashes.
  const kept = all.flatMap((_, at) => (own.some(({ row }) => row.values[at] !== null) ? [at] : []));
  const defs = kept.flatMap((at) => all[at] ?? []);
  const only = <Item>(items: readonly Item[]): Item[] => kept.flatMap((at) => items.slice(at, at + 1));
  const parts = own.map((part) => ({
    ...part,
    row: { ...part.row, values: only(part.row.values), changes: only(part.row.changes) },
  }));
  const order = table.order ?? all[0]?.id;
  const orderAt = Math.max(
    0,
    defs.findIndex(({ id }) => id === order),
  );
  parts.sort(
    (a, b) =>
      compareValues(b.row.values[orderAt] ?? null, a.row.values[orderAt] ?? null) ||
      a.row.name.localeCompare(b.row.name),
  );
  const rest = parts.slice(table.limit);
  const exact = span.from === periods.period.from && span.to === periods.period.to;
  const columns = defs.map((kpi) => ({
    kpi: kpi.id,
    label: kpiLabel(kpi, def),
    unit: kpi.unit,
    currency: kpi.unit === "money" ? def.currency : null,
    decimals: kpi.decimals,
    better: kpi.better,
  }));
  const total = kind === "breakdown" && exact ? totalRow(columns, kpis, given) : null;
  const differs = total !== null && unequal(parts, total, defs);
  return {
    id: table.by.join("+"),
    title: titleOf(table, kind, columns[orderAt]?.label ?? "", def),
    by: [...table.by],
    ...span,
    columns,
    rows: parts.slice(0, table.limit).map(({ row }) => row),
    total,
    others: rest.length ? { count: rest.length, row: othersRow(rest, defs, given) } : null,
    note: exact ? (differs ? partsDiffer[languageOf(def.locale)] : null) : ownDates(span, def),
  };
}

interface ShownPart {
  row: TableRow;
  span: Period;
  figures: Figures;
}

function askedParts(
  name: string,
  defs: readonly KpiDef[],
  answers: readonly PartsAnswer[],
  given: Inputs,
  money: MoneyRules,
): ShownPart[] {
  const side = (wanted: PartsAsk["side"]) =>
    gather(
      answers.filter(({ ask }) => ask.table === name && ask.side === wanted),
      given,
      money,
    );
  const before = new Map(side("previous").map((part) => [part.key, part]));
  return side("current").flatMap((part) => {
    const then = before.get(part.key);
    const earlier = then && then.span.to < part.span.from ? then : undefined;
    const readings = defs.map((kpi) => computeKpi(kpi, part.span, part.figures, given.book));
    if (readings.every(({ value }) => value === null || value.eq(0))) return [];
    const changes = defs.map((kpi, at): Change | null => {
      const now = readings[at];
      if (!now || !earlier) return null;
      const compared = computeKpi(kpi, earlier.span, earlier.figures, given.book);
      const alike = !(isKpiProvisional(now, part.span, given) && !isKpiProvisional(compared, earlier.span, given));
      return changeOf(now.value, compared.value, alike);
    });
    const detail = platformIn(part.platform, given);
    return [
      {
        row: {
          key: part.key,
          name: part.name,
          detail,
          values: readings.map(({ value }) => textOrNull(value)),
          changes,
          spark: [],
        },
        span: part.span,
        figures: part.figures,
      },
    ];
  });
}

/** By platform, the figures of the whole report are at hand, for thirteen periods too. */
function platformParts(defs: readonly KpiDef[], given: Inputs): ShownPart[] {
  const { figures: all, periods, book } = given;
  const ids = [...new Set(all.sources.map(({ platform }) => platform))];
  return ids.flatMap((platform) => {
    const own: Figures = { ...all, sources: all.sources.filter((source) => source.platform === platform) };
    const value = (kpi: KpiDef, span: Span) => computeKpi(kpi, span, own, book);
    const readings = defs.map((kpi) => value(kpi, periods.period));
    if (readings.every((reading) => reading.value === null)) return [];
    const changes = defs.map((kpi, at) => {
      const now = readings[at];
      const then = value(kpi, { ...periods.previous, sameAgeAs: periods.period });
      const alike =
        now !== undefined &&
        then.sameAge &&
        now.missing.length + then.missing.length === 0 &&
        !(isKpiProvisional(now, periods.period, given) && !isKpiProvisional(then, periods.previous, given));
      return changeOf(now?.value ?? null, then.value, alike);
    });
    const first = defs[0];
    const spark = first ? periods.trend.map((period) => textOrNull(value(first, period).value)) : [];
    const name = platformIn(platform, given);
    return [
      {
        row: {
          key: platform,
          name,
          detail: null,
          values: readings.map((reading) => textOrNull(reading.value)),
          changes,
          spark,
        },
        span: periods.period,
        figures: own,
      },
    ];
  });
}

/** Two lists of the same parts are told apart by what ranks them. */
function titleOf(
  { by }: TableDef,
  kind: "breakdown" | "top",
  order: string,
  { locale, tops, labels }: ReportDef,
): string {
  const [only] = by;
  const own = by.length === 1 && only ? labels.tables[only] : undefined;
  if (own) return own[languageOf(locale)];
  const label = by.map((part) => partLabel(part)[languageOf(locale)]).join(" × ");
  const twins = tops.filter((other) => other.by.join() === by.join()).length > 1;
  if (locale === "ko-KR") return kind === "top" ? `상위 ${label}${twins ? ` (${order} 순)` : ""}` : `${label}별 성과`;
  if (kind === "breakdown") return `By ${label.toLowerCase()}`;
  return `Top ${plural(label.toLowerCase())}${twins ? ` by ${order.toLowerCase()}` : ""}`;
}

const plural = (word: string): string => (word.endsWith("y") ? `${word.slice(0, -1)}ies` : `${word}s`);

function partLabel(part: PartId): { ko: string; en: string } {
  if (part === "platform") return { ko: "매체", en: "Platform" };
  if (part === "account") return { ko: "계정", en: "Account" };
  if (part === "day") return { ko: "날짜", en: "Day" };
  return dimensions[part].label;
}

function totalRow(columns: Table["columns"], kpis: readonly Kpi[], { def }: Inputs): TableRow {
  const found = columns.map(({ kpi }) => kpis.find(({ id }) => id === kpi));
  return {
    key: "total",
    name: words(def.locale).total,
    detail: null,
    values: found.map((kpi) => kpi?.value ?? null),
    changes: found.map((kpi) => kpi?.changes.previous ?? null),
    spark: [],
  };
}

/** The parts left out, as one: sums of theirs, and rates from these sums. */
function othersRow(rest: readonly ShownPart[], defs: readonly KpiDef[], { book, def }: Inputs): TableRow {
  const span = rest[0]?.span ?? { from: "", to: "" };
  const merged: Figures = {
    sources: rest.flatMap((part, at) =>
      part.figures.sources.map((source) => ({ ...source, account: `${at} ${source.account}` })),
    ),
    read(source, metric) {
      const [at = "0", ...account] = source.account.split(" ");
      const part = rest[Number(at)];
      const nothing = { value: null, reason: "not_collected" as const, missing: [], sameAge: true };
      return part ? part.figures.read({ ...source, account: account.join(" ") }, metric, part.span) : nothing;
    },
    basis: () => null,
    missingDays: () => [],
    ratesMissing: () => [],
  };
  const name = def.locale === "ko-KR" ? `기타 ${rest.length}개` : `${rest.length} others`;
  return {
    key: "others",
    name,
    detail: null,
    values: defs.map((kpi) => textOrNull(computeKpi(kpi, span, merged, book).value)),
    changes: defs.map(() => null),
    spark: [],
  };
}

/** Whether the parts of a sum do not make up its total, as when an export lacks parts. */
function unequal(parts: readonly ShownPart[], total: TableRow, defs: readonly KpiDef[]): boolean {
  return defs.some((kpi, at) => {
    const whole = total.values[at];
    if (!isMetric(kpi.id) || metrics[kpi.id].over !== "sum" || !whole) return false;
    const sum = parts.reduce((all, { row }) => all.plus(row.values[at] ?? 0), new Big(0));
    return sum.minus(whole).abs().gt("0.005");
  });
}

function ownDates(span: Period, { locale }: ReportDef): string {
  const range = rangeLabel(span, locale);
  return locale === "ko-KR" ? `이 표의 기간은 ${range}입니다.` : `This table covers ${range}.`;
}

const partsDiffer = {
  ko: "세부 항목의 합은 전체와 다릅니다. 매체가 일부 항목을 제공하지 않습니다.",
  en: "The parts do not add up to the total: the platform leaves some of them out.",
};

function compareValues(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  return new Big(a).cmp(b);
}
