import { type Day, eachDay, type Span } from "../day.ts";
import { type Business, type Campaign, seen, settled } from "../model.ts";
import { type Printed, printed } from "./print.ts";

/** What a campaign's search keywords are, how much of it each carries, and its match type. */
export type Searches = Record<string, [string, number, "broad" | "phrase" | "exact"][]>;

export interface GoogleAccount {
  business: Business;
  account: string;
  language: "ko" | "en";
  currency: "KRW" | "USD";
  campaigns: readonly Campaign[];
  searches: Searches;
}

export const settling = { missing: 0.13, days: 30 };

export function campaignDays(
  { business, currency }: GoogleAccount,
  campaign: Campaign,
  window: Span,
  asOf: Day,
): Printed[] {
  return eachDay(window).flatMap((day) => {
    const final = settled(business, campaign, day);
    return final ? [printed(seen(final, day, asOf, settling), currency)] : [];
  });
}
