import { realpathSync } from "node:fs";
import { join, relative } from "node:path";
import type { Client } from "../../config/config.ts";
import { sourcePlaces } from "../../config/places.ts";
import type { PlatformFormats } from "../../transforms/format/format.ts";
import type { Text } from "../../transforms/metrics.ts";
import { newestComplete } from "../../transforms/period.ts";
import { type Place, type Problem, problem } from "../../transforms/problem.ts";
import { sourceName } from "../../transforms/source-name.ts";
import {
  exampleLines,
  factLabels,
  indispensable,
  type SourceFact,
  sourceFacts,
  unstated,
} from "../../transforms/unstated.ts";
import type { PlacedDrop } from "../drops/find.ts";
import { resolveSource } from "../extract/sources.ts";
import { type Surveyed, survey } from "../extract/survey.ts";
import type { CoveredSource } from "../lacking.ts";
import { declaredBy } from "../load-file.ts";
import { type Waiting, waiting } from "./waiting.ts";

export interface Surroundings {
  /** The config root, for where a source stands. */
  root: string;
  inbox: string;
  formats: readonly PlatformFormats[];
  /** A folder for what reading leaves behind; the caller removes it. */
  work: string;
}

/** A source, where it stands, and what its files in the inbox hold. */
export interface SurveyedSource extends CoveredSource {
  place: Place;
  files: Surveyed[];
  /** The paths of those that lay unsorted. */
  dropped: ReadonlySet<string>;
}

/** Reads every file of a client, those of its folders and the dropped ones, as a load would and without loading it. */
export async function surveySources(
  client: Client,
  drops: readonly PlacedDrop[],
  { root, inbox, formats, work }: Surroundings,
) {
  const places = sourcePlaces(root, client);
  const surveyed: SurveyedSource[] = [];
  for (const [index, source] of client.sources.entries()) {
    const own = source.files === undefined ? [] : await resolveSource(join(inbox, client.slug), source.files);
    const dropped = drops.filter((drop) => drop.source === source).map(({ path }) => path);
    const files = await survey([...own, ...dropped], { formats, work, source: declaredBy(source) });
    const covered = files.flatMap(({ file, tables }) => tables.map((table) => ({ ...table, file })));
    surveyed.push({ source, covered, place: places[index] ?? {}, files, dropped: new Set(dropped) });
  }
  return surveyed;
}

/** What is wrong with a client's sources: no files, files that cannot be read, facts that nobody states. */
export async function judgeSources(
  client: Client,
  sources: readonly SurveyedSource[],
  today: string,
  around: Surroundings & Pick<Waiting, "ledger">,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const each of sources) {
    if (each.files.length === 0 && !each.source.bigquery) problems.push(empty(each, client));
    problems.push(...unreadable(each, client, around));
    problems.push(...waiting(each, client, around));
    problems.push(...(await silence(each, client, today, around)));
  }
  return problems;
}

function empty({ source }: SurveyedSource, { slug }: Client): Problem {
  const { channel } = source;
  const files = sourceName(source);
  const facts = { channel, files, folder: `inbox/${slug}` };
  return problem("CONFIG_SOURCE_EMPTY", facts, { client: slug, file: `inbox/${slug}/${files}` });
}

/** Files that would not load, whatever the source said. */
function unreadable({ files }: SurveyedSource, { slug }: Client, { inbox }: Surroundings): Problem[] {
  return files.flatMap(({ path, problems }) =>
    problems
      .filter(({ severity, code }) => severity === "error" && code !== "FILE_PERIOD_UNKNOWN")
      .map((each) => ({ ...each, client: slug, file: `inbox/${nameBelow(inbox, path)}` })),
  );
}

/** A file's name below the folder of all inboxes. */
const nameBelow = (folder: string, path: string): string => relative(realpathSync(folder), path).replaceAll("\\", "/");

/** Everything that neither the files nor the source say, in one problem. */
async function silence(
  { source, place, files }: SurveyedSource,
  client: Client,
  today: string,
  { formats, work }: Surroundings,
): Promise<Problem[]> {
  const period = newestComplete("monthly", today);
  const missing = new Set<SourceFact>();
  const barred: string[] = [];
  for (const { file, path, problems, tables } of files) {
    const undated = problems.some(({ code }) => code === "FILE_PERIOD_UNKNOWN");
    // Read again as if the period were known, so that all questions are asked at once.
    const [again] = undated ? await survey([path], { formats, work, source: { ...declaredBy(source), period } }) : [];
    const found = (again?.tables ?? tables).flatMap((table) =>
      unstated(
        { ...table, undated, account: source.account ?? table.account, window: source.window ?? table.window },
        client.vat_rate,
        formats,
      ),
    );
    for (const fact of found) missing.add(fact);
    if (found.some((fact) => indispensable.has(fact))) barred.push(file);
  }
  const asked = sourceFacts.filter((fact) => missing.has(fact));
  if (asked.length === 0) return [];
  const lines = exampleLines({ timezone: client.timezone, period });
  const said = (lang: keyof Text) => ({
    [`missing_${lang}`]: asked.map((fact) => factLabels[fact][lang]).join(", "),
    [`lines_${lang}`]: asked.map((fact) => `\`${lines[fact][lang]}\``).join(", "),
  });
  const facts = { files: sourceName(source), channel: source.channel, ...said("ko"), ...said("en") };
  const [file] = barred;
  return [
    file === undefined
      ? problem("CONFIG_SOURCE_UNSTATED", facts, place)
      : problem("CONFIG_SOURCE_UNLOADABLE", { ...facts, file, count: barred.length }, place),
  ];
}
