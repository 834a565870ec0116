import { csv, nthDownload, utf8 } from "./csv.ts";
import { type Day, eachDay, type Span, weekdayOf } from "./day.ts";
import { type Business, growth, ripeness } from "./model.ts";
import type { Output } from "./output.ts";
import { longDay } from "./posts/x.ts";
import { jitter, wholeNumber } from "./random.ts";
import { downloads } from "./windows.ts";

export interface XAccount {
  business: Business;
  account: string;
  /** Of an ordinary day. */
  impressions: number;
  /** Days of the week on which the account posts, Monday being 0. */
  weekdays: readonly number[];
}

const header = [
  "Date",
  "Impressions",
  "Likes",
  "Engagements",
  "Bookmarks",
  "Shares",
  "New follows",
  "Unfollows",
  "Replies",
  "Reposts",
  "Profile visits",
  "Create Post",
  "Video views",
  "Media views",
];

/** X's account overview by day, newest first and without a line break at the end. X revises its newest days. */
export function xOverview(account: XAccount, out: Output): void {
  const windows = downloads(account.business.span, { months: 6, overlap: 7, weeklyFrom: "2026-10-05", trailing: 28 });
  windows.forEach((window, nth) => {
    const rows = eachDay(window).map((day) => ({ day, ...accountDay(account, day, window) }));
    const lines = rows
      .toReversed()
      .map((row) => [
        longDay(row.day),
        row.impressions,
        row.likes,
        row.engagements,
        row.bookmarks,
        row.shares,
        row.follows,
        row.unfollows,
        row.replies,
        row.reposts,
        row.visits,
        row.posts,
        row.videoViews,
        row.mediaViews,
      ]);
    out.write(
      `x/${nthDownload("account_overview_analytics.csv", nth)}`,
      utf8(csv([header, ...lines], { closed: false })),
    );
    const facts = rows.map((row) => ({
      day: row.day,
      figures: {
        impressions: String(row.impressions),
        likes: String(row.likes),
        engagements: String(row.engagements),
        saves: String(row.bookmarks),
        shares: String(row.shares),
        followers_gained: String(row.follows),
        followers_lost: String(row.unfollows),
        comments: String(row.replies),
        reposts: String(row.reposts),
        profile_visits: String(row.visits),
        video_views: String(row.videoViews),
      },
    }));
    out.truth.days("x", account.account, window, facts);
  });
}

function accountDay({ business, account, impressions, weekdays }: XAccount, day: Day, window: Span) {
  const posts = weekdays.includes(weekdayOf(day)) ? 1 : 0;
  const key = `${account}|overview|${day}`;
  const { counts } = ripeness(day, window.to, { missing: 0, days: 1 });
  const seen = impressions * growth(business.span, day, 1.25) * (posts === 1 ? 1.25 : 0.8) * jitter(key, 0.35);
  const count = (name: string, rate: number) =>
    Math.floor(wholeNumber(`${key}|${name}`, seen * rate * jitter(`${key}|${name}|rate`, 0.3)) * counts);
  const [likes, bookmarks, shares, replies, reposts, visits] = [
    count("likes", 0.013),
    count("bookmarks", 0.002),
    count("shares", 0.001),
    count("replies", 0.0014),
    count("reposts", 0.0026),
    count("visits", 0.0042),
  ] as const;
  const videoViews = count("video", 0.11);
  return {
    impressions: Math.floor(seen * counts),
    likes,
    bookmarks,
    shares,
    replies,
    reposts,
    visits,
    posts,
    videoViews,
    engagements: likes + bookmarks + shares + replies + reposts + visits + count("other", 0.018),
    follows: count("follows", 0.0013),
    unfollows: count("unfollows", 0.0005),
    mediaViews: videoViews + count("media", 0.05),
  };
}
