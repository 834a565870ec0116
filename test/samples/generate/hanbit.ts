import { addDays, type Day, daysBetween, type Span, weekdayOf, within } from "./day.ts";
import { type Business, type Campaign, growth } from "./model.ts";

const span = { from: "2024-09-01", to: "2026-11-01" };
const weekdays = [1.06, 1.04, 1.02, 1, 0.97, 0.9, 1.01];
const months = [1.02, 0.98, 0.97, 0.96, 1, 1.04, 1.06, 1.02, 1.03, 1.03, 1.08, 1.14];
/** Seollal and Chuseok with the days off around them; gifts are bought in the two weeks before. */
const feasts: Span[] = [
  { from: "2024-09-16", to: "2024-09-18" },
  { from: "2025-01-25", to: "2025-01-30" },
  { from: "2025-10-05", to: "2025-10-08" },
  { from: "2026-02-16", to: "2026-02-18" },
  { from: "2026-09-24", to: "2026-09-26" },
];
const sales: Span[] = [
  { from: "2024-11-11", to: "2024-11-11" },
  { from: "2024-11-29", to: "2024-12-01" },
  { from: "2025-11-11", to: "2025-11-11" },
  { from: "2025-11-28", to: "2025-11-30" },
];

/** 한빛커피: a Korean coffee brand with an online shop. Figures in won, its Meta account in dollars. */
export const hanbit: Business = {
  slug: "hanbit-coffee",
  span,
  traffic: (day) =>
    growth(span, day, 1.42) *
    (weekdays[weekdayOf(day)] ?? 1) *
    (months[Number(day.slice(5, 7)) - 1] ?? 1) *
    gifts(day).traffic *
    (on(sales, day) ? 1.35 : 1),
  intent: (day) => growth(span, day, 1.06) * gifts(day).intent * (on(sales, day) ? 1.3 : 1),
};

/** Cold brew is a summer drink. */
const summer = [0.5, 0.52, 0.65, 0.85, 1.15, 1.5, 1.7, 1.65, 1.2, 0.8, 0.58, 0.5];
const newestWeek = { from: "2026-10-26", to: "2026-11-01" };

export const hanbitGoogle: Campaign[] = [
  { name: "검색_브랜드_한빛커피", kind: "search", cost: 46000, cpc: 330, ctr: 0.058, cvr: 0.052, aov: 31000 },
  { name: "검색_원두", kind: "search", cost: 104000, cpc: 610, ctr: 0.036, cvr: 0.056, aov: 34000 },
  {
    name: "검색_드립백",
    kind: "search",
    cost: 78000,
    cpc: 520,
    ctr: 0.033,
    cvr: 0.05,
    aov: 29500,
    stories: [
      { from: "2026-10-12", to: "2026-11-01", spend: 1.12, cvr: 1.05 },
      { ...newestWeek, spend: 1.22, cvr: 1.24 },
    ],
  },
  { name: "실적 최대화_선물세트", kind: "pmax", cost: 112000, cpc: 410, ctr: 0.0145, cvr: 0.037, aov: 42000 },
  {
    name: "디스플레이_리마케팅",
    kind: "display",
    cost: 38000,
    cpc: 250,
    ctr: 0.0115,
    cvr: 0.021,
    aov: 30500,
    paused: { from: "2026-05-18", to: "2026-09-13" },
  },
];

export const hanbitMeta: Campaign[] = [
  {
    name: "[전환] 신규고객_드립백 체험팩",
    kind: "meta",
    cost: 62,
    cpc: 0.34,
    ctr: 0.017,
    cvr: 0.031,
    aov: 27.5,
    stories: [{ from: "2026-10-01", to: "2026-11-01", spend: 1.18, cvr: 1.06 }],
  },
  { name: "[전환] 리타겟팅_장바구니", kind: "meta", cost: 34, cpc: 0.42, ctr: 0.022, cvr: 0.062, aov: 29 },
  {
    name: "[카탈로그] 전상품",
    kind: "meta",
    cost: 48,
    cpc: 0.29,
    ctr: 0.015,
    cvr: 0.034,
    aov: 30,
    stories: [{ ...newestWeek, spend: 0.92, cvr: 0.72 }],
  },
  { name: "[트래픽] 산지 이야기", kind: "meta", cost: 22, cpc: 0.14, ctr: 0.026, cvr: 0.004, aov: 28 },
];

export interface NaverKeyword extends Campaign {
  group: string;
  keyword: string;
  /** Average rank of the ad on the result page. */
  rank: number;
}

const keyword = (
  name: string,
  group: string,
  word: string,
  cost: number,
  cpc: number,
  ctr: number,
  cvr: number,
  rank: number,
  more: Partial<Campaign> = {},
): NaverKeyword => ({
  name,
  group,
  keyword: word,
  kind: `naver|${group}|${word}`,
  cost,
  cpc,
  ctr,
  cvr,
  aov: 33000,
  rank,
  ...more,
});
const cold = { season: summer, aov: 31000, stories: [{ ...newestWeek, spend: 0.7, cvr: 0.82 }] };

/** Costs with VAT. `-` is what Naver prints where no keyword of the advertiser's was matched. */
export const hanbitNaver: NaverKeyword[] = [
  keyword("파워링크_원두", "원두_일반", "원두", 42000, 840, 0.021, 0.071, 2.6),
  keyword("파워링크_원두", "원두_일반", "스페셜티원두", 21000, 620, 0.034, 0.069, 2.1),
  keyword("파워링크_원두", "원두_일반", "핸드드립원두", 17000, 560, 0.037, 0.066, 1.9),
  keyword("파워링크_원두", "원두_일반", "-", 9000, 430, 0.016, 0.045, 3.8),
  keyword("파워링크_원두", "원두_홈카페", "홈카페원두추천", 13000, 540, 0.032, 0.058, 2.3),
  keyword("파워링크_원두", "원두_홈카페", "디카페인원두", 16000, 590, 0.041, 0.073, 1.7),
  keyword("파워링크_콜드브루", "콜드브루_원액", "콜드브루", 26000, 610, 0.028, 0.062, 2.4, cold),
  keyword("파워링크_콜드브루", "콜드브루_원액", "콜드브루원액", 19000, 520, 0.039, 0.07, 1.8, cold),
  keyword("파워링크_콜드브루", "콜드브루_원액", "더치커피", 8000, 450, 0.026, 0.048, 2.9, cold),
  keyword("파워링크_선물", "선물세트", "커피선물세트", 22000, 690, 0.03, 0.054, 2.2, { aov: 46000 }),
  keyword("파워링크_선물", "선물세트", "드립백선물", 15000, 580, 0.035, 0.056, 2, { aov: 39000 }),
  keyword("쇼핑검색_전상품", "쇼핑_커피", "-", 58000, 370, 0.0155, 0.043, 3.1, { aov: 30500 }),
];

export const hanbitSearches: Record<string, [string, number, "broad" | "phrase" | "exact"][]> = {
  검색_브랜드_한빛커피: [
    ["한빛커피", 6, "exact"],
    ["한빛 커피 원두", 3, "phrase"],
    ["hanbit coffee", 1, "exact"],
  ],
  검색_원두: [
    ["원두 추천", 5, "phrase"],
    ["원두 구독", 4, "broad"],
    ["스페셜티 원두", 3, "exact"],
    ["에티오피아 예가체프", 2, "phrase"],
    ["디카페인 원두", 2, "exact"],
  ],
  검색_드립백: [
    ["드립백 커피", 6, "exact"],
    ["드립백 선물", 3, "phrase"],
    ["드립백 추천", 2, "broad"],
  ],
};

function gifts(day: Day): { traffic: number; intent: number } {
  if (on(feasts, day)) return { traffic: 0.58, intent: 0.78 };
  const ahead = feasts.find((feast) => within(day, { from: addDays(feast.from, -14), to: addDays(feast.from, -1) }));
  if (!ahead) return { traffic: 1, intent: 1 };
  const left = daysBetween(day, ahead.from);
  return left <= 2 ? { traffic: 0.9, intent: 0.85 } : { traffic: 1.28, intent: 1.16 };
}

function on(spans: readonly Span[], day: Day): boolean {
  return spans.some((each) => within(day, each));
}
