import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { KpiDef } from "../transforms/definitions.ts";
import type { ChannelId } from "../transforms/metrics.ts";
import { type Problem, problem } from "../transforms/problem.ts";
import { completeClient } from "./client.ts";
import { judgeComments } from "./comment.ts";
import type { Agency, ChannelDef, Config, Judged } from "./config.ts";
import { layKpis } from "./dictionary.ts";
import { judge } from "./judge.ts";
import { asYaml, type Kept, nothingKept } from "./kept.ts";
import { judgeNeighbours, type ReadClient } from "./neighbours.ts";
import type { Platforms } from "./platforms.ts";
import { judgeReferences } from "./references.ts";
import { readAgency, readDictionary, readRates, readYaml, staleDomains } from "./root.ts";
import { salvage } from "./salvage.ts";
import { Slug } from "./schema/words.ts";
import { ClientFile } from "./schema.ts";
import { judgeStatements } from "./statement.ts";
import { keptTheme, layTheme, type ReadTheme, readTheme, type ThemeLayer } from "./theme.ts";
import type { YamlFile } from "./yaml.ts";

export { projectConfig } from "./root.ts";

export interface LoadOptions {
  /** The known platforms, so that others and KPIs nobody can feed are refused. Without them neither is judged. */
  platforms?: Platforms;
  /** What was last accepted, for work that goes on by itself. Without it a refused file stops what it is about. */
  kept?: Kept;
}

/**
 * Reads everything people wrote below a config root and judges it, each client apart.
 *
 * Never throws for what is written there: the problems are values, all of them at once. A root needs agency.yaml and
 * clients/; what else it lacks comes from the project's own.
 */
export async function loadConfig(root: string, { platforms, kept = nothingKept }: LoadOptions = {}): Promise<Config> {
  const problems: Problem[] = ["agency.yaml", "clients"]
    .filter((missing) => !existsSync(join(root, missing)))
    .map((missing) => problem("CONFIG_ROOT_INCOMPLETE", { root, missing }));

  const agency = existsSync(join(root, "agency.yaml")) ? readAgency(root, kept.agency) : null;
  const theme = agencyTheme(root, kept);
  const dictionary = readDictionary(root, platforms ?? null);
  const rates = readRates(root);
  const around: Root = {
    root,
    agency: agency?.value ?? null,
    theme: theme.layer,
    channels: dictionary.channels,
    kpis: dictionary.kpis,
    platforms: platforms ?? null,
  };
  const read = slugsOf(root).map((slug) => readClient(slug, around));
  const neighbours = judgeNeighbours(read);
  const written = new Map(read.map((each): [string, Judged] => [each.slug, verdict(each, neighbours)]));
  const accepted = read.filter(({ slug }) => written.get(slug)?.ok);
  const clients = new Map([...written, ...goOn(read, accepted, written, kept, around)]);
  problems.push(
    ...(agency?.problems ?? []),
    ...theme.problems,
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
    accepted: {
      agency: agency?.accepted ?? null,
      theme: theme.accepted,
      clients: new Map(
        accepted.map(({ slug, yaml, theme: own }) => [slug, { value: yaml.value, theme: own?.accepted ?? null }]),
      ),
    },
    problems,
  };
}

interface Root {
  root: string;
  agency: Agency | null;
  /** The theme of every client: null where there is none, false where it is refused and none was accepted before. */
  theme: ThemeLayer | null | false;
  channels: ReadonlyMap<ChannelId, ChannelDef>;
  kpis: ReadonlyMap<string, KpiDef>;
  platforms: Platforms | null;
}

/** The theme beside agency.yaml; where it is refused, the last accepted one. */
function agencyTheme(root: string, { theme: kept }: Kept) {
  const read = readTheme(root, "", (file) => readYaml(root, file));
  if (!read || read.value)
    return { layer: read?.value ?? null, problems: read?.problems ?? [], accepted: read?.accepted ?? null };
  const earlier = kept && keptTheme(kept, "theme.yaml", true).value;
  const said = earlier ? [problem("THEME_KEPT", {}, { file: "theme.yaml" })] : [];
  return { layer: earlier ?? (false as const), problems: [...read.problems, ...said], accepted: null };
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
      theme: null,
      problems: [problem(code, facts, place)],
    };
  };
  if (!Slug.safeParse(slug).success) return refused("CONFIG_NOT_SLUG", { found: slug });
  if (!existsSync(join(around.root, file))) return refused("CONFIG_NO_CLIENT_FILE", { folder });

  const theme = readTheme(around.root, folder, (each) => readYaml(around.root, each, slug));
  return judgeClient(slug, readYaml(around.root, file, slug), theme, around);
}

function judgeClient(slug: string, yaml: YamlFile, theme: ReadTheme | null, around: Root): ReadClient {
  const { value, problems } = judge(ClientFile, yaml);
  const { agency } = around;
  const judging = value ?? (agency && salvage(yaml.value, Object.keys(agency.people)));
  const themed = theme?.problems ?? [];
  if (!judging || !agency) return { slug, client: null, yaml, theme, problems: [...problems, ...themed] };

  const laid = layKpis(around.kpis, judging.kpis ?? {}, yaml, ["kpis"]);
  const referred = judgeReferences({ slug, file: judging, yaml, agency, kpis: laid.kpis, platforms: around.platforms });
  // Of a file in part, only what is there and wrong counts: what seems to be missing may be what was refused.
  const found = [
    ...problems,
    ...laid.problems,
    ...referred.filter(({ severity }) => value || severity === "error"),
    ...themed,
  ];
  if (!value || around.theme === false || found.some(({ severity }) => severity === "error"))
    return { slug, client: null, yaml, theme, problems: found };
  const look = layTheme(around.theme, theme?.value ?? null);
  const client = completeClient(slug, value, { agency, channels: around.channels, kpis: laid.kpis, theme: look });
  return {
    slug,
    client,
    yaml,
    theme,
    problems: [...found, ...judgeStatements(around.root, client, yaml), ...judgeComments(around.root, client)],
  };
}

/** A client runs when nothing in its own file and nothing it shares with another one is wrong. */
function verdict({ slug, client, problems }: ReadClient, neighbours: readonly Problem[]): Judged {
  const all = [...problems, ...neighbours.filter((each) => each.client === slug)];
  const sorted = all.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  const ok = client !== null && !sorted.some(({ severity }) => severity === "error");
  return ok ? { ok, client, kept: null, problems: sorted } : { ok: false, client: null, problems: sorted };
}

/**
 * Clients whose file is refused and whose last accepted one still holds against everything around it: the agency as it
 * is now, and the clients that are right. A client whose file is gone has been taken away and does not go on.
 */
function goOn(
  read: readonly ReadClient[],
  accepted: readonly ReadClient[],
  written: ReadonlyMap<string, Judged>,
  { clients }: Kept,
  around: Root,
): [string, Judged][] {
  const earlier = read.flatMap(({ slug, yaml, problems }) => {
    const file = clients.get(slug);
    if (!file || written.get(slug)?.ok || problems.some(({ code }) => code === "CONFIG_NO_CLIENT_FILE")) return [];
    const theme = file.theme ? keptTheme(file.theme, `clients/${slug}/theme.yaml`, false) : null;
    return [{ since: file.since, read: judgeClient(slug, asYaml(file, yaml.file, slug), theme, around) }];
  });
  const neighbours = judgeNeighbours([...accepted, ...earlier.map((each) => each.read)]);
  return earlier.flatMap(({ since, read: again }): [string, Judged][] => {
    const judged = verdict(again, neighbours);
    if (!judged.ok) return [];
    const { slug, yaml } = again;
    const facts = { since: since.slice(0, 16).replace("T", " ") };
    const said = problem("CONFIG_KEPT", facts, { client: slug, file: yaml.file });
    return [[slug, { ...judged, kept: since, problems: [...(written.get(slug)?.problems ?? []), said] }]];
  });
}
