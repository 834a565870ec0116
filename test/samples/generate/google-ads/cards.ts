import { csv, thousands, utf8 } from "../csv.ts";
import { type Day, eachDay, monthNames, parts, type Span, weekdayNames, weekdayOf } from "../day.ts";
import type { Output } from "../output.ts";
import { shareOut } from "../random.ts";
import { campaignDays, type GoogleAccount } from "./account.ts";
import { each, money, sumOf } from "./print.ts";
import { words } from "./words.ts";

/** Account level, money with its symbol, and the period in the name alone. */
export function overviewCards(of: GoogleAccount, window: Span, out: Output): void {
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

function cardDay(day: Day, language: "ko" | "en"): string {
  const { year, month, date } = parts(day);
  if (language === "ko") return `${year}년 ${month}월 ${date}일 (${"월화수목금토일"[weekdayOf(day)]})`;
  return `${weekdayNames[weekdayOf(day)]}, ${date} ${monthNames[month - 1]} ${year}`;
}
