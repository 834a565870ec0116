import Big from "big.js";
import { decimalText } from "../kpi/decimal.ts";
import { inClientMoney, type MoneyRules } from "../kpi/money.ts";
import { type MetricId, metrics } from "../metrics.ts";
import type { RawRow } from "../records.ts";

/** The key of a raw amount's twin in the client's money: such columns add up to what the report shows. */
export const reportedKey = (metric: string): string => `reported_${metric}`;

/** The metric that a twin is of; null for any other key. */
export function reportedMetric(key: string): MetricId | null {
  const metric = key.startsWith("reported_") ? key.slice("reported_".length) : "";
  return isMoney(metric) ? metric : null;
}

/**
 * The rows with a twin of each amount that some row states in another currency or VAT basis than the report's. The amounts
 * that the files state stay beside them; null where no dated rate covers a row's days.
 */
export function withReported(rows: readonly RawRow[], money: MoneyRules): RawRow[] {
  const amounts = Object.keys(rows[0] ?? {}).filter(isMoney);
  const twins = rows.map((row) =>
    amounts.map((metric) => {
      const text = row[metric];
      if (text === null || text === undefined) return null;
      const [from, to] = [row.from ?? "", row.to ?? row.from ?? ""];
      const vat = row.vat === "included" || row.vat === "excluded" ? row.vat : null;
      const value = inClientMoney(new Big(text), metric, { currency: row.currency ?? null, vat, from, to }, money);
      return value && decimalText(value);
    }),
  );
  const others = amounts.filter((metric, at) => rows.some((row, index) => differs(row[metric], twins[index]?.[at])));
  return rows.map((row, index) => {
    const added = others.map((metric) => [reportedKey(metric), twins[index]?.[amounts.indexOf(metric)] ?? null]);
    return { ...row, ...Object.fromEntries(added) };
  });
}

const differs = (stated: string | null | undefined, twin: string | null | undefined): boolean =>
  stated !== null && stated !== undefined && (twin === null || twin === undefined || !new Big(stated).eq(twin));

const isMoney = (key: string): key is MetricId =>
  Object.hasOwn(metrics, key) && metrics[key as MetricId].unit === "money";
