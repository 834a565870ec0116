import type { ReportDef } from "../../definitions.ts";
import type { ChannelId } from "../../metrics.ts";
import type { SumRow } from "../../records.ts";

/** One channel's sums as its own report reads them, so that its line cannot differ from that report. */
export interface ChannelSums {
  channel: ChannelId;
  rows: readonly SumRow[];
}

/** What platforms report of themselves, in every line and in the total. */
export const lineKpis = ["cost", "conversions", "conversion_value"] as const;
/** What the shop itself counts. */
const shopKpis = ["orders", "revenue"] as const;

/** The KPIs that an overview asks of all channels together, beside those of the report. */
export function pooledKpis({ overview }: ReportDef): string[] {
  if (!overview) return [];
  return [...lineKpis, ...shopKpis, ...overview.tree.flatMap(({ kpi, channel }) => (channel === null ? [kpi] : []))];
}

/** The KPIs that it asks of each channel alone. */
export function channelAsks({ overview }: ReportDef): { channel: ChannelId; kpis: string[] }[] {
  if (!overview) return [];
  const asks: [ChannelId, string][] = [
    ...overview.lines.flatMap(({ channel, kpi }) =>
      [kpi, ...lineKpis].map((each): [ChannelId, string] => [channel, each]),
    ),
    ...overview.tree.flatMap(({ channel, kpi }): [ChannelId, string][] => (channel === null ? [] : [[channel, kpi]])),
    ...overview.funnel.flatMap(({ channels, kpi }) => channels.map((channel): [ChannelId, string] => [channel, kpi])),
  ];
  const byChannel = Map.groupBy(asks, ([channel]) => channel);
  return [...byChannel].map(([channel, own]) => ({ channel, kpis: [...new Set(own.map(([, kpi]) => kpi))] }));
}
