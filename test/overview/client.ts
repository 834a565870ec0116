import type { Client } from "../../config/config.ts";
import type { ReportDef } from "../../transforms/definitions.ts";
import type { ChannelId, Locale } from "../../transforms/metrics.ts";
import { addDays, daysOf, type Period } from "../../transforms/period.ts";
import type { SumRow } from "../../transforms/records.ts";
import { buildReport, type Material } from "../../transforms/report/build.ts";
import type { Report } from "../../transforms/report/model.ts";
import { reportPeriods } from "../../transforms/report/periods.ts";
import { CLIENT, judged } from "../config/home.ts";
import { day } from "../kpi/sums.ts";

/** A client with ads in two currencies, search, a website and a shop of its own, as its client.yaml says it. */
export const OVERVIEW = CLIENT.replace(
  `recipients:`,
  `  seo:
    sources: [{ files: search-console/*, account: sc }]
  web:
    sources: [{ files: ga4/*, account: ga }]
  overview:
    cadence: { weekly: { day: mon } }
    sources: [{ files: manual/*, account: shop }]
    goals: [{ kpi: orders, at_least: 30, per: week, owner: lee }]
north_star: { kpi: orders, label: { ko: 주간 주문수, en: Weekly orders } }
omtm: [{ kpi: blended_cpa, from: 2026-10-01, until: 2026-12-31 }]
recipients:`,
).replace(
  'sources: [{ files: google-ads/*, account: "1" }]',
  'sources: [{ files: google-ads/*, account: "1" }, { files: meta/*, account: "2", currency: USD }]',
);

export const week: Period = { from: "2026-10-26", to: "2026-11-01" };
export const before: Period = { from: "2026-10-19", to: "2026-10-25" };

export type Rows = Partial<Record<ChannelId, SumRow[]>>;

/** The same figures on every day. */
export const every = (
  platform: string,
  period: Period,
  values: SumRow["values"],
  more: Partial<SumRow> = {},
): SumRow[] => daysOf(period).map((at) => day(platform, at, values, more));

const usd = { currency: "USD" };

const google = { impressions: "10000", clicks: "100", conversions: "2", conversion_value: "6000" };
const meta = { cost: "1", impressions: "5000", link_clicks: "50", conversions: "1", conversion_value: "4" };
const search = { clicks: "30", impressions: "1000", position_weight: "5000" };
const site = { sessions: "200", engaged_sessions: "100", conversions: "3", conversion_value: "9000" };

/** Two weeks whose every sum can be reckoned in the head: seven times these figures. */
export const plain = (): Rows => ({
  ppc: [
    ...every("google_ads", before, { ...google, cost: "900" }),
    ...every("google_ads", week, { ...google, cost: "1000" }),
    ...every("meta_ads", { from: before.from, to: week.to }, meta, usd),
  ],
  seo: [...every("search_console", before, { ...search, clicks: "25" }), ...every("search_console", week, search)],
  web: every("ga4", { from: before.from, to: week.to }, site),
  overview: [
    ...every("manual", before, { orders: "4", revenue: "12000" }),
    ...every("manual", week, { orders: "5", revenue: "15000" }),
  ],
});

const rates: Material["rates"] = {
  source: { ko: "예시", en: "sample" },
  rates: [{ from: "2026-10-01", to: "2026-11-30", base: "USD", quote: "KRW", rate: "1400" }],
};

/** Clients by their files: reading one takes longer than its report. */
const read = new Map<string, Client>();

/** The client's weekly overview of these rows. */
export async function overviewOf(
  rows: Rows,
  { locale = "ko-KR", text = OVERVIEW, ...given }: { locale?: Locale; text?: string } & Partial<Material> = {},
): Promise<Report & { overview: NonNullable<Report["overview"]> }> {
  const client = read.get(text) ?? (await judged(text)).client;
  if (!client) throw new Error("refused");
  read.set(text, client);
  const def = client.reports.find(({ overview }) => overview !== null);
  if (!def) throw new Error("no overview");
  const report = buildReport(materialOf({ ...def, locale }, client, rows, given));
  if (!report?.overview) throw new Error("nothing to report");
  return { ...report, overview: report.overview };
}

function materialOf(def: ReportDef, client: Client, rows: Rows, given: Partial<Material>): Material {
  const channels = Object.entries(rows) as [ChannelId, SumRow[]][]; // its own keys
  return {
    def,
    periods: reportPeriods(def, week, addDays(week.to, 1)),
    channelLabels: {
      ppc: { ko: "광고", en: "Ads" },
      seo: { ko: "검색", en: "Search" },
      web: { ko: "웹사이트", en: "Website" },
      overview: { ko: "종합", en: "Overview" },
    },
    kpis: client.kpis,
    rates,
    platformLabels: {
      google_ads: { ko: "구글 광고", en: "Google Ads" },
      meta_ads: { ko: "메타 광고", en: "Meta Ads" },
    },
    settle: {},
    zones: {},
    owners: {},
    sums: channels.flatMap(([, own]) => own),
    channelSums: channels.map(([channel, own]) => ({ channel, rows: own })),
    parts: [],
    traces: [],
    files: [],
    holidays: [],
    comment: [],
    missing: [],
    run: { id: "0", revision: 1, as_of: "2026-11-02T09:00:00+09:00" },
    today: "2026-11-02",
    ...given,
  };
}
