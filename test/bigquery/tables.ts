import type { TestBigQuery } from "./server.ts";
import type { Cell, Field } from "./values.ts";

const field = (name: string, type: string): Field => ({ name, type });

const stats: Field[] = [
  field("_DATA_DATE", "DATE"),
  field("_LATEST_DATE", "DATE"),
  field("customer_id", "INTEGER"),
  field("campaign_id", "INTEGER"),
  field("segments_date", "DATE"),
  field("segments_device", "STRING"),
  field("segments_ad_network_type", "STRING"),
  field("metrics_impressions", "INTEGER"),
  field("metrics_clicks", "INTEGER"),
  field("metrics_cost_micros", "INTEGER"),
  field("metrics_conversions", "FLOAT"),
  field("metrics_conversions_value", "FLOAT"),
];

/** day, campaign, device, network, impressions, clicks, cost in micros, conversions, their value. */
export type Stat = [string, string, string, string, number, number, number, number, number];

interface Transfer {
  dataset: string;
  customer: string;
  /** Whose number the tables carry. */
  suffix?: string;
  stats: readonly Stat[];
  /** Days on which the transfer took a snapshot of the account. */
  snapshots: readonly string[];
  campaigns?: readonly [day: string, id: string, name: string][];
  currency?: string;
}

/** The views that Google Ads' data transfer makes. */
export function putTransfer(server: TestBigQuery, given: Transfer): void {
  const { dataset, customer, suffix = customer, currency = "KRW", snapshots, campaigns = [] } = given;
  const latest = snapshots.toSorted().at(-1) ?? "2026-11-01";
  const put = (name: string, fields: Field[], rows: Cell[][]) =>
    server.put({
      project: "client-project",
      dataset,
      id: `ads_${name}_${suffix}`,
      fields,
      rows,
      partition: "_DATA_DATE",
    });
  put(
    "CampaignBasicStats",
    stats,
    given.stats.map(([day, campaign, device, network, ...figures]) => [
      day,
      latest,
      customer,
      campaign,
      day,
      device,
      network,
      ...figures.map(String),
    ]),
  );
  put(
    "Campaign",
    [
      field("_DATA_DATE", "DATE"),
      field("_LATEST_DATE", "DATE"),
      field("customer_id", "INTEGER"),
      field("campaign_id", "INTEGER"),
      field("campaign_name", "STRING"),
    ],
    campaigns.map(([day, id, name]) => [day, latest, customer, id, name]),
  );
  put(
    "Customer",
    [
      field("_DATA_DATE", "DATE"),
      field("_LATEST_DATE", "DATE"),
      field("customer_id", "INTEGER"),
      field("customer_currency_code", "STRING"),
    ],
    snapshots.map((day) => [day, latest, customer, currency]),
  );
}

const impressionFields = (position: string, more: Field[]): Field[] => [
  field("data_date", "DATE"),
  field("site_url", "STRING"),
  ...more,
  field("query", "STRING"),
  field("is_anonymized_query", "BOOLEAN"),
  field("country", "STRING"),
  field("search_type", "STRING"),
  field("device", "STRING"),
  field("impressions", "INTEGER"),
  field("clicks", "INTEGER"),
  field(position, "INTEGER"),
];

/** day, site, query (empty where it is anonymised), country, search type, device, impressions, clicks, sum of positions. */
export type SiteRow = [string, string, string, string, string, string, number, number, number];
/** The same with the page after the site. */
export type PageRow = [string, string, string, ...rest: SiteRow extends [string, string, ...infer Rest] ? Rest : never];

/** The data set that Search Console's bulk export writes. */
export function putBulk(
  server: TestBigQuery,
  { dataset, site, pages, logged }: { dataset: string; site: SiteRow[]; pages: PageRow[]; logged: string[] },
): void {
  const put = (id: string, fields: Field[], rows: Cell[][]) =>
    server.put({ project: "client-project", dataset, id, fields, rows, partition: "data_date" });
  const anonymous = (query: string) => String(query === "");
  put(
    "searchdata_site_impression",
    impressionFields("sum_top_position", []),
    site.map(([day, url, query, ...rest]) => [day, url, query, anonymous(query), ...rest.map(String)]),
  );
  put(
    "searchdata_url_impression",
    impressionFields("sum_position", [field("url", "STRING")]),
    pages.map(([day, url, page, query, ...rest]) => [day, url, page, query, anonymous(query), ...rest.map(String)]),
  );
  put(
    "ExportLog",
    [field("agenda", "STRING"), field("namespace", "STRING"), field("data_date", "DATE")],
    logged.flatMap((day) =>
      ["SEARCHDATA_SITE_IMPRESSION", "SEARCHDATA_URL_IMPRESSION"].map((name) => ["SEARCHDATA", name, day]),
    ),
  );
}

const record = (name: string, fields: Field[], mode = "NULLABLE"): Field => ({ name, type: "RECORD", mode, fields });

const eventFields: Field[] = [
  field("event_date", "STRING"),
  field("event_timestamp", "INTEGER"),
  field("event_name", "STRING"),
  record(
    "event_params",
    [
      field("key", "STRING"),
      record("value", [field("string_value", "STRING"), field("int_value", "INTEGER"), field("double_value", "FLOAT")]),
    ],
    "REPEATED",
  ),
  field("user_pseudo_id", "STRING"),
  record("ecommerce", [field("purchase_revenue", "FLOAT"), field("transaction_id", "STRING")]),
];

export interface GaEvent {
  name: string;
  person: string | null;
  at: number;
  session?: number;
  /** As a text or as a number: exports have both. */
  engaged?: string | number;
  order?: string;
  revenue?: number;
}

/** One day's table of events. */
export function putEvents(server: TestBigQuery, dataset: string, table: string, events: readonly GaEvent[]): void {
  const rows = events.map(({ name, person, at, session, engaged, order, revenue }): Cell[] => {
    const params: Cell[] = [["page_location", ["https://hanbit.example/", null, null]]];
    if (session !== undefined) params.push(["ga_session_id", [null, String(session), null]]);
    if (typeof engaged === "string") params.push(["session_engaged", [engaged, null, null]]);
    if (typeof engaged === "number") params.push(["session_engaged", [null, String(engaged), null]]);
    const ecommerce = [revenue === undefined ? null : String(revenue), order ?? null];
    return [table.slice(-8), String(at), name, params, person, ecommerce];
  });
  server.put({ project: "client-project", dataset, id: table, fields: eventFields, rows });
}
