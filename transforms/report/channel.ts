import type { ReportDef } from "../definitions.ts";
import type { ChannelId } from "../metrics.ts";

/** The channel whose name and formulas a report takes: the overview's where it covers all, else its only one. */
export function channelOf({ channels }: Pick<ReportDef, "channels">): ChannelId | null {
  if (channels.includes("overview")) return "overview";
  return channels.length === 1 ? (channels[0] ?? null) : null;
}
