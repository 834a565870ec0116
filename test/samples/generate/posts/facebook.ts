import { type Cell, csv, utf8WithBom } from "../csv.ts";
import type { Output } from "../output.ts";
import { exportName, slashed } from "./meta-export.ts";
import { counter, type Feed, postWindows } from "./posts.ts";

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
