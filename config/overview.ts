import type { z } from "zod";
import type { BranchDef, OverviewDef, StageDef } from "../transforms/definitions.ts";
import type { ChannelId, Text } from "../transforms/metrics.ts";
import type { ChannelDef } from "./config.ts";
import { textOf } from "./label.ts";
import { pausesOf } from "./pause.ts";
import type { ClientFile } from "./schema/client.ts";
import type { BranchEntry } from "./schema/words.ts";

/** The channels that a client's overview looks at: those it names, else every one, and its own figures always. */
export function coveredBy({ channels }: Pick<ClientFile, "channels">): ChannelId[] {
  const own = Object.keys(channels) as ChannelId[]; // zod has checked the keys
  const covers = channels.overview?.covers;
  return covers ? own.filter((channel) => channel === "overview" || covers.includes(channel)) : own;
}

/** The KPIs that lead the overview whatever else it shows: the North Star, then each that matters for a while. */
export function leading({ north_star, omtm = [] }: Pick<ClientFile, "north_star" | "omtm">): string[] {
  return [...(north_star ? [north_star.kpi] : []), ...omtm.map(({ kpi }) => kpi)];
}

/** What an overview shows, its defaults filled in; entries of channels that it does not cover fall away. */
export function overviewOf(
  covered: readonly ChannelId[],
  file: ClientFile,
  defaults: ReadonlyMap<ChannelId, ChannelDef>,
): OverviewDef {
  const own = file.channels.overview;
  const standard = defaults.get("overview");
  const named = <Entry extends { label?: string | Text }>({ label, ...rest }: Entry) => ({
    ...rest,
    label: label === undefined ? null : textOf(label),
  });
  const { north_star, omtm = [] } = file;
  const tree = own?.tree ? branchesOf(own.tree) : (standard?.tree ?? []);
  return {
    north_star: north_star ? named(north_star) : null,
    omtm: omtm.map((each) => ({ ...named(each), from: each.from ?? null, until: each.until ?? null })),
    lines: covered
      .filter((channel) => channel !== "overview")
      .map((channel) => ({
        channel,
        kpi: headlineOf(file.channels[channel], defaults.get(channel)),
        pauses: pausesOf(file.channels[channel]?.paused),
      })),
    tree: tree.filter(({ channel }) => channel === null || covered.includes(channel)),
    funnel: stagesOf(own?.funnel ?? standard?.funnel ?? [], covered),
  };
}

/** Tree entries as definitions. */
export function branchesOf(entries: readonly z.infer<typeof BranchEntry>[]): BranchDef[] {
  return entries.map((entry) => (typeof entry === "string" ? { kpi: entry, channel: null } : entry));
}

/** What stands for a channel: its `headline`, else the first KPI of its own report. */
function headlineOf(entry: ClientFile["channels"][ChannelId], standard: ChannelDef | undefined): string {
  return entry?.headline ?? standard?.headline ?? entry?.kpis?.[0] ?? standard?.kpis[0] ?? "cost";
}

/** Each stage once: by the first of its entries that has a channel here. */
function stagesOf(entries: readonly StageDef[], covered: readonly ChannelId[]): StageDef[] {
  const here = entries
    .map((entry) => ({ ...entry, channels: entry.channels.filter((channel) => covered.includes(channel)) }))
    .filter(({ channels }) => channels.length > 0);
  return here.filter(({ stage }, at) => here.findIndex((each) => each.stage === stage) === at);
}

/** The sources of every channel that the overview looks at. */
export function coveredSources(file: Pick<ClientFile, "channels">): Source[] {
  return coveredBy(file).flatMap((channel) => file.channels[channel]?.sources ?? []);
}

type Source = NonNullable<NonNullable<ClientFile["channels"][ChannelId]>["sources"]>[number];
