import { type Day, daysBetween, type Span, within } from "./day.ts";
import { chance, jitter, wholeNumber } from "./random.ts";

/** One invented business: how much the world wants its goods on a day, 1 being an ordinary day at the start. */
export interface Business {
  slug: string;
  span: Span;
  /** Advertisers' spending and visitors' traffic. */
  traffic(day: Day): number;
  /** How ready visitors are to buy. */
  intent(day: Day): number;
}

/** What a campaign does apart from its business: from `from` to `to`, multiplied onto its usual figures. */
export interface Story extends Span {
  spend?: number;
  cvr?: number;
}

/** Daily figures of an ordinary day, in the ad account's currency. */
export interface Campaign {
  name: string;
  kind: string;
  cost: number;
  cpc: number;
  ctr: number;
  cvr: number;
  /** Value of one conversion. */
  aov: number;
  /** Demand by month, January first, where it differs from the business's. */
  season?: readonly number[];
  paused?: Span;
  stories?: readonly Story[];
}

export interface AdDay {
  impressions: number;
  clicks: number;
  cost: number;
  conversions: number;
  value: number;
}

/** A campaign's day when all has settled; null where it did not run. */
export function settled(business: Business, campaign: Campaign, day: Day): AdDay | null {
  if (campaign.paused && within(day, campaign.paused)) return null;
  const key = `${business.slug}|${campaign.kind}|${campaign.name}|${day}`;
  const stories = (campaign.stories ?? []).filter((story) => within(day, story));
  const season = campaign.season?.[Number(day.slice(5, 7)) - 1] ?? 1;
  const spend = stories.reduce((all, story) => all * (story.spend ?? 1), season);
  const readiness = stories.reduce((all, story) => all * (story.cvr ?? 1), business.intent(day));
  const cost = campaign.cost * business.traffic(day) * spend * jitter(`${key}|cost`, 0.14);
  const clicks = wholeNumber(`${key}|clicks`, cost / (campaign.cpc * jitter(`${key}|cpc`, 0.12)));
  const impressions =
    clicks + wholeNumber(`${key}|impressions`, clicks / (campaign.ctr * jitter(`${key}|ctr`, 0.12)) - clicks);
  const conversions = clicks * campaign.cvr * readiness * jitter(`${key}|cvr`, 0.25);
  return {
    impressions,
    clicks,
    cost: clicks === 0 ? 0 : cost,
    conversions,
    value: conversions * campaign.aov * jitter(`${key}|aov`, 0.15),
  };
}

/** How much of a settled figure a platform knew `asOf` a day: conversions ripen, and the newest two days still fill up. */
export function ripeness(
  day: Day,
  asOf: Day,
  { missing, days }: { missing: number; days: number },
): { counts: number; conversions: number } {
  const age = daysBetween(day, asOf);
  const counts = age === 0 ? 0.975 : age === 1 ? 0.994 : 1;
  return { counts, conversions: age >= days ? 1 : counts * (1 - missing * (1 - age / days)) };
}

/** A settled day as it looked on `asOf`. */
export function seen(final: AdDay, day: Day, asOf: Day, settling: { missing: number; days: number }): AdDay {
  const { counts, conversions } = ripeness(day, asOf, settling);
  return {
    impressions: Math.floor(final.impressions * counts),
    clicks: Math.floor(final.clicks * counts),
    cost: final.cost * counts,
    conversions: final.conversions * conversions,
    value: final.value * conversions,
  };
}

/** Whole conversions and the value that goes with them, growing with ripeness and never shrinking. */
export function wholeConversions(key: string, { conversions, value }: AdDay): { conversions: number; value: number } {
  const whole = Math.floor(conversions + chance(`${key}|conversion`));
  return { conversions: whole, value: conversions === 0 ? 0 : (value / conversions) * whole };
}

/** A straight line of growth over a business's whole span: 1 at its start, `end` on its last day. */
export function growth(span: Span, day: Day, end: number): number {
  return 1 + (end - 1) * (daysBetween(span.from, day) / daysBetween(span.from, span.to));
}
