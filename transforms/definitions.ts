import type { Cadence, ChannelId, DimensionId, Locale, MetricId, PlatformId, Text } from "./metrics.ts";
import type { Basis, SectionId, ValueUnit } from "./report/model.ts";
import type { ThemeDef } from "./theme.ts";

/**
 * What config settles, as the rest of the program sees it: complete, with every default filled in.
 *
 * `config/` turns YAML into these; nothing else in the program reads YAML. Percentages are fractions ("3.5" is 350 %),
 * amounts and factors are decimal strings, dates are ISO local dates.
 */

/** A KPI of the dictionary, or a base metric standing for itself. */
export interface KpiDef {
  id: string;
  label: Text;
  purpose: Text;
  /** Arithmetic over base metrics, parameters and other KPIs: `cost / clicks`. */
  formula: string;
  /** Where a channel defines it in another way: `{ web: "purchases / sessions" }`. */
  by_channel: Partial<Record<ChannelId, string>>;
  /** What a name of the formula means on a platform, itself a formula: `{ clicks: { meta_ads: "link_clicks" } }`. */
  metric_by_platform: Partial<Record<MetricId, Readonly<Record<PlatformId, string>>>>;
  /** Names in the formula that a client's config supplies, such as `margin`. */
  needs: readonly string[];
  unit: ValueUnit;
  /** Digits after the point as printed; for a ratio, of the percentage. */
  decimals: number;
  better: "up" | "down" | "neither";
  stage: Stage | null;
  tier: Tier;
  timing: "leading" | "lagging";
  parent: string | null;
  /** What a reader has to know beside the figure. */
  note: Text | null;
}

export const stages = ["awareness", "acquisition", "activation", "revenue", "retention", "referral"] as const;
export type Stage = (typeof stages)[number];
export const tiers = ["strategic", "tactical", "operational"] as const;
export type Tier = (typeof tiers)[number];

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof weekdays)[number];
export type OnHoliday = "send" | "next_business_day" | "previous_business_day";

/** When a report goes out, in the client's wall clock. */
export type CadenceDef = { at: string; on_holiday: OnHoliday } & (
  | { cadence: "daily" }
  | { cadence: "weekly"; day: Weekday }
  | { cadence: "monthly"; day: MonthDay }
  | { cadence: "quarterly"; day: MonthDay }
);
/** A day of the month after the period (31 is its last day where it is shorter), or the words. */
export type MonthDay = number | "last" | "first_business_day";

/** What becomes of periods whose slot passed while nothing ran: all of them, only the newest, or none. */
export const misfires = ["run_all", "run_latest", "skip"] as const;
export type Misfire = (typeof misfires)[number];

/** How a report behaves when its slot cannot be met. */
export interface SlotRules {
  misfire: Misfire;
  /** How long after its slot it waits for exports that are missing. */
  wait_minutes: number;
  /** What then: a person decides, or it goes out and names what is missing. */
  on_incomplete: "hold" | "send";
  /** Local times between which a late report is not sent; null where it may come at any hour. */
  quiet: { from: string; until: string } | null;
}

/** Days on which nothing ran or nothing is to be sent, both ends included; null is open. */
export interface Pause {
  from: string | null;
  until: string | null;
  reason: string | null;
}

/** One place of a channel's figures, and what its files do not say about themselves. */
interface SourceFacts {
  channel: ChannelId;
  account: string | null;
  platform: PlatformId | null;
  currency: string | null;
  vat: "included" | "excluded" | null;
  timezone: string | null;
  /** The attribution window of its conversions, `7d_click_1d_view`, as printed. */
  window: string | null;
  /** What a row without a day covers, where the file does not say. */
  period: { from: string; to: string } | null;
  /** A person vouches that a newer export may lack what an older one held. */
  complete: boolean;
}

/** Files that people bring, or tables that are asked. */
export type SourceDef = SourceFacts &
  (
    | {
        /** Glob below the client's inbox. */
        files: string;
        bigquery?: never;
      }
    | { files?: never; bigquery: BigQueryOrigin }
  );

/** The tables of BigQuery that are known by themselves. */
export const presets = ["google_ads", "search_console", "ga4"] as const;
export type Preset = (typeof presets)[number];

/** What a source asks of BigQuery. */
export interface BigQueryOrigin {
  /** Whose tables they are; null where a statement of the agency's own is asked. */
  preset: Preset | null;
  /** The statement's file below the client's config folder. */
  query: string | null;
  project: string;
  dataset: string | null;
  /** The Google Ads account, ten digits, and the manager account whose number the tables carry. */
  customer: string | null;
  manager: string | null;
  params: Readonly<Record<string, string | number | boolean>>;
  /** The project that pays for the questions. */
  billed_to: string;
  location: string;
  /** Still its reference; null for the machine's own identity. */
  credentials: string | null;
  /** The most that one question may be billed for, in bytes. */
  max_bytes_billed: number;
}

/** A target. Of `per` = one period; a report whose period is another length takes its share or leaves it out. */
export interface GoalDef {
  channel: ChannelId | null;
  kpi: string;
  kind: "at_least" | "at_most" | "between" | "budget";
  target: string;
  /** Upper end of `between`. */
  target_to: string | null;
  per: "day" | "week" | "month" | "quarter";
  /** A key of `people`. */
  owner: string;
  from: string | null;
  until: string | null;
}

export type PartId = DimensionId | "platform" | "account" | "day";

/** A breakdown or a top list. */
export interface TableDef {
  by: readonly PartId[];
  /** Its columns; null takes the report's KPIs. */
  kpis: readonly string[] | null;
  /** The KPI or metric that orders it; null takes the first column. */
  order: string | null;
  limit: number;
}

export interface Person {
  name: string;
  address: string;
}

/** Everyone who gets the same message. */
export interface Audience {
  id: string;
  recipients: readonly Person[];
}

/** After an outcome that nobody knows: a person decides, or the same bytes go once more. */
export type OnUnknown = "hold" | "resend_once";

/** Files that open with a password only. */
export interface Protection {
  /** Where the password stands, as written: `${env:NAME}`. */
  password: string;
  /** Whose files: ids of audiences; null is everybody's. */
  to: readonly string[] | null;
}

/** Which mails wait for whom before they leave. */
export interface Approval {
  when: "never" | "first" | "always";
  by: Person;
}

/** What an overview shows of a client's channels. A null channel stands for the figures of all of them together. */
export interface OverviewDef {
  /** The long-term metric that heads it; null where nobody named one. */
  north_star: StarDef | null;
  /** The metrics that matter for a while, each with its days. */
  omtm: readonly (StarDef & { from: string | null; until: string | null })[];
  lines: readonly LineDef[];
  tree: readonly BranchDef[];
  funnel: readonly StageDef[];
}

export interface StarDef {
  kpi: string;
  /** What the client calls it; null takes the KPI's own name. */
  label: Text | null;
}

/** A channel's line: the KPI that stands for it, and when nothing ran in it. */
export interface LineDef {
  channel: ChannelId;
  kpi: string;
  pauses: readonly Pause[];
}

export interface BranchDef {
  kpi: string;
  channel: ChannelId | null;
}

/** How a stage of the funnel is counted: one figure, over some channels. */
export interface StageDef {
  stage: Stage;
  kpi: string;
  channels: readonly ChannelId[];
}

/** One report of one client at one cadence. */
export interface ReportDef {
  client: string;
  /** The channel's name, or an id of `reports:`. */
  id: string;
  title: Text | null;
  client_name: Text;
  agency_name: Text;
  channels: readonly ChannelId[];
  cadence: Cadence;
  schedule: CadenceDef;
  slots: SlotRules;
  locale: Locale;
  timezone: string;
  country: string;
  currency: string;
  ae: Person;
  cost_basis: "vat_excluded" | "vat_included";
  /** A fraction, "0.1". */
  vat_rate: string;
  week_starts: "monday" | "sunday";
  week_label: "iso" | "start";
  change_colours: "kr" | "western" | "good_bad";
  /** KPI ids, the first heads the mail. */
  kpis: readonly string[];
  breakdowns: readonly TableDef[];
  tops: readonly TableDef[];
  /** The metric of the weekday × hour map. */
  heatmap: string | null;
  sections: readonly SectionId[];
  compare: readonly Basis[];
  year_ago: "calendar" | "weekday";
  goals: readonly GoalDef[];
  only: Readonly<Partial<Record<DimensionId | "platform" | "account", string>>>;
  sources: readonly SourceDef[];
  formats: readonly ("excel" | "pdf")[];
  /** The workbook of the client's own that is filled in place of ours: a name in its `templates/`. */
  template: string | null;
  audiences: readonly Audience[];
  approve: Approval;
  unknown: OnUnknown;
  /** False where subject and preheader may name no figure. */
  subject_numbers: boolean;
  protect: Protection | null;
  /** `holidays:` of the client: days off that no calendar has. */
  holidays: readonly { date: string; name: string }[];
  /** What formulas need beside metrics: `{ margin: "0.35" }`. */
  parameters: Readonly<Record<string, string>>;
  /** Its own first and last day: periods outside are never made. */
  from: string | null;
  until: string | null;
  pauses: readonly Pause[];
  /** Null for every report but an overview. */
  overview: OverviewDef | null;
  /** What the client calls its parts and, by what they are cut by, its tables. */
  labels: { sections: Partial<Record<SectionId, Text>>; tables: Partial<Record<PartId, Text>> };
  /** How it looks. */
  theme: ThemeDef;
}

/** The price of one unit of `base` in `quote` on the days `from`–`to`. */
export interface Rate {
  from: string;
  to: string;
  base: string;
  quote: string;
  rate: string;
}

export interface Rates {
  source: Text;
  rates: readonly Rate[];
}
