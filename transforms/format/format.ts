import type { ChannelId, DimensionId, MetricId, PlatformId, Text } from "../metrics.ts";

/** What a column may hold besides a metric or a dimension. */
export const columnRoles = [
  "day",
  "day_index",
  "from",
  "to",
  "currency",
  "account",
  "metric",
  "value",
  "helper",
  "ignore",
] as const;
export type ColumnRole = (typeof columnRoles)[number];

/** The facts that a preamble line, a file's name or a sibling file may state, by the name of the regex group. */
export const factNames = [
  "from",
  "to",
  "period",
  "account",
  "currency",
  "generated",
  "metric",
  "title",
  "search_type",
  "incomplete",
  "rows",
  "timezone",
] as const;
export type FactName = (typeof factNames)[number];

export const shapes = ["table", "blocks", "vertical", "long", "wide", "headerless"] as const;
export type Shape = (typeof shapes)[number];

export interface NumberStyle {
  /** Groups of three are set apart by this; empty where they may not be. */
  thousands: "," | "." | " " | "";
  decimal: "." | ",";
}

/** One column that exports may hold, under every name it has been seen with. */
export interface Column {
  is: MetricId | DimensionId | ColumnRole;
  /** A helper's own name, by which `derive` and `requires` speak of it. */
  as?: string;
  /** For dimensions with an id: which of the two this column holds. */
  part?: "id" | "name";
  /** Not instead of the column before it that holds the same thing, but on the rows where that one is blank. */
  fallback?: boolean;
  names?: readonly string[];
  /** A regular expression over the header cell, for names that the platform composes. */
  pattern?: string;
  dates?: readonly string[];
  nulls?: readonly string[];
  numbers?: Partial<NumberStyle>;
  /** Keeps what the first group of this expression matches. */
  take?: string;
  /** Decimal factor: `0.000001` for micros. */
  times?: string;
  /** `duration`: `0:16:02` becomes seconds. `percent`: `1.2%` becomes 0.012. */
  unit?: "duration" | "percent";
  /** Values that platforms translate, brought to one spelling. */
  values?: Readonly<Record<string, string>>;
  currency?: string;
  vat?: "included" | "excluded";
  /** The attribution window that this header states. */
  window?: string;
  /** The figure counts only on rows where another column holds one of these values; elsewhere it is unknown. */
  only?: { names: readonly string[]; values: readonly string[] };
}

export interface Totals {
  /** `*` may stand at the start or the end: `Total: *`, `* total`, `합계`. */
  labels: readonly string[];
  /** How many cells from the left are looked at. */
  cells: number;
  /** A row where all of these that the file has are blank is a total. */
  blank: readonly string[];
  meaning: "equals" | "at_least" | "unrelated";
  /** Whether the platform always closes the table with one, so that a file without it is not whole. */
  closes: boolean;
}

/** One kind of table that a platform lets people download, with the platform's own settings merged in. */
export interface Format {
  /** `google_ads.table` */
  id: string;
  platform: PlatformId;
  channel: ChannelId;
  shape: Shape;
  /** Null: `daily` where a day column is present, else `window`. */
  kind: "daily" | "window" | "snapshot" | null;
  verified: boolean;
  /** Each entry must be there; of a list, one. */
  requires: readonly (string | readonly string[])[];
  forbids: readonly string[];
  facts: readonly FactName[];
  columns: readonly Column[];
  preamble: readonly string[];
  fileNames: readonly string[];
  dates: readonly string[];
  nulls: readonly string[];
  numbers: NumberStyle;
  totals: Totals;
  /** `*` may stand at the start or the end of a value. */
  dropRows: readonly { names: readonly string[]; values: readonly string[] }[];
  /** Lines shorter than the header that close a file: regular expressions. */
  footer: readonly string[];
  /** Known, and never loaded: what the file is, and what to download instead. */
  refuse: { what: Text; instead: Text } | null;
  /** The first expression whose words all have a column. */
  derive: Readonly<Partial<Record<MetricId, readonly string[]>>>;
  /** Null: never feeds totals. Else the base plus each dimension's weight; a null weight takes the cut out. */
  rank: Readonly<{ base: number } & Partial<Record<DimensionId, number | null>>> | null;
  /** Dimensions that divide nothing where all rows hold the same value; they are then left out of the cut. */
  alone: readonly DimensionId[];
  /** Header cells whose real name is a fact: `{ Primary: metric }`. */
  rename: Readonly<Record<string, FactName>>;
  comment: string | null;
  /** Whether other tables may follow the first, each below a line with its title. */
  stacked: boolean;
  set: Readonly<Partial<Record<DimensionId | "currency" | "vat" | "account" | "timezone", string>>>;
  settle: Settle;
  /** False where the platform leaves the last newline out; null where either was seen. */
  lastNewline: boolean | null;
}

/** Days after which figures stand; `conversions` for attributed metrics, which move longer. */
export interface Settle {
  days: number;
  conversions: number;
}

/** A file beside the tables of one zip that speaks about all of them. */
export interface Sibling {
  header: readonly (readonly string[])[];
  /** Which row label states which fact; labels not listed narrow the export and become its filters. */
  facts: Readonly<Partial<Record<FactName, readonly string[]>>>;
  values: Readonly<Record<string, string>>;
}

export interface PlatformFormats {
  platform: PlatformId;
  /** Its name as readers see it. */
  label: Text;
  /** What is known of its exports, and from where: the start of its page. */
  about: string;
  formats: readonly Format[];
  siblings: readonly Sibling[];
}
