import Big from "big.js";
import type { KpiDef } from "../definitions.ts";
import { isMetric } from "../kpi/compute.ts";
import { decimalText } from "../kpi/decimal.ts";
import { meaningOf } from "../kpi/formula.ts";
import { inClientMoney, type MoneyRules, onBasis } from "../kpi/money.ts";
import { type MetricId, metrics } from "../metrics.ts";
import type { Trace } from "../records.ts";
import { type Inputs, platformIn } from "./kpis.ts";
import type { Kpi, Reconciled, ReconciledLine } from "./model.ts";

/**
 * How each figure that is a sum came about, file by file: exported, less what a newer file or another cut replaced and what
 * the report leaves out, in the client's VAT basis and currency. The last column adds up to the report's own figure.
 */
export function reconciliation(
  kpis: readonly Kpi[],
  defs: readonly KpiDef[],
  traces: readonly Trace[],
  given: Inputs,
  money: MoneyRules,
): Reconciled[] {
  return kpis.flatMap((kpi) => {
    const def = defs.find(({ id }) => id === kpi.id);
    if (!def || !isMetric(kpi.id) || metrics[kpi.id].over !== "sum") return [];
    const id = kpi.id;
    const lines = traces
      .filter((trace) => trace.metric === metricFor(def, id, trace))
      .map((trace) => lineOf(trace, given, money))
      .filter(({ exported, counted, rejected }) => exported !== "0" || counted !== "0" || rejected > 0)
      .toSorted((a, b) => order(a).localeCompare(order(b)));
    return lines.length > 0 ? [{ kpi: kpi.id, reported: kpi.value, lines }] : [];
  });
}

/** What the KPI means on the trace's platform (Meta's clicks are its link clicks); null where it is no metric of its own. */
function metricFor(def: KpiDef, id: MetricId, { platform }: Trace): MetricId | null {
  const meaning = meaningOf(def, id, platform);
  return meaning.kind === "name" && isMetric(meaning.name) ? meaning.name : null;
}

function lineOf(trace: Trace, given: Inputs, money: MoneyRules): ReconciledLine {
  const { figures, periods } = given;
  const basis = figures.basis(trace, trace.metric, periods.period);
  const feeds = basis === trace.kind;
  const isCost = trace.metric === "cost";
  const rows = trace.counted.map(({ from, to, value }) => {
    const amount = new Big(value);
    const stated = { currency: trace.currency, vat: trace.vat, from, to };
    const net = isCost ? onBasis(amount, trace.vat, money) : amount;
    return { amount, net, reported: inClientMoney(amount, trace.metric, stated, money) };
  });
  const held = rows.reduce((sum, { amount }) => sum.plus(amount), zero);
  const counted = feeds ? rows : [];
  const amount = counted.reduce((sum, row) => sum.plus(row.amount), zero);
  const net = counted.reduce((sum, row) => sum.plus(row.net), zero);
  const unrated = counted.some(({ reported }) => reported === null);
  const reported = unrated ? null : counted.reduce((sum, row) => sum.plus(row.reported ?? zero), zero);
  const other = trace.other === null ? null : feeds ? trace.other : new Big(trace.other).plus(held).toFixed();
  return {
    file: trace.file,
    sha256: trace.sha256,
    platform: platformIn(trace.platform, given),
    account: trace.account,
    currency: metrics[trace.metric].unit === "money" ? trace.currency : null,
    exported: trace.exported,
    superseded: trace.superseded,
    other,
    narrowed: trace.narrowed,
    counted: decimalText(amount),
    vat: decimalText(net.minus(amount)),
    rate: rateOf(trace, net, reported, money),
    reported: reported && decimalText(reported),
    rejected: trace.rejected,
  };
}

/** What one unit of the file's money became; a mean where several dated rates applied, null where nothing was converted. */
function rateOf(
  { currency, metric }: Trace,
  net: Big,
  reported: Big | null,
  { currency: wanted }: MoneyRules,
): string | null {
  if (metrics[metric].unit !== "money" || currency === null || currency === wanted) return null;
  return reported === null || net.eq(0) ? null : decimalText(reported.div(net));
}

/** Platform by platform, what counts first. */
const order = ({ platform, account, counted, file }: ReconciledLine): string =>
  [platform, account, counted === "0" ? 1 : 0, file].join(" ");

const zero = new Big(0);
