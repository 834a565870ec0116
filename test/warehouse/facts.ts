import type { DuckDBWarehouse } from "../../jobs/warehouse/duckdb.ts";
import type { Extraction, Loaded, Warehouse } from "../../jobs/warehouse/warehouse.ts";
import type { DimensionId, MetricId } from "../../transforms/metrics.ts";

/** A row of facts as tests write it; `name` is the name of the cut's entity, where it differs from the id. */
export type Fact = { day?: string; line?: number } & Partial<Record<DimensionId | `${string}_name`, string>> &
  Partial<Record<MetricId, string | number | null>>;

/** A warehouse under test, with the one thing that engines do differently: how rows get into a load. */
export interface Subject {
  warehouse: Warehouse;
  load(extraction: Extraction, facts: readonly Fact[]): Promise<Loaded>;
  close(): Promise<void>;
}

export function duckdbSubject(warehouse: DuckDBWarehouse): Subject {
  return {
    warehouse,
    load: (extraction, facts) =>
      warehouse.load(extraction, async (id) => {
        for (const fact of facts) {
          const columns = ["extraction", ...Object.keys(fact)];
          const values = [id, ...Object.values(fact).map((each) => (each === null ? null : String(each)))];
          const names = columns.map((each) => `"${each}"`).join(", ");
          await warehouse.connection.run(
            `INSERT INTO facts (${names}) VALUES (${columns.map(() => "?").join(", ")})`,
            values,
          );
        }
        return { rows: facts.length, rejected: 0, skipped: { preamble: 1 } };
      }),
    close: () => warehouse.close(),
  };
}

let files = 0;

/** An extraction of a Google Ads campaign table; what matters to a test is given, the file is a new one each time. */
export function extraction(given: Partial<Extraction> = {}): Extraction {
  files += 1;
  return {
    channel: "ppc",
    platform: "google_ads",
    account: "123-456-7890",
    format: "google_ads.table",
    cut: ["campaign"],
    metrics: ["impressions", "clicks", "cost"],
    filters: {},
    kind: "daily",
    rank: 1,
    currency: "KRW",
    vat: "excluded",
    declared: null,
    generatedAt: null,
    sha256: `sha-${files}`,
    file: `google-ads/${files}.csv`,
    table: 0,
    ...given,
  };
}
