/**
 * The base metrics and dimensions: the only things that are stored.
 *
 * A rate printed in an export (CTR, CPC, open rate, ROAS …) is never stored; KPIs recompute it from sums.
 */

/** A text in both languages. */
export interface Text {
  ko: string;
  en: string;
}

export type Unit = "count" | "money" | "seconds" | "hours" | "weight" | "people" | "estimate" | "points";

/**
 * How a metric behaves over days and rows: `sum` adds; `last` keeps the last value (followers); `never` may not be
 * added at all (people reached), so it counts only where an export gives it for exactly the period and cut.
 */
export type Additivity = "sum" | "last" | "never";

export interface Metric {
  unit: Unit;
  over: Additivity;
  /** Digits kept after the decimal point. 17 holds every digit that a double prints, so sums stay exact. */
  scale: 0 | 6 | 17;
  label: Text;
}

const metric =
  (unit: Unit, over: Additivity, scale: Metric["scale"]) =>
  (ko: string, en: string): Metric => ({ unit, over, scale, label: { ko, en } });
const count = metric("count", "sum", 0);
const fraction = metric("count", "sum", 17);
const money = metric("money", "sum", 17);
const people = metric("people", "never", 0);
const estimate = metric("estimate", "never", 6);

export const metrics = {
  impressions: count("노출수", "Impressions"),
  views: count("조회수", "Views"),
  clicks: count("클릭수", "Clicks"),
  link_clicks: count("링크 클릭수", "Link clicks"),
  engagements: count("반응수", "Engagements"),
  likes: count("좋아요", "Likes"),
  comments: count("댓글", "Comments"),
  shares: count("공유", "Shares"),
  reposts: count("리포스트", "Reposts"),
  saves: count("저장", "Saves"),
  profile_visits: count("프로필 방문", "Profile visits"),
  video_views: count("동영상 조회수", "Video views"),
  pageviews: count("페이지뷰", "Pageviews"),
  landing_page_views: count("랜딩 페이지 조회", "Landing page views"),
  event_count: count("이벤트 수", "Events"),
  sessions: count("세션수", "Sessions"),
  engaged_sessions: count("참여 세션수", "Engaged sessions"),
  new_users: count("신규 사용자", "New users"),
  posts: count("게시물 수", "Posts"),
  cost: money("광고비", "Cost"),
  conversions: fraction("전환수", "Conversions"),
  leads: fraction("DB 접수", "Leads"),
  adds_to_cart: fraction("장바구니 담기", "Adds to cart"),
  purchases: fraction("구매", "Purchases"),
  installs: fraction("설치", "Installs"),
  conversion_value: money("전환 매출", "Conversion value"),
  purchase_value: money("구매 매출", "Purchase value"),
  orders: count("주문수", "Orders"),
  revenue: money("매출", "Revenue"),
  new_customers: count("신규 고객", "New customers"),
  followers_gained: count("신규 팔로워", "Followers gained"),
  followers_lost: count("이탈 팔로워", "Followers lost"),
  followers_net: count("팔로워 순증", "Net followers"),
  followers: metric("count", "last", 0)("팔로워", "Followers"),
  sent: count("발송", "Sent"),
  delivered: count("발송 성공", "Delivered"),
  bounces: count("반송", "Bounces"),
  soft_bounces: count("일시 반송", "Soft bounces"),
  hard_bounces: count("영구 반송", "Hard bounces"),
  opens: count("오픈수", "Opens"),
  unique_opens: count("순 오픈(메일별)", "Unique opens (per email)"),
  unique_clicks: count("순 클릭(메일별)", "Unique clicks (per email)"),
  unsubscribes: count("수신거부", "Unsubscribes"),
  complaints: count("스팸 신고", "Complaints"),
  watch_time_hours: metric("hours", "sum", 17)("시청 시간", "Watch time (hours)"),
  engagement_seconds: metric("seconds", "sum", 6)("참여 시간(초)", "Engagement time (s)"),
  position_weight: metric("weight", "sum", 6)("순위 가중치", "Position weight"),
  reach: people("도달", "Reach"),
  users: people("방문자", "Visitors"),
  active_users: people("활성 사용자", "Active users"),
  unique_impressions: people("순 노출", "Unique impressions"),
  search_volume: estimate("검색량(추정)", "Search volume (estimate)"),
  traffic_estimate: estimate("트래픽(추정)", "Traffic (estimate)"),
  traffic_cost_estimate: estimate("트래픽 비용(추정)", "Traffic cost (estimate)"),
  promoters: count("추천 고객", "Promoters"),
  passives: count("중립 고객", "Passives"),
  detractors: count("비추천 고객", "Detractors"),
  responses: count("응답수", "Responses"),
  score_sum: metric("points", "sum", 6)("점수 합", "Score sum"),
  mentions_positive: count("긍정 언급", "Positive mentions"),
  mentions_negative: count("부정 언급", "Negative mentions"),
  active_start: people("기초 활성", "Active at start"),
  active_end: people("기말 활성", "Active at end"),
  retained: people("유지", "Retained"),
} as const satisfies Record<string, Metric>;

export type MetricId = keyof typeof metrics;
export const metricIds = Object.keys(metrics) as MetricId[];

/**
 * What an export cuts its figures by. A `key` dimension names an entity that has a platform id: facts hold the id
 * (or the name where the export has none) under the dimension's name and the name under `<dimension>_name`.
 */
interface Dimension {
  label: Text;
  entity?: boolean;
}

export const dimensions = {
  campaign: { label: { ko: "캠페인", en: "Campaign" }, entity: true },
  ad_group: { label: { ko: "광고그룹", en: "Ad group" }, entity: true },
  ad: { label: { ko: "소재", en: "Ad" }, entity: true },
  keyword: { label: { ko: "키워드", en: "Keyword" }, entity: true },
  match_type: { label: { ko: "검색 유형", en: "Match type" } },
  search_term: { label: { ko: "검색어", en: "Search term" } },
  query: { label: { ko: "검색어", en: "Query" } },
  page: { label: { ko: "페이지", en: "Page" } },
  post: { label: { ko: "게시물", en: "Post" }, entity: true },
  email: { label: { ko: "이메일", en: "Email" }, entity: true },
  country: { label: { ko: "국가", en: "Country" } },
  region: { label: { ko: "지역", en: "Region" } },
  device: { label: { ko: "기기", en: "Device" } },
  network: { label: { ko: "네트워크", en: "Network" } },
  placement: { label: { ko: "지면", en: "Placement" } },
  gender: { label: { ko: "성별", en: "Gender" } },
  age: { label: { ko: "연령", en: "Age" } },
  hour: { label: { ko: "시간대", en: "Hour" } },
  weekday: { label: { ko: "요일", en: "Weekday" } },
  channel_group: { label: { ko: "채널 그룹", en: "Channel group" } },
  segment: { label: { ko: "세그먼트", en: "Segment" } },
} as const satisfies Record<string, Dimension>;

export type DimensionId = keyof typeof dimensions;
export const dimensionIds = Object.keys(dimensions) as DimensionId[];
export const entityDimensions = dimensionIds.filter((id) => "entity" in dimensions[id]);

/** A platform by the name of its file in `config/formats/`: there is no other list. */
export type PlatformId = string;

export const channels = ["seo", "ppc", "social", "email", "message", "web", "product", "overview"] as const;
export type ChannelId = (typeof channels)[number];
export const cadences = ["daily", "weekly", "monthly", "quarterly"] as const;
export type Cadence = (typeof cadences)[number];
export type Locale = "ko-KR" | "en-US";
