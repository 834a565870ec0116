import type {
  Audience,
  BranchDef,
  CadenceDef,
  GoalDef,
  KpiDef,
  OnUnknown,
  Pause,
  Person,
  Rates,
  ReportDef,
  SourceDef,
  StageDef,
  TableDef,
} from "../transforms/definitions.ts";
import type { ChannelId, Locale, Text } from "../transforms/metrics.ts";
import type { Problem } from "../transforms/problem.ts";
import type { Basis, SectionId } from "../transforms/report/model.ts";
import type { ReadTheme } from "./theme.ts";

/** agency.yaml, complete. What may be a secret is still its reference: `secret(ref)` reads it at each use. */
export interface Agency {
  name: Text;
  from: Person;
  ops: Person;
  language: "ko" | "en";
  smtp: {
    host: string;
    port: number | string;
    secure: boolean | null;
    require_tls: boolean;
    user: string | null;
    pass: string | null;
    oauth2: { user: string; client_id: string; client_secret: string; refresh_token: string; url: string } | null;
  };
  dkim: { domain: string; selector: string; private_key: string } | null;
  unknown: OnUnknown;
  /** The largest encoded mail, in bytes. */
  size_limit: number;
  people: Readonly<Record<string, Person>>;
  /** The language of those colleagues who have one of their own, by address. */
  languages: Readonly<Record<string, "ko" | "en">>;
  /** Days that sent mails are kept. */
  retention: number;
  /** Where clients' figures are kept who do not say otherwise; null for a file each on the machine. */
  warehouse: Omit<BigQueryPlace, "dataset"> | null;
  /** Recipient domains by client. */
  domains: Readonly<Record<string, readonly string[]>>;
}

/** A data set of BigQuery; `credentials` is still its reference, null for the machine's own identity. */
export interface BigQueryPlace {
  project: string;
  dataset: string;
  location: string;
  credentials: string | null;
  /** The most that one question may be billed for, in bytes. */
  max_bytes_billed: number;
}

/** A channel of channels.yaml, complete. */
export interface ChannelDef {
  label: Text;
  cadence: readonly CadenceDef[];
  kpis: readonly string[];
  breakdowns: readonly TableDef[];
  tops: readonly TableDef[];
  heatmap: string | null;
  sections: readonly SectionId[];
  compare: readonly Basis[];
  headline: string | null;
  tree: readonly BranchDef[];
  funnel: readonly StageDef[];
}

/** One client.yaml that was accepted, complete. */
export interface Client {
  slug: string;
  name: Text;
  locale: Locale;
  timezone: string;
  country: string;
  currency: string;
  ae: Person;
  cost_basis: "vat_excluded" | "vat_included";
  vat_rate: string;
  holidays: readonly { date: string; name: string }[];
  channels: readonly ChannelId[];
  sources: readonly SourceDef[];
  goals: readonly GoalDef[];
  audiences: readonly Audience[];
  /** Every report at every cadence: those of the channels, then those of `reports:`. */
  reports: readonly ReportDef[];
  /** The dictionary as this client uses it. */
  kpis: ReadonlyMap<string, KpiDef>;
  parameters: Readonly<Record<string, string>>;
  pauses: readonly Pause[];
  /** The data set that its figures are kept in; null for a file on the machine. */
  warehouse: BigQueryPlace | null;
}

/** A file as it was accepted, with the theme that belongs to it. */
export interface Accepted {
  value: unknown;
  theme: ReadTheme["accepted"];
}

/**
 * A client as config judges it: accepted, or refused with its problems (which stand in `Config.problems`, too). Where
 * its file is refused and an earlier one is in force, `kept` is the instant at which that one was accepted.
 */
export type Judged =
  | { ok: true; client: Client; kept: string | null; problems: readonly Problem[] }
  | { ok: false; client: null; problems: readonly Problem[] };

/** Everything people wrote below one config root. */
export interface Config {
  root: string;
  /** Null when agency.yaml itself is refused; then no client runs. */
  agency: Agency | null;
  channels: ReadonlyMap<ChannelId, ChannelDef>;
  kpis: ReadonlyMap<string, KpiDef>;
  rates: Rates;
  clients: ReadonlyMap<string, Judged>;
  /** What was written and accepted now, as it stands in the files; a kept file is not among it. */
  accepted: { agency: unknown; theme: ReadTheme["accepted"]; clients: ReadonlyMap<string, Accepted> };
  /** Every problem of every file, in order of file and line. */
  problems: readonly Problem[];
}
