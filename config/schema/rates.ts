import { z } from "zod";
import { Currency, Day } from "./words.ts";

/** rates.yaml: dated currency rates. A day that no rate covers has no rate: totals over currencies are then refused. */
export const RatesFile = z
  .strictObject({
    source: z
      .strictObject({ ko: z.string().min(1).describe("Korean."), en: z.string().min(1).describe("English.") })
      .describe("Where the rates come from, as the reports' notes print it."),
    rates: z
      .array(
        z.strictObject({
          from: Day.describe("First day."),
          to: Day.describe("Last day."),
          base: Currency.describe("The currency that one unit is taken of."),
          quote: Currency.describe("The currency of its price."),
          rate: z
            .string()
            .regex(/^\d+(\.\d+)?$/, "rate")
            .describe('The price of one unit of `base` in `quote`, in quotes: `"1352.40"`.'),
        }),
      )
      .describe("The rates; days of one pair must not overlap."),
  })
  .describe("Dated currency rates with their source.");
export type RatesFile = z.infer<typeof RatesFile>;
