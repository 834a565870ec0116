import { type Cell, csv, zip } from "./csv.ts";
import { addDays, type Day, daysBetween, eachDay, monthNames, monthsOf, parts, type Span } from "./day.ts";
import { type Business, growth } from "./model.ts";
import type { Output } from "./output.ts";
import { jitter, shareOut } from "./random.ts";

export interface Site {
  business: Business;
  account: string;
  /** What the file's name begins with. */
  prefix: string;
  language: "ko" | "en";
  /** Per ordinary day. */
  clicks: number;
  ctr: number;
  /** Average position at the start; it gets better by `climb` until the end. */
  position: number;
  climb: number;
  queries: readonly [text: string, weight: number, position: number][];
  pages: readonly [url: string, weight: number][];
  /** What moved in the newest month, as a factor on the query's clicks. */
  movers: Readonly<Record<string, number>>;
  /** Windows beside the monthly ones, with the day of download. */
  longWindows: readonly (Span & { downloaded: Day })[];
}

interface Counts {
  clicks: number;
  impressions: number;
  /** Position × 10 or × 100, as printed. */
  position: string;
}

const words = {
  ko: {
    chart: ["차트", "날짜"],
    queries: ["검색어 수", "인기 검색어"],
    pages: ["페이지", "인기 페이지"],
    countries: ["국가", "국가"],
    devices: ["기기", "기기"],
    metrics: ["클릭수", "노출", "CTR", "게재 순위"],
    countryNames: ["대한민국", "미국", "일본", "캐나다"],
    deviceNames: ["모바일", "데스크톱", "태블릿"],
    filters: "필터",
    filterLines: (range: string) => [
      ["필터", "값"],
      ["검색 유형", "웹"],
      ["날짜", range],
    ],
  },
  en: {
    chart: ["Chart", "Date"],
    queries: ["Queries", "Top queries"],
    pages: ["Pages", "Top pages"],
    countries: ["Countries", "Country"],
    devices: ["Devices", "Device"],
    metrics: ["Clicks", "Impressions", "CTR", "Position"],
    countryNames: ["United States", "Canada", "United Kingdom", "Germany"],
    deviceNames: ["Mobile", "Desktop", "Tablet"],
    filters: "Filters",
    filterLines: (range: string) => [
      ["Filter", "Value"],
      ["Search type", "Web"],
      ["Date", range],
    ],
  },
} as const;

/** Performance zips: one for each month's top lists, and a few long ones for the chart. Their days are Pacific days. */
export function searchConsole(site: Site, out: Output): void {
  const newest = { from: "2026-10-01", to: "2026-10-31" };
  const monthly = monthsOf({ from: site.business.span.from, to: newest.to }).map((month) => ({
    ...month,
    downloaded: month.to === newest.to ? "2026-11-02" : addDays(month.to, 4),
  }));
  const exports = [...monthly, ...site.longWindows].sort((a, b) => (a.downloaded < b.downloaded ? -1 : 1));
  for (const { downloaded, ...window } of exports) performance(site, window, downloaded, out);
}

function performance(site: Site, window: Span, downloaded: Day, out: Output): void {
  const say = words[site.language];
  const chart = eachDay(window).map((day) => ({ name: day, ...siteDay(site, day, downloaded) }));
  const clicks = chart.reduce((sum, row) => sum + row.clicks, 0);
  const impressions = chart.reduce((sum, row) => sum + row.impressions, 0);
  const queries = topList(site, "query", queriesOf(site, window), clicks * 0.61, impressions * 0.54, window);
  const pages = topList(
    site,
    "page",
    site.pages.map(([url, weight], at) => [url, weight, site.position * (0.7 + at * 0.04)]),
    clicks,
    impressions * 1.07,
    window,
  );
  const split = (names: readonly string[], weights: readonly number[]) =>
    topSplit(names, weights, clicks, impressions, site.position);
  const member = ([file, first]: readonly [string, string], rows: readonly (Counts & { name: string })[]) => ({
    [`${file}.csv`]: csv([[first, ...say.metrics], ...rows.map(line)], { closed: false }),
  });
  const members = {
    ...member(say.chart, chart),
    ...member(say.queries, queries),
    ...member(say.pages, pages),
    ...member(say.countries, split(say.countryNames, [93, 4, 2, 1])),
    ...member(say.devices, split(say.deviceNames, [71, 26, 3])),
    ...(site.language === "en"
      ? { "Search appearance.csv": csv([["Search Appearance", ...say.metrics]], { closed: false }) }
      : {}),
    [`${say.filters}.csv`]: csv(say.filterLines(range(window, site.language)), { closed: false }),
  };
  out.write(
    `search-console/${site.prefix}-Performance-on-Search-${downloaded}.zip`,
    zip(members, `${downloaded}T09:30:00`),
  );

  const { account } = site;
  out.truth.days(
    "search_console",
    account,
    window,
    chart.map((row) => ({ day: row.name, figures: figures([row]) })),
  );
  out.truth.window({ platform: "search_console", account, report: "queries", ...window, figures: figures(queries) });
  out.truth.window({ platform: "search_console", account, report: "pages", ...window, figures: figures(pages) });
}

/** The two days before a download are provisional and fill up later. */
function siteDay({ business, ...site }: Site, day: Day, downloaded: Day): Counts {
  const key = `${business.slug}|search|${day}`;
  const age = daysBetween(day, downloaded);
  const known = age <= 1 ? 0.84 : age === 2 ? 0.93 : age === 3 ? 0.99 : 1;
  const demand = (1 + business.traffic(day)) / 2;
  const clicks = site.clicks * demand * growth(business.span, day, 1.35) * jitter(`${key}|clicks`, 0.1);
  const impressions = clicks / (site.ctr * jitter(`${key}|ctr`, 0.08));
  const progress = daysBetween(business.span.from, day) / daysBetween(business.span.from, business.span.to);
  const position = (site.position - site.climb * progress) * jitter(`${key}|position`, 0.05);
  return {
    clicks: Math.floor(clicks * known),
    impressions: Math.floor(impressions * known),
    position: (Math.round(position * 10) / 10).toString(),
  };
}

function queriesOf(site: Site, window: Span): [string, number, number][] {
  const newest = window.from === "2026-10-01";
  return site.queries.map(([text, weight, position]) => {
    const mood = jitter(`${site.account}|${text}|${window.from.slice(0, 7)}`, 0.22);
    const mover = newest ? (site.movers[text] ?? 1) : 1;
    return [text, weight * mood * mover, position / (mover > 1 ? 1.5 : mover < 1 ? 0.7 : 1)];
  });
}

/** The lower a name stands, the more often it is seen for each click. */
function topList(
  site: Site,
  kind: string,
  names: readonly [string, number, number][],
  clicks: number,
  impressions: number,
  window: Span,
) {
  const weights = names.map(([, weight]) => weight);
  const shares = shareOut(Math.floor(clicks), weights);
  const shown = shareOut(
    Math.floor(impressions),
    names.map(
      ([name, weight, position]) =>
        weight * (0.5 + position * position * 0.1) * jitter(`${site.account}|${kind}|${name}|${window.from}`, 0.3),
    ),
  );
  return names
    .map(([name, , position], at) => ({
      name,
      clicks: Math.min(shares[at] ?? 0, shown[at] ?? 0),
      impressions: shown[at] ?? 0,
      position: (Math.round(position * jitter(`${name}|${window.from}|position`, 0.12) * 100) / 100).toString(),
    }))
    .filter((row) => row.impressions > 0)
    .sort((a, b) => b.clicks - a.clicks || b.impressions - a.impressions);
}

function topSplit(
  names: readonly string[],
  weights: readonly number[],
  clicks: number,
  impressions: number,
  position: number,
) {
  const [shares, shown] = [
    shareOut(clicks, weights),
    shareOut(
      impressions,
      weights.map((weight, at) => weight * (1 + at * 0.1)),
    ),
  ];
  return names.map((name, at) => ({
    name,
    clicks: shares[at] ?? 0,
    impressions: shown[at] ?? 0,
    position: (Math.round((position + at * 1.7) * 100) / 100).toString(),
  }));
}

function line({ name, clicks, impressions, position }: Counts & { name: string }): Cell[] {
  const ctr = impressions === 0 ? 0 : Math.round((clicks / impressions) * 10000) / 100;
  return [name, clicks, impressions, `${ctr}%`, position];
}

function figures(rows: readonly Counts[]) {
  const hundredths = rows.reduce((sum, row) => sum + row.impressions * Math.round(Number(row.position) * 100), 0);
  return {
    clicks: String(rows.reduce((sum, row) => sum + row.clicks, 0)),
    impressions: String(rows.reduce((sum, row) => sum + row.impressions, 0)),
    position_weight: String(hundredths / 100),
  };
}

function range({ from, to }: Span, language: "ko" | "en"): string {
  const write = (day: Day) => {
    const { year, month, date } = parts(day);
    return language === "ko" ? `${year}. ${month}. ${date}.` : `${date} ${monthNames[month - 1]} ${year}`;
  };
  return `${write(from)}-${write(to)}`;
}
