import Big from "big.js";
import type { Day, Span } from "../day.ts";
import { type Business, growth } from "../model.ts";
import { jitter, wholeNumber } from "../random.ts";

export interface Property {
  business: Business;
  account: string;
  /** The property's number and name, as the preamble has them. */
  names: { account: string; property: string };
  language: "ko" | "en";
  channels: readonly Channel[];
  pages: readonly [path: string, weight: number, seconds: number][];
  /** Value of one purchase in the property's currency. */
  aov: number;
  cents: boolean;
}

/** Sessions of an ordinary day, and what they do. */
export interface Channel {
  name: string;
  sessions: number;
  engaged: number;
  seconds: number;
  purchases: number;
}

export interface Visits {
  sessions: number;
  engaged: number;
  seconds: number;
  events: number;
  keyEvents: number;
  /** In cents or whole won. */
  revenue: number;
  users: number;
  newUsers: number;
  views: number;
}

export interface VisitsByDay {
  day: Day;
  channels: Visits[];
}

export function channelDay({ business, aov, cents }: Property, channel: Channel, day: Day): Visits {
  const key = `${business.slug}|ga4|${channel.name}|${day}`;
  const demand =
    channel.name.startsWith("Paid") || channel.name === "Cross-network"
      ? business.traffic(day)
      : (1 + business.traffic(day)) / 2;
  const sessions = wholeNumber(
    `${key}|sessions`,
    channel.sessions * demand * growth(business.span, day, 1.08) * jitter(`${key}|s`, 0.12),
  );
  const engaged = Math.round(sessions * channel.engaged * jitter(`${key}|engaged`, 0.05));
  const views = Math.round(sessions * 3.1 * jitter(`${key}|views`, 0.08));
  const purchases = wholeNumber(
    `${key}|purchases`,
    sessions * channel.purchases * business.intent(day) * jitter(`${key}|p`, 0.2),
  );
  return {
    sessions,
    engaged,
    views,
    seconds: Math.round(sessions * channel.seconds * jitter(`${key}|seconds`, 0.08)),
    events: views + Math.round(sessions * 5.4 * jitter(`${key}|events`, 0.06)),
    keyEvents: purchases,
    revenue: Math.round(purchases * aov * jitter(`${key}|aov`, 0.12) * (cents ? 100 : 1)),
    users: Math.round(sessions * 0.93),
    newUsers: Math.round(sessions * 0.58 * jitter(`${key}|new`, 0.06)),
  };
}

export function add(rows: readonly Visits[]): Visits {
  const sum = (pick: (row: Visits) => number) => rows.reduce((all, row) => all + pick(row), 0);
  return {
    sessions: sum((row) => row.sessions),
    engaged: sum((row) => row.engaged),
    seconds: sum((row) => row.seconds),
    events: sum((row) => row.events),
    keyEvents: sum((row) => row.keyEvents),
    revenue: sum((row) => row.revenue),
    users: sum((row) => row.users),
    newUsers: sum((row) => row.newUsers),
    views: sum((row) => row.views),
  };
}

/** People come back, so a month has fewer of them than sessions. */
export function monthUsers({ account }: Property, name: string, { from }: Span, sessions: number): number {
  return Math.round(sessions * 0.66 * jitter(`${account}|users|${name}|${from}`, 0.05));
}

/** `1234.5`, as GA4 prints it: no trailing zeros. */
export function money({ cents }: Property, value: number): string {
  return cents ? new Big(value).div(100).toFixed() : String(value);
}
