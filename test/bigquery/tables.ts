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
    server.put({ project: "client-project", dataset, id: `ads_${name}_${suffix}`, fields, rows, partition: "_DATA_DATE" });
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
