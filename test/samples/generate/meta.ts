import { type Cell, csv, utf8WithBom } from "./csv.ts";
import { type Day, eachDay, monthNames, parts, type Span } from "./day.ts";
import { type Business, type Campaign, seen, settled, wholeConversions } from "./model.ts";
import type { Output } from "./output.ts";
import { digits, jitter } from "./random.ts";
import { downloads } from "./windows.ts";

export interface MetaAccount {
  business: Business;
  account: string;
  /** The account's name, which begins the file's. */
  name: string;
  language: "ko" | "en";
  campaigns: readonly Campaign[];
}

const settling = { missing: 0.15, days: 28 };
const headers = {
  ko: [
    "보고 시작",
    "보고 종료",
    "캠페인 이름",
    "일",
    "캠페인 게재",
    "기여 설정",
    "결과",
    "결과 표시 도구",
    "도달",
    "빈도",
    "지출 금액 (USD)",
    "노출",
    "CPM(1,000회 노출당 비용) (USD)",
    "링크 클릭",
    "shop_clicks",
    "CPC(링크 클릭당 비용) (USD)",
    "CTR(링크 클릭률)",
    "클릭(전체)",
    "랜딩 페이지 조회",
    "공유 항목이 포함된 장바구니에 담기",
    "공유 항목이 포함된 구매",
    "공유 항목의 구매 전환값",
  ],
  en: [
    "Account name",
    "Campaign name",
    "Campaign ID",
    "Day",
    "Campaign delivery",
    "Attribution setting",
    "Results",
    "Result indicator",
    "Reach",
    "Frequency",
    "Currency",
    "Amount spent (USD)",
    "Impressions",
    "CPM (cost per 1,000 impressions) (USD)",
    "Link clicks",
    "CPC (cost per link click) (USD)",
    "CTR (link click-through rate)",
    "Clicks (all)",
    "Landing page views",
    "Adds to cart",
    "Purchases",
    "Purchases conversion value",
    "Reporting starts",
    "Reporting ends",
  ],
};

/** Ads Manager, campaign × day. Both ad accounts are kept in dollars; blank means none, and the totals row has no names. */
export function meta(account: MetaAccount, out: Output): void {
  const windows = downloads(account.business.span, { months: 6, overlap: 30, weeklyFrom: "2026-10-05", trailing: 30 });
  for (const window of windows) {
    const rows = campaignDays(account, window);
    const lines = [
      headers[account.language],
      line(account, window, null, totalOf(rows)),
      ...rows.map((row) => line(account, window, row, row)),
    ];
    out.write(
      `meta/${account.name}-Campaigns-${dashes(window.from)}-${dashes(window.to)}.csv`,
      utf8WithBom(csv(lines)),
    );
    out.truth.days(
      "meta_ads",
      account.account,
      window,
      rows.map(({ campaign, day, ...row }) => ({ day, campaign: campaign.name, figures: figures(row) })),
    );
  }
}

interface Counts {
  impressions: number;
  reach: number;
  cost: string;
  linkClicks: number;
  clicks: number;
  landings: number;
  carts: number;
  purchases: number;
  value: string;
}

interface CampaignDay extends Counts {
  campaign: Campaign;
  day: Day;
}

function campaignDays({ business, campaigns }: MetaAccount, window: Span): CampaignDay[] {
  return campaigns.flatMap((campaign) =>
    eachDay(window).flatMap((day) => {
      const final = settled(business, campaign, day);
      if (!final) return [];
      const now = seen(final, day, window.to, settling);
      const key = `${business.slug}|${campaign.name}|${day}`;
      const { conversions, value } = wholeConversions(key, now);
      return [
        {
          campaign,
          day,
          impressions: now.impressions,
          reach: Math.round(now.impressions / (1.18 * jitter(`${key}|reach`, 0.08))),
          cost: now.cost.toFixed(2),
          linkClicks: now.clicks,
          clicks: Math.round(now.clicks * 1.32 * jitter(`${key}|all`, 0.06)),
          landings: Math.round(now.clicks * 0.79 * jitter(`${key}|landing`, 0.05)),
          carts: Math.round(now.conversions * 3.1 * jitter(`${key}|cart`, 0.2)),
          purchases: conversions,
          value: value.toFixed(2),
        },
      ];
    }),
  );
}

function line(
  { language, name }: MetaAccount,
  window: Span,
  of: { campaign: Campaign; day: Day } | null,
  row: Counts,
): Cell[] {
  const known = (value: number) => (value === 0 ? "" : value);
  const ratio = (value: number, by: number) => (by === 0 ? "" : (value / by).toFixed(6));
  const traffic = of?.campaign.name.includes("트래픽") || of?.campaign.name.includes("Video");
  const result =
    of === null
      ? ["", ""]
      : traffic
        ? [known(row.linkClicks), "actions:link_click"]
        : [known(row.purchases), row.purchases === 0 ? "" : "actions:omni_purchase"];
  const delivery = of === null ? ["", ""] : ["active", "7-day click or 1-day view"];
  const spend = Number(row.cost);
  const before = [...delivery, ...result, row.reach, ratio(row.impressions, row.reach)];
  const between = [row.cost, row.impressions, ratio(spend * 1000, row.impressions), known(row.linkClicks)];
  const after = [
    ratio(spend, row.linkClicks),
    ratio(row.linkClicks * 100, row.impressions),
    known(row.clicks),
    known(row.landings),
    known(row.carts),
    known(row.purchases),
    row.purchases === 0 ? "" : row.value,
  ];
  if (language === "ko") {
    const span = of ? [of.day, of.day] : [window.from, window.to];
    return [...span, of?.campaign.name ?? "", of?.day ?? "", ...before, ...between, "", ...after];
  }
  const id = of ? `1202${digits(`meta|${of.campaign.name}`, 14)}` : "";
  return [
    of ? name.replaceAll("-", " ") : "",
    of?.campaign.name ?? "",
    id,
    of?.day ?? "",
    ...before,
    of ? "USD" : "",
    ...between,
    ...after,
    window.from,
    window.to,
  ];
}

function totalOf(rows: readonly Counts[]): Counts {
  const sum = (pick: (row: Counts) => number) => rows.reduce((all, row) => all + pick(row), 0);
  return {
    impressions: sum(({ impressions }) => impressions),
    reach: Math.round(sum(({ reach }) => reach) * 0.37),
    cost: sum(({ cost }) => Number(cost)).toFixed(2),
    linkClicks: sum(({ linkClicks }) => linkClicks),
    clicks: sum(({ clicks }) => clicks),
    landings: sum(({ landings }) => landings),
    carts: sum(({ carts }) => carts),
    purchases: sum(({ purchases }) => purchases),
    value: sum(({ value, purchases }) => (purchases === 0 ? 0 : Number(value))).toFixed(2),
  };
}

function figures({ impressions, cost, linkClicks, clicks, landings, carts, purchases, value }: Counts) {
  const known = (count: number) => (count === 0 ? null : String(count));
  return {
    impressions: String(impressions),
    cost,
    link_clicks: known(linkClicks),
    clicks: known(clicks),
    landing_page_views: known(landings),
    adds_to_cart: known(carts),
    conversions: known(purchases),
    conversion_value: purchases === 0 ? null : value,
  };
}

function dashes(day: Day): string {
  const { year, month, date } = parts(day);
  return `${monthNames[month - 1]}-${date}-${year}`;
}
