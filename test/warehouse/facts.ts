import { widen } from "../../jobs/warehouse/facts.ts";
import type {
  Ask,
  ClientWarehouse,
  Extraction,
  Guard,
  Loaded,
  RawRow,
  SumRow,
  Warehouse,
} from "../../jobs/warehouse/warehouse.ts";
import type { DimensionId, MetricId } from "../../transforms/metrics.ts";

/** A row of facts as tests write it; `name` is the name of the cut's entity, where it differs from the id. */
export type Fact = { day?: string; line?: number } & Partial<Record<DimensionId | `${string}_name`, string>> &
  Partial<Record<MetricId, string | number | null>>;

/** A warehouse under test, with the one thing that engines do differently: how rows get into a load. */
export interface Subject {
  warehouse: Warehouse;
  load(extraction: Extraction, facts: readonly Fact[], how?: { guard?: Guard; rejected?: number }): Promise<Loaded>;
  close(): Promise<void>;
}

export function subjectOf(warehouse: ClientWarehouse): Subject {
  return {
    warehouse,
    load: (extraction, facts, { guard, rejected = 0 } = {}) =>
      warehouse.load(
        extraction,
        async (id, into) => {
          const columns = [...new Set(facts.flatMap((fact) => Object.keys(fact)))] as (keyof Fact)[];
          const values = facts.flatMap((fact) => [id, ...columns.map((each) => asText(fact[each]))]);
          const names = ["extraction", ...columns].map((each) => `"${each}"`).join(", ");
          const places = facts.map(() => `(?${", ?".repeat(columns.length)})`).join(", ");
          if (values.some((each) => typeof each === "string" && isLong.test(each)))
            await widen(warehouse.connection, into, extraction.metrics);
          if (facts.length > 0)
            await warehouse.connection.run(`INSERT INTO ${into} (${names}) VALUES ${places}`, values);
          return { rows: facts.length, rejected, skipped: { preamble: 1 } };
        },
        guard,
      ),
    close: () => warehouse.close(),
  };
}

/** A fraction that the type a column has at first cannot hold. */
const isLong = /^-?(?:\d{13,}(?:\.\d+)?|\d+\.\d{7,})$/u;

const asText = (value: string | number | null | undefined): string | null =>
  value === null || value === undefined ? null : String(value);

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

/** Asks for clicks and cost of the first week of March. */
export const march = (given: Partial<Ask> = {}): Ask => ({
  from: "2026-03-01",
  to: "2026-03-07",
  channels: ["ppc"],
  metrics: ["clicks", "cost"],
  ...given,
});

/** `2026-03-02 clicks=7 cost=2.1` per row, so that a test reads like the answer. */
export function lines(rows: readonly SumRow[]): string[] {
  return rows.map(({ from, to, values }) =>
    [from === to ? from : `${from}/${to}`, ...Object.entries(values).map(([id, value]) => `${id}=${value}`)].join(" "),
  );
}

export async function collect(rows: AsyncIterable<RawRow>): Promise<RawRow[]> {
  const list: RawRow[] = [];
  for await (const row of rows) list.push(row);
  return list;
}
