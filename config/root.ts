import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import type { KpiDef, Rates } from "../transforms/definitions.ts";
import type { ChannelId } from "../transforms/metrics.ts";
import { type Problem, problem } from "../transforms/problem.ts";
import { personOf } from "./client.ts";
import type { Agency, ChannelDef } from "./config.ts";
import { cadencesOf, layKpis, metricKpis, tablesOf } from "./dictionary.ts";
import { judge } from "./judge.ts";
import { asYaml, type KeptFile } from "./kept.ts";
import { textOf } from "./label.ts";
import { nearest } from "./nearest.ts";
import { branchesOf } from "./overview.ts";
import { type Platforms, platformsInKpis, unknownPlatforms } from "./platforms.ts";
import { judgeRates } from "./rates.ts";
import { AgencyFile, ChannelsOverlay, KpisOverlay, RatesFile } from "./schema.ts";
import { agencyWarehouse } from "./warehouse.ts";
import { parseYaml, type YamlFile } from "./yaml.ts";

/** The project's own config, from which a config root takes what it lacks. */
export const projectConfig = import.meta.dirname;

/** agency.yaml, complete; where it is refused the last accepted one, if that still can be read, else null. */
export function readAgency(
  root: string,
  kept: KeptFile | null = null,
): { value: Agency | null; accepted: unknown; yaml: YamlFile; problems: Problem[] } {
  const yaml = readYaml(root, "agency.yaml");
  const { value, problems } = judge(AgencyFile, yaml);
  if (value) return { value: completeAgency(value), accepted: yaml.value, yaml, problems };
  const earlier = kept && judge(AgencyFile, asYaml(kept, "agency.yaml")).value;
  if (!kept || !earlier) return { value: null, accepted: null, yaml, problems };
  const said = problem("CONFIG_KEPT", { since: kept.since.slice(0, 16).replace("T", " ") }, { file: "agency.yaml" });
  return { value: completeAgency(earlier), accepted: null, yaml, problems: [...problems, said] };
}

function completeAgency(file: AgencyFile): Agency {
  const { smtp } = file;
  return {
    name: textOf(file.name),
    from: personOf(file.from),
    ops: personOf(file.ops),
    language: file.language ?? "ko",
    smtp: {
      host: smtp.host,
      port: smtp.port ?? 587,
      secure: smtp.secure ?? null,
      require_tls: smtp.require_tls ?? true,
      user: smtp.user ?? null,
      pass: smtp.pass ?? null,
      oauth2: smtp.oauth2 ?? null,
    },
    dkim: file.dkim ?? null,
    unknown: file.unknown ?? "hold",
    size_limit: Number.parseInt(file.size_limit ?? "10", 10) * 1_000_000,
    people: Object.fromEntries(
      Object.entries(file.people).map(([key, each]) => [key, personOf(typeof each === "string" ? each : each.mail)]),
    ),
    languages: Object.fromEntries(
      Object.values(file.people).flatMap((each) =>
        typeof each === "string" ? [] : [[personOf(each.mail).address, each.language]],
      ),
    ),
    retention: file.retention ?? 400,
    domains: file.domains,
    warehouse: agencyWarehouse(file.warehouse),
  };
}

/** Domains kept for a client that is not there: most often a misspelt slug. */
export function staleDomains(agency: ReturnType<typeof readAgency> | null, slugs: readonly string[]): Problem[] {
  return Object.keys(agency?.value?.domains ?? {})
    .filter((slug) => !slugs.includes(slug))
    .map((found) =>
      problem(
        "CONFIG_DOMAINS_STALE",
        { found, nearest: nearest(found, slugs) },
        agency?.yaml.place(["domains", found], "key"),
      ),
    );
}

export interface Dictionary {
  channels: Map<ChannelId, ChannelDef>;
  kpis: Map<string, KpiDef>;
  problems: Problem[];
}

/** channels.yaml and kpis.yaml: the project's, and the root's laid over them field by field. */
export function readDictionary(root: string, platforms: Platforms | null): Dictionary {
  if (root === projectConfig) return layDictionary(root, empty(), platforms);
  project ??= layDictionary(projectConfig, empty(), null);
  return layDictionary(root, project, platforms);
}

/** The project's own dictionary is part of the program: it is read once. */
let project: Dictionary | undefined;

const empty = (): Dictionary => ({ channels: new Map(), kpis: metricKpis(), problems: [] });

function layDictionary(root: string, below: Dictionary, platforms: Platforms | null): Dictionary {
  const kpisYaml = readIfThere(root, "kpis.yaml");
  const kpis = kpisYaml && judge(KpisOverlay, kpisYaml);
  const laid = kpisYaml && kpis?.value ? layKpis(below.kpis, kpis.value, kpisYaml) : { kpis: below.kpis, problems: [] };

  const channelsYaml = readIfThere(root, "channels.yaml");
  const channels = channelsYaml && judge(ChannelsOverlay, channelsYaml);
  return {
    channels: layChannels(below.channels, channels?.value ?? {}),
    kpis: laid.kpis,
    problems: [
      ...below.problems,
      ...(kpis?.problems ?? []),
      ...laid.problems,
      ...(kpisYaml ? unknownPlatforms(platformsInKpis(kpis?.value ?? {}), platforms, kpisYaml) : []),
      ...(channels?.problems ?? []),
      ...(channelsYaml ? unknownKpis(channels?.value ?? {}, laid.kpis, channelsYaml) : []),
    ],
  };
}

type ChannelChanges = z.infer<typeof ChannelsOverlay>;

function layChannels(below: ReadonlyMap<ChannelId, ChannelDef>, changes: ChannelChanges): Map<ChannelId, ChannelDef> {
  const channels = new Map(below);
  for (const [key, change] of Object.entries(changes)) {
    const id = key as ChannelId; // zod has checked the keys
    const { label, cadence, kpis, breakdowns, tops, heatmap, sections, compare, headline, tree, funnel } = change;
    const base = channels.get(id);
    channels.set(id, {
      label: label ?? base?.label ?? { ko: id, en: id },
      cadence: cadence ? cadencesOf(cadence) : (base?.cadence ?? []),
      kpis: kpis ?? base?.kpis ?? [],
      breakdowns: breakdowns ? tablesOf(breakdowns) : (base?.breakdowns ?? []),
      tops: tops ? tablesOf(tops) : (base?.tops ?? []),
      heatmap: heatmap ?? base?.heatmap ?? null,
      sections: sections ?? base?.sections ?? [],
      compare: compare ?? base?.compare ?? [],
      headline: headline ?? base?.headline ?? null,
      tree: tree ? branchesOf(tree) : (base?.tree ?? []),
      funnel: funnel ?? base?.funnel ?? [],
    });
  }
  return channels;
}

function unknownKpis(changes: ChannelChanges, kpis: ReadonlyMap<string, KpiDef>, yaml: YamlFile): Problem[] {
  return Object.entries(changes).flatMap(([channel, change]) =>
    (change.kpis ?? []).flatMap((found, index) =>
      kpis.has(found)
        ? []
        : [
            problem(
              "CONFIG_UNKNOWN_KPI",
              { found, nearest: nearest(found, [...kpis.keys()]) },
              yaml.place([channel, "kpis", index]),
            ),
          ],
    ),
  );
}

/** The root's rates, else the project's: invented sample rates must never fill the gaps of real ones. */
export function readRates(root: string): { value: Rates; problems: Problem[] } {
  if (root === projectConfig || existsSync(join(root, "rates.yaml"))) return ratesOf(root);
  projectRates ??= ratesOf(projectConfig);
  return projectRates;
}

let projectRates: ReturnType<typeof readRates> | undefined;

function ratesOf(root: string): { value: Rates; problems: Problem[] } {
  const yaml = readYaml(root, "rates.yaml");
  const { value, problems } = judge(RatesFile, yaml);
  if (!value) return { value: { source: { ko: "", en: "" }, rates: [] }, problems };
  return { value, problems: judgeRates(value.rates, yaml) };
}

function readIfThere(root: string, file: string): YamlFile | null {
  return existsSync(join(root, file)) ? readYaml(root, file) : null;
}

/** One file of the root, read and parsed; a file that cannot be read is a problem like any other. */
export function readYaml(root: string, file: string, client?: string): YamlFile {
  try {
    return parseYaml(readFileSync(join(root, file)), file, client);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const place = { ...(client && { client }), file };
    return { file, value: undefined, place: () => place, problems: [problem("CONFIG_UNREADABLE", { why }, place)] };
  }
}
