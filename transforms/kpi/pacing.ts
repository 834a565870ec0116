import Big from "big.js";
import { daysBetween, daysOf, type Period, periodOf } from "../period.ts";
import type { Pacing } from "../report/model.ts";
import { decimalText } from "./decimal.ts";

/** A month's budget and what was spent of it through a day. */
export interface Spending {
  label: string;
  currency: string;
  budget: Big;
  spent: Big;
  /** The last day that `spent` holds. */
  through: string;
}

/**
 * Budget pacing of the month that holds `through`: the share used beside the share of days gone, the month's end at
 * the same pace, and what may still be spent a day.
 */
export function pacingOf({ label, currency, budget, spent, through }: Spending): Pacing {
  const month = monthOf(through);
  const days = daysOf(month).length;
  const gone = daysBetween(month.from, through) + 1;
  const left = days - gone;
  return {
    label,
    month: through.slice(0, 7),
    currency,
    budget: decimalText(budget),
    spent: decimalText(spent),
    used: decimalText(spent.div(budget)),
    elapsed: decimalText(new Big(gone).div(days)),
    projected: decimalText(spent.div(gone).times(days)),
    needed_per_day: left === 0 ? null : decimalText(budget.minus(spent).div(left)),
    through,
  };
}

export const monthOf = (day: string): Period => periodOf("monthly", day);
