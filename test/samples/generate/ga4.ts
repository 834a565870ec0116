import Big from "big.js";
import { csv, nthDownload, utf8 } from "./csv.ts";
import { type Day, eachDay, monthsOf, type Span } from "./day.ts";
import { type Business, growth } from "./model.ts";
import type { Output } from "./output.ts";
import { jitter, shareOut, wholeNumber } from "./random.ts";

export interface Property {
  business: Business;
  account: string;
  /** The property's number and name, as the preamble has them. */
  names: { account: string; property: string };
  language: "ko" | "en";
  channels: readonly Channel[];
  pages: readonly [path: string, weight: number, seconds: number][];
  /** Value of one purchase in the property's currency. */
  aov: number;
  cents: boolean;
}

/** Sessions of an ordinary day, and what they do. */
export interface Channel {
  name: string;
  sessions: number;
  engaged: number;
  seconds: number;
  purchases: number;
}

const words = {
  ko: {
    account: "계정",
    property: "속성",
    start: "시작일",
    end: "종료일",
    users: "모든 사용자",
    traffic: {
      file: "트래픽_획득_세션_기본_채널_그룹(기본_채널_그룹).csv",
      title: "트래픽 획득: 세션 기본 채널 그룹(기본 채널 그룹)",
    },
    trafficHeader: [
      "세션 기본 채널 그룹(기본 채널 그룹)",
      "세션수",
      "참여 세션수",
      "참여율",
      "세션당 평균 참여 시간",
      "세션당 이벤트",
      "이벤트 수",
      "주요 이벤트",
      "세션 주요 이벤트 비율",
      "총수익",
      "총 사용자",
    ],
    page: {
      file: "페이지_및_화면_페이지_경로_및_화면_클래스.csv",
      title: "페이지 및 화면: 페이지 경로 및 화면 클래스",
    },
    pageHeader: [
      "페이지 경로 및 화면 클래스",
      "조회수",
      "활성 사용자",
      "활성 사용자당 조회수",
      "활성 사용자당 평균 참여 시간",
      "이벤트 수",
      "주요 이벤트",
      "총수익",
    ],
  },
  en: {
    account: "Account",
    property: "Property",
    start: "Start date",
    end: "End date",
    users: "All Users",
    traffic: {
      file: "Traffic_acquisition_Session_primary_channel_group_(Default_channel_group).csv",
      title: "Traffic acquisition: Session primary channel group (Default channel group)",
    },
    trafficHeader: [
      "Session primary channel group (Default channel group)",
      "Sessions",
      "Engaged sessions",
      "Engagement rate",
      "Average engagement time per session",
      "Events per session",
      "Event count",
      "Key events",
      "Session key event rate",
      "Total revenue",
      "Total users",
    ],
    page: {
      file: "Pages_and_screens_Page_path_and_screen_class.csv",
      title: "Pages and screens: Page path and screen class",
    },
    pageHeader: [
      "Page path and screen class",
      "Views",
      "Active users",
      "Views per active user",
      "Average engagement time per active user",
      "Event count",
      "Key events",
      "Total revenue",
    ],
  },
};

/** GA4: traffic acquisition and a daily exploration for every month, pages for the newest three. */
export function ga4(property: Property, out: Output): void {
  const months = monthsOf({ from: property.business.span.from, to: "2026-10-31" });
  months.forEach((month, nth) => {
    const days = eachDay(month).map((day) => ({
      day,
      channels: property.channels.map((channel) => channelDay(property, channel, day)),
    }));
    trafficReport(property, month, nth, days, out);
    exploration(property, month, nth, days, out);
  });
  const newest = months.at(-1);
  if (newest && property.language === "ko") overview(property, newest, out);
  months.slice(-3).forEach((month, nth) => {
    pagesReport(property, month, nth, out);
  });
}

interface Visits {
  sessions: number;
  engaged: number;
  seconds: number;
  events: number;
  keyEvents: number;
  /** In cents or whole won. */
  revenue: number;
  users: number;
  newUsers: number;
  views: number;
}

interface VisitsByDay {
  day: Day;
  channels: Visits[];
}

function channelDay({ business, aov, cents }: Property, channel: Channel, day: Day): Visits {
  const key = `${business.slug}|ga4|${channel.name}|${day}`;
  const demand =
    channel.name.startsWith("Paid") || channel.name === "Cross-network"
      ? business.traffic(day)
      : (1 + business.traffic(day)) / 2;
  const sessions = wholeNumber(
    `${key}|sessions`,
    channel.sessions * demand * growth(business.span, day, 1.08) * jitter(`${key}|s`, 0.12),
  );
  const engaged = Math.round(sessions * channel.engaged * jitter(`${key}|engaged`, 0.05));
  const views = Math.round(sessions * 3.1 * jitter(`${key}|views`, 0.08));
  const purchases = wholeNumber(
    `${key}|purchases`,
    sessions * channel.purchases * business.intent(day) * jitter(`${key}|p`, 0.2),
  );
  return {
    sessions,
    engaged,
    views,
    seconds: Math.round(sessions * channel.seconds * jitter(`${key}|seconds`, 0.08)),
    events: views + Math.round(sessions * 5.4 * jitter(`${key}|events`, 0.06)),
    keyEvents: purchases,
    revenue: Math.round(purchases * aov * jitter(`${key}|aov`, 0.12) * (cents ? 100 : 1)),
    users: Math.round(sessions * 0.93),
    newUsers: Math.round(sessions * 0.58 * jitter(`${key}|new`, 0.06)),
  };
}

function trafficReport(property: Property, month: Span, nth: number, days: readonly VisitsByDay[], out: Output): void {
  const say = words[property.language];
  const rows = property.channels
    .map((channel, at) => ({ name: channel.name, sum: add(days.flatMap(({ channels }) => channels[at] ?? [])) }))
    .sort((a, b) => b.sum.sessions - a.sum.sessions);
  const lines = rows.map(({ name, sum }) => [
    name,
    sum.sessions,
    sum.engaged,
    sum.engaged / sum.sessions,
    sum.seconds / sum.sessions,
    sum.events / sum.sessions,
    sum.events,
    sum.keyEvents,
    sum.keyEvents / sum.sessions,
    money(property, sum.revenue),
    monthUsers(property, name, month, sum.sessions),
  ]);
  out.write(
    `ga4/${nthDownload(say.traffic.file, nth)}`,
    report(property, say.traffic.title, month, [say.trafficHeader, ...lines]),
  );
  // The export gives an average, from which the time is rebuilt: average × sessions, to six digits.
  const seconds = rows.reduce(
    (total, { sum }) => total.plus(new Big(sum.seconds / sum.sessions).times(sum.sessions).round(6)),
    new Big(0),
  );
  const all = add(rows.map(({ sum }) => sum));
  out.truth.window({
    platform: "ga4",
    account: property.account,
    report: "traffic_acquisition",
    ...month,
    figures: {
      sessions: String(all.sessions),
      engaged_sessions: String(all.engaged),
      engagement_seconds: seconds.toFixed(),
      event_count: String(all.events),
      conversions: String(all.keyEvents),
      conversion_value: money(property, all.revenue),
    },
  });
}

/** One row a day, and before them the grand total: its users are the month's, fewer than the days' together. */
function exploration(property: Property, month: Span, nth: number, days: readonly VisitsByDay[], out: Output): void {
  const rows = days
    .map(({ day, channels }) => ({ day, sum: add(channels) }))
    .sort((a, b) => b.sum.sessions - a.sum.sessions || (a.day < b.day ? -1 : 1));
  const all = add(rows.map(({ sum }) => sum));
  const users = monthUsers(property, "all", month, all.sessions);
  const cells = (sum: Visits, people: number) => [
    sum.sessions,
    sum.engaged,
    people,
    sum.newUsers,
    sum.views,
    sum.events,
    sum.keyEvents,
    money(property, sum.revenue),
  ];
  const header = [
    "Date",
    "Sessions",
    "Engaged sessions",
    "Total users",
    "New users",
    "Views",
    "Event count",
    "Key events",
    "Total revenue",
  ];
  const rule = "# ----------------------------------------";
  const plain = (day: Day) => day.replaceAll("-", "");
  const preamble = [
    rule,
    `# ${property.names.property}`,
    "# Daily traffic-Free form 1",
    `# ${plain(month.from)}-${plain(month.to)}`,
    rule,
    "",
    "",
  ].join("\n");
  const table = csv([
    header,
    ["", ...cells(all, users), "Grand total"],
    ...rows.map(({ day, sum }) => [plain(day), ...cells(sum, sum.users)]),
  ]);
  out.write(`ga4/${nthDownload("download.csv", nth)}`, utf8(`${preamble}${table}\n\n`));
  const figures = (sum: Visits) => ({
    sessions: String(sum.sessions),
    engaged_sessions: String(sum.engaged),
    new_users: String(sum.newUsers),
    pageviews: String(sum.views),
    event_count: String(sum.events),
    conversions: String(sum.keyEvents),
    conversion_value: money(property, sum.revenue),
  });
  out.truth.days(
    "ga4",
    property.account,
    month,
    days.map(({ day, channels }) => ({ day, figures: figures(add(channels)) })),
  );
  out.truth.window({
    platform: "ga4",
    account: property.account,
    report: "users",
    ...month,
    figures: { users: String(users) },
  });
}

function pagesReport(property: Property, month: Span, nth: number, out: Output): void {
  const say = words[property.language];
  const all = add(
    eachDay(month).flatMap((day) => property.channels.map((channel) => channelDay(property, channel, day))),
  );
  const weights = property.pages.map(
    ([path, weight]) => weight * jitter(`${property.account}|${path}|${month.from}`, 0.2),
  );
  const [views, events] = [shareOut(all.views, weights), shareOut(all.events, weights)];
  const ending = property.pages.findIndex(([path]) => path.includes("complete"));
  const rows = property.pages.map(([path, , seconds], at) => {
    const seen = views[at] ?? 0;
    const users = Math.max(1, Math.round(seen / (1.6 * jitter(`${path}|${month.from}|users`, 0.15))));
    return [
      path,
      seen,
      users,
      seen / users,
      seconds * jitter(`${path}|${month.from}|seconds`, 0.1),
      events[at] ?? 0,
      at === ending ? all.keyEvents : 0,
      at === ending ? money(property, all.revenue) : 0,
    ] as const;
  });
  const sorted = rows.toSorted((a, b) => b[1] - a[1]);
  out.write(
    `ga4/${nthDownload(say.page.file, nth)}`,
    report(property, say.page.title, month, [say.pageHeader, ...sorted]),
  );
  out.truth.window({
    platform: "ga4",
    account: property.account,
    report: "pages",
    ...month,
    figures: {
      pageviews: String(all.views),
      event_count: String(all.events),
      conversions: String(all.keyEvents),
      conversion_value: money(property, all.revenue),
    },
  });
}

/** The reports overview: many small tables in one file, each with its own dates, its days counted from the first. */
function overview(property: Property, month: Span, out: Output): void {
  const days = eachDay(month).map((day) => property.channels.map((channel) => channelDay(property, channel, day)));
  const channels = property.channels.map((channel, at) => ({
    name: channel.name,
    sum: add(days.flatMap((each) => each[at] ?? [])),
  }));
  const plain = (day: Day) => day.replaceAll("-", "");
  const dates = (from: Day) => `# 시작일: ${plain(from)}\n# 종료일: ${plain(month.to)}\n`;
  const series = (label: string, pick: (sum: Visits) => number) =>
    `${dates(month.from)}${csv([["N일", label], ...days.map((each, at) => [String(at).padStart(4, "0"), pick(add(each))])])}`;
  const list = (header: readonly string[], rows: readonly (readonly (string | number)[])[]) =>
    `${dates(month.from)}${csv([header, ...rows])}`;
  const retention = `# 사용자 재방문율 - 주\n${dates("2026-09-20")}${csv([
    ["날짜", "0주째", "1주째", "2주째"],
    ["10월 4일 - 10월 10일", 1, 0.0612, 0.0307],
    ["10월 11일 - 10월 17일", 1, 0.0588, -1],
    ["10월 18일 - 10월 24일", 1, -1, -1],
  ])}`;
  const rule = "# ----------------------------------------";
  const preamble = [
    rule,
    "# 보고서 개요",
    `# 계정: ${property.names.account}`,
    `# 속성: ${property.names.property}`,
    rule,
    "# ",
    "# 모든 사용자",
    "#  ",
  ].join("\n");
  const blocks = [
    series("활성 사용자", (sum) => sum.users),
    series("새 사용자 수", (sum) => sum.newUsers),
    list(
      ["세션 기본 채널 그룹(기본 채널 그룹)", "세션수"],
      channels.map(({ name, sum }) => [name, sum.sessions]),
    ),
    `# 페이지 제목 및 화면 클래스별 조회수\n${list(
      ["페이지 제목 및 화면 클래스", "조회수"],
      [
        ["한빛커피 | 갓 볶은 원두", 164283],
        ["원두 - 한빛커피", 111043],
        ["드립백 - 한빛커피", 99416],
      ],
    )}`,
    retention,
    list(["항목 이름", "구매한 상품"], []),
  ];
  out.write("ga4/보고서_개요.csv", utf8(`${preamble}\n${blocks.join("\n")}`));
}

/** The nine lines before a standard report's header, and no line break at its end. */
function report(
  property: Property,
  title: string,
  { from, to }: Span,
  lines: readonly (readonly (string | number)[])[],
): Uint8Array {
  const say = words[property.language];
  const rule = "# ----------------------------------------";
  const plain = (day: Day) => day.replaceAll("-", "");
  const preamble = [
    rule,
    `# ${title}`,
    `# ${say.account}: ${property.names.account}`,
    `# ${say.property}: ${property.names.property}`,
    rule,
    "# ",
    `# ${say.users}`,
    `# ${say.start}: ${plain(from)}`,
    `# ${say.end}: ${plain(to)}`,
    "",
  ];
  return utf8(preamble.join("\n") + csv(lines, { closed: false }));
}

/** People come back, so a month has fewer of them than sessions. */
function monthUsers({ account }: Property, name: string, { from }: Span, sessions: number): number {
  return Math.round(sessions * 0.66 * jitter(`${account}|users|${name}|${from}`, 0.05));
}

function add(rows: readonly Visits[]): Visits {
  const sum = (pick: (row: Visits) => number) => rows.reduce((all, row) => all + pick(row), 0);
  return {
    sessions: sum((row) => row.sessions),
    engaged: sum((row) => row.engaged),
    seconds: sum((row) => row.seconds),
    events: sum((row) => row.events),
    keyEvents: sum((row) => row.keyEvents),
    revenue: sum((row) => row.revenue),
    users: sum((row) => row.users),
    newUsers: sum((row) => row.newUsers),
    views: sum((row) => row.views),
  };
}

/** `1234.5`, as GA4 prints it: no trailing zeros. */
function money({ cents }: Property, value: number): string {
  return cents ? new Big(value).div(100).toFixed() : String(value);
}
