import { type Cell, thousands } from "../csv.ts";
import type { Day, Span } from "../day.ts";
import type { Campaign } from "../model.ts";
import type { Output } from "../output.ts";
import { chance, jitter, shareOut } from "../random.ts";
import { campaignDays, type GoogleAccount } from "./account.ts";
import { each, money, none, type Printed, percent, period, sumOf, table } from "./print.ts";
import { words } from "./words.ts";

interface KeywordRow extends Printed {
  campaign: Campaign;
  text: string;
  match: "broad" | "phrase" | "exact";
}

/** The window's search campaigns, shared out among their keywords. */
export function keywordRows(account: GoogleAccount, window: Span, asOf: Day): KeywordRow[] {
  const { campaigns, currency, searches } = account;
  return campaigns.flatMap((campaign) => {
    const keywords = searches[campaign.name];
    if (!keywords) return [];
    const sum = sumOf(campaignDays(account, campaign, window, asOf), currency);
    const weights = keywords.map(([text, weight]) => weight * jitter(`${campaign.name}|${text}`, 0.2));
    const cents = currency === "KRW" ? 1 : 100;
    const cost = shareOut(Math.round(Number(sum.cost) * cents), weights);
    const impressions = shareOut(Number(sum.impressions), weights);
    const clicks = shareOut(
      Number(sum.clicks),
      weights.map((weight, at) => weight * jitter(`${campaign.name}|click|${at}`, 0.15)),
    );
    const conversions = shareOut(
      Math.round(Number(sum.conversions) * 100),
      weights.map((weight, at) => weight * jitter(`${campaign.name}|conv|${at}`, 0.3)),
    );
    return keywords.map(([text, , match], at) => ({
      campaign,
      text,
      match,
      impressions: String(impressions[at]),
      clicks: String(clicks[at]),
      cost: money((cost[at] ?? 0) / cents, currency),
      conversions: ((conversions[at] ?? 0) / 100).toFixed(2),
      conversion_value: "0.00",
    }));
  });
}

export function keywordReport(
  of: GoogleAccount,
  window: Span,
  asOf: Day,
  rows: readonly KeywordRow[],
  out: Output,
): void {
  const { account, currency, language, campaigns } = of;
  const say = words[language];
  const rest = (row: Printed): Cell[] => [
    currency,
    thousands(row.impressions),
    thousands(row.clicks),
    percent(row.clicks, row.impressions),
    each(row.cost, row.clicks, currency),
    row.cost,
    thousands(row.clicks),
    percent(row.conversions, row.clicks),
    row.conversions,
    each(row.cost, row.clicks, currency),
    each(row.cost, row.conversions, currency),
  ];
  const written = {
    broad: (text: string) => text,
    phrase: (text: string) => `"${text}"`,
    exact: (text: string) => `[${text}]`,
  };
  const total = (label: string, row: Printed): Cell[] => [
    none,
    none,
    `${say.total}: ${label}`,
    none,
    none,
    none,
    none,
    ...rest(row),
  ];
  const all = sumOf(rows, currency);
  const whole = sumOf(
    campaigns.flatMap((campaign) => campaignDays(of, campaign, window, asOf)),
    currency,
  );
  const lines = [
    [say.keywordReport],
    [period(window, language)],
    say.keywordHeader,
    ...rows.map((row): Cell[] => [
      say.enabled,
      written[row.match](row.text),
      say.matches[row.match],
      row.campaign.name,
      groupOf(row),
      say.eligible,
      none,
      ...rest(row),
    ]),
    total(say.account, whole),
    total(say.kinds.search, all),
  ];
  out.write(`google-ads/${say.keywordReport}.csv`, table(lines, language === "ko"));
  out.truth.window({ platform: "google_ads", account, report: "keywords", ...window, figures: additive(all) });
}

/** The search terms under each keyword: the word itself, longer questions, and a tail that Google does not list. */
export function termReport(
  { account, currency, language }: GoogleAccount,
  window: Span,
  keywords: readonly KeywordRow[],
  out: Output,
): void {
  const say = words[language];
  const tails =
    language === "ko"
      ? ["", " 가격", " 후기", " 추천 순위", " 당일배송"]
      : ["", " sale", " reviews", " for women", " near me"];
  const cents = currency === "KRW" ? 1 : 100;
  const rows = keywords.flatMap((row) => {
    const weights = [5, 2, 1.4, 1, 0.6, 2.4].map((weight, at) => weight * jitter(`${row.text}|term|${at}`, 0.3));
    const share = (value: string, scale: number) => shareOut(Math.round(Number(value) * scale), weights);
    const [impressions, clicks, cost, conversions] = [
      share(row.impressions, 1),
      share(row.clicks, 1),
      share(row.cost, cents),
      share(row.conversions, 100),
    ];
    return tails.flatMap((tail, at) => {
      if (at > 0 && row.match === "exact") return [];
      const figures: Printed = {
        impressions: String(impressions[at]),
        clicks: String(clicks[at]),
        cost: money((cost[at] ?? 0) / cents, currency),
        conversions: ((conversions[at] ?? 0) / 100).toFixed(2),
        conversion_value: "0.00",
      };
      return [{ ...figures, term: `${row.text}${tail}`, row }];
    });
  });
  const numbers = (sum: Printed): Cell[] => [
    thousands(sum.impressions),
    thousands(sum.clicks),
    thousands(sum.clicks),
    currency,
    sum.cost,
    sum.conversions,
  ];
  const total = (label: string, sum: Printed): Cell[] => [
    `${say.total}: ${label}`,
    none,
    none,
    none,
    none,
    none,
    ...numbers(sum),
    none,
  ];
  const listed = sumOf(rows, currency);
  const lines = [
    [say.termReport],
    [period(window, language)],
    say.termHeader,
    ...rows.map(({ term, row, ...figures }): Cell[] => [
      term,
      say.matches[row.match],
      chance(`${term}|added`) < 0.3 ? say.added : say.notAdded,
      row.campaign.name,
      groupOf(row),
      row.text,
      ...numbers(figures),
      say.kinds.search,
    ]),
    total(say.terms, listed),
    total(say.account, sumOf(keywords, currency)),
  ];
  out.write(`google-ads/${say.termReport}.csv`, table(lines, language === "ko"));
  out.truth.window({ platform: "google_ads", account, report: "search_terms", ...window, figures: additive(listed) });
}

function additive({ impressions, clicks, cost, conversions }: Printed) {
  return { impressions, clicks, cost, conversions };
}

/** One ad group per campaign and match type. */
function groupOf({ campaign, match }: KeywordRow): string {
  return `${campaign.name.split(/[-_] ?/).at(-1)} ${match}`;
}
