import { existsSync, realpathSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { Slug } from "../../config/schema/words.ts";
import { platformLabels, platformName } from "../../transforms/format/labels.ts";
import type { Locale } from "../../transforms/metrics.ts";
import { BogoError, problem } from "../../transforms/problem.ts";
import { agencyOf, type Context, readConfig } from "../context.ts";
import { resolveSource } from "../extract/sources.ts";
import { survey } from "../extract/survey.ts";
import { withWorkFolder } from "../open.ts";
import { sayProblems } from "../problems.ts";
import { clientYaml, type Proposal, proposeClient, type Seen } from "../propose.ts";
import { drawTable } from "../table.ts";

export interface AddClientOptions {
  name?: string;
  locale?: Locale;
  ae?: string;
}

/** Writes a new client's client.yaml from a folder of its exports. Nothing that is there is overwritten. */
export async function addClient(
  context: Context,
  slug: string,
  folder: string,
  { name, locale, ae }: AddClientOptions,
): Promise<number> {
  const { roots, lang, print, tell } = context;
  const written = await readConfig(context);
  const agency = agencyOf(written);
  const path = join(roots.config, "clients", slug, "client.yaml");
  const people = Object.keys(agency.people);
  const person = ae ?? people[0] ?? "";
  const refused = [
    ...(Slug.safeParse(slug).success ? [] : [problem("ADD_CLIENT_SLUG", { found: slug })]),
    ...(existsSync(path) ? [problem("ADD_CLIENT_EXISTS", { client: slug, file: path })] : []),
    ...(existsSync(folder) ? [] : [problem("ADD_CLIENT_NO_FOLDER", { folder })]),
    ...(person in agency.people ? [] : [problem("ADD_CLIENT_NO_PERSON", { found: person, known: people.join(", ") })]),
  ];
  if (refused.length > 0) throw new BogoError(refused);

  const files = await surveyFolder(resolve(folder), join(roots.inbox, slug), written.formats);
  const others = [...written.config.clients.values()].flatMap(({ client }) => client ?? []);
  const proposal = proposeClient(files, others);
  const unread = files.filter(({ tables }) => tables.length === 0).flatMap(({ problems }) => problems);
  if (unread.length > 0) tell(sayProblems(unread, lang));
  if (proposal.sources.length === 0) throw new BogoError([problem("ADD_CLIENT_NOTHING", { folder })]);

  const identity = {
    name: name ?? slug,
    locale: locale ?? proposal.locale,
    ae: person,
    address: addressOf(agency.people[person]),
  };
  await mkdir(join(roots.config, "clients", slug), { recursive: true });
  // `wx`: a file that somebody wrote meanwhile stays theirs.
  await writeFile(path, clientYaml(proposal, identity, lang), { flag: "wx" });
  print(summary(proposal, written.formats, lang));
  print(words[lang].next(path, slug, agency.domains[slug] === undefined));
  return 0;
}

async function surveyFolder(
  folder: string,
  inbox: string,
  formats: Parameters<typeof survey>[1]["formats"],
): Promise<Seen[]> {
  const paths = await resolveSource(folder, "**/*");
  const own = existsSync(inbox) ? `${realpathSync(inbox)}${sep}` : null;
  const files = await withWorkFolder((work) => survey(paths, { formats, work }));
  return files.map((file) => ({
    ...file,
    inside: own && file.path.startsWith(own) ? relative(own, file.path).replaceAll("\\", "/") : null,
  }));
}

const addressOf = (person: { name: string; address: string } | undefined): string =>
  person ? (person.name ? `${person.name} <${person.address}>` : person.address) : "";

function summary(
  { sources, taken }: Proposal,
  formats: Parameters<typeof platformLabels>[0],
  lang: "ko" | "en",
): string {
  const labels = platformLabels(formats);
  const say = words[lang];
  const rows = sources.map(({ channel, platform, account, files, examples, from, to }) => [
    channel,
    platformName(platform, labels, lang),
    account ?? say.noAccount,
    files,
    say.count(examples.length),
    from ? `${from} ~ ${to}` : "–",
  ]);
  return [drawTable([say.heads, ...rows]), ...taken.map((each) => say.taken(each.file, each.client))].join("\n");
}

const words = {
  ko: {
    heads: ["채널", "매체", "계정", "폴더", "파일", "기간"],
    noAccount: "(파일에 없음)",
    count: (files: number) => `${files}개`,
    taken: (file: string, client: string) => `${file}: ${client}의 계정이라 넣지 않았습니다.`,
    next: (path: string, slug: string, noDomains: boolean) =>
      [
        "",
        `${path}에 설정을 썼습니다.`,
        ...(noDomains ? [`agency.yaml의 domains에 \`${slug}: [받는 사람 도메인]\`을 추가하세요.`] : []),
        `\`bogo check ${slug}\`로 아직 적어야 할 것과 부족한 파일을 확인하세요. 아무것도 발송되지 않았습니다.`,
      ].join("\n"),
  },
  en: {
    heads: ["Channel", "Platform", "Account", "Folder", "Files", "Days"],
    noAccount: "(not in the files)",
    count: (files: number) => `${files}`,
    taken: (file: string, client: string) => `${file}: left out, its account is ${client}'s.`,
    next: (path: string, slug: string, noDomains: boolean) =>
      [
        "",
        `Written: ${path}`,
        ...(noDomains ? [`Add \`${slug}: [domains of its readers]\` to domains: in agency.yaml.`] : []),
        `\`bogo check ${slug}\` says what is still to be written and which exports lack. Nothing was sent.`,
      ].join("\n"),
  },
};
