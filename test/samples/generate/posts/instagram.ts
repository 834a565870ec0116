import { type Cell, csv, utf8WithBom } from "../csv.ts";
import type { Output } from "../output.ts";
import { chance, pick } from "../random.ts";
import { exportName, slashed } from "./meta-export.ts";
import { counter, type Feed, postWindows } from "./posts.ts";

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

function code(key: string): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return Array.from({ length: 11 }, (_, at) => letters[Math.floor(chance(`${key}|code|${at}`) * letters.length)]).join(
    "",
  );
}
