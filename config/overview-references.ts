import { formulaOf, inputs } from "../transforms/kpi/formula.ts";
import type { ChannelId } from "../transforms/metrics.ts";
import { type Problem, problem } from "../transforms/problem.ts";
import { type Judging, judgeDates, known } from "./known.ts";
import { coveredSources } from "./overview.ts";
import { lackingInput, suppliedBy } from "./supply.ts";
import type { Path } from "./yaml.ts";

/** What a client.yaml says of its overview: its North Star and whether anybody supplies it, its channels, its KPIs. */
export function judgeOverview(judging: Judging): Problem[] {
  const { file, yaml } = judging;
  const has = file.channels.overview !== undefined || (file.reports ?? []).some(isOverview);
  const stars = starsOf(judging);
  const unused = (["north_star", "omtm"] as const).filter((key) => file[key] !== undefined && !has);
  return [
    ...stars.flatMap((star) => judgeStar(star, has, judging)),
    ...unused.map((key) => problem("CONFIG_STAR_UNUSED", { key }, yaml.place([key], "key"))),
    ...(has && !file.north_star
      ? [problem("CONFIG_STAR_ABSENT", {}, yaml.place(["channels", "overview"], "key"))]
      : []),
    ...(Object.keys(file.channels) as ChannelId[]).flatMap((channel) => judgeChannel(channel, judging)), // zod has checked the keys
  ];
}

interface NamedStar {
  key: "north_star" | "omtm";
  kpi: string;
  path: Path;
  from?: string;
  until?: string;
}

function starsOf({ file: { north_star, omtm = [] } }: Judging): NamedStar[] {
  return [
    ...(north_star ? [{ key: "north_star" as const, kpi: north_star.kpi, path: ["north_star"] }] : []),
    ...omtm.map(({ kpi, from, until }, at) => ({ key: "omtm" as const, kpi, from, until, path: ["omtm", at] })),
  ];
}

function judgeStar({ key, kpi: id, path, from, until }: NamedStar, has: boolean, judging: Judging): Problem[] {
  const { file, yaml, kpis, platforms } = judging;
  const place = yaml.place([...path, "kpi"]);
  const kpi = kpis.get(id);
  const named = [
    ...known("CONFIG_UNKNOWN_KPI", id, [...kpis.keys()], yaml, [...path, "kpi"]),
    ...judgeDates({ from, until }, yaml, path),
  ];
  const sources = coveredSources(file);
  if (!kpi || !has) return named;
  const asked = inputs(formulaOf(kpi, kpis, "overview"));
  const lacking = lackingInput(
    kpi,
    asked,
    sources.map((source) => suppliedBy(source, platforms)),
  );
  return lacking && platforms
    ? [...named, problem("CONFIG_STAR_SOURCE", { key, kpi: id, metric: lacking }, place)]
    : named;
}

/** What belongs to the overview stands there, and names channels and KPIs that there are. */
function judgeChannel(channel: ChannelId, { file, yaml, kpis }: Judging): Problem[] {
  const entry = file.channels[channel];
  const path: Path = ["channels", channel];
  const names = [...kpis.keys()];
  const stray = (["covers", "tree", "funnel"] as const).filter((key) => channel !== "overview" && entry?.[key]);
  return [
    ...stray.map((key) => problem("CONFIG_OVERVIEW_ONLY", { key, channel }, yaml.place([...path, key], "key"))),
    ...(entry?.headline ? known("CONFIG_UNKNOWN_KPI", entry.headline, names, yaml, [...path, "headline"]) : []),
    ...(entry?.covers ?? []).flatMap((each, at) =>
      known("CONFIG_UNKNOWN_CHANNEL", each, Object.keys(file.channels), yaml, [...path, "covers", at], {
        report: "overview",
      }),
    ),
    ...(entry?.tree ?? []).flatMap((each, at) =>
      typeof each === "string"
        ? known("CONFIG_UNKNOWN_KPI", each, names, yaml, [...path, "tree", at])
        : known("CONFIG_UNKNOWN_KPI", each.kpi, names, yaml, [...path, "tree", at, "kpi"]),
    ),
    ...(entry?.funnel ?? []).flatMap(({ kpi }, at) =>
      known("CONFIG_UNKNOWN_KPI", kpi, names, yaml, [...path, "funnel", at, "kpi"]),
    ),
  ];
}

const isOverview = ({ channels }: { channels: readonly ChannelId[] }): boolean => channels.includes("overview");
