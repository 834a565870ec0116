import { sameAccount } from "../transforms/account.ts";
import { type ChannelId, channels, type Locale, type Text } from "../transforms/metrics.ts";
import type { Owner } from "./drops/route.ts";
import type { Surveyed, SurveyedTable } from "./extract/survey.ts";

/** What a new client's exports say about it. What they leave unsaid is for a person to add. */
export interface Proposal {
  locale: Locale;
  currency: string | null;
  sources: ProposedSource[];
  /** Files that are no known exports, and those whose account another client has already. */
  unknown: string[];
  taken: { file: string; client: string }[];
}

/** One platform and account in one channel. */
export interface ProposedSource {
  channel: ChannelId;
  /** Glob below the client's inbox. */
  files: string;
  platform: string;
  /** Null where the exports do not state it. */
  account: string | null;
  /** Only what differs from the client's own. */
  currency: string | null;
  examples: string[];
  from: string | null;
  to: string | null;
}

/** A surveyed file, and its path below the client's own inbox where it lies there already. */
export type Seen = Surveyed & { inside: string | null };

/** Reads a client out of a folder of its exports: a source for each platform and account that they speak of. */
export function proposeClient(files: readonly Seen[], others: readonly Owner[]): Proposal {
  const unknown: string[] = [];
  const taken: Proposal["taken"] = [];
  const groups = new Map<string, { file: Seen; table: SurveyedTable }[]>();
  for (const file of files) {
    const owner = file.tables.map((table) => ownerOf(table, others)).find((each) => each !== null);
    if (file.tables.length === 0) unknown.push(file.file);
    else if (owner) taken.push({ file: file.file, client: owner });
    else
      for (const table of file.tables) {
        const key = JSON.stringify([table.channel, table.platform]);
        groups.set(key, [...(groups.get(key) ?? []), { file, table }]);
      }
  }
  const members = [...groups.values()].flat();
  const currency = commonest(members.flatMap(({ table }) => table.currency ?? []));
  const sources = [...groups.values()].flatMap((group) => sourcesOf(group, currency));
  return {
    locale: members.some(({ file, table }) => hangul.test(`${file.file}${table.account ?? ""}`)) ? "ko-KR" : "en-US",
    currency,
    sources: sources.toSorted((a, b) => channels.indexOf(a.channel) - channels.indexOf(b.channel)),
    unknown,
    taken,
  };
}

const hangul = /\p{Script=Hangul}/u;

/** Which client has the account that a table states. */
function ownerOf({ platform, account }: SurveyedTable, others: readonly Owner[]): string | null {
  if (account === null) return null;
  const owner = others.find(({ sources }) =>
    sources.some(
      (source) =>
        source.account !== null &&
        (source.platform === null || source.platform === platform) &&
        sameAccount(source.account, account),
    ),
  );
  return owner?.slug ?? null;
}

type Member = { file: Seen; table: SurveyedTable };

/** One source an account. Files that state none go with the only account there is, else they have a source without one. */
function sourcesOf(group: readonly Member[], common: string | null): ProposedSource[] {
  const accounts: string[] = [];
  for (const { table } of group)
    if (table.account !== null && !accounts.some((each) => sameAccount(each, table.account ?? "")))
      accounts.push(table.account);
  const [only = null, ...more] = accounts;
  if (more.length === 0) return [sourceOf(group, only, "", common)];
  const of = (account: string) =>
    group.filter(({ table }) => table.account !== null && sameAccount(table.account, account));
  const rest = group.filter(({ table }) => table.account === null);
  return [
    ...accounts.map((account) => sourceOf(of(account), account, `-${slugOf(account)}`, common)),
    ...(rest.length > 0 ? [sourceOf(rest, null, "", common)] : []),
  ];
}

function sourceOf(
  group: readonly Member[],
  account: string | null,
  suffix: string,
  common: string | null,
): ProposedSource {
  const tables = group.map(({ table }) => table);
  const [{ channel, platform }] = tables as [SurveyedTable];
  const currency = commonest(tables.flatMap((table) => table.currency ?? []));
  const days = tables.flatMap(({ from, to }) => [from, to]).filter((day) => day !== null);
  days.sort();
  return {
    channel,
    files: globOf(group) ?? `${platform.replaceAll("_", "-")}${suffix}/*`,
    platform,
    account,
    currency: currency !== common ? currency : null,
    examples: [...new Set(group.map(({ file }) => file.file))],
    from: days[0] ?? null,
    to: days.at(-1) ?? null,
  };
}

/** The folder that the files share below the client's own inbox already, if it is one. */
function globOf(group: readonly Member[]): string | null {
  const folders = new Set(group.map(({ file }) => file.inside?.split("/").slice(0, -1).join("/") ?? ""));
  const [folder = ""] = folders;
  return folders.size === 1 && folder !== "" ? `${folder}/*` : null;
}

function commonest(texts: readonly string[]): string | null {
  const counts = Map.groupBy(texts, (each) => each);
  const [most] = [...counts].toSorted(([, a], [, b]) => b.length - a.length);
  return most?.[0] ?? null;
}

const slugOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/gu, "");

/** What a client.yaml says besides its sources. */
export interface Identity {
  name: string;
  locale: Locale;
  /** A key of `people` in agency.yaml, and the address that gets the first reports. */
  ae: string;
  address: string;
}

/** The client.yaml of a proposal, with a comment where a person has to look. */
export function clientYaml(
  { currency, sources }: Proposal,
  { name, locale, ae, address }: Identity,
  lang: keyof Text,
): string {
  const say = words[lang];
  const korean = locale === "ko-KR";
  const lines = [
    "# yaml-language-server: $schema=../../client.schema.json",
    `client: ${quote(name)}`,
    `locale: ${locale}`,
    `timezone: ${korean ? "Asia/Seoul" : "America/New_York"}  # ${say.look}`,
    `country: ${korean ? "KR" : "US"}  # ${say.look}`,
    `currency: ${currency ?? (korean ? "KRW" : "USD")}`,
    `ae: ${ae}`,
    "",
    "channels:",
  ];
  for (const [channel, own] of Map.groupBy(sources, (each) => each.channel)) {
    lines.push(`  ${channel}:`, "    sources:");
    for (const source of own) lines.push(...sourceLines(source, say));
    lines.push("    to: [team]");
  }
  return `${[...lines, "", "recipients:", `  team: [${quote(address)}]  # ${say.recipients}`].join("\n")}\n`;
}

function sourceLines({ files, platform, account, currency, examples, from, to }: ProposedSource, say: Words): string[] {
  const shown = examples
    .slice(0, 3)
    .join(", ")
    .replace(/[\p{Cc}\p{Cf}]/gu, " ");
  const more = examples.length > 3 ? ` +${examples.length - 3}` : "";
  const pairs = [
    `files: ${quote(files)}`,
    `platform: ${platform}`,
    ...(account === null ? [] : [`account: ${quote(account)}`]),
    ...(currency === null ? [] : [`currency: ${currency}`]),
  ];
  return [
    `      # ${shown}${more}${from ? `  (${from} ~ ${to})` : ""}`,
    ...(account === null ? [`      # ${say.account}`] : []),
    `      - { ${pairs.join(", ")} }`,
  ];
}

/** A text as YAML takes it whatever it holds; plain words stay plain. */
const quote = (text: string): string =>
  /^[A-Za-z][\w./*-]*$/u.test(text) && !/^(?:true|false|null|yes|no|on|off)$/iu.test(text)
    ? text
    : JSON.stringify(text);

type Words = (typeof words)["en"];

const words = {
  ko: {
    look: "확인하세요",
    recipients: "받는 사람을 추가하세요. 도메인은 agency.yaml의 domains에도 있어야 합니다.",
    account: '이 파일들에는 계정이 없습니다. account: "…"를 적어 주세요.',
  },
  en: {
    look: "please check",
    recipients: "add the readers; their domains must stand under domains: in agency.yaml too",
    account: 'these files name no account: please add account: "…"',
  },
};
