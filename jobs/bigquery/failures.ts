import type { Failures } from "./retry.ts";

/** What a failure is where the figures of a client are kept. */
export const ofWarehouse: Failures = {
  silent: "BIGQUERY_SILENT",
  quota: "BIGQUERY_QUOTA",
  denied: "BIGQUERY_DENIED",
  cap: "BIGQUERY_CAP",
  refused: "BIGQUERY_REFUSED",
  missing: "BIGQUERY_REFUSED",
};

/** What it is where figures come from: others own the tables, and we only read. */
export const ofSource: Failures = {
  ...ofWarehouse,
  denied: "BIGQUERY_SOURCE_DENIED",
  cap: "BIGQUERY_SOURCE_CAP",
  refused: "BIGQUERY_SOURCE_REFUSED",
  missing: "BIGQUERY_SOURCE_MISSING",
};
