import type { Agency, Client, Config } from "../config/config.ts";
import { type Environment, secret } from "../config/secret.ts";
import type { PlatformFormats } from "../transforms/format/format.ts";
import type { Text } from "../transforms/metrics.ts";
import { BogoError, nextStep, type Problem, problem, sayProblem } from "../transforms/problem.ts";
import { sourceName } from "../transforms/source-name.ts";
import { serviceKey } from "./access.ts";
import { judgeLogos } from "./check/look.ts";
import { judgeRatesFor } from "./check/rates.ts";
import { nextSends, type Send } from "./check/sends.ts";
import { judgeSources, surveySources } from "./check/sources.ts";
import type { Waiting } from "./check/waiting.ts";
import { dayIn } from "./clock.ts";
import { findDrops, type PlacedDrop, placeDrop } from "./drops/find.ts";
import { tellLacking } from "./lacking.ts";
import { withWorkFolder } from "./open.ts";
import { filesPassword } from "./seal.ts";
import { judgeTemplate } from "./template.ts";

type Lang = keyof Text;

export interface CheckInput {
  config: Config;
  /** What exports are recognised by. */
  formats: readonly PlatformFormats[];
  /** The folder of the exports: every file of a source is read. */
  inbox: string;
  env: Environment;
  /** Only these clients; all where it is absent. */
  clients?: readonly string[];
  lang: Lang;
  /** What persons have accepted; null where nothing ever ran. */
  ledger: Waiting["ledger"];
  /** The instant from which next sends are reckoned. */
  now: string;
}

/**
 * Everything that is wrong with the config, its sources and its mail settings, and for the clients that are right what
 * goes out next and to whom. Changes nothing. `exit` is 1 where something has to be mended; warnings leave it 0.
 */
export async function check(input: CheckInput): Promise<{ text: string; problems: Problem[]; exit: 0 | 1 }> {
  const { config, env, clients, lang } = input;
  const chosen = [...config.clients].filter(([slug]) => !clients || clients.includes(slug));
  const shared = [
    ...config.problems.filter(({ client }) => client === undefined),
    ...(config.agency ? judgeMail(config.agency, env) : []),
  ];
  const drops = await lookAtDrops(input);
  shared.push(...drops.problems.filter((each) => each.client === undefined));
  const judged: Judgement[] = [];
  for (const [slug, { client, problems }] of chosen) {
    const { found, sends } = client ? await look(client, drops.placed, input) : { found: [], sends: [] };
    const stray = drops.problems.filter((each) => each.client === slug);
    const passwords = client ? judgePasswords(client, env) : [];
    judged.push({ slug, client, problems: [...problems, ...passwords, ...found, ...stray], sends });
  }
  const problems = [...shared, ...judged.flatMap((each) => each.problems)];
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const right = judged.filter(({ client }) => client !== null).length;
  const blocks = [
    ...(shared.length ? [[words.shared[lang], ...shared.map((each) => tell(each, lang))].join("\n")] : []),
    ...judged.map(({ slug, client, problems: own, sends }) =>
      [
        `${client ? "✓" : "✗"} ${slug}${client ? `  ${client.name[lang]}` : `  ${words.refused[lang]}`}`,
        ...(client || own.some(({ severity }) => severity === "error") ? [] : [`    ${words.byAgency[lang]}`]),
        ...own.map((each) => tell(each, lang)),
        ...(client ? sends.map((send) => tellSend(send, client, lang)) : []),
      ].join("\n"),
    ),
    words.sum[lang](judged.length, right, errors, problems.length - errors),
  ];
  return { text: blocks.join("\n\n"), problems, exit: errors > 0 ? 1 : 0 };
}

interface Judgement {
  slug: string;
  client: Client | null;
  problems: Problem[];
  sends: Send[];
}

/** Where the files that were dropped unsorted would go. */
async function lookAtDrops({ config, inbox, formats, clients }: CheckInput) {
  const owners = [...config.clients.values()].flatMap(({ client }) => client ?? []);
  const { drops, links } = await findDrops(inbox, owners);
  const looked = drops.filter(({ client }) => client === null || !clients || clients.includes(client));
  const placed: PlacedDrop[] = [];
  const problems = [...links];
  for (const drop of looked) {
    const place = await placeDrop(drop, owners, formats);
    if ("problems" in place) problems.push(...place.problems);
    else placed.push(place);
  }
  return { placed, problems };
}

/** Whether the passwords of a client's files have values here that may be used. */
function judgePasswords({ slug, reports }: Client, env: Environment): Problem[] {
  const written = new Map(reports.flatMap(({ protect }) => (protect ? [[protect.password, protect] as const] : [])));
  return [...written.values()].flatMap((protect) => {
    try {
      filesPassword(protect, slug, env);
      return [];
    } catch (error) {
      if (error instanceof BogoError) return error.problems;
      throw error;
    }
  });
}

/** What a client's exports and calendar show. */
async function look(
  client: Client,
  drops: readonly PlacedDrop[],
  { config, inbox, formats, ledger, now, env }: CheckInput,
) {
  return withWorkFolder(async (work) => {
    const around = { root: config.root, inbox, formats, ledger, work };
    const ours = drops.filter(({ owner }) => owner === client.slug);
    const sources = await surveySources(client, ours, around);
    const found = await judgeSources(client, sources, dayIn(client.timezone, now), around);
    const templates = new Map(client.reports.map((def) => [`${def.template} ${def.kpis.join()}`, def]));
    for (const def of templates.values()) found.push(...(await judgeTemplate(config.root, def)));
    const faint = await judgeLogos(client, config.root);
    const sends = await nextSends(client, sources, now);
    return {
      found: [...found, ...faint, ...judgeKeys(client, env), ...judgeRatesFor(sends, config.rates.rates, client.slug)],
      sends,
    };
  });
}

/** Whether the keys of a client's warehouse and sources in BigQuery can be used. Nobody is asked what they open. */
function judgeKeys({ slug, warehouse, sources }: Client, env: Environment): Problem[] {
  const places = [...(warehouse ? [warehouse] : []), ...sources.flatMap(({ bigquery }) => bigquery ?? [])];
  return [...new Set(places.map(({ credentials }) => credentials))].flatMap((reference) => {
    try {
      serviceKey(slug, reference, env);
      return [];
    } catch (error) {
      if (error instanceof BogoError) return [...error.problems];
      throw error;
    }
  });
}

/** Whether what the mail server and the signature need has values here; the values themselves stay unseen. */
function judgeMail({ smtp, dkim }: Agency, env: Environment): Problem[] {
  const written = [smtp.host, String(smtp.port), smtp.user, smtp.pass, dkim?.private_key ?? null];
  const references = [...written, ...Object.values(smtp.oauth2 ?? {})].filter((each) => each !== null);
  return references.flatMap((reference) => {
    try {
      secret(reference, env);
      return [];
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return [problem("CONFIG_SECRET_MISSING", { reference, why }, { file: "agency.yaml" })];
    }
  });
}

function tell(each: Problem, lang: Lang): string {
  const { file, line, column, code, severity } = each;
  const where = [file, line, line && column].filter((part) => part !== undefined).join(":");
  return [
    `  ${severity === "error" ? "✗" : "!"} ${where}  ${code}`,
    `      ${sayProblem(each, lang)}`,
    `      → ${nextStep(each, lang)}`,
  ].join("\n");
}

function tellSend({ report, slot, paused, lacking }: Send, { slug, timezone }: Client, lang: Lang): string {
  const readers = report.audiences.map(
    ({ id, recipients }) => `${id}: ${recipients.map(({ address }) => address).join(", ")}`,
  );
  const { when, by } = report.approve;
  if (when !== "never") readers.push(words[when][lang](by.name || by.address));
  if (report.protect)
    readers.push(`${words.protected[lang]} ${(report.protect.to ?? report.audiences.map(({ id }) => id)).join(", ")}`);
  const name = `${report.id}.${report.cadence}`;
  if (!slot) return `    ${name}  ${words.ended[lang]} ${report.until}`;
  const { from, to } = slot.period;
  const reads = report.sources
    .filter(({ bigquery }) => bigquery)
    .map((source) => words.reads[lang](sourceName(source)));
  return [
    `    ${slot.local.replace("T", " ")} ${timezone}  ${slug} ${name}  ${words.on[lang]} ${from} ~ ${to}${paused ? `  (${words.paused[lang]})` : ""}`,
    ...[...readers, ...(paused ? [] : [...reads, ...tellLacking(lacking, slot, lang)])].map(
      (line) => `        ${line}`,
    ),
  ].join("\n");
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

const words = {
  shared: { en: "For all clients", ko: "전체 클라이언트 공통" },
  refused: { en: "refused: it does not run until this is mended", ko: "오류가 있어 고칠 때까지 실행하지 않습니다" },
  byAgency: {
    en: "Its own file shows no error; agency.yaml, above, stops every client.",
    ko: "이 클라이언트 파일에는 오류가 없습니다. 위의 agency.yaml 문제로 모든 클라이언트가 멈춰 있습니다.",
  },
  ended: { en: "ended on", ko: "종료:" },
  protected: { en: "files open with a password only:", ko: "비밀번호로 보호하는 파일의 수신 그룹:" },
  on: { en: "on", ko: "대상 기간" },
  first: {
    en: (person: string) => `${person} approves the client's first, and the first after the readers have changed`,
    ko: (person: string) => `첫 리포트와 수신자가 바뀐 뒤 첫 리포트는 승인 후 발송: ${person}`,
  },
  always: {
    en: (person: string) => `after approval by ${person}`,
    ko: (person: string) => `승인 후 발송: ${person}`,
  },
  reads: {
    en: (source: string) => `is asked for when the report is made: ${source}`,
    ko: (source: string) => `리포트를 만들 때 조회: ${source}`,
  },
  paused: { en: "paused", ko: "집행 없음" },
  sum: {
    en: (clients: number, right: number, errors: number, warnings: number) =>
      `${right} of ${clients} clients are ready; ${counted(errors, "error")}, ${counted(warnings, "warning")}. Nothing was changed or sent.`,
    ko: (clients: number, right: number, errors: number, warnings: number) =>
      `클라이언트 ${clients}곳 중 ${right}곳 정상, 오류 ${errors}건, 경고 ${warnings}건. 아무것도 바뀌거나 발송되지 않았습니다.`,
  },
};
