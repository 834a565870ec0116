import { csv, utf8 } from "./csv.ts";
import { type Day, eachDay, monthsOf, type Span, weeksOf } from "./day.ts";
import type { Business } from "./model.ts";
import type { Output } from "./output.ts";
import { jitter, wholeNumber } from "./random.ts";

export interface Shop {
  business: Business;
  account: string;
  /** Of an ordinary day. */
  orders: number;
  aov: number;
  cents: boolean;
}

/** What no platform exports: the shop's own orders and revenue by day, its new customers by week and by month. */
export function shop({ business, account, orders, aov, cents }: Shop, out: Output): void {
  const ordersOf = (day: Day) =>
    wholeNumber(
      `${account}|${day}`,
      orders * ((1 + 3 * business.traffic(day)) / 4) * business.intent(day) * jitter(`${account}|${day}|orders`, 0.12),
    );
  const revenueOf = (day: Day) => (ordersOf(day) * aov * jitter(`${account}|${day}|aov`, 0.06)).toFixed(cents ? 2 : 0);
  const newOf = (span: Span) =>
    eachDay(span).reduce(
      (sum, day) => sum + Math.round(ordersOf(day) * 0.41 * jitter(`${account}|${day}|new`, 0.15)),
      0,
    );
  const days = eachDay(business.span);
  const windows = [...weeksOf(business.span), ...monthsOf({ from: business.span.from, to: "2026-10-31" })];
  out.write(
    "manual/shop.csv",
    utf8(
      csv([
        ["metric", "from", "to", "value"],
        ...days.map((day) => ["orders", day, day, ordersOf(day)]),
        ...days.map((day) => ["revenue", day, day, revenueOf(day)]),
        ...windows.map((window) => ["new_customers", window.from, window.to, newOf(window)]),
      ]),
    ),
  );
  out.truth.days(
    "manual",
    account,
    business.span,
    days.map((day) => ({ day, figures: { orders: String(ordersOf(day)), revenue: revenueOf(day) } })),
  );
  for (const window of windows)
    out.truth.window({
      platform: "manual",
      account,
      report: "new_customers",
      ...window,
      figures: { new_customers: String(newOf(window)) },
    });
}
