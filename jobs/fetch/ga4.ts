import type { BigQueryOrigin } from "../../transforms/definitions.ts";
import type { Run } from "../../transforms/ownership.ts";
import { addDays, daysOf } from "../../transforms/period.ts";
import type { Day } from "../../transforms/records.ts";
import type { Statement } from "../bigquery/client.ts";
import { type Asking, between, type HeldDays, tableName } from "./asking.ts";

/**
 * The tables of events that Google Analytics 4 exports, one a day. Each day's table is named, so what is read is what
 * was meant. A session belongs to the day on which it began and an order to the first on which it was sent, so the day
 * before and the day after are read as well where they are there.
 */
export function ga4({ project, dataset }: BigQueryOrigin, property: string): Asking {
  const table = (day: Day, { provisional }: HeldDays) => {
    const kind = provisional.has(day) ? "events_intraday" : "events";
    return tableName(project, dataset ?? "", `${kind}_${day.replaceAll("-", "")}`);
  };
  const parameters = { property: { type: "STRING", value: property } } as const;
  return {
    async held(span, ask) {
      const names = new Set(await ask.tables(project, dataset ?? ""));
      const there = (kind: string) => (day: Day) => names.has(`${kind}_${day.replaceAll("-", "")}`);
      const around = daysOf({ from: addDays(span.from, -1), to: addDays(span.to, 1) });
      const whole = around.filter(there("events"));
      const provisional = around.filter((day) => !whole.includes(day) && there("events_intraday")(day));
      return { days: new Set([...whole, ...provisional]), provisional: new Set(provisional) };
    },
    parts: [
      {
        name: "ga4",
        spans: "days",
        edition: "",
        columns: [
          "event_date",
          "property",
          "sessions",
          "engaged_sessions",
          "pageviews",
          "users",
          "new_users",
          "purchases",
          "purchase_revenue",
        ],
        statement: (span, held) => ({ sql: daily(span, held, table), parameters }),
      },
      {
        name: "ga4 users",
        spans: "period",
        edition: "",
        columns: ["property", "total_users"],
        statement: (span, held): Statement => {
          const days = daysOf(span).map((day) => `SELECT user_pseudo_id FROM ${table(day, held)}`);
          const sql = `SELECT @property AS property, COUNT(DISTINCT user_pseudo_id) AS total_users
FROM (
  ${days.join("\n  UNION ALL\n  ")}
)`;
          return { sql, parameters };
        },
      },
    ],
  };
}

function daily(span: Run, held: HeldDays, table: (day: Day, held: HeldDays) => string): string {
  const days = daysOf({ from: addDays(span.from, -1), to: addDays(span.to, 1) }).filter((day) => held.days.has(day));
  return `WITH events AS (
  ${days.map((day) => eventsOf(day, table(day, held))).join("\n  UNION ALL\n  ")}
),
begun AS (
  SELECT day, COUNT(*) AS sessions, COUNTIF(engaged) AS engaged_sessions
  FROM (
    SELECT MIN(day) AS day, COALESCE(LOGICAL_OR(engaged = '1'), FALSE) AS engaged
    FROM events WHERE user_pseudo_id IS NOT NULL AND session_id IS NOT NULL
    GROUP BY user_pseudo_id, session_id
  )
  GROUP BY day
),
bought AS (
  SELECT day, COUNT(*) AS purchases, SUM(revenue) AS purchase_revenue
  FROM (
    SELECT MIN(day) AS day, ARRAY_AGG(revenue IGNORE NULLS ORDER BY event_timestamp, revenue LIMIT 1)[SAFE_OFFSET(0)] AS revenue
    FROM events WHERE event_name = 'purchase'
    GROUP BY order_id
  )
  GROUP BY day
)
SELECT event_date, @property AS property, COALESCE(sessions, 0) AS sessions, COALESCE(engaged_sessions, 0) AS engaged_sessions,
  pageviews, users, new_users, COALESCE(purchases, 0) AS purchases,
  IF(purchases IS NULL, 0, purchase_revenue) AS purchase_revenue
FROM (
  SELECT day AS event_date,
    COUNTIF(event_name IN ('page_view', 'screen_view')) AS pageviews,
    COUNT(DISTINCT user_pseudo_id) AS users,
    COUNT(DISTINCT IF(event_name IN ('first_visit', 'first_open'), user_pseudo_id, NULL)) AS new_users
  FROM events WHERE ${between("day", span)}
  GROUP BY day
) AS totals
LEFT JOIN begun ON begun.day = totals.event_date
LEFT JOIN bought ON bought.day = totals.event_date`;
}

/** What is needed of a day's events. An order without an id is no other one; `session_engaged` is a text or a number. */
const eventsOf = (day: Day, table: string): string =>
  `SELECT DATE '${day}' AS day, event_name, user_pseudo_id, event_timestamp,
    (SELECT MAX(value.int_value) FROM UNNEST(event_params) WHERE key = 'ga_session_id') AS session_id,
    (SELECT MAX(COALESCE(value.string_value, CAST(value.int_value AS STRING))) FROM UNNEST(event_params) WHERE key = 'session_engaged') AS engaged,
    COALESCE(NULLIF(NULLIF(ecommerce.transaction_id, '(not set)'), ''), CONCAT(COALESCE(user_pseudo_id, ''), ' ', CAST(event_timestamp AS STRING))) AS order_id,
    CAST(CAST(ecommerce.purchase_revenue AS STRING) AS BIGNUMERIC) AS revenue
  FROM ${table}`;
