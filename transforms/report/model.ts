import type { Stage, Tier } from "../definitions.ts";
import type { Cadence, ChannelId, DimensionId, Locale } from "../metrics.ts";

/**
 * The report model: all that a template may know. Plain, serialisable data; every run leaves it as `report.json`.
 *
 * Values are decimal strings, or null with a reason; rates are fractions (a ROAS of 350 % is "3.5"); dates are ISO
 * local dates, both ends inclusive. Texts are already in the report's language. Excel, PDF and email draw this same
 * object, so they cannot disagree.
 */
export interface Report {
  schema: 1;
  client: string;
  client_name: string;
  agency_name: string;
  report: string;
  /** `한빛커피 광고 주간 리포트` */
  title: string;
  cadence: Cadence;
  channels: ChannelId[];
  locale: Locale;
  timezone: string;
  currency: string;
  /** Who answers questions: the Reply-To. */
  ae: { name: string; address: string } | null;
  /** `late` is when it was due, local, where it was made so long after that readers should hear of it. */
  run: { id: string; revision: number; as_of: string; late?: string };
  period: PeriodInfo;
  comparisons: Record<Basis, PeriodInfo | null>;
  /** The comparisons shown, in order; the first heads the mail. */
  compare: Basis[];
  /** Colours of changes: by good and bad, or by direction (in Korea red is up). */
  change_colours: "good_bad" | "kr" | "western";
  /** What to show, in order. */
  sections: SectionId[];
  /** Headings that the client has named; the others are the usual ones. */
  section_titles?: Partial<Record<SectionId, string>>;
  /** What the reader must know before any number: late, provisional, incomplete. */
  banners: Note[];
  /** One to five sentences, the answer first. Every number in them stands in `kpis` or a table. */
  summary: string[];
  /** The person's own comment, in parts with a heading each. Markdown paragraphs, no HTML. */
  comment: { heading: string; text: string }[];
  /** The KPI that goes into the subject. */
  headline: string | null;
  /** False where no figure may stand in the subject and preheader, which a locked phone shows. */
  subject_numbers?: boolean;
  kpis: Kpi[];
  pacing: Pacing[];
  trend: Trend;
  /** Day by day inside the period, beside the previous period; null where the figures have no days. */
  daily: Daily | null;
  breakdowns: Table[];
  tops: Table[];
  heatmap: Heatmap | null;
  why: Why[];
  missing: Missing[];
  notes: Note[];
  definitions: Definition[];
  /** Files behind the figures. */
  sources: SourceFile[];
  /** How the files' own sums became the report's, for each KPI that is a sum. */
  reconciliation: Reconciled[];
  /** Only an overview has one. */
  overview?: Overview;
}

export type Basis = "previous" | "year_ago" | "baseline";
export type SectionId =
  | "summary"
  | "comment"
  | "kpis"
  | "goals"
  | "pacing"
  | "trend"
  | "daily"
  | "breakdowns"
  | "tops"
  | "heatmap"
  | "why"
  | "notes"
  | "north_star"
  | "tree"
  | "funnel"
  | "channels";

export interface PeriodInfo {
  from: string;
  to: string;
  /** `11월 3주차 (11/16~11/22)`, `2026년 10월`, `Oct 26 – Nov 1, 2026`. For the baseline: `최근 13주 평균`. */
  label: string;
  /** False while platforms may still restate it. */
  final: boolean;
  /** Days that no export covers, ISO; empty when complete. */
  missing_days: string[];
  /** Public holidays inside, named. */
  holidays: string[];
}

/** How a value reads. `ratio` is a fraction, printed in percent; `points` has a unit of its own (NPS); `position` is a rank. */
export type ValueUnit = "count" | "money" | "ratio" | "seconds" | "points" | "position";

/** Why a value is null: nothing to divide by, nobody collected it, may not be added, or no dated rate. */
export type NullReason = "no_denominator" | "not_collected" | "not_additive" | "no_rate" | "incomplete";

export interface Kpi {
  id: string;
  label: string;
  unit: ValueUnit;
  currency: string | null;
  /** Digits after the point as printed; for a ratio, of the percentage. */
  decimals: number;
  better: "up" | "down" | "neither";
  value: string | null;
  reason: NullReason | null;
  /** Platforms left out because they supply no input, by their display name. */
  excludes: string[];
  /** The platform may still restate this figure. */
  provisional: boolean;
  previous: string | null;
  year_ago: string | null;
  baseline: string | null;
  changes: Partial<Record<Basis, Change>>;
  /** The same per day, where the two periods differ in length. */
  per_day: { value: string | null; previous: string | null; change: Change } | null;
  goal: Goal | null;
}

/**
 * `new`: a true zero before. `none`: unknown before, so nothing to compare.
 * `ratio` is relative (0.149 = +14.9 %); `delta` is in the value's own unit (for a ratio 0.52 = +52 %p).
 */
export interface Change {
  kind: "change" | "new" | "none";
  ratio: string | null;
  delta: string | null;
  /** False where a provisional figure meets a final one, or posts of unequal age: shown without an arrow. */
  comparable: boolean;
}

export interface Goal {
  kind: "at_least" | "at_most" | "between" | "budget";
  target: string;
  /** Upper end of `between`. */
  target_to: string | null;
  achieved: boolean | null;
  /** actual / target (for `better: down`, target / actual), 1 = 100 %, capped at 2. */
  achievement: string | null;
  owner: string;
  /** `목표 350% 이상` */
  text: string;
  /** True when the goal began inside the period, so the target is a part of the whole. */
  pro_rated: boolean;
}

/** Spent so far against a budget of the month. */
export interface Pacing {
  label: string;
  month: string;
  currency: string;
  budget: string;
  spent: string;
  /** spent / budget */
  used: string;
  /** Share of the month's days gone. */
  elapsed: string;
  projected: string;
  needed_per_day: string | null;
  through: string;
}

/** Thirteen periods, oldest first, the report's own last. */
export interface Trend {
  points: { from: string; to: string; label: string; partial: boolean; provisional: boolean }[];
  series: {
    kpi: string;
    label: string;
    values: (string | null)[];
    /** Which values platforms may still restate: a week's conversions are open long after its cost stands. */
    provisional: boolean[];
    /** Each period's value a year before; null where no export covers all of it. */
    year_ago: (string | null)[];
  }[];
}

export interface Daily {
  days: string[];
  /** The compared day beside each day; null past the end of a shorter period. */
  previous_days: (string | null)[];
  series: { kpi: string; label: string; current: (string | null)[]; previous: (string | null)[] }[];
}

/** A breakdown or a top list. Cells carry value and change; the template formats them by the column's unit. */
export interface Table {
  id: string;
  title: string;
  by: (DimensionId | "platform" | "account" | "day")[];
  /** Its own dates where they differ from the period's. */
  from: string;
  to: string;
  columns: {
    kpi: string;
    label: string;
    unit: ValueUnit;
    currency: string | null;
    decimals: number;
    better: "up" | "down" | "neither";
  }[];
  rows: TableRow[];
  total: TableRow | null;
  /** How many parts were left out, and their sums as a row. */
  others: { count: number; row: TableRow } | null;
  note: string | null;
}

export interface TableRow {
  key: string;
  name: string;
  /** Second line under the name, such as the platform of a campaign or a post's date. */
  detail: string | null;
  values: (string | null)[];
  changes: (Change | null)[];
  /** Thirteen periods of the first column, for a sparkline; empty where not held. */
  spark: (string | null)[];
}

export interface Heatmap {
  title: string;
  kpi: string;
  unit: ValueUnit;
  currency: string | null;
  /** Seven rows, Monday first, of 24 hours; null where the export has none. */
  cells: (string | null)[][];
  from: string;
  to: string;
}

/** Contributions that add up exactly to the change. */
export interface Why {
  kpi: string;
  label: string;
  against: Basis;
  delta: string;
  by: string;
  parts: { name: string; rate: string | null; mix: string | null; total: string }[];
}

/** One client's channels side by side. */
export interface Overview {
  north_star: Star | null;
  /** The metric that matters now. */
  omtm: Star | null;
  /** Parents before their children, the North Star first. */
  tree: Branch[];
  funnel: FunnelStage[];
  lines: ChannelLine[];
  total: ChannelTotal;
  /** The shop's own orders and revenue, counted once; null where nobody gives them. */
  shop: { orders: Kpi; revenue: Kpi } | null;
  /** What belongs beside the totals: dated rates, VAT, who counts what. */
  notes: Note[];
}

/** A metric that leads: its figures are those of the KPI of that id in `kpis`. */
export interface Star {
  kpi: string;
  label: string;
  purpose: string;
  /** The days for which it leads; null is open. */
  from: string | null;
  until: string | null;
}

/** A KPI in the tree: of one channel, or of all together (null). */
export interface Branch {
  id: string;
  parent: string | null;
  tier: Tier;
  channel: string | null;
  kpi: Kpi;
}

/** How many reached a stage. Its figures come from other systems than those of the stage before. */
export interface FunnelStage {
  stage: Stage;
  label: string;
  /** Where it is counted: `광고(SA·DA), 검색엔진최적화(SEO)`. */
  counted: string;
  kpi: Kpi;
  /** This stage by the one before; null for the first. Its value is null where either is unknown. */
  conversion: Kpi | null;
}

export interface ChannelLine {
  channel: ChannelId;
  label: string;
  /** `partial`: some platform gave figures before and none now. `paused`: nothing ran, by intent. */
  state: "complete" | "partial" | "missing" | "paused";
  /** The platforms without figures, by name. */
  without: string[];
  headline: Kpi;
  /** Money and results as the platforms report them. */
  cost: Kpi;
  conversions: Kpi;
  conversion_value: Kpi;
}

/** All lines together, in one currency. `excludes` of each figure names what is missing from it. */
export interface ChannelTotal {
  cost: Kpi;
  conversions: Kpi;
  conversion_value: Kpi;
  /** `매체 합산(중복 가능)`: what the platforms' own counts are, added up. */
  double_counting: string;
}

export interface Missing {
  channel: string;
  source: string;
  reason: string;
}

export interface Note {
  code: string;
  text: string;
}

export interface Definition {
  kpi: string;
  label: string;
  formula: string;
  /** The same over the ids of metrics, `clicks / impressions`, for outputs that can reckon. */
  expression: string;
}

export interface SourceFile {
  file: string;
  sha256: string;
  platform: string;
  account: string;
  from: string | null;
  to: string | null;
  generated_at: string | null;
  rows: number;
  superseded: number;
  rejected: number;
  skipped: number;
}

/** One KPI that is a sum, and the files that it is the sum of. */
export interface Reconciled {
  kpi: string;
  /** The KPI's own value. */
  reported: string | null;
  lines: ReconciledLine[];
}

/**
 * One table of a file over the period: `exported` less `superseded`, `other` and `narrowed` is `counted`, that with `vat`
 * times `rate` is `reported`. All but the last are in the file's own money. What a file stated is null where it was loaded
 * before such amounts were kept; `reported` where no dated rate covers its days.
 */
export interface ReconciledLine {
  file: string;
  sha256: string;
  platform: string;
  account: string;
  currency: string | null;
  exported: string | null;
  /** On days that a newer file has taken over. */
  superseded: string | null;
  /** On days whose figure comes from another table of the same platform. */
  other: string | null;
  /** Of campaigns and the like that the report leaves out. */
  narrowed: string | null;
  counted: string;
  /** What the client's VAT basis adds or takes away. */
  vat: string;
  /** Null where nothing was converted. */
  rate: string | null;
  reported: string | null;
  /** Lines of the whole table that could not be read: what they amount to, nobody knows. */
  rejected: number;
}
