import type { ChannelId, DimensionId, MetricId, PlatformId } from "../../transforms/metrics.ts";

/** An ISO local date, `2026-03-02`. Days are the ad account's days; they are never converted. */
export type Day = string;

/**
 * One table of one exported file, as it enters the warehouse.
 *
 * Its stream is (platform, account, format, cut, metrics, filters). `daily` rows carry a day of their own; `window`
 * rows hold exactly `from`–`to` together and are never spread over days; `snapshot` rows (posts, emails) carry the day of
 * publication and lifetime figures as of `asOf`.
 */
export interface Extraction {
  channel: ChannelId;
  platform: PlatformId;
  account: string;
  format: string;
  cut: readonly DimensionId[];
  metrics: readonly MetricId[];
  /** What the export was narrowed to (`{ page: "+/blog/" }`). A filtered extraction never feeds totals. */
  filters: Readonly<Record<string, string>>;
  kind: "daily" | "window" | "snapshot";
  /** The place of this cut in its platform's order for totals, 1 first; null where it may not feed totals at all. */
  rank: number | null;
  currency: string | null;
  vat: "included" | "excluded" | null;
  /** The days that the export declares in its preamble or name; null where only its rows tell. */
  declared: { from: Day; to: Day } | null;
  /** When the platform made the file, where the file or its name says so (ISO date or instant). Never the mtime. */
  generatedAt: string | null;
  sha256: string;
  file: string;
  /** Which table of the file, 0 first. */
  table: number;
}

/** Fills `facts` with one extraction's rows inside the load's transaction, and says what became of every line. */
export type Fill = (extraction: number) => Promise<Filled>;

export interface Filled {
  rows: number;
  rejected: number;
  skipped: Record<string, number>;
}

export interface Loaded extends Filled {
  extraction: number;
  /** `same` when exactly this table of this file was loaded before: nothing changed. */
  outcome: "loaded" | "same" | "empty";
  from: Day | null;
  to: Day | null;
}

export interface Ask {
  from: Day;
  to: Day;
  channels: readonly ChannelId[];
  metrics: readonly MetricId[];
  /** Narrowing by glob, e.g. `{ campaign: "A_*" }`; matched against the name. Values bind, names are catalogue ids. */
  only?: Readonly<Partial<Record<DimensionId | "platform" | "account", string>>>;
}

/**
 * Sums of one platform and account over one day (`from` = `to`), or over one window that an export gave as a whole.
 * Each metric comes from exactly one cut. A metric that no row holds is absent: unknown, not 0.
 */
export interface SumRow {
  platform: PlatformId;
  account: string;
  currency: string | null;
  vat: "included" | "excluded" | null;
  kind: "daily" | "window" | "snapshot";
  from: Day;
  to: Day;
  /** For snapshots: as of which day these lifetime figures were; null for daily and window rows. */
  asOf: Day | null;
  /** For snapshots: whether this is the newest as-of of these entities. Always true for the other kinds. */
  latest: boolean;
  values: Partial<Record<MetricId, string>>;
}

/** Sums of one part (a campaign, a query …) over the days asked for, or over one window that overlaps them. */
export interface PartRow {
  platform: PlatformId;
  account: string;
  currency: string | null;
  vat: "included" | "excluded" | null;
  /** One value a dimension asked for, in its order: the id where there is one. */
  keys: string[];
  /** The latest name of each key. */
  names: string[];
  /** The days the figures are of: the asked range for daily rows, the window's own dates otherwise. */
  from: Day;
  to: Day;
  values: Partial<Record<MetricId, string>>;
}

/** Days that live extractions own, as ranges, per stream. */
export interface Coverage {
  platform: PlatformId;
  account: string;
  format: string;
  cut: readonly DimensionId[];
  metrics: readonly MetricId[];
  kind: "daily" | "window" | "snapshot";
  rank: number | null;
  from: Day;
  to: Day;
}

/** A loaded file as the notes and the reconciliation list it. */
export interface LoadedFile {
  file: string;
  sha256: string;
  table: number;
  channel: ChannelId;
  platform: PlatformId;
  account: string;
  format: string;
  cut: readonly DimensionId[];
  from: Day | null;
  to: Day | null;
  generatedAt: string | null;
  rows: number;
  /** Rows that a newer extraction took over. */
  superseded: number;
  rejected: number;
  skipped: Record<string, number>;
}

/** A raw row for the workbook's data sheet: dimension names and metric values as decimal strings. */
export type RawRow = Record<string, string | null>;

/**
 * One client's figures. One process opens it at a time; everything that is asked returns small results.
 *
 * The contract suite in `test/warehouse/contract.ts` runs against every implementation.
 */
export interface Warehouse {
  /** Adds one extraction, decides anew which extraction owns which day of its stream, and commits both at once. */
  load(extraction: Extraction, fill: Fill): Promise<Loaded>;
  /** Sums by day or window, one cut per metric and day. Snapshot rows come once per as-of that is held. */
  sums(ask: Ask): Promise<SumRow[]>;
  /** Sums by part. Rows without a day come only where their window is exactly, or `overlapping`, the days asked for. */
  parts(
    ask: Ask & {
      by: readonly (DimensionId | "platform" | "account")[];
      windows: "exact" | "overlapping";
      limit?: number;
      order?: MetricId;
    },
  ): Promise<PartRow[]>;
  coverage(ask: Pick<Ask, "from" | "to" | "channels">): Promise<Coverage[]>;
  files(ask: Pick<Ask, "from" | "to" | "channels">): Promise<LoadedFile[]>;
  /** Rows of the cut that feeds the totals, for the data sheet, in order of day and name. */
  rows(ask: Ask): AsyncIterable<RawRow>;
  close(): Promise<void>;
}
