import Big from "big.js";
import type { KpiDef, OverviewDef, ReportDef, StarDef } from "../../definitions.ts";
import type { MoneyRules } from "../../kpi/money.ts";
import type { ChannelId, Text } from "../../metrics.ts";
import { languageOf } from "../../text.ts";
import type { Inputs } from "../kpis.ts";
import type { ChannelLine, ChannelTotal, Kpi, Note, Overview, Star } from "../model.ts";
import type { ChannelSums } from "./asks.ts";
import { funnelOf } from "./funnel.ts";
import { linesOf, totalOf } from "./lines.ts";
import { measured } from "./measure.ts";
import { treeOf } from "./tree.ts";

/** All that an overview shows beside the KPIs of the report, which its stars point at. */
export function overviewOf(
  wanted: OverviewDef,
  kpis: readonly Kpi[],
  sums: readonly ChannelSums[],
  given: Inputs,
  money: MoneyRules,
  labels: Readonly<Partial<Record<ChannelId, Text>>>,
  notes: readonly Note[],
): Overview {
  const star = starOf(wanted.north_star, given);
  const lines = linesOf(wanted.lines, sums, given, money, labels);
  const total = totalOf(given);
  const [orders, revenue] = [measured("orders", given), measured("revenue", given)];
  const root = star && (kpis.find(({ id }) => id === star.kpi) ?? null);
  const shop = orders.value === null && revenue.value === null ? null : { orders, revenue };
  const funnel = funnelOf(wanted.funnel, sums, given, money, labels);
  return {
    north_star: star,
    omtm: currentOf(wanted, given),
    tree: treeOf(wanted.tree, root, sums, given, money, labels),
    funnel,
    lines,
    total,
    shop,
    notes: [
      ...notes.filter(({ code }) => code === "RATE" || code === "VAT"),
      ...saidOnce(lines, total, shop !== null, funnel.length > 1, given),
    ],
  };
}

/** The report's KPIs by the names that the client gives to its stars. */
export function namedBy({ overview }: ReportDef, defs: readonly KpiDef[]): KpiDef[] {
  const stars = overview ? [...(overview.north_star ? [overview.north_star] : []), ...overview.omtm] : [];
  return defs.map((kpi) => ({ ...kpi, label: stars.find((star) => star.kpi === kpi.id)?.label ?? kpi.label }));
}

function starOf(star: StarDef | null, { def, book }: Inputs): Star | null {
  const kpi = star && book.kpis.get(star.kpi);
  if (!star || !kpi) return null;
  const lang = languageOf(def.locale);
  return {
    kpi: kpi.id,
    label: star.label?.[lang] ?? kpi.label[lang],
    purpose: kpi.purpose[lang],
    from: null,
    until: null,
  };
}

/** The metric that matters now: the last named of those whose days touch the period. */
function currentOf({ omtm }: OverviewDef, given: Inputs): Star | null {
  const { from, to } = given.periods.period;
  const now = omtm.findLast((each) => (each.from ?? "") <= to && (each.until ?? "9999") >= from);
  const star = now ? starOf(now, given) : null;
  return star && { ...star, from: now?.from ?? null, until: now?.until ?? null };
}

/** How the totals are to be read. */
function saidOnce(
  lines: readonly ChannelLine[],
  { cost, double_counting }: ChannelTotal,
  shop: boolean,
  funnel: boolean,
  { def }: Inputs,
): Note[] {
  const lang = languageOf(def.locale);
  const sum = lines.reduce((all, line) => all.plus(line.cost.value ?? 0), new Big(0));
  const shared = cost.value !== null && !sum.eq(cost.value);
  const notes: [boolean, string, Text][] = [
    [true, "DOUBLE", { ko: `${double_counting}: ${doubled.ko}`, en: `${double_counting}: ${doubled.en}` }],
    [shop, "SHOP", ownFigures],
    [funnel, "FUNNEL", ofOtherSystems],
    [shared, "SHARED", countedOnce],
  ];
  return notes.flatMap(([said, code, text]) => (said ? [{ code, text: text[lang] }] : []));
}

const doubled: Text = {
  ko: "매체마다 자기 기준으로 센 전환을 더한 값이라, 한 주문이 여러 번 들어 있을 수 있습니다.",
  en: "each platform counts conversions in its own way, so one order may be in there several times.",
};
const ownFigures: Text = {
  ko: "통합 ROAS와 통합 CPA는 자사몰이 직접 집계한 매출과 주문을 전체 광고비와 견준 값입니다.",
  en: "Blended ROAS and CPA set the shop's own revenue and orders against the cost of all channels.",
};
const ofOtherSystems: Text = {
  ko: "퍼널의 단계는 서로 다른 시스템이 집계합니다. 단계 전환율은 두 단계 수의 비율이며, 같은 사람을 뒤따른 값이 아닙니다.",
  en: "The funnel's stages are counted by different systems; a stage's conversion is the ratio of two counts and follows no person.",
};
const countedOnce: Text = {
  ko: "여러 채널이 같은 계정을 봅니다. 합계에는 한 번만 더했으므로 채널 값의 합보다 작을 수 있습니다.",
  en: "Channels share an account. The total counts it once, so it may be smaller than the sum of the lines.",
};
