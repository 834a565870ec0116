import { type Cell, csv, utf8, utf8WithBom } from "./csv.ts";
import { type Day, daysBetween, eachDay, monthNames, pad, parts, weekdayNames, weekdayOf, within } from "./day.ts";
import { type Business, growth } from "./model.ts";
import type { Output } from "./output.ts";
import { chance, digits, jitter, pick } from "./random.ts";
import type { Figures } from "./truth.ts";
import { downloads, type Window } from "./windows.ts";

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

interface Post {
  id: string;
  day: Day;
  /** `HH:MM`, in the account's own zone, which the export does not state. */
  time: string;
  caption: string;
  video: boolean;
  views: number;
  key: string;
}

/** Facebook posts: lifetime figures, a quarter at a time for the past and the last 28 days every week. */
export function facebookPosts(feed: Feed, out: Output): void {
  for (const { window, posts } of postWindows(feed, "facebook")) {
    const rows = posts.map((post) => {
      const { count } = counter(post, window);
      const [reactions, comments, shares] = [count(0.021), count(0.0019), count(0.0024)];
      const [linkClicks, other] = [count(0.009), count(0.011)];
      const media = count(0.006);
      const figures = {
        views: String(count(1)),
        likes: String(reactions),
        comments: String(comments),
        shares: String(shares),
        engagements: String(reactions + comments + shares),
        clicks: String(linkClicks + other + media),
        link_clicks: String(linkClicks),
      };
      out.truth.snapshot("posts", {
        platform: "facebook_page",
        account: feed.account,
        id: post.id,
        day: post.day,
        asOf: window.to,
        figures,
      });
      const text = post.video ? ["", post.caption] : [post.caption, ""];
      const seconds = post.video ? [count(6.2), 6.2] : ["", ""];
      return [
        post.id,
        feed.id,
        feed.name,
        ...text,
        post.video ? 31 : 0,
        slashed(post),
        "",
        `https://www.facebook.com/${feed.account}/posts/${post.id}`,
        0,
        0,
        post.video ? "Videos" : "Photos",
        "",
        "",
        "",
        "",
        "Lifetime",
        figures.views,
        count(0.83),
        figures.engagements,
        reactions,
        comments,
        shares,
        figures.clicks,
        post.video ? "" : media,
        other,
        linkClicks,
        post.video ? media : "",
        0,
        ...seconds,
        "",
        "",
        "",
      ] satisfies Cell[];
    });
    out.write(`facebook/${exportName(feed, window)}`, utf8WithBom(csv([facebookHeader, ...rows])));
  }
}

/** Instagram posts, the same way. Instagram counts no clicks. */
export function instagramPosts(feed: Feed, out: Output): void {
  for (const { window, posts } of postWindows(feed, "instagram")) {
    const rows = posts.map((post) => {
      const { count } = counter(post, window);
      const figures = {
        views: String(count(1)),
        likes: String(count(0.043)),
        shares: String(count(0.0041)),
        followers_gained: String(count(0.0016)),
        comments: String(count(0.0022)),
        saves: String(count(0.0064)),
      };
      out.truth.snapshot("posts", {
        platform: "instagram",
        account: feed.account,
        id: post.id,
        day: post.day,
        asOf: window.to,
        figures,
      });
      return [
        post.id,
        feed.id,
        feed.account,
        feed.name,
        post.caption,
        post.video ? 24 : 0,
        slashed(post),
        `https://www.instagram.com/${post.video ? "reel" : "p"}/${code(post.key)}/`,
        post.video ? "IG reel" : pick(`${post.key}|type`, ["IG image", "IG carousel"]),
        "",
        "Lifetime",
        figures.views,
        count(0.79),
        figures.likes,
        figures.shares,
        figures.followers_gained,
        figures.comments,
        figures.saves,
      ] satisfies Cell[];
    });
    out.write(`instagram/${exportName(feed, window)}`, utf8WithBom(csv([instagramHeader, ...rows])));
  }
}

/** X posts, newest first. */
export function xPosts(feed: Feed, out: Output): void {
  for (const { window, posts } of postWindows(feed, "x")) {
    const rows = posts.toReversed().map((post) => {
      const { count } = counter(post, window);
      const [likes, bookmarks, shares, replies, reposts] = [
        count(0.014),
        count(0.0021),
        count(0.0009),
        count(0.0012),
        count(0.0026),
      ];
      const [visits, details, links, tags, permalinks] = [
        count(0.0031),
        count(0.012),
        count(0.0072),
        count(0.0004),
        count(0.0008),
      ];
      const engagements = likes + bookmarks + shares + replies + reposts + visits + details + links + tags + permalinks;
      const follows = count(0.0005);
      const figures: Figures = {
        impressions: String(count(1)),
        likes: String(likes),
        engagements: String(engagements),
        saves: String(bookmarks),
        shares: String(shares),
        followers_gained: String(follows),
        comments: String(replies),
        reposts: String(reposts),
        profile_visits: String(visits),
        link_clicks: String(links),
      };
      out.truth.snapshot("posts", {
        platform: "x",
        account: feed.account,
        id: post.id,
        day: post.day,
        asOf: window.to,
        figures,
      });
      const handle = feed.account.slice(1);
      return [
        post.id,
        longDay(post.day),
        post.caption,
        `https://x.com/${handle}/status/${post.id}`,
        count(1),
        likes,
        engagements,
        bookmarks,
        shares,
        follows,
        replies,
        reposts,
        visits,
        details,
        links,
        tags,
        permalinks,
      ] satisfies Cell[];
    });
    out.write(`x/account_analytics_content_${window.from}_${window.to}.csv`, utf8(csv([xHeader, ...rows])));
  }
}

/** `"Fri, Mar 21, 2025"`. */
export function longDay(day: Day): string {
  const { year, month, date } = parts(day);
  return `${weekdayNames[weekdayOf(day)]}, ${monthNames[month - 1]} ${date}, ${year}`;
}

const facebookHeader = [
  "Post ID",
  "Page ID",
  "Page name",
  "Title",
  "Description",
  "Duration (sec)",
  "Publish time",
  "Caption type",
  "Permalink",
  "Is crosspost",
  "Is share",
  "Post type",
  "Languages",
  "Custom labels",
  "Funded content status",
  "Data comment",
  "Date",
  "Views",
  "Reach",
  "Reactions, Comments and Shares",
  "Reactions",
  "Comments",
  "Shares",
  "Total clicks",
  "Matched Audience Targeting Consumption (Photo Click)",
  "Other Clicks",
  "Link Clicks",
  "Matched Audience Targeting Consumption (Video Click)",
  "Negative feedback from users: Hide all",
  "Seconds viewed",
  "Average Seconds viewed",
  "Estimated earnings (USD)",
  "Ad CPM (USD)",
  "Ad impressions",
];
const instagramHeader = [
  "Post ID",
  "Account ID",
  "Account username",
  "Account name",
  "Description",
  "Duration (sec)",
  "Publish time",
  "Permalink",
  "Post type",
  "Data comment",
  "Date",
  "Views",
  "Reach",
  "Likes",
  "Shares",
  "Follows",
  "Comments",
  "Saves",
];
const xHeader = [
  "Post id",
  "Date",
  "Post text",
  "Post Link",
  "Impressions",
  "Likes",
  "Engagements",
  "Bookmarks",
  "Shares",
  "New follows",
  "Replies",
  "Reposts",
  "Profile visits",
  "Detail Expands",
  "URL Clicks",
  "Hashtag Clicks",
  "Permalink Clicks",
];

/** Each download with the posts that were published in it. A quarter's reaches two weeks back, so that its predecessor's last posts ripen. */
function postWindows(feed: Feed, platform: string): { window: Window; posts: Post[] }[] {
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
function counter(post: Post, window: Window): { count: (rate: number) => number } {
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

function exportName(feed: Feed, { from, to }: Window): string {
  const write = (day: Day) => `${monthNames[parts(day).month - 1]}-${day.slice(8)}-${day.slice(0, 4)}`;
  return `${write(from)}_${write(to)}_${digits(`${feed.account}|${from}|${to}`, 16)}.csv`;
}

function slashed({ day, time }: Post): string {
  return `${day.slice(5, 7)}/${day.slice(8)}/${day.slice(0, 4)} ${time}`;
}

function code(key: string): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return Array.from({ length: 11 }, (_, at) => letters[Math.floor(chance(`${key}|code|${at}`) * letters.length)]).join(
    "",
  );
}
