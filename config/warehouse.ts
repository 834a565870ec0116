import type { z } from "zod";
import { type Problem, problem } from "../transforms/problem.ts";
import type { Agency, BigQueryPlace } from "./config.ts";
import type { AgencyWarehouse, ClientWarehouse } from "./schema/warehouse.ts";
import type { YamlFile } from "./yaml.ts";

type ClientEntry = z.infer<typeof ClientWarehouse>;

/** The agency's place in BigQuery; null where figures are kept on the machine. */
export function agencyWarehouse(entry: z.infer<typeof AgencyWarehouse> | undefined): Agency["warehouse"] {
  if (!entry) return null;
  const { project, location = "asia-northeast3", credentials = null, max_bytes_billed = "10 GB" } = entry.bigquery;
  return { project, location, credentials, max_bytes_billed: bytes(max_bytes_billed) };
}

/** A client's place in BigQuery, what it leaves unsaid from the agency; null for a file on the machine. */
export function clientWarehouse(
  slug: string,
  entry: ClientEntry | undefined,
  agency: Agency["warehouse"],
): BigQueryPlace | null {
  if (entry === "duckdb" || (!entry && !agency)) return null;
  const own = entry?.bigquery ?? {};
  const project = own.project ?? agency?.project;
  if (project === undefined) return null;
  return {
    project,
    dataset: own.dataset ?? `bogo_${slug.replaceAll("-", "_")}`,
    location: own.location ?? agency?.location ?? "asia-northeast3",
    credentials: own.credentials ?? agency?.credentials ?? null,
    max_bytes_billed: own.max_bytes_billed ? bytes(own.max_bytes_billed) : (agency?.max_bytes_billed ?? bytes("10 GB")),
  };
}

/** A client that is to be kept in BigQuery needs a project, its own or the agency's. */
export function judgeWarehouse(entry: ClientEntry | undefined, yaml: YamlFile, agency: Agency): Problem[] {
  if (!entry || entry === "duckdb" || entry.bigquery.project || agency.warehouse) return [];
  const facts = { key: "project", parent: "warehouse.bigquery" };
  return [problem("CONFIG_MISSING_KEY", facts, yaml.place(["warehouse", "bigquery"], "key"))];
}

/** `10 GB` in bytes, as BigQuery counts them. */
export function bytes(text: string): number {
  const power = { MB: 20, GB: 30, TB: 40 }[text.slice(-2) as "MB" | "GB" | "TB"]; // the schema lets no other through
  return Number.parseInt(text, 10) * 2 ** power;
}
