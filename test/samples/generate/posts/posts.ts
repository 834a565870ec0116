import { type Day, daysBetween, eachDay, pad, weekdayOf, within } from "../day.ts";
import { type Business, growth } from "../model.ts";
import { chance, digits, jitter, pick } from "../random.ts";
import { downloads, type Window } from "../windows.ts";

export interface Feed {
  business: Business;
  account: string;
  /** The page's or account's id and display name. */
  id: string;
  name: string;
  /** Monday is 0. */
  weekdays: readonly number[];
  /** Views of an ordinary post in the end. */
  views: number;
  captions: readonly [string, ...string[]];
}

export interface Post {
  id: string;
  day: Day;
  /** `HH:MM`, in the account's own zone, which the export does not state. */
  time: string;
  caption: string;
  video: boolean;
  views: number;
  key: string;
}

/** Each download with the posts that were published in it. A quarter's reaches two weeks back, so that its predecessor's last posts ripen. */
export function postWindows(feed: Feed, platform: string): { window: Window; posts: Post[] }[] {
  const all = eachDay(feed.business.span)
    .filter((day) => feed.weekdays.includes(weekdayOf(day)))
    .map((day) => postOf(feed, platform, day));
  return downloads(feed.business.span, { months: 3, overlap: 14, weeklyFrom: "2026-10-01", trailing: 28 })
    .map((window) => ({ window, posts: all.filter(({ day }) => within(day, window)) }))
    .filter(({ posts }) => posts.length > 0);
}

function postOf(feed: Feed, platform: string, day: Day): Post {
  const key = `${feed.account}|${platform}|post|${day}`;
  const video = chance(`${key}|video`) < 0.35;
  // A few posts travel far.
  const luck = chance(`${key}|luck`) < 0.06 ? 3.4 : 1;
  return {
    id: platform === "x" ? `19${digits(key, 17)}` : `1${digits(key, platform === "facebook" ? 14 : 16)}`,
    day,
    time: `${pad(8 + Math.floor(chance(`${key}|hour`) * 12))}:${pad(Math.floor(chance(`${key}|minute`) * 60))}`,
    caption: pick(`${key}|caption`, feed.captions),
    video,
    views: feed.views * growth(feed.business.span, day, 1.3) * jitter(`${key}|views`, 0.45) * luck * (video ? 1.5 : 1),
    key,
  };
}

/** A post's lifetime figures on the day of the export: they grow fast at first, and never shrink. */
export function counter(post: Post, window: Window): { count: (rate: number) => number } {
  const grown = age(daysBetween(post.day, window.to));
  return {
    count: (rate) => Math.floor(post.views * rate * jitter(`${post.key}|${rate}`, rate === 1 ? 0 : 0.3) * grown),
  };
}

const curve: readonly [days: number, share: number][] = [
  [0, 0.35],
  [1, 0.6],
  [2, 0.72],
  [3, 0.79],
  [7, 0.9],
  [14, 0.96],
  [28, 1],
];

function age(days: number): number {
  const later = curve.findIndex(([at]) => at >= days);
  const [to, high] = curve[later] ?? [days, 1];
  const [from, low] = curve[later - 1] ?? [to, high];
  return to === from ? high : low + ((high - low) * (days - from)) / (to - from);
}
