import { z } from "zod";
import { REFERENCE, SecretRef } from "./words.ts";

/** How BigQuery is reached, wherever it is named. */
export const bigqueryKeys = {
  project: z
    .string()
    .regex(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, "project")
    .describe("The Google Cloud project that the figures lie in and that is billed."),
  location: z
    .string()
    .regex(/^[A-Za-z]+(-[a-z]+\d)?$/, "location")
    .optional()
    .describe("Where its data sets are (default: asia-northeast3, Seoul)."),
  credentials: SecretRef.optional().describe(
    `The JSON key of a service account, only as ${REFERENCE} (default: the machine's own identity).`,
  ),
  max_bytes_billed: z
    .string()
    .regex(/^[1-9]\d{0,3} ?(MB|GB|TB)$/, "bytes")
    .optional()
    .describe("The most that one question may be billed for; one that needs more is not run (default: `10 GB`)."),
};

export const Dataset = z.string().regex(/^[A-Za-z0-9_]{1,1024}$/, "dataset");

/** BigQuery as the place of every client's figures. */
export const AgencyWarehouse = z
  .strictObject({ bigquery: z.strictObject(bigqueryKeys).describe("Each client has a data set of its own there.") })
  .describe("Where figures are kept, for clients who do not say otherwise (default: a DuckDB file each).");

/** What a client says about it, on top of the agency. */
export const ClientWarehouse = z
  .union([
    z.literal("duckdb"),
    z.strictObject({
      bigquery: z
        .strictObject({
          ...bigqueryKeys,
          project: bigqueryKeys.project.optional().describe("The project (default: the agency's)."),
          dataset: Dataset.optional().describe("The data set, its own alone (default: `bogo_` and the client's name)."),
        })
        .describe("BigQuery, with what differs from the agency."),
    }),
  ])
  .describe("Where its figures are kept: `duckdb`, or `{ bigquery: { … } }` (default: as the agency says).");
