import Big from "big.js";
import type { Rate } from "../definitions.ts";
import type { MetricId } from "../metrics.ts";
import { metrics } from "../metrics.ts";
import type { SumRow } from "../records.ts";

/** What the client reads: one currency, one VAT basis. */
export interface MoneyRules {
  currency: string;
  cost_basis: "vat_excluded" | "vat_included";
  /** The VAT that a `vat: included` source holds, as a fraction: "0.1". */
  vat_rate: string;
  rates: readonly Rate[];
}

type Stated = Pick<SumRow, "currency" | "vat" | "from" | "to">;

/**
 * A stored figure in the client's currency and VAT basis; null where no dated rate covers its days.
 *
 * Only `cost` carries VAT: conversion values are the shop's own prices. A window of several days needs one rate that
 * covers it whole, since its money cannot be spread over days.
 */
export function inClientMoney(value: Big, metric: MetricId, row: Stated, rules: MoneyRules): Big | null {
  if (metrics[metric].unit !== "money") return value;
  const factor = rateFor(row, rules);
  if (factor === null) return null;
  return (metric === "cost" ? onBasis(value, row.vat, rules) : value).times(factor);
}

/** The factor from a row's currency to the client's on its days, or null where none is dated so. */
function rateFor({ currency, from, to }: Stated, { currency: wanted, rates }: MoneyRules): Big | null {
  if (currency === null || currency === wanted) return one;
  for (const rate of rates) {
    if (rate.from > from || rate.to < to) continue;
    if (rate.base === currency && rate.quote === wanted) return new Big(rate.rate);
    if (rate.base === wanted && rate.quote === currency) return one.div(rate.rate);
  }
  return null;
}

/** A cost with or without its VAT, as the client reads it, still in its own currency. */
export function onBasis(cost: Big, vat: SumRow["vat"], { cost_basis, vat_rate }: MoneyRules): Big {
  const whole = one.plus(vat_rate);
  if (vat === "included" && cost_basis === "vat_excluded") return cost.div(whole);
  if (vat === "excluded" && cost_basis === "vat_included") return cost.times(whole);
  return cost;
}

const one = new Big(1);
