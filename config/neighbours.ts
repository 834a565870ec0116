import { type Problem, problem } from "../transforms/problem.ts";
import { customerAs } from "./bigquery-source.ts";
import type { Client } from "./config.ts";
import { sourcePaths } from "./source-paths.ts";
import type { ReadTheme } from "./theme.ts";
import type { Path, YamlFile } from "./yaml.ts";

/** One client as read: complete when its own file is right, and where each of its parts stands. */
export interface ReadClient {
  slug: string;
  client: Client | null;
  yaml: YamlFile;
  theme: ReadTheme | null;
  problems: Problem[];
}

/**
 * What clients may not share. One account in two of them would put one client's figures into the other's mail, so
 * neither runs; the same readers are most often a copied file, so both hear of it.
 */
export function judgeNeighbours(clients: readonly ReadClient[]): Problem[] {
  return [
    ...shared(clients, accountsOf).map(({ at, other, value }) =>
      problem("CONFIG_SAME_ACCOUNT", { account: value.split(" ").slice(1).join(" "), other: other.slug }, at),
    ),
    ...shared(clients, datasetOf).map(({ at, other, value }) =>
      problem("CONFIG_SAME_DATASET", { dataset: value, other: other.slug }, at),
    ),
    ...shared(clients, tablesOf).map(({ at, other, value }) =>
      problem("CONFIG_SAME_TABLES", { tables: value.slice(value.indexOf(" ") + 1), other: other.slug }, at),
    ),
    ...shared(clients, recipientsOf).map(({ at, other }) =>
      problem("CONFIG_SAME_RECIPIENTS", { other: other.slug }, at),
    ),
  ];
}

/**
 * Each account under the folder it arrives in: platforms number their accounts apart from each other. The accounts of
 * manual files are names that people gave, and two shops may both be called `shop`. What BigQuery is asked for stands
 * under the folder that the platform's files would come in.
 */
function accountsOf({ yaml }: ReadClient): [string, Path][] {
  const file = yaml.value as Loose | undefined;
  return Object.entries(file?.channels ?? {}).flatMap(([channel, entry]) =>
    list(entry?.sources).flatMap((source, index): [string, Path][] => {
      const preset = source?.bigquery?.preset;
      const folder = preset ? String(preset).replaceAll("_", "-") : String(source?.files).split("/")[0];
      if (source?.bigquery && !preset) return [];
      const customer = source?.bigquery?.customer;
      const account = source?.account ?? (typeof customer === "string" ? customerAs(customer) : undefined);
      if (typeof account !== "string" || folder === "manual" || source?.platform === "manual") return [];
      const at = source?.account === undefined ? "bigquery" : "account";
      return [[`${folder} ${account}`, ["channels", channel, "sources", index, at]]];
    }),
  );
}

/** As much of a client.yaml as is looked at, whether its form is right or not. */
interface Loose {
  channels?: Record<
    string,
    {
      sources?: {
        files?: string;
        bigquery?: { preset?: string; customer?: string };
        platform?: string;
        account?: string;
      }[];
    }
  >;
}

/** Two clients in one data set would replace each other's figures. */
function datasetOf({ client }: ReadClient): [string, Path][] {
  return client?.warehouse ? [[`${client.warehouse.project}.${client.warehouse.dataset}`, ["warehouse"]]] : [];
}

/** Tables of one account that two clients read would put one client's figures into the other's report. */
function tablesOf({ client }: ReadClient): [string, Path][] {
  const sources = client?.sources ?? [];
  const paths = sourcePaths(sources);
  return sources.flatMap(({ bigquery, account }, at): [string, Path][] => {
    if (!bigquery?.preset) return [];
    const { preset, project, dataset, customer } = bigquery;
    // One data set of Search Console or of a manager account holds several accounts; one of Analytics holds one.
    const own = { google_ads: customer, search_console: account, ga4: null }[preset];
    const tables = [`${project}.${dataset}`, own].filter((part) => part !== null).join(" ");
    return [[`${preset} ${tables}`, [...(paths[at] ?? []), "bigquery"]]];
  });
}

function recipientsOf({ client }: ReadClient): [string, Path][] {
  const addresses =
    client?.audiences.flatMap(({ recipients }) => recipients.map(({ address }) => address.toLowerCase())) ?? [];
  return addresses.length ? [[addresses.toSorted().join(" "), ["recipients"]]] : [];
}

/** Each value that two or more clients have, once for each of them, at its own place. */
function shared(clients: readonly ReadClient[], valuesOf: (client: ReadClient) => [string, Path][]) {
  const owners = new Map<string, { client: ReadClient; path: Path }[]>();
  for (const client of clients) {
    for (const [value, path] of valuesOf(client)) {
      const there = owners.get(value) ?? [];
      if (!there.some((owner) => owner.client === client)) owners.set(value, [...there, { client, path }]);
    }
  }
  return [...owners].flatMap(([value, all]) =>
    all.flatMap(({ client, path }) => {
      const other = all.find((owner) => owner.client !== client)?.client;
      return other ? [{ value, other, at: client.yaml.place(path, value.includes(" ") ? "value" : "key") }] : [];
    }),
  );
}

/** A client that is refused for its form may hold anything here. */
function list<Item>(value: Item[] | undefined): Item[] {
  return Array.isArray(value) ? value : [];
}
