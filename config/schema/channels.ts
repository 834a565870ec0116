import { z } from "zod";
import * as words from "./words.ts";

const fields = {
  label: z
    .strictObject({ ko: z.string().min(1).describe("Korean."), en: z.string().min(1).describe("English.") })
    .describe("Its name as printed."),
  cadence: words.CadenceMap.describe("When its reports go out unless a client says otherwise."),
  kpis: z.array(words.KpiName).min(1).describe("Its KPIs, the first heads the mail."),
  breakdowns: z.array(words.TableEntry).describe("Its tables by dimension."),
  tops: z.array(words.TableEntry).describe("Its top lists."),
  heatmap: words.KpiName.optional().describe("The metric of the weekday × hour map."),
  sections: z.array(words.Section).min(1).describe("The parts of its report in their order."),
  compare: z.array(words.Basis).min(1).describe("What its periods are compared with; the first heads the mail."),
  headline: words.KpiName.optional().describe("The KPI that stands for it in the overview (default: its first)."),
  tree: z.array(words.BranchEntry).optional().describe("The KPIs of the tree; the overview's alone."),
  funnel: z.array(words.StageEntry).optional().describe("How the funnel is counted; the overview's alone."),
};

const ChannelDefault = z.strictObject(fields).describe("One channel's defaults.");

/** channels.yaml: what a channel's report is like unless a client says otherwise. */
export const ChannelsFile = z.partialRecord(words.Channel, ChannelDefault).describe("Defaults of the channels.");
export type ChannelsFile = z.infer<typeof ChannelsFile>;
/** The same file of an agency: laid over the project's, field by field. */
export const ChannelsOverlay = z
  .partialRecord(words.Channel, ChannelDefault.partial())
  .describe("Changes to the channels' defaults.");
