import type { BigQueryOrigin } from "../../transforms/definitions.ts";
import type { Run } from "../../transforms/ownership.ts";
import { type Asking, between, tableName } from "./asking.ts";

/**
 * The tables of Google Ads' data transfer. A campaign's day is several rows (device and network), which are summed; the
 * views name their partition `_DATA_DATE`. Names and currency are those of the newest snapshot.
 */
export function googleAds({ project, dataset, customer, manager }: BigQueryOrigin): Asking {
  const table = (name: string) => tableName(project, dataset ?? "", `ads_${name}_${manager ?? customer}`);
  const parameters = { customer: { type: "INT64", value: Number(customer) } } as const;
  const stats = (span: Run) =>
    `FROM ${table("CampaignBasicStats")}
    WHERE ${between("_DATA_DATE", span)} AND ${between("segments_date", span)} AND customer_id = @customer`;
  return {
    // A day on which nothing ran has no row, but the transfer took a snapshot of the account all the same.
    async held(span, ask) {
      const sql = `SELECT segments_date AS day ${stats(span)}
  UNION DISTINCT
  SELECT _DATA_DATE AS day FROM ${table("Customer")} WHERE ${between("_DATA_DATE", span)} AND customer_id = @customer`;
      const rows = await ask.rows({ sql, parameters });
      return { days: new Set(rows.map(({ day }) => String(day))), provisional: new Set() };
    },
    parts: [
      {
        name: "google_ads",
        spans: "days",
        edition: "",
        columns: [
          "segments_date",
          "customer_id",
          "currency_code",
          "campaign_id",
          "campaign_name",
          "impressions",
          "clicks",
          "cost",
          "conversions",
          "conversions_value",
        ],
        optional: ["currency_code"],
        statement: (span) => ({
          sql: `SELECT stats.segments_date, stats.customer_id, account.currency_code, stats.campaign_id, campaign.campaign_name,
  stats.impressions, stats.clicks, stats.cost, stats.conversions, stats.conversions_value
FROM (
  SELECT segments_date, customer_id, campaign_id,
    SUM(metrics_impressions) AS impressions,
    SUM(metrics_clicks) AS clicks,
    CAST(SUM(metrics_cost_micros) AS NUMERIC) / 1000000 AS cost,
    SUM(${exact("metrics_conversions")}) AS conversions,
    SUM(${exact("metrics_conversions_value")}) AS conversions_value
  ${stats(span)}
  GROUP BY segments_date, customer_id, campaign_id
) AS stats
LEFT JOIN (
  SELECT campaign_id, MAX(campaign_name) AS campaign_name
  FROM ${table("Campaign")}
  WHERE _DATA_DATE = _LATEST_DATE AND customer_id = @customer
  GROUP BY campaign_id
) AS campaign ON campaign.campaign_id = stats.campaign_id
LEFT JOIN (
  SELECT customer_id, MAX(customer_currency_code) AS currency_code
  FROM ${table("Customer")}
  WHERE _DATA_DATE = _LATEST_DATE AND customer_id = @customer
  GROUP BY customer_id
) AS account ON account.customer_id = stats.customer_id`,
          parameters,
        }),
      },
    ],
  };
}

/** Fractions are doubles in the tables: each by the digits that it prints, so that their sum is exact. */
const exact = (column: string): string => `CAST(CAST(${column} AS STRING) AS BIGNUMERIC)`;
