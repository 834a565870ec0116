import { describe, expect, it } from "vitest";
import { deriveSql, isDerivation, wordsOf } from "../../transforms/format/derive.ts";

describe("a derived metric", () => {
  it.each([
    ["a constant", "1", []],
    ["a product", "position * impressions", ["position", "impressions"]],
    ["a difference in brackets", "(sent - bounces) * 2", ["sent", "bounces"]],
    ["a sum of what is known", "sum(likes, comments, saves)", ["likes", "comments", "saves"]],
  ])("may be %s", (_, text, words) => {
    expect(isDerivation(text)).toBe(true);
    expect(wordsOf(text)).toEqual(words);
  });

  it.each([
    "likes; DROP TABLE facts",
    "sum(likes",
    "sum()",
    "max(likes)",
    "likes || saves",
    "'1'",
    "likes -- saves",
    "",
  ])("may not be `%s`", (text) => expect(isDerivation(text)).toBe(false));

  it("adds the parts that are known, and is unknown only where none is", () => {
    expect(deriveSql("sum(likes, saves)", "engagements")).toBe(
      'CASE WHEN CASE WHEN coalesce(abs(CAST("likes" AS DOUBLE)), abs(CAST("saves" AS DOUBLE))) IS NOT NULL THEN coalesce(abs(CAST("likes" AS DOUBLE)), 0) + coalesce(abs(CAST("saves" AS DOUBLE)), 0) END < 9e18 ' +
        'THEN CAST(CASE WHEN coalesce("likes", "saves") IS NOT NULL THEN coalesce("likes", 0) + coalesce("saves", 0) END AS BIGINT) END',
    );
  });
});
