import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { KpiDef, Rates } from "../transforms/definitions.ts";
import type { ChannelId } from "../transforms/metrics.ts";
import { type Problem, problem } from "../transforms/problem.ts";
import { completeClient, personOf, textOf } from "./client.ts";
import { judgeComments } from "./comment.ts";
import type { Agency, ChannelDef, Client, Config, Judged } from "./config.ts";
import { cadencesOf, layKpis, metricKpis, tablesOf } from "./dictionary.ts";
import { judge } from "./judge.ts";
import { judgeNeighbours } from "./neighbours.ts";
import { judgeRates } from "./rates.ts";
import { judgeReferences, type MetricsOf } from "./references.ts";
import { AgencyFile } from "./schema/agency.ts";
import { ChannelsFile, ChannelsOverlay } from "./schema/channels.ts";
import { ClientFile } from "./schema/client.ts";
import { KpisFile, KpisOverlay } from "./schema/kpis.ts";
import { RatesFile } from "./schema/rates.ts";
import { Slug } from "./schema/words.ts";
import { parseYaml, type YamlFile } from "./yaml.ts";

/** The project's own config, from which a config root takes what it lacks. */
export const projectConfig = import.meta.dirname;

export interface LoadOptions {
  /** What a platform's formats supply, so that KPIs nobody can feed are refused. Without it they are not judged. */
  metricsOf?: MetricsOf;
}

/**
 * Reads everything people wrote below a config root and judges it, each client apart.
 *
 * Never throws for what is written there: the problems are values, all of them at once. A root needs agency.yaml and
 * clients/; channels.yaml and kpis.yaml are laid over the project's own, rates.yaml stands in its place (invented
 * sample rates must never fill the gaps of real ones).
 */
export async function loadConfig(root: string, { metricsOf = () => null }: LoadOptions = {}): Promise<Config> {
  const problems: Problem[] = ["agency.yaml", "clients"]
    .filter((missing) => !existsSync(join(root, missing)))
    .map((missing) => problem("CONFIG_ROOT_INCOMPLETE", { root, missing }));

  const agency = existsSync(join(root, "agency.yaml")) ? readAgency(root) : null;
  const dictionary = readDictionary(root);
  const rates = readRates(root);
  const read = slugsOf(root).map((slug) =>
    readClient(slug, {
      root,
      agency: agency?.value ?? null,
      channels: dictionary.channels,
      kpis: dictionary.kpis,
      metricsOf,
    }),
  );
  const neighbours = judgeNeighbours(read);
  const clients = new Map(read.map((each): [string, Judged] => [each.slug, verdict(each, neighbours)]));
  problems.push(
    ...(agency?.problems ?? []),
    ...staleDomains(agency, [...clients.keys()]),
    ...dictionary.problems,
    ...rates.problems,
    ...[...clients.values()].flatMap((judged) => judged.problems),
  );
  return {
    root,
    agency: agency?.value ?? null,
    channels: dictionary.channels,
    kpis: dictionary.kpis,
    rates: rates.value,
    clients,
    problems,
  };
}

/** Every report of a client at every cadence: those of its channels, then those of `reports:`. */
export function reportsOf(client: Client): Client["reports"] {
  return client.reports;
}

/** One client as read: complete when its own file is right, and where each of its parts stands. */
export interface ReadClient {
  slug: string;
  client: Client | null;
  yaml: YamlFile;
  problems: Problem[];
}

interface Root {
  root: string;
  agency: Agency | null;
  channels: ReadonlyMap<ChannelId, ChannelDef>;
  kpis: ReadonlyMap<string, KpiDef>;
  metricsOf: MetricsOf;
}

function readYaml(root: string, file: string, client?: string): YamlFile {
  try {
    return parseYaml(readFileSync(join(root, file)), file, client);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const place = { ...(client && { client }), file };
    return { file, value: undefined, place: () => place, problems: [problem("CONFIG_UNREADABLE", { why }, place)] };
  }
}

function readAgency(root: string): { value: Agency | null; yaml: YamlFile; problems: Problem[] } {
  const yaml = readYaml(root, "agency.yaml");
  const { value, problems } = judge(AgencyFile, yaml);
  if (!value) return { value, yaml, problems };
  const { smtp } = value;
  const agency: Agency = {
    name: textOf(value.name),
    from: personOf(value.from),
    ops: personOf(value.ops),
    language: value.language ?? "ko",
    smtp: {
      host: smtp.host,
      port: smtp.port ?? 587,
      secure: smtp.secure ?? null,
      require_tls: smtp.require_tls ?? true,
      user: smtp.user ?? null,
      pass: smtp.pass ?? null,
    },
    people: Object.fromEntries(Object.entries(value.people).map(([key, text]) => [key, personOf(text)])),
    domains: value.domains,
  };
  return { value: agency, yaml, problems };
}

function staleDomains(agency: ReturnType<typeof readAgency> | null, slugs: readonly string[]): Problem[] {
  return Object.keys(agency?.value?.domains ?? {})
    .filter((slug) => !slugs.includes(slug))
    .map((found) => problem("CONFIG_DOMAINS_STALE", { found }, agency?.yaml.place(["domains", found], "key")));
}

/** channels.yaml and kpis.yaml: the project's, and the root's laid over them. */
function readDictionary(root: string): {
  channels: Map<ChannelId, ChannelDef>;
  kpis: Map<string, KpiDef>;
  problems: Problem[];
} {
  const ownKpis = readYaml(projectConfig, "kpis.yaml");
  const base = judge(KpisFile, ownKpis);
  const kpis = layKpis(metricKpis(), base.value ?? {}, ownKpis);
  const ownChannels = judge(ChannelsFile, readYaml(projectConfig, "channels.yaml"));
  const merged: Record<string, ChannelsOverlayEntry> = { ...ownChannels.value };
  const problems = [...base.problems, ...kpis.problems, ...ownChannels.problems];
  if (root === projectConfig) return { channels: channelsOf(merged), kpis: kpis.kpis, problems };

  let dictionary = kpis.kpis;
  if (existsSync(join(root, "kpis.yaml"))) {
    const yaml = readYaml(root, "kpis.yaml");
    const over = judge(KpisOverlay, yaml);
    const laid = layKpis(dictionary, over.value ?? {}, yaml);
    problems.push(...over.problems, ...laid.problems);
    dictionary = laid.kpis;
  }
  if (existsSync(join(root, "channels.yaml"))) {
    const over = judge(ChannelsOverlay, readYaml(root, "channels.yaml"));
    problems.push(...over.problems);
    for (const [channel, entry] of Object.entries(over.value ?? {})) merged[channel] = { ...merged[channel], ...entry };
  }
  return { channels: channelsOf(merged), kpis: dictionary, problems };
}

type ChannelsOverlayEntry = Partial<NonNullable<ChannelsFile[ChannelId]>>;

function channelsOf(entries: Readonly<Record<string, ChannelsOverlayEntry>>): Map<ChannelId, ChannelDef> {
  return new Map(
    Object.entries(entries).map(([id, entry]) => [
      id as ChannelId, // zod has checked the keys
      {
        label: entry.label ?? { ko: id, en: id },
        cadence: cadencesOf(entry.cadence ?? {}),
        kpis: entry.kpis ?? [],
        breakdowns: tablesOf(entry.breakdowns ?? []),
        tops: tablesOf(entry.tops ?? []),
        heatmap: entry.heatmap ?? null,
        sections: entry.sections ?? [],
        compare: entry.compare ?? [],
      },
    ]),
  );
}

function readRates(root: string): { value: Rates; problems: Problem[] } {
  const yaml = readYaml(existsSync(join(root, "rates.yaml")) ? root : projectConfig, "rates.yaml");
  const { value, problems } = judge(RatesFile, yaml);
  if (!value) return { value: { source: { ko: "", en: "" }, rates: [] }, problems };
  return { value, problems: judgeRates(value.rates, yaml) };
}

function slugsOf(root: string): string[] {
  const folder = join(root, "clients");
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map(({ name }) => name)
    .sort();
}

function readClient(slug: string, around: Root): ReadClient {
  const folder = `clients/${slug}`;
  const file = `${folder}/client.yaml`;
  const refused = (code: "CONFIG_NOT_SLUG" | "CONFIG_NO_CLIENT_FILE", facts: Record<string, string>): ReadClient => {
    const place = { client: slug, file };
    return {
      slug,
      client: null,
      yaml: { file, value: undefined, place: () => place, problems: [] },
      problems: [problem(code, facts, place)],
    };
  };
  if (!Slug.safeParse(slug).success) return refused("CONFIG_NOT_SLUG", { found: slug });
  if (!existsSync(join(around.root, file))) return refused("CONFIG_NO_CLIENT_FILE", { folder });

  const yaml = readYaml(around.root, file, slug);
  const { value, problems } = judge(ClientFile, yaml);
  const { agency } = around;
  if (!value || !agency) return { slug, client: null, yaml, problems };
  const laid = layKpis(around.kpis, value.kpis ?? {}, yaml, ["kpis"]);
  const found = [
    ...laid.problems,
    ...judgeReferences({ slug, file: value, yaml, agency, kpis: laid.kpis, metricsOf: around.metricsOf }),
  ];
  if (found.some(({ severity }) => severity === "error")) return { slug, client: null, yaml, problems: found };
  const client = completeClient(slug, value, { agency, channels: around.channels, kpis: laid.kpis });
  return { slug, client, yaml, problems: [...found, ...judgeComments(around.root, client)] };
}

/** A client runs when nothing in its own file and nothing it shares with another one is wrong. */
function verdict({ slug, client, problems }: ReadClient, neighbours: readonly Problem[]): Judged {
  const all = [...problems, ...neighbours.filter((each) => each.client === slug)];
  const sorted = all.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  const ok = client !== null && !sorted.some(({ severity }) => severity === "error");
  return ok ? { ok, client, problems: sorted } : { ok: false, client: null, problems: sorted };
}
