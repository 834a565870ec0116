import { type Cell, csv, nthDownload, thousands, utf8WithBom } from "./csv.ts";
import { addDays, type Day, eachDay, type Span, weekdayOf } from "./day.ts";
import type { NaverKeyword } from "./hanbit.ts";
import { type Business, seen, settled, wholeConversions } from "./model.ts";
import type { Output } from "./output.ts";
import { jitter, shareOut } from "./random.ts";
import type { DayRow } from "./truth.ts";

const settling = { missing: 0.08, days: 14 };
const account = "hanbit";

/** The earlier screen's download: names with units, thousands separators. */
const earlier: Span = { from: "2024-09-01", to: "2024-11-30" };
/** The screen gives 92 days at most. No window covers 2026-03-15: one ends the day before, the next begins the day after. */
const later: Span[] = [
  { from: "2024-12-01", to: "2025-02-28" },
  { from: "2025-02-15", to: "2025-05-15" },
  { from: "2025-05-02", to: "2025-07-31" },
  { from: "2025-07-18", to: "2025-10-15" },
  { from: "2025-10-02", to: "2025-12-31" },
  { from: "2025-12-18", to: "2026-03-14" },
  { from: "2026-03-16", to: "2026-06-15" },
  { from: "2026-06-02", to: "2026-08-31" },
  { from: "2026-08-18", to: "2026-10-04" },
  ...["2026-10-11", "2026-10-18", "2026-10-25", "2026-11-01"].map((to) => ({ from: addDays(to, -30), to })),
];
/** Orders follow the day: quiet at night, busy at lunch and late in the evening; weekends start later. */
const hoursOfWeekdays = [14, 8, 5, 3, 3, 5, 11, 24, 38, 52, 60, 62, 68, 64, 57, 54, 52, 50, 49, 54, 64, 74, 70, 38];
const hoursOfWeekends = [22, 14, 8, 5, 4, 4, 7, 13, 24, 38, 52, 58, 60, 62, 62, 61, 58, 55, 53, 58, 70, 80, 74, 44];

/** Naver Search Ad's multi-dimension reports: keyword × day over the whole span, and day × hour for the newest month. */
export function naver(business: Business, keywords: readonly NaverKeyword[], out: Output): void {
  const rows = (window: Span) => keywordRows(business, keywords, window);
  const record = (window: Span, of: readonly NaverRow[]) =>
    out.truth.days(
      "naver_searchad",
      account,
      window,
      of.map(({ keyword, day, figures }) => ({ day, campaign: keyword.name, figures })),
    );

  const old = rows(earlier);
  out.write(`naver/캠페인보고서,${account}.csv`, utf8WithBom(earlierReport(old)));
  record(earlier, old);
  later.forEach((window, nth) => {
    const held = rows(window);
    out.write(`naver/${nthDownload(`키워드_보고서_${account}.csv`, nth)}`, utf8WithBom(keywordReport(window, held)));
    record(window, held);
  });
  const newest = later.at(-1);
  if (newest) hourReport(newest, rows(newest), out);
}

interface NaverRow {
  keyword: NaverKeyword;
  day: Day;
  figures: Record<"impressions" | "clicks" | "cost" | "conversions" | "conversion_value" | "position_weight", string>;
  rank: string;
}

function keywordRows(business: Business, keywords: readonly NaverKeyword[], window: Span): NaverRow[] {
  return keywords.flatMap((keyword) =>
    eachDay(window).flatMap((day) => {
      const final = settled(business, keyword, day);
      const now = final && seen(final, day, window.to, settling);
      if (!now || now.impressions === 0) return [];
      const key = `${keyword.kind}|${day}`;
      const { conversions, value } = wholeConversions(key, now);
      const tenths = Math.max(10, Math.round(keyword.rank * 10 * jitter(`${key}|rank`, 0.2)));
      return [
        {
          keyword,
          day,
          rank: (tenths / 10).toFixed(1),
          figures: {
            impressions: String(now.impressions),
            clicks: String(now.clicks),
            cost: now.clicks === 0 ? "0" : now.cost.toFixed(0),
            conversions: String(conversions),
            conversion_value: String(Math.round(value / 100) * 100),
            position_weight: ((now.impressions * tenths) / 10).toFixed(1),
          },
        },
      ];
    }),
  );
}

const dimensions = ["캠페인", "광고그룹", "키워드", "일별"];

function keywordReport(window: Span, rows: readonly NaverRow[]): string {
  const header = [
    ...dimensions,
    "노출수",
    "클릭수",
    "클릭률(%)",
    "평균 CPC",
    "총비용",
    "평균노출순위",
    "총 전환수",
    "총 전환율(%)",
    "총 전환매출액(원)",
  ];
  const title = `키워드 보고서(${dots(window.from)}~${dots(window.to)}),${account}`;
  return csv([
    [title],
    header,
    ...rows.map(({ keyword, day, figures, rank }) => [
      keyword.name,
      keyword.group,
      keyword.keyword,
      dots(day),
      ...numbers({ ...figures, rank }),
    ]),
  ]);
}

function earlierReport(rows: readonly NaverRow[]): string {
  const header = [
    ...dimensions,
    "노출수",
    "클릭수",
    "클릭률(%)",
    "평균클릭비용(VAT포함,원)",
    "총비용(VAT포함,원)",
    "평균노출순위",
    "전환수",
    "전환율(%)",
    "전환매출액(원)",
  ];
  const title = `캠페인보고서(${dots(earlier.from)}~${dots(earlier.to)}),${account}\n`;
  return (
    title +
    csv([
      header,
      ...rows.map(({ keyword, day, figures, rank }) => [
        keyword.name,
        keyword.group,
        keyword.keyword,
        dots(day),
        ...numbers({ ...figures, rank }).map(thousands),
      ]),
    ])
  );
}

function hourReport(window: Span, rows: readonly NaverRow[], out: Output): void {
  const hours = eachDay(window).flatMap((day) => {
    const total = (metric: keyof NaverRow["figures"]) =>
      rows.filter((row) => row.day === day).reduce((sum, { figures }) => sum + Number(figures[metric]), 0);
    const curve = weekdayOf(day) >= 5 ? hoursOfWeekends : hoursOfWeekdays;
    const weights = (metric: string, spread: number) =>
      curve.map((weight, hour) => weight * jitter(`naver|${day}|${hour}|${metric}`, spread));
    const impressions = shareOut(total("impressions"), weights("impressions", 0.15));
    const clicks = shareOut(total("clicks"), weights("clicks", 0.35));
    const clicked = clicks.map((count, hour) => count * jitter(`naver|${day}|${hour}|cost`, 0.2));
    const cost = shareOut(total("cost"), clicked);
    const conversions = shareOut(
      total("conversions"),
      clicks.map((count, hour) => count * jitter(`naver|${day}|${hour}|conversions`, 0.9)),
    );
    const value = shareOut(total("conversion_value"), conversions.some(Boolean) ? conversions : clicks);
    return curve.map((_, hour) => ({
      day,
      hour,
      impressions: String(impressions[hour]),
      clicks: String(clicks[hour]),
      cost: String(cost[hour]),
      conversions: String(conversions[hour]),
      conversion_value: String(value[hour]),
      rank: (2.6 * jitter(`naver|${day}|${hour}|rank`, 0.2)).toFixed(1),
    }));
  });
  const header = [
    "일별",
    "시간대별",
    "노출수",
    "클릭수",
    "클릭률(%)",
    "평균 CPC",
    "총비용",
    "평균노출순위",
    "총 전환수",
    "총 전환율(%)",
    "총 전환매출액(원)",
  ];
  const slot = (hour: number) => `${String(hour).padStart(2, "0")}시~${String(hour + 1).padStart(2, "0")}시`;
  const title = `시간대별 보고서(${dots(window.from)}~${dots(window.to)}),${account}`;
  out.write(
    `naver/시간대별_보고서_${account}.csv`,
    utf8WithBom(csv([[title], header, ...hours.map((row) => [dots(row.day), slot(row.hour), ...numbers(row)])])),
  );
  const facts = hours.map(
    ({ day, impressions, clicks, cost, conversions, conversion_value, rank }): DayRow => ({
      day,
      figures: {
        impressions,
        clicks,
        cost,
        conversions,
        conversion_value,
        position_weight: ((Number(impressions) * Math.round(Number(rank) * 10)) / 10).toFixed(1),
      },
    }),
  );
  out.truth.days("naver_searchad", account, window, facts, { file: "naver_searchad.hours" });
}

/** The figures in the order of every Naver report: plain numbers, percentages without their sign. */
function numbers(row: {
  impressions: string;
  clicks: string;
  cost: string;
  conversions: string;
  conversion_value: string;
  rank: string;
}): Cell[] {
  const ratio = (value: string, by: string, times: number, places: number) =>
    Number(by) === 0 ? "0" : String(Number(((Number(value) / Number(by)) * times).toFixed(places)));
  return [
    row.impressions,
    row.clicks,
    ratio(row.clicks, row.impressions, 100, 2),
    ratio(row.cost, row.clicks, 1, 0),
    row.cost,
    row.rank,
    row.conversions,
    ratio(row.conversions, row.clicks, 100, 2),
    row.conversion_value,
  ];
}

function dots(day: Day): string {
  return `${day.replaceAll("-", ".")}.`;
}
