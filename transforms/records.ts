import type { ChannelId, DimensionId, MetricId, PlatformId } from "./metrics.ts";

/** An ISO local date, `2026-03-02`. Days are the ad account's days; they are never converted. */
export type Day = string;

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

/**
 * What one table of a loaded file states of one metric over the days asked for, in its own money, and what became of it:
 * `exported` = `superseded` + `other` + `narrowed` + the sum of `counted`. The first four are null where the table was
 * loaded before such amounts were kept.
 */
export interface Trace {
  file: string;
  sha256: string;
  platform: PlatformId;
  account: string;
  currency: string | null;
  vat: "included" | "excluded" | null;
  kind: "daily" | "window" | "snapshot";
  metric: MetricId;
  exported: string | null;
  /** On days that a newer table of the same stream has taken over. */
  superseded: string | null;
  /** On days whose figure comes from another cut of the same platform. */
  other: string | null;
  /** Of things that the report leaves out. */
  narrowed: string | null;
  /** What feeds the sums, by day or window. */
  counted: { from: Day; to: Day; value: string }[];
  /** Lines of the whole table that could not be read; nobody knows what they amount to. */
  rejected: number;
}

/** A raw row for the workbook's data sheet: dimension names and metric values as decimal strings. */
export type RawRow = Record<string, string | null>;
