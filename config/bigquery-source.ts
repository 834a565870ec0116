import type { BigQueryOrigin, Preset } from "../transforms/definitions.ts";
import { type Problem, problem } from "../transforms/problem.ts";
import type { Agency } from "./config.ts";
import type { Judging } from "./known.ts";
import { nearest } from "./nearest.ts";
import type { BigQuerySource } from "./schema/bigquery-source.ts";
import type { ClientFile } from "./schema/client.ts";
import { bytes } from "./warehouse.ts";
import type { Path } from "./yaml.ts";

/** What a source asks of BigQuery; what it leaves unsaid is as for the agency's warehouse. */
export function bigQueryOrigin(entry: BigQuerySource, agency: Agency["warehouse"]): BigQueryOrigin {
  const project = entry.project ?? agency?.project ?? "";
  return {
    preset: entry.preset ?? null,
    query: entry.query ?? null,
    project,
    dataset: entry.dataset ?? null,
    customer: entry.customer?.replaceAll("-", "") ?? null,
    manager: entry.manager?.replaceAll("-", "") ?? null,
    params: entry.params ?? {},
    billed_to: entry.billed_to ?? project,
    location: entry.location ?? agency?.location ?? "asia-northeast3",
    credentials: entry.credentials ?? agency?.credentials ?? null,
    max_bytes_billed: entry.max_bytes_billed
      ? bytes(entry.max_bytes_billed)
      : (agency?.max_bytes_billed ?? bytes("10 GB")),
  };
}

/**
 * The account that the tables of a preset are of, where their own name says it; as its platform writes it, so that it is
 * the one that files were loaded under.
 */
export function accountOf({ preset, customer, dataset }: BigQueryOrigin): string | null {
  if (preset === "google_ads") return customer && customerAs(customer);
  const [, property] = /^analytics_(\d+)$/.exec(preset === "ga4" ? (dataset ?? "") : "") ?? [];
  return property === undefined ? null : `properties/${property}`;
}

/** The number of an account as Google writes it. */
export const customerAs = (number: string): string =>
  number.replaceAll("-", "").replace(/^(\d{3})(\d{3})(\d{4})$/, "$1-$2-$3");

/** Whether a source of BigQuery says what its kind needs, and nothing that belongs to another. */
export function judgeBigQuery({ file, yaml, agency }: Pick<Judging, "file" | "yaml" | "agency">): Problem[] {
  return eachOf(file).flatMap(({ source, entry, path }) => {
    const kind = entry.preset ?? "query";
    const { needs, takes } = keys[kind];
    const known = [...needs, ...takes, ...common];
    const missing = needs.filter((key) => entry[key] === undefined);
    const lacks = [
      ...missing.map((key): [string, Path] => [key, ["bigquery"]]),
      ...(entry.project === undefined && !agency.warehouse ? [["project", ["bigquery"]] satisfies [string, Path]] : []),
      ...(kind === "search_console" && source.account === undefined ? [["account", []] satisfies [string, Path]] : []),
      ...(kind === "ga4" && source.account === undefined && !/^analytics_\d+$/.test(entry.dataset ?? "analytics_1")
        ? [["account", []] satisfies [string, Path]]
        : []),
    ];
    const { platform } = source;
    const named = { key: "platform", found: platform ?? "", known: kind, nearest: kind };
    const other = entry.preset && platform && platform !== kind ? [named] : [];
    const strange = (Object.keys(entry) as (keyof BigQuerySource)[]).filter((key) => !known.includes(key));
    return [
      ...lacks.map(([key, below]) =>
        problem(
          "CONFIG_MISSING_KEY",
          { key, parent: [...path, ...below].join(".") },
          yaml.place([...path, ...below], below.length > 0 ? "key" : "value"),
        ),
      ),
      ...other.map((facts) => problem("CONFIG_NOT_ONE_OF", facts, yaml.place([...path, "platform"]))),
      ...strange.map((found) => {
        const facts = { found, nearest: nearest(found, known), known: known.join(", ") };
        return problem("CONFIG_UNKNOWN_KEY", facts, yaml.place([...path, "bigquery", found], "key"));
      }),
    ];
  });
}

type Key = keyof BigQuerySource;

const common: readonly Key[] = ["project", "billed_to", "location", "credentials", "max_bytes_billed"];

/** What each kind of source needs to be said, and what may be. */
const keys: Readonly<Record<Preset | "query", { needs: readonly Key[]; takes: readonly Key[] }>> = {
  google_ads: { needs: ["dataset", "customer"], takes: ["preset", "manager"] },
  search_console: { needs: ["dataset"], takes: ["preset"] },
  ga4: { needs: ["dataset"], takes: ["preset"] },
  query: { needs: [], takes: ["query", "dataset", "params"] },
};

/** The sources of a client.yaml that ask BigQuery, with their place. */
function eachOf({ channels }: ClientFile) {
  return Object.entries(channels).flatMap(([channel, entry]) =>
    (entry?.sources ?? []).flatMap((source, index) =>
      source.bigquery
        ? [{ source, entry: source.bigquery, path: ["channels", channel, "sources", index] satisfies Path }]
        : [],
    ),
  );
}
