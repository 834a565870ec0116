import type { Property } from "./ga4/visits.ts";
import { hanbit } from "./hanbit.ts";
import type { MailAccount } from "./mailchimp.ts";
import type { Page } from "./page-series.ts";
import type { Feed } from "./posts/posts.ts";
import type { Site } from "./search-console.ts";
import type { Shop } from "./shop.ts";
import type { XAccount } from "./x-overview.ts";

const site = "https://www.hanbit.example";

export const hanbitSite: Site = {
  business: hanbit,
  account: "sc-domain:hanbit.example",
  prefix: "hanbit.example",
  language: "ko",
  clicks: 640,
  ctr: 0.036,
  position: 11.4,
  climb: 2.9,
  queries: [
    ["한빛커피", 120, 1.3],
    ["한빛 커피", 64, 1.4],
    ["원두 추천", 42, 6.8],
    ["드립백 커피", 38, 7.4],
    ["콜드브루 원액", 30, 8.1],
    ["디카페인 원두", 28, 6.2],
    ["핸드드립 방법", 26, 9.3],
    ["에티오피아 예가체프", 24, 8.8],
    ["커피 선물세트", 22, 9.9],
    ["원두 보관법", 21, 5.4],
    ["홈카페 원두", 18, 10.2],
    ["드립백 추천", 17, 8.6],
    ["콜드브루 만들기", 16, 7.7],
    ["원두 구독", 15, 5.9],
    ["스페셜티 원두", 14, 11.3],
    ["커피 원두 종류", 13, 12.4],
    ["hanbit coffee", 12, 1.8],
    ["더치커피 차이", 11, 9.1],
    ["과테말라 안티구아", 10, 10.6],
    ["드립백 선물", 10, 7.2],
    ["원두 분쇄도", 9, 8.3],
    ["아이스 드립커피", 8, 11.9],
    ["케냐 aa", 8, 13.2],
    ["+디카페인 드립백", 7, 6.6],
    ["모카포트 원두", 7, 12.8],
    ["커피 신맛", 6, 14.1],
    ["브라질 세하도", 6, 12.2],
    ["사무실 원두", 5, 10.8],
    ["원두 로스팅 날짜", 5, 9.7],
    ["콜롬비아 수프리모", 5, 13.7],
    ["커피 정기배송", 4, 8.9],
    ["드립백 유통기한", 4, 6.1],
  ],
  movers: { "드립백 커피": 1.9, "드립백 선물": 1.7, "콜드브루 원액": 0.5, "콜드브루 만들기": 0.55 },
  pages: [
    [`${site}/`, 100],
    [`${site}/shop/beans`, 62],
    [`${site}/shop/dripbag`, 58],
    [`${site}/guide/hand-drip`, 41],
    [`${site}/shop/coldbrew`, 34],
    [`${site}/guide/storage`, 30],
    [`${site}/shop/gift`, 27],
    [`${site}/shop/decaf`, 26],
    [`${site}/guide/cold-brew`, 22],
    [`${site}/origin/ethiopia`, 19],
    [`${site}/subscribe`, 16],
    [`${site}/origin/guatemala`, 11],
    [`${site}/guide/grind`, 10],
    [`${site}/about`, 5],
  ],
  longWindows: [
    { from: "2024-09-01", to: "2025-12-27", downloaded: "2025-12-30" },
    { from: "2025-07-01", to: "2026-06-27", downloaded: "2026-06-30" },
    { from: "2026-07-03", to: "2026-10-05", downloaded: "2026-10-08" },
  ],
};

export const hanbitProperty: Property = {
  business: hanbit,
  account: "properties/311222333",
  names: { account: "한빛커피", property: "한빛커피 온라인몰 - GA4" },
  language: "ko",
  channels: [
    { name: "Organic Search", sessions: 1880, engaged: 0.64, seconds: 78, purchases: 0.021 },
    { name: "Paid Search", sessions: 1490, engaged: 0.59, seconds: 62, purchases: 0.034 },
    { name: "Direct", sessions: 910, engaged: 0.6, seconds: 84, purchases: 0.031 },
    { name: "Paid Social", sessions: 640, engaged: 0.46, seconds: 37, purchases: 0.018 },
    { name: "Organic Social", sessions: 270, engaged: 0.52, seconds: 44, purchases: 0.009 },
    { name: "Referral", sessions: 220, engaged: 0.61, seconds: 71, purchases: 0.014 },
    { name: "Email", sessions: 180, engaged: 0.7, seconds: 93, purchases: 0.046 },
    { name: "Unassigned", sessions: 64, engaged: 0.28, seconds: 15, purchases: 0.006 },
  ],
  pages: [
    ["/", 100, 31],
    ["/shop/beans", 74, 58],
    ["/shop/dripbag", 69, 55],
    ["/shop/gift", 41, 49],
    ["/shop/coldbrew", 38, 52],
    ["/cart", 33, 40],
    ["/guide/hand-drip", 28, 121],
    ["/shop/decaf", 26, 51],
    ["/checkout", 21, 96],
    ["/guide/storage", 17, 104],
    ["/checkout/complete", 12, 18],
    ["/subscribe", 11, 63],
    ["/my/orders", 10, 35],
    ["/guide/cold-brew", 9, 117],
    ["(not set)", 1, 4],
  ],
  aov: 33200,
  cents: false,
};

const captions: Feed["captions"] = [
  "오늘의 원두, 에티오피아 예가체프 ☕\n꽃향과 감귤의 산미를 느껴 보세요.",
  "드립백 체험팩이 돌아왔어요! 7가지 맛을 한 번에 🎁",
  '집에서도 "카페처럼" 내리는 법: 물 온도 92도, 30초 뜸.',
  "콜드브루 원액 1L, 얼음만 준비하세요.",
  "로스팅실 소식. 이번 주는 과테말라 안티구아를 볶습니다.",
  "선물하기 좋은 날, 보자기 포장은 무료입니다.",
  "댓글로 최애 원두를 알려 주세요. 세 분께 드립백을 드려요 🙌",
  "디카페인도 맛있을 수 있어요.\n밤 9시의 커피 한 잔.",
  "산지에서 온 편지: 농장의 수확이 시작됐어요.",
];

export const hanbitFacebook: Feed = {
  business: hanbit,
  account: "hanbitcoffee",
  id: "100063512345678",
  name: "한빛커피",
  weekdays: [0, 2, 4],
  views: 3400,
  captions,
};
export const hanbitInstagram: Feed = {
  business: hanbit,
  account: "hanbit.coffee",
  id: "17841401234567890",
  name: "한빛커피",
  weekdays: [0, 1, 3, 5],
  views: 7200,
  captions,
};
export const hanbitX: Feed & XAccount = {
  business: hanbit,
  account: "@hanbit_coffee",
  id: "",
  name: "한빛커피",
  weekdays: [1, 4],
  views: 1500,
  captions,
  impressions: 1900,
};

export const hanbitPages: Page[] = [
  {
    business: hanbit,
    account: "hanbitcoffee",
    platform: "facebook_page",
    folder: "facebook",
    series: [
      { file: "Views", label: "Views", metric: "views", daily: 2900 },
      { file: "Follows", label: "Facebook follows", metric: "followers_gained", daily: 0.9, sparse: true },
      { file: "Interactions", label: "Content interactions", metric: "engagements", daily: 74 },
    ],
  },
  {
    business: hanbit,
    account: "hanbit.coffee",
    platform: "instagram",
    folder: "instagram",
    series: [
      { file: "Views", label: "Views", metric: "views", daily: 9800 },
      { file: "Follows", label: "Instagram follows", metric: "followers_gained", daily: 14 },
      { file: "Interactions", label: "Content interactions", metric: "engagements", daily: 410 },
    ],
  },
];

export const hanbitMail: MailAccount = {
  business: hanbit,
  account: "hanbit-mail",
  audience: "한빛커피 소식",
  layout: "now",
  recipients: 14200,
  aov: 34000,
  cents: false,
  downloaded: ["2025-07-31", "2026-04-30", "2026-10-01", "2026-10-15", "2026-10-25", "2026-11-01"],
  subjects: [
    "이번 주 갓 볶은 원두 3종",
    "드립백 체험팩 20% 할인",
    "(광고) 오늘만 무료배송 ☕",
    "밤에도 좋은 디카페인",
    "선물 고민 끝, 커피 선물세트",
    "홈카페 레시피: 라떼 편",
    "정기구독 첫 달 반값",
    "장바구니에 담아 둔 커피가 기다려요",
  ],
};

export const hanbitShop: Shop = { business: hanbit, account: "hanbit-shop", orders: 182, aov: 33500, cents: false };
