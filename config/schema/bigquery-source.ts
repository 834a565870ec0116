import { z } from "zod";
import { presets } from "../../transforms/definitions.ts";
import { bigqueryKeys, Dataset } from "./warehouse.ts";

const Customer = z.string().regex(/^\d{3}-?\d{3}-?\d{4}$/, "customer");

/** Tables in BigQuery that are asked for the days that a report needs. Which key belongs to which is judged later. */
export const BigQuerySource = z
  .strictObject({
    preset: z
      .enum(presets)
      .optional()
      .describe(
        "Whose tables they are: google_ads (data transfer), search_console (bulk export) or ga4 (export of events).",
      ),
    query: z
      .string()
      .refine((path) => isStatement(path), "statement")
      .optional()
      .describe(
        "In place of a preset a statement of your own, a file below this client's folder: `queries/newsletter.sql`. It asks for the days `@from` to `@to`, and its columns are named as the platform's export names them.",
      ),
    project: bigqueryKeys.project
      .optional()
      .describe("The Google Cloud project that the tables lie in (default: the agency's)."),
    dataset: Dataset.optional().describe(
      "The data set that they lie in: `ads_transfer`, `searchconsole`, `analytics_123456`.",
    ),
    customer: Customer.optional().describe(
      'For google_ads: the account whose figures they are, in quotes: `"123-456-7890"`.',
    ),
    manager: Customer.optional().describe(
      "For google_ads: the manager account whose transfer it is, where the names of the tables end in its number (default: the account).",
    ),
    params: z
      .record(
        z.string().regex(/^[a-z][a-z0-9_]*$/, "parameter"),
        z.union([z.string().max(200), z.int(), z.boolean()]).describe("A text, a whole number, or true or false."),
      )
      .optional()
      .describe("For query: the values of its own parameters: `{ list: autumn }` for `@list`."),
    billed_to: bigqueryKeys.project
      .optional()
      .describe("The project that pays for the questions (default: the one that the tables lie in)."),
    location: bigqueryKeys.location.describe(
      "Where the data set is (default: the agency's, else asia-northeast3, Seoul).",
    ),
    credentials: bigqueryKeys.credentials.describe(
      "The JSON key of a service account, only as a reference (default: the agency's, else the machine's own identity).",
    ),
    max_bytes_billed: bigqueryKeys.max_bytes_billed.describe(
      "The most that one question may be billed for; one that needs more is not run (default: the agency's, else `10 GB`).",
    ),
  })
  .refine(({ preset, query }) => (preset === undefined) !== (query === undefined), "preset_or_query")
  .describe("Tables in BigQuery: `{ preset, project, dataset, … }` or `{ query, project, … }`.");

export type BigQuerySource = z.infer<typeof BigQuerySource>;

const isStatement = (path: string): boolean =>
  /^[\w-][\w .-]*(\/[\w-][\w .-]*)*\.sql$/u.test(path) && !path.split("/").includes("..");
