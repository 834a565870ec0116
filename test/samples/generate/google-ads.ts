import { type Cell, csv, nthDownload, thousands, utf8, utf16 } from "./csv.ts";
import { type Day, eachDay, longMonthNames, monthNames, parts, type Span, weekdayNames, weekdayOf } from "./day.ts";
import { words } from "./google-ads-words.ts";
import { type AdDay, type Business, type Campaign, seen, settled } from "./model.ts";
import type { Output } from "./output.ts";
import { chance, jitter, shareOut } from "./random.ts";
import { downloads } from "./windows.ts";

/** What a campaign's search keywords are, how much of it each carries, and its match type. */
export type Searches = Record<string, [string, number, "broad" | "phrase" | "exact"][]>;

export interface GoogleAccount {
  business: Business;
  account: string;
  language: "ko" | "en";
  currency: "KRW" | "USD";
  campaigns: readonly Campaign[];
  searches: Searches;
}

const none = " --";
const settling = { missing: 0.13, days: 30 };
/** An account's downloads: campaign × day, the newest month's keywords and search terms, and two overview cards. */
export function googleAds(account: GoogleAccount, out: Output): void {
  const windows = downloads(account.business.span, { months: 6, overlap: 30, weeklyFrom: "2026-10-05", trailing: 30 });
  windows.forEach((window, nth) => {
    campaignReport(account, window, nth, out);
  });
  const month = { from: "2026-10-01", to: "2026-10-31" };
  const asOf = account.business.span.to;
  const keywords = keywordRows(account, month, asOf);
  keywordReport(account, month, asOf, keywords, out);
  termReport(account, month, keywords, out);
  const newest = windows.at(-1);
  if (newest) overviewCards(account, newest, out);
}

function campaignReport(account: GoogleAccount, window: Span, nth: number, out: Output): void {
  const { business, campaigns, currency, language } = account;
  const say = words[language];
  const rows = campaigns.flatMap((campaign) =>
    eachDay(window).flatMap((day) => {
      const final = settled(business, campaign, day);
      return final ? [{ campaign, day, figures: printed(seen(final, day, window.to, settling), currency) }] : [];
    }),
  );
  const pausedNow = ({ paused }: Campaign) =>
    paused !== undefined && paused.from <= window.to && window.to <= paused.to;
  const line = (
    status: string,
    name: string,
    day: string,
    budget: string,
    code: string,
    kind: string,
    sum: Printed,
  ): Cell[] => [
    status,
    name,
    day,
    budget,
    code,
    kind,
    thousands(sum.impressions),
    percent(sum.clicks, sum.impressions),
    each(sum.cost, sum.clicks, currency),
    sum.cost,
    thousands(sum.clicks),
    percent(sum.conversions, sum.clicks),
    sum.conversions,
    each(sum.cost, sum.conversions, currency),
    thousands(sum.conversion_value),
    each(sum.conversion_value, sum.cost, "USD"),
  ];
  const code = currency;
  const total = (label: string, of: typeof rows) =>
    line(
      `${say.total}: ${label}`,
      none,
      none,
      none,
      code,
      none,
      sumOf(
        of.map(({ figures }) => figures),
        currency,
      ),
    );
  const kinds = [...new Set(campaigns.map(({ kind }) => kind))] as (keyof typeof say.kinds)[];
  const lines = [
    [say.campaignReport],
    [period(window, language)],
    say.campaignHeader,
    ...rows.map(({ campaign, day, figures }) =>
      line(
        pausedNow(campaign) ? say.paused : say.enabled,
        campaign.name,
        day,
        money(campaign.cost * 2, currency),
        code,
        say.kinds[campaign.kind as keyof typeof say.kinds],
        figures,
      ),
    ),
    total(say.campaigns, rows),
    total(say.account, rows),
    ...kinds.map((kind) =>
      total(
        say.kinds[kind],
        rows.filter(({ campaign }) => campaign.kind === kind),
      ),
    ),
  ];
  out.write(`google-ads/${nthDownload(`${say.campaignReport}.csv`, nth)}`, table(lines, language === "ko" || nth > 3));
  out.truth.days(
    "google_ads",
    account.account,
    window,
    rows.map(({ campaign, day, figures }) => ({ day, campaign: campaign.name, figures })),
  );
}

interface KeywordRow extends Printed {
  campaign: Campaign;
  text: string;
  match: "broad" | "phrase" | "exact";
}

/** The window's search campaigns, shared out among their keywords. */
function keywordRows(account: GoogleAccount, window: Span, asOf: Day): KeywordRow[] {
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

function campaignDays({ business, currency }: GoogleAccount, campaign: Campaign, window: Span, asOf: Day): Printed[] {
  return eachDay(window).flatMap((day) => {
    const final = settled(business, campaign, day);
    return final ? [printed(seen(final, day, asOf, settling), currency)] : [];
  });
}

function keywordReport(of: GoogleAccount, window: Span, asOf: Day, rows: readonly KeywordRow[], out: Output): void {
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
function termReport(
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

/** Account level, money with its symbol, and the period in the name alone. */
function overviewCards(of: GoogleAccount, window: Span, out: Output): void {
  const { campaigns, currency, language, account } = of;
  const say = words[language];
  const symbol = currency === "KRW" ? "₩" : "US$";
  const cash = (value: string) => symbol + thousands(value);
  const days = eachDay(window).map((day) => ({
    day,
    sum: sumOf(
      campaigns.flatMap((campaign) => campaignDays(of, campaign, { from: day, to: day }, window.to)),
      currency,
    ),
  }));
  const name = (card: string) =>
    `google-ads/${card}(${window.from.replaceAll("-", ".")}-${window.to.replaceAll("-", ".")}).csv`;
  const series = days.map(({ day, sum }) => [
    cardDay(day, language),
    sum.clicks,
    sum.impressions,
    cash(each(sum.cost, sum.clicks, currency)),
    cash(sum.cost),
  ]);
  out.write(name(say.series), utf8(csv([say.seriesHeader, ...series])));
  out.truth.days(
    "google_ads",
    account,
    window,
    days.map(({ day, sum: { impressions, clicks, cost } }) => ({ day, figures: { impressions, clicks, cost } })),
    { file: "google_ads.overview" },
  );

  const all = sumOf(
    days.map(({ sum }) => sum),
    currency,
  );
  const cents = currency === "KRW" ? 1 : 100;
  const [cost, impressions, clicks] = [
    shareOut(Math.round(Number(all.cost) * cents), [71, 26, 3]),
    shareOut(Number(all.impressions), [74, 22, 4]),
    shareOut(Number(all.clicks), [73, 24, 3]),
  ];
  const devices = say.deviceNames.map((device, at) => [
    device,
    cash(money((cost[at] ?? 0) / cents, currency)),
    impressions[at] ?? 0,
    clicks[at] ?? 0,
  ]);
  out.write(name(say.devices), utf8(csv([say.deviceHeader, ...devices])));
  out.truth.window({
    platform: "google_ads",
    account,
    report: "devices",
    ...window,
    figures: { impressions: all.impressions, clicks: all.clicks, cost: all.cost },
  });
}

interface Printed {
  impressions: string;
  clicks: string;
  cost: string;
  conversions: string;
  conversion_value: string;
}

function printed(day: AdDay, currency: "KRW" | "USD"): Printed {
  return {
    impressions: String(day.impressions),
    clicks: String(day.clicks),
    cost: money(day.cost, currency),
    conversions: (Math.floor(day.conversions * 100) / 100).toFixed(2),
    conversion_value: (Math.floor(day.value * 100) / 100).toFixed(2),
  };
}

function sumOf(rows: readonly Printed[], currency: "KRW" | "USD"): Printed {
  const cents = (pick: (row: Printed) => string) =>
    rows.reduce((sum, row) => sum + Math.round(Number(pick(row)) * 100), 0) / 100;
  return {
    impressions: String(cents(({ impressions }) => impressions)),
    clicks: String(cents(({ clicks }) => clicks)),
    cost: money(
      cents(({ cost }) => cost),
      currency,
    ),
    conversions: cents(({ conversions }) => conversions).toFixed(2),
    conversion_value: cents(({ conversion_value }) => conversion_value).toFixed(2),
  };
}

function additive({ impressions, clicks, cost, conversions }: Printed) {
  return { impressions, clicks, cost, conversions };
}

function table(lines: readonly (readonly Cell[])[], wide: boolean): Uint8Array {
  return wide ? utf16(csv(lines, { delimiter: "\t" })) : utf8(csv(lines));
}

function money(value: number, currency: "KRW" | "USD"): string {
  return value.toFixed(currency === "KRW" ? 0 : 2);
}

/** A quotient as the platform prints it: a bare 0 where there is nothing to divide by. */
function each(value: string, by: string, currency: "KRW" | "USD"): string {
  return Number(by) === 0 ? "0" : money(Number(value) / Number(by), currency);
}

function percent(value: string, of: string): string {
  return Number(of) === 0 ? none : `${((Number(value) / Number(of)) * 100).toFixed(2)}%`;
}

function period({ from, to }: Span, language: "ko" | "en"): string {
  const write = (day: Day) => {
    const { year, month, date } = parts(day);
    return language === "ko" ? `${year}년 ${month}월 ${date}일` : `${longMonthNames[month - 1]} ${date}, ${year}`;
  };
  return `${write(from)} - ${write(to)}`;
}

function cardDay(day: Day, language: "ko" | "en"): string {
  const { year, month, date } = parts(day);
  if (language === "ko") return `${year}년 ${month}월 ${date}일 (${"월화수목금토일"[weekdayOf(day)]})`;
  return `${weekdayNames[weekdayOf(day)]}, ${date} ${monthNames[month - 1]} ${year}`;
}

/** One ad group per campaign and match type. */
function groupOf({ campaign, match }: KeywordRow): string {
  return `${campaign.name.split(/[-_] ?/).at(-1)} ${match}`;
}
