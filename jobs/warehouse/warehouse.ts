import type { Covered } from "../../transforms/lacking.ts";
import type { ChannelId, DimensionId, MetricId, PlatformId } from "../../transforms/metrics.ts";
import type { Coverage, Day, LoadedFile, PartRow, RawRow, SumRow } from "../../transforms/records.ts";

export type { Coverage, Day, LoadedFile, PartRow, RawRow, SumRow };

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

/**
 * Inserts one extraction's rows into the table `into`, inside the load's transaction, and says what became of every
 * line. The table has `extraction`, `line`, `day` and the columns of the extraction's own cut and metrics.
 */
export type Fill = (extraction: number, into: string) => Promise<Filled>;

export interface Filled {
  rows: number;
  rejected: number;
  skipped: Record<string, number>;
}

export interface Loaded extends Filled {
  extraction: number;
  /** `same` when exactly this table of this file was loaded before, `held` when it would lose figures: nothing changed. */
  outcome: "loaded" | "same" | "empty" | "held";
  from: Day | null;
  to: Day | null;
  /** What it would have lost, where it is held. */
  losses: Loss[];
}

/** Keeps a newer export from taking figures away. Absent where a person or the source vouches for it. */
export interface Guard {
  /** Days after which a day's cost stands, as far as the platform is concerned. */
  settled: number;
}

/** A figure that a newer export would take away or lower: an entity's, or a day's (`what`) over these days. */
export interface Loss {
  kind: "entity" | "day";
  what: string;
  metric: MetricId;
  before: string;
  /** Null where nothing is left. */
  after: string | null;
  from: Day;
  to: Day;
}

/** As much of a config's source as says which figures are its own. */
export interface Bringer {
  channel: ChannelId;
  platform: PlatformId | null;
  account: string | null;
}

export interface Ask {
  from: Day;
  to: Day;
  channels: readonly ChannelId[];
  /** Only figures that these may have brought; null holds any. Absent, all that was ever loaded counts. */
  sources?: readonly Bringer[];
  metrics: readonly MetricId[];
  /** Narrowing by glob, e.g. `{ campaign: "A_*" }`; matched against the name. Values bind, names are catalogue ids. */
  only?: Readonly<Partial<Record<DimensionId | "platform" | "account", string>>>;
}

/** What one table of a loaded file covers, once for each run of its days. */
export interface Brought extends Covered {
  channel: ChannelId;
  sha256: string;
}

/** One cut of one kind, for a table of its own. Windows are read one at a time: `from`–`to` are then the window's. */
export interface TidyAsk extends Range {
  kind: Extraction["kind"];
  cut: readonly DimensionId[];
}

/** What is asked of days alone. */
export type Range = Pick<Ask, "from" | "to" | "channels" | "sources">;

/**
 * One client's figures. One process opens it at a time; everything that is asked returns small results.
 *
 * The contract suite in `test/warehouse/contract.ts` runs against every implementation.
 */
export interface Warehouse {
  /** Adds one extraction, decides anew which extraction owns which day of its stream, and commits both at once. */
  load(extraction: Extraction, fill: Fill, guard?: Guard): Promise<Loaded>;
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
  coverage(ask: Range): Promise<Coverage[]>;
  files(ask: Range): Promise<LoadedFile[]>;
  /** What was ever loaded, superseded or not: which exports a report still lacks is judged by it. */
  brought(): Promise<Brought[]>;
  /** Rows of the cut that feeds the totals, for the data sheet, in order of day and name. */
  rows(ask: Ask): AsyncIterable<RawRow>;
  /** The live rows of one cut as exported, with the ids of entities and the figures that may not be added. */
  tidy(ask: TidyAsk): AsyncIterable<RawRow>;
  /** What was loaded before, by `<sha256> <channel>`, and under which accounts: such a file need not be read again. */
  known(): Promise<ReadonlyMap<string, ReadonlySet<string>>>;
  close(): Promise<void>;
}
