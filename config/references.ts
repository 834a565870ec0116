import type { z } from "zod";
import { withinDomains } from "../transforms/address.ts";
import { formulaOf, inputs } from "../transforms/kpi/formula.ts";
import { type ChannelId, metrics } from "../transforms/metrics.ts";
import { type Problem, problem } from "../transforms/problem.ts";
import { judgeBigQuery } from "./bigquery-source.ts";
import { personOf, targetOf } from "./client.ts";
import { type Judging, judgeDates, known } from "./known.ts";
import { coveredSources } from "./overview.ts";
import { judgeOverview } from "./overview-references.ts";
import { type NamedPlatform, platformsInKpis, unknownPlatforms } from "./platforms.ts";
import { exampleOf, target } from "./quantity.ts";
import type { ChannelEntry, ClientFile, GoalEntry, ReportEntry } from "./schema/client.ts";
import { lackingInput, suppliedBy } from "./supply.ts";
import { judgeWarehouse } from "./warehouse.ts";
import type { Path } from "./yaml.ts";

/** What a client.yaml says about other things: people, audiences, KPIs, domains, dates. Its form has been judged. */
export function judgeReferences(judging: Judging): Problem[] {
  const { file, yaml } = judging;
  const channels = Object.entries(file.channels) as [ChannelId, z.infer<typeof ChannelEntry>][]; // zod has checked the keys
  const reports = file.reports ?? [];
  return [
    ...known("CONFIG_UNKNOWN_PERSON", file.ae, Object.keys(judging.agency.people), yaml, ["ae"]),
    ...judgeRecipients(judging),
    ...judgeApprover(file, [], judging),
    ...judgeProtection(file, [], judging),
    ...judgeDates(file, yaml, []),
    ...Object.keys(file.labels?.kpis ?? {}).flatMap((id) =>
      known("CONFIG_UNKNOWN_KPI", id, [...judging.kpis.keys()], yaml, ["labels", "kpis", id]),
    ),
    ...unknownPlatforms(namedPlatforms(file), judging.platforms, yaml),
    ...judgeWarehouse(file.warehouse, yaml, judging.agency),
    ...judgeBigQuery(judging),
    ...judgeOverview(judging),
    ...channels.flatMap(([channel, entry]) => [
      ...judgeEntry(entry, ["channels", channel], judging),
      ...judgeInputs(channel, entry, judging),
    ]),
    ...reports.flatMap((entry, index) => [
      ...judgeEntry(entry, ["reports", index], judging),
      ...judgeReport(entry, index, judging),
    ]),
  ];
}

function namedPlatforms({ channels, engagement_by = {}, kpis = {} }: ClientFile): NamedPlatform[] {
  const sources = Object.entries(channels).flatMap(([channel, entry]) =>
    (entry?.sources ?? []).flatMap(({ platform }, index): NamedPlatform[] =>
      platform ? [{ platform, path: ["channels", channel, "sources", index, "platform"], part: "value" }] : [],
    ),
  );
  const engagement = Object.keys(engagement_by).map(
    (platform): NamedPlatform => ({ platform, path: ["engagement_by", platform], part: "key" }),
  );
  return [...sources, ...engagement, ...platformsInKpis(kpis, ["kpis"])];
}

type Entry = z.infer<typeof ChannelEntry> | z.infer<typeof ReportEntry>;

function judgeEntry(entry: Entry, path: Path, judging: Judging): Problem[] {
  const { file, yaml, kpis, agency } = judging;
  const audiences = Object.keys(file.recipients);
  const ids = [...kpis.keys()];
  const named: [Path, string][] = [
    ...(entry.kpis ?? []).map((id, index): [Path, string] => [["kpis", index], id]),
    ...(entry.heatmap ? [[["heatmap"], entry.heatmap] satisfies [Path, string]] : []),
    ...(["breakdowns", "tops"] as const).flatMap((key) =>
      (entry[key] ?? []).flatMap((table, index): [Path, string][] => {
        if (typeof table === "string") return [];
        const columns = (table.kpis ?? []).map((id, column): [Path, string] => [[key, index, "kpis", column], id]);
        return table.order ? [...columns, [[key, index, "order"], table.order]] : columns;
      }),
    ),
  ];
  return [
    ...named.flatMap(([inner, id]) => known("CONFIG_UNKNOWN_KPI", id, ids, yaml, [...path, ...inner])),
    ...(entry.to ?? []).flatMap((id, index) =>
      known("CONFIG_UNKNOWN_AUDIENCE", id, audiences, yaml, [...path, "to", index]),
    ),
    ...judgeDates(entry, yaml, path),
    ...judgeApprover(entry, path, judging),
    ...judgeProtection(entry, path, judging),
    ...(entry.goals ?? []).flatMap((goal, index) =>
      judgeGoal(goal, [...path, "goals", index], { file, yaml, kpis, agency }),
    ),
  ];
}

/** Who approves sees the client's figures, so the client's domains hold for that person, too. */
function judgeApprover(
  { approve }: Pick<ClientFile, "approve">,
  path: Path,
  { slug, file, yaml, agency }: Judging,
): Problem[] {
  if (approve === undefined) return [];
  const { when, by } = typeof approve === "string" ? { when: approve } : approve;
  const named =
    by === undefined
      ? []
      : known("CONFIG_UNKNOWN_PERSON", by, Object.keys(agency.people), yaml, [...path, "approve", "by"]);
  const person = agency.people[by ?? file.ae];
  const domains = agency.domains[slug];
  if (when === "never" || !person || !domains || withinDomains(person.address, domains)) return named;
  const facts = { found: person.address, known: domains.join(", ") };
  return [...named, problem("CONFIG_RECIPIENT_DOMAIN", facts, yaml.place([...path, "approve"]))];
}

function judgeProtection({ protect = false }: Pick<Entry, "protect">, path: Path, { file, yaml }: Judging): Problem[] {
  const named = protect === false ? [] : (protect.to ?? []);
  return named.flatMap((id, index) =>
    known("CONFIG_UNKNOWN_AUDIENCE", id, Object.keys(file.recipients), yaml, [...path, "protect", "to", index]),
  );
}

function judgeGoal(
  goal: z.infer<typeof GoalEntry>,
  path: Path,
  { file, yaml, kpis, agency }: Pick<Judging, "file" | "yaml" | "kpis" | "agency">,
): Problem[] {
  const kpi = kpis.get(goal.kpi);
  const problems = [
    ...known("CONFIG_UNKNOWN_PERSON", goal.owner, Object.keys(agency.people), yaml, [...path, "owner"]),
    ...known("CONFIG_UNKNOWN_KPI", goal.kpi, [...kpis.keys()], yaml, [...path, "kpi"]),
    ...judgeDates(goal, yaml, path),
  ];
  if (!kpi) return problems;
  const [kind, low, high] = targetOf(goal);
  const ends = high === null ? [low] : [low, high];
  const values = ends.map((end) => target(end, kpi.unit, file.currency));
  const unfit = ends.find((_, index) => values[index] === null);
  const notMoney = kind === "budget" && kpi.unit !== "money";
  if (unfit !== undefined || notMoney) {
    const expected = notMoney ? "at_least | at_most | between" : exampleOf(kpi.unit, file.currency);
    problems.push(
      problem("CONFIG_GOAL_UNIT", { kpi: kpi.id, found: unfit ?? low, expected }, yaml.place([...path, kind])),
    );
  } else if (Number(values[1] ?? values[0]) < Number(values[0])) {
    problems.push(problem("CONFIG_GOAL_RANGE", { kpi: kpi.id, found: ends.join(" – ") }, yaml.place([...path, kind])));
  }
  return problems;
}

function judgeReport(entry: z.infer<typeof ReportEntry>, index: number, { file, yaml }: Judging): Problem[] {
  const channels = Object.keys(file.channels);
  const taken = [...channels, ...(file.reports ?? []).slice(0, index).map(({ id }) => id)];
  const place = yaml.place(["reports", index, "id"]);
  return [
    ...(taken.includes(entry.id) ? [problem("CONFIG_REPORT_ID", { found: entry.id }, place)] : []),
    ...entry.channels.flatMap((channel, at) =>
      known("CONFIG_UNKNOWN_CHANNEL", channel, channels, yaml, ["reports", index, "channels", at], {
        report: entry.id,
      }),
    ),
  ];
}

function judgeRecipients({ slug, file, yaml, agency }: Judging): Problem[] {
  const domains = agency.domains[slug];
  if (!domains) return [problem("CONFIG_NO_DOMAINS", { found: slug }, yaml.place(["recipients"], "key"))];
  const seen = new Set<string>();
  return Object.entries(file.recipients).flatMap(([audience, addresses]) =>
    addresses.flatMap((text, index) => {
      const place = yaml.place(["recipients", audience, index]);
      const { address } = personOf(text);
      const twice = seen.has(address.toLowerCase());
      seen.add(address.toLowerCase());
      return [
        ...(twice ? [problem("CONFIG_RECIPIENT_TWICE", { found: address }, place)] : []),
        ...(withinDomains(address, domains)
          ? []
          : [problem("CONFIG_RECIPIENT_DOMAIN", { found: text, known: domains.join(", ") }, place)]),
      ];
    }),
  );
}

/**
 * Whether a channel's sources can supply what its KPIs ask for. A KPI that the client names and nobody can supply is
 * refused; one that only the channel's defaults name is left to show "not collected".
 */
function judgeInputs(
  channel: ChannelId,
  entry: z.infer<typeof ChannelEntry>,
  { file, yaml, kpis, platforms }: Judging,
): Problem[] {
  const own = channel === "overview" ? coveredSources(file) : (entry.sources ?? []);
  if (own.length === 0) {
    return channel === "overview"
      ? []
      : [problem("CONFIG_NO_SOURCES", { channel }, yaml.place(["channels", channel], "key"))];
  }
  const supplied = own.map((source) => suppliedBy(source, platforms));
  return (entry.kpis ?? []).flatMap((id, index) => {
    const kpi = kpis.get(id);
    if (!kpi) return [];
    const place = yaml.place(["channels", channel, "kpis", index]);
    const asked = inputs(formulaOf(kpi, kpis, channel));
    const parameters = asked.filter((name) => !Object.hasOwn(metrics, name));
    const absent = parameters.find((name) => file.parameters?.[name] === undefined);
    if (absent) return [problem("CONFIG_KPI_PARAMETER", { kpi: id, parameter: absent }, place)];
    const lacking = lackingInput(kpi, asked, supplied);
    return lacking ? [problem("CONFIG_KPI_INPUT", { kpi: id, metric: lacking }, place)] : [];
  });
}
