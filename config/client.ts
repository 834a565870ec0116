import type { z } from "zod";
import { parseAddress } from "../transforms/address.ts";
import type {
  Approval,
  Audience,
  GoalDef,
  KpiDef,
  Person,
  Protection,
  ReportDef,
  SlotRules,
  SourceDef,
} from "../transforms/definitions.ts";
import type { Cadence, ChannelId, Text } from "../transforms/metrics.ts";
import type { ThemeDef } from "../transforms/theme.ts";
import { accountOf, bigQueryOrigin } from "./bigquery-source.ts";
import type { Agency, ChannelDef, Client } from "./config.ts";
import { coverOf } from "./cover.ts";
import { cadencesOf, tablesOf } from "./dictionary.ts";
import { textOf } from "./label.ts";
import { coveredBy, leading, overviewOf } from "./overview.ts";
import { pausesOf } from "./pause.ts";
import { fraction, minutes, target } from "./quantity.ts";
import type { ChannelEntry, ClientFile, GoalEntry, ReportEntry } from "./schema/client.ts";
import { clientWarehouse } from "./warehouse.ts";

export interface Surroundings {
  agency: Agency;
  channels: ReadonlyMap<ChannelId, ChannelDef>;
  /** The dictionary with the client's own changes on it. */
  kpis: ReadonlyMap<string, KpiDef>;
  theme: ThemeDef;
}

/** Fills in what a client.yaml leaves unsaid. The file has been judged: what it refers to exists. */
export function completeClient(slug: string, file: ClientFile, around: Surroundings): Client {
  const kpis = relabelled(withDenominators(around.kpis, file.engagement_by ?? {}), file.labels?.kpis ?? {});
  const audiences = Object.entries(file.recipients).map(
    ([id, addresses]): Audience => ({ id, recipients: addresses.map(personOf) }),
  );
  const entries = Object.entries(file.channels) as [ChannelId, z.infer<typeof ChannelEntry>][]; // zod has checked the keys
  const sources = entries.flatMap(([channel, entry]) =>
    (entry.sources ?? []).map((source) => sourceOf(channel, source, around.agency)),
  );
  const goals = entries.flatMap(([channel, entry]) => goalsOf(channel, entry.goals, kpis, file.currency));
  const client: Omit<Client, "reports"> = {
    slug,
    name: textOf(file.client),
    locale: file.locale,
    timezone: file.timezone,
    country: file.country,
    currency: file.currency,
    ae: around.agency.people[file.ae] ?? { name: file.ae, address: "" },
    cost_basis: file.cost_basis ?? "vat_excluded",
    vat_rate: file.vat_rate === undefined ? (file.country === "KR" ? "0.1" : "0") : fraction(file.vat_rate),
    holidays: file.holidays ?? [],
    channels: entries.map(([channel]) => channel),
    sources,
    goals,
    audiences,
    kpis,
    parameters: Object.fromEntries(Object.entries(file.parameters ?? {}).map(([key, value]) => [key, fraction(value)])),
    pauses: pausesOf(file.paused),
    warehouse: clientWarehouse(slug, file.warehouse, around.agency.warehouse),
  };
  const report = (id: string, channels: readonly ChannelId[], entry: Entry, own: readonly GoalDef[]): ReportDef[] =>
    reportsOf({ id, channels, entry, goals: own }, client, file, around);
  return {
    ...client,
    reports: [
      ...entries.flatMap(([channel, entry]) =>
        report(
          channel,
          [channel],
          entry,
          goals.filter((goal) => goal.channel === channel),
        ),
      ),
      ...(file.reports ?? []).flatMap((entry) =>
        report(entry.id, entry.channels, entry, goalsOf(null, entry.goals, kpis, file.currency)),
      ),
    ],
  };
}

/** An address that the schema has accepted. */
export function personOf(text: string): Person {
  return parseAddress(text) ?? { name: "", address: text };
}

type Entry = z.infer<typeof ChannelEntry> | z.infer<typeof ReportEntry>;

interface ReportParts {
  id: string;
  channels: readonly ChannelId[];
  entry: Entry;
  goals: readonly GoalDef[];
}

/** One report per cadence. What the entry does not say, the client says, then the first of its channels. */
function reportsOf(
  { id, channels, entry, goals }: ReportParts,
  client: Omit<Client, "reports">,
  file: ClientFile,
  { agency, channels: defaults, theme }: Surroundings,
): ReportDef[] {
  const own = channels.flatMap((channel) => defaults.get(channel) ?? []);
  const [first] = own;
  const cadences = entry.cadence ? cadencesOf(entry.cadence) : (first?.cadence ?? []);
  const covered = channels.includes("overview") ? coveredBy(file) : channels;
  const star = channels.includes("overview") ? leading(file) : [];
  return cadences.map((schedule) => ({
    client: client.slug,
    id,
    title: entry.title === undefined ? null : textOf(entry.title),
    client_name: client.name,
    agency_name: theme.agency ?? agency.name,
    channels: covered,
    cadence: schedule.cadence,
    schedule,
    slots: slotRules(schedule.cadence, entry, file),
    locale: entry.locale ?? client.locale,
    timezone: client.timezone,
    country: client.country,
    currency: client.currency,
    ae: client.ae,
    cost_basis: client.cost_basis,
    vat_rate: client.vat_rate,
    week_starts: file.week_starts ?? "monday",
    week_label: file.week_label ?? "iso",
    change_colours: file.change_colours ?? theme.change_colours ?? "good_bad",
    kpis: [...new Set([...star, ...(entry.kpis ?? own.flatMap((channel) => channel.kpis))])],
    breakdowns: entry.breakdowns ? tablesOf(entry.breakdowns) : own.flatMap((channel) => channel.breakdowns),
    tops: entry.tops ? tablesOf(entry.tops) : own.flatMap((channel) => channel.tops),
    heatmap: entry.heatmap ?? first?.heatmap ?? null,
    sections: entry.sections ?? first?.sections ?? [],
    compare: entry.compare ?? file.compare ?? first?.compare ?? ["previous"],
    year_ago: file.year_ago ?? (schedule.cadence === "weekly" || schedule.cadence === "daily" ? "weekday" : "calendar"),
    goals,
    only: ("only" in entry ? entry.only : undefined) ?? {},
    sources: client.sources.filter((source) => covered.includes(source.channel)),
    template: entry.template ?? null,
    formats: entry.formats ?? file.formats ?? ["excel", "pdf"],
    audiences: client.audiences.filter((audience) => !entry.to || entry.to.includes(audience.id)),
    approve: approvalOf(entry.approve ?? file.approve ?? "never", client.ae, agency),
    unknown: entry.unknown ?? file.unknown ?? agency.unknown,
    subject_numbers: entry.subject_numbers ?? file.subject_numbers ?? true,
    protect: protectionOf(entry.protect ?? file.protect ?? false),
    holidays: client.holidays,
    parameters: client.parameters,
    from: later(file.from, entry.from),
    until: earlier(file.until, entry.until),
    pauses: [...client.pauses, ...pausesOf(entry.paused)],
    overview: channels.includes("overview") ? overviewOf(covered, file, defaults) : null,
    labels: { sections: textsOf(file.labels?.sections), tables: textsOf(file.labels?.tables) },
    theme: themeFor(theme, entry),
  }));
}

/** The dictionary under the names that a client uses. */
function relabelled(
  kpis: ReadonlyMap<string, KpiDef>,
  labels: NonNullable<NonNullable<ClientFile["labels"]>["kpis"]>,
): ReadonlyMap<string, KpiDef> {
  const named = Object.entries(labels).flatMap(([id, label]): [string, KpiDef][] => {
    const kpi = kpis.get(id);
    return kpi ? [[id, { ...kpi, label: textOf(label) }]] : [];
  });
  return named.length > 0 ? new Map([...kpis, ...named]) : kpis;
}

function textsOf<Key extends string>(labels: Partial<Record<Key, string | Text>> = {}): Partial<Record<Key, Text>> {
  const entries = Object.entries(labels) as [Key, string | Text][]; // a partial record holds its own keys
  return Object.fromEntries(entries.map(([key, label]) => [key, textOf(label)])) as Partial<Record<Key, Text>>;
}

/** A report may have other pages than the rest, and a cover or none. */
function themeFor(theme: ThemeDef, { page, cover }: Entry): ThemeDef {
  return { ...theme, page: page ?? theme.page, cover: cover === undefined ? theme.cover : coverOf(cover) };
}

function approvalOf(written: NonNullable<ClientFile["approve"]>, ae: Person, { people }: Agency): Approval {
  const { when, by } = typeof written === "string" ? { when: written } : written;
  return { when, by: (by === undefined ? undefined : people[by]) ?? ae };
}

function protectionOf(written: NonNullable<ClientFile["protect"]>): Protection | null {
  return written === false ? null : { password: written.password, to: written.to ?? null };
}

/** A missed day or week is of use only while it is the newest; a month's or a quarter's report is kept. */
function slotRules(
  cadence: Cadence,
  entry: Entry,
  { quiet = { from: "21:00", until: "08:00" } }: ClientFile,
): SlotRules {
  const short = cadence === "daily" || cadence === "weekly";
  return {
    misfire: entry.misfire ?? (short ? "run_latest" : "run_all"),
    wait_minutes: minutes(entry.wait_for ?? "4h"),
    on_incomplete: entry.on_incomplete ?? "hold",
    quiet: quiet || null,
  };
}

function sourceOf(
  channel: ChannelId,
  source: NonNullable<z.infer<typeof ChannelEntry>["sources"]>[number],
  { warehouse }: Agency,
): SourceDef {
  const bigquery = source.bigquery && bigQueryOrigin(source.bigquery, warehouse);
  return {
    channel,
    ...(bigquery ? { bigquery } : { files: source.files ?? "" }),
    account: source.account ?? (bigquery ? accountOf(bigquery) : null),
    platform: bigquery?.preset ?? source.platform ?? null,
    currency: source.currency ?? null,
    vat: source.vat ?? null,
    timezone: source.timezone ?? null,
    window: source.window ?? null,
    period: source.period ?? null,
    complete: source.complete ?? false,
  };
}

function goalsOf(
  channel: ChannelId | null,
  entries: readonly z.infer<typeof GoalEntry>[] | undefined,
  kpis: ReadonlyMap<string, KpiDef>,
  currency: string,
): GoalDef[] {
  return (entries ?? []).map((entry) => {
    const [kind, low, high] = targetOf(entry);
    const unit = kpis.get(entry.kpi)?.unit ?? "count";
    return {
      channel,
      kpi: entry.kpi,
      kind,
      target: target(low, unit, currency) ?? "0",
      target_to: high === null ? null : target(high, unit, currency),
      per: entry.per,
      owner: entry.owner,
      from: entry.from ?? null,
      until: entry.until ?? null,
    };
  });
}

/** The one target that a goal names, as written. */
export function targetOf(entry: z.infer<typeof GoalEntry>): [GoalDef["kind"], string | number, string | number | null] {
  if (entry.between) return ["between", ...entry.between];
  if (entry.budget !== undefined) return ["budget", entry.budget, null];
  return entry.at_most === undefined ? ["at_least", entry.at_least ?? 0, null] : ["at_most", entry.at_most, null];
}

/** A client's choice of what engagement is divided by, as the meaning of `impressions` in that KPI. */
function withDenominators(
  kpis: ReadonlyMap<string, KpiDef>,
  chosen: NonNullable<ClientFile["engagement_by"]>,
): ReadonlyMap<string, KpiDef> {
  const rate = kpis.get("engagement_rate");
  if (!rate || Object.keys(chosen).length === 0) return kpis;
  const impressions = { ...rate.metric_by_platform.impressions, ...chosen };
  return new Map(kpis).set(rate.id, { ...rate, metric_by_platform: { ...rate.metric_by_platform, impressions } });
}

const later = (a?: string, b?: string): string | null =>
  [a, b]
    .filter((day) => day !== undefined)
    .sort()
    .at(-1) ?? null;
const earlier = (a?: string, b?: string): string | null => [a, b].filter((day) => day !== undefined).sort()[0] ?? null;
