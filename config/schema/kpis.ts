import { z } from "zod";
import { stages, tiers } from "../../transforms/definitions.ts";
import { Channel, KpiName, MetricName, Platform } from "./words.ts";

const Both = z.strictObject({ ko: z.string().min(1).describe("Korean."), en: z.string().min(1).describe("English.") });
const Formula = z
  .string()
  .min(1)
  .max(500)
  .describe("Arithmetic over base metrics, parameters and other KPIs: `+ - * / ( )` and numbers.");

const fields = {
  label: Both.describe("Its name as printed."),
  purpose: Both.describe("What the reader learns from it."),
  formula: Formula,
  by_channel: z
    .partialRecord(Channel, Formula)
    .optional()
    .describe("Formulas of channels that define it in another way."),
  metric_by_platform: z
    .partialRecord(MetricName, z.record(Platform, Formula))
    .optional()
    .describe("What a metric of the formula means on a platform: `{ clicks: { meta_ads: link_clicks } }`."),
  needs: z.array(z.string()).optional().describe("Names in the formula that `parameters:` of the client supplies."),
  unit: z
    .enum(["count", "money", "ratio", "seconds", "points", "position"])
    .describe("How its value reads; a ratio is printed in percent."),
  decimals: z
    .number()
    .int()
    .min(0)
    .max(6)
    .describe("Digits after the point as printed; for a ratio, of the percentage."),
  better: z.enum(["up", "down", "neither"]).describe("Which way is good news."),
  stage: z.enum(stages).optional().describe("Its stage of the funnel."),
  tier: z.enum(tiers).describe("Whose question it answers: strategic, tactical or operational."),
  timing: z.enum(["leading", "lagging"]).describe("Whether it moves before the result or is the result."),
  parent: KpiName.optional().describe("The KPI above it in the KPI tree."),
  note: Both.optional().describe("What a reader has to know beside the figure."),
};

const KpiEntry = z.strictObject(fields).describe("One KPI: what it is, how it is calculated, how it is printed.");
/** A client's change of a KPI: any field; a new KPI needs them all. */
export const KpiChange = z
  .strictObject(fields)
  .partial()
  .describe("Fields that differ from kpis.yaml; a new KPI needs the whole entry.");

/** kpis.yaml: the KPI dictionary. */
export const KpisFile = z.record(KpiName, KpiEntry).describe("The KPI dictionary, by id.");
export type KpisFile = z.infer<typeof KpisFile>;
/** The same file of an agency: laid over the project's, entry by entry and field by field. */
export const KpisOverlay = z.record(KpiName, KpiChange).describe("Changes to the KPI dictionary, by id.");
