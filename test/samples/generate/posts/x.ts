import { type Cell, csv, utf8 } from "../csv.ts";
import { type Day, monthNames, parts, weekdayNames, weekdayOf } from "../day.ts";
import type { Output } from "../output.ts";
import type { Figures } from "../truth.ts";
import { counter, type Feed, postWindows } from "./posts.ts";

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
