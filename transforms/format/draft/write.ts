import type { DimensionId, Text } from "../../metrics.ts";
import type { Draft, DraftColumn } from "./draft.ts";
import { escaped } from "./facts.ts";

/** Where a draft comes from and what it is to be called. */
export interface DraftOrigin {
  file: string;
  platform: string;
  lang: keyof Text;
  /** Other tables of the file. */
  others: readonly string[];
  /** The format that reads the file already. */
  known: string | null;
  /** Whether only the beginning of a large file was looked at. */
  cut: boolean;
}

/** A draft as the YAML that a person completes: every guess says from what, and every doubt asks. */
export function draftYaml(draft: Draft, origin: DraftOrigin): string {
  const { file, platform, lang, others, known, cut } = origin;
  const { channel, like, columns, numbers, nulls, totals, below, dates } = draft;
  const said = words(lang);
  const name = platform.replaceAll("_", " ").replace(/^./u, (letter) => letter.toUpperCase());
  const { style } = numbers;
  const usual = style.thousands === "," && style.decimal === ".";
  const lines = [
    note(said.head),
    ...(known ? [note(said.known(known))] : []),
    ...(others.length ? [note(said.others(others.map(plain).join(", ")))] : []),
    ...(cut ? [note(said.cut)] : []),
    ...(draft.wide ? [note(said.wide)] : []),
    `platform: ${platform}`,
    `label: { ko: ${quoted(name)}, en: ${quoted(name)} } ${note(said.label)}`,
    "about: |",
    `  ${said.about(plain(file))}`,
    `channel: ${channel ?? "ppc"} ${note(channel ? said.channel(like.slice(0, 2).join(", ")) : said.channelAsk)}`,
    `verified: false ${note(said.verified)}`,
    `settle: { days: 3 } ${note(said.settle)}`,
    ...datesOf(dates, said),
    ...(usual && !numbers.doubtful
      ? []
      : [
          `numbers: { thousands: ${quoted(style.thousands)}, decimal: ${quoted(style.decimal)} }${numbers.doubtful ? ` ${note(said.numbers)}` : ""}`,
        ]),
    ...(nulls.length ? [`nulls: ${list(nulls)} ${note(said.nulls)}`] : []),
    ...(totals.length
      ? [`totals: { labels: ${list([...new Set(totals.map(labelOf))])}, meaning: unrelated } ${note(said.totals)}`]
      : []),
    ...(below.length ? ["footer:", ...[...new Set(below.map(footerOf))].map((each) => `  - ${single(each)}`)] : []),
    `rank: { base: 10${draft.cut.map((id, at) => `, ${id}: ${partial.has(id) ? "null" : 2 ** at}`).join("")} } ${note(said.rank)}`,
    ...(currencyAsked(draft) ? [note(said.currency)] : []),
    "columns:",
    ...columns.flatMap((each) => columnLines(each, said)),
    "formats:",
    "  - id: report",
    ...(draft.snapshot ? [`    kind: snapshot ${note(said.snapshot)}`] : []),
    `    requires: [${requiresOf(draft)}]${draft.metrics.length ? "" : ` ${note(said.noMetric)}`}`,
    ...preamble(draft, said),
    "",
  ];
  return lines.join("\n");
}

function datesOf(dates: Draft["dates"], said: Words): string[] {
  if (!dates) return [];
  const { formats, doubtful } = dates;
  if (formats.length === 0) return [`dates: [iso] ${note(said.datesUnknown)}`];
  if (!doubtful) return [`dates: ${list(formats)}`];
  // Until a person has said which, no row is read rather than one on the wrong day.
  return [note(said.datesDoubtful(formats.join(", "))), "dates: [iso]"];
}

function columnLines({ name, meaning, currency, why, sample }: DraftColumn, said: Words): string[] {
  const { is, part, times, unit } = meaning;
  const more = [
    ...(part === "id" ? ["part: id"] : []),
    ...(times ? [`times: ${quoted(times)}`] : []),
    ...(unit ? [`unit: ${unit}`] : []),
    ...(currency ? [`currency: ${currency}`] : []),
  ];
  const text = `  - { ${[`is: ${is}`, ...more, `names: [${quoted(name)}]`].join(", ")} }`;
  const comment =
    why.by === "likeness"
      ? said.likeness(plain(why.like), why.platforms.slice(0, 3).join(", "))
      : why.by === "unreadable"
        ? said.unreadable(why.is, plain(sample))
        : why.by === "twice"
          ? said.twice(why.is)
          : why.by === "nobody"
            ? said.nobody(plain(sample))
            : why.by === "cells"
              ? said.cells(plain(sample))
              : "";
  return [comment ? `${text} ${note(comment)}` : text];
}

function requiresOf({ columns, cut, metrics }: Draft): string {
  const days = ["day", "from"].filter((is) => columns.some(({ meaning }) => meaning.is === is)).slice(0, 1);
  const figures = metrics.length ? metrics : ["impressions", "clicks", "cost"];
  return [...days, ...cut.slice(0, 3), figures.length === 1 ? figures[0] : `[${figures.slice(0, 6).join(", ")}]`].join(
    ", ",
  );
}

function preamble({ above, columns }: Draft, said: Words): string[] {
  const lines = above.filter(({ text }) => text !== "").map(({ text }) => `    # ${plain(text)}`);
  const patterns = above.flatMap(({ pattern }) => (pattern ? [`      - ${single(pattern)}`] : []));
  const dated = columns.some(({ meaning }) => meaning.is === "day" || meaning.is === "from");
  const period = above.some(({ fact }) => fact === "period" || fact === "from");
  return [
    ...(lines.length ? [`    ${note(said.above)}`, ...lines] : []),
    ...(patterns.length ? ["    preamble:", ...patterns] : []),
    ...(dated || period ? [] : [`    ${note(said.noPeriod)}`]),
  ];
}

/** Money of which nothing in the file says the currency. */
function currencyAsked({ columns, above, metrics }: Draft): boolean {
  const money = metrics.some((id) => id === "cost" || id.endsWith("value") || id === "revenue");
  const stated = columns.some(({ currency, meaning }) => currency || meaning.is === "currency");
  return money && !stated && !above.some(({ fact }) => fact === "currency");
}

/** `Total` as it stands; of `Total: Account` and `Total of 12 results`, what every such row begins with. */
function labelOf(text: string): string {
  const start = /^\p{L}+(?: ?\p{L}+)??(?=[^\p{L}].*$)[:\s(]*/u.exec(text)?.[0];
  return start && start.length < text.length ? `${start}*` : text;
}

/** How a closing line begins, whatever its numbers. */
function footerOf(text: string): string {
  const start = /^\S+(?:\s+\S+){0,2}/u.exec(text.trim())?.[0] ?? text.trim();
  return `^${escaped(start).replace(/\d+/gu, "\\d+").replace(/\s+/gu, "\\s+")}`;
}

/** Cuts that leave figures out, so that their sum is not the whole. */
const partial: ReadonlySet<DimensionId> = new Set([
  "keyword",
  "match_type",
  "search_term",
  "query",
  "page",
  "country",
  "region",
  "gender",
  "age",
]);

const note = (text: string): string => `# ${text}`;
const list = (texts: readonly string[]): string => `[${texts.map(quoted).join(", ")}]`;

/** A text as YAML reads it back, quoted where it has to be. */
function quoted(text: string): string {
  return /^\p{L}[\p{L}\p{N} ._-]*(?<! )$/u.test(text) && !/^(?:true|false|null|yes|no|on|off)$/iu.test(text)
    ? text
    : JSON.stringify(text);
}

const single = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Foreign text for a comment: one line, and not a long one. */
function plain(text: string, length = 60): string {
  const line = text.replace(/[\s\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ").trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}

type Words = ReturnType<typeof words>;

function words(lang: keyof Text) {
  const say = (en: string, ko: string) => (lang === "ko" ? ko : en);
  return {
    head: say(
      "A first draft. Read every comment, mend what is wrong, then `bogo check` and `bogo inspect`. config/formats/README.md explains each key.",
      "초안입니다. 주석을 모두 읽고 고친 뒤 `bogo check`와 `bogo inspect`로 확인하세요. 항목 설명은 config/formats/README.md에 있습니다.",
    ),
    known: (format: string) =>
      say(
        `This file is read already, as ${format}: a new format is hardly needed.`,
        `이 파일은 이미 ${format} 형식으로 읽습니다. 새 형식이 필요 없을 수 있습니다.`,
      ),
    others: (names: string) =>
      say(`The file holds other tables, too: ${names}.`, `파일에 다른 표도 있습니다: ${names}`),
    cut: say(
      "Only the beginning of the file was looked at: totals and closing lines at its end are not in here.",
      "파일의 앞부분만 보았습니다. 끝에 있는 합계와 마지막 줄은 빠져 있습니다.",
    ),
    wide: say(
      "ASK: days stand in the header; see `shape: wide` in config/formats/README.md.",
      "확인 필요: 머리글에 날짜가 있습니다. config/formats/README.md의 `shape: wide`를 보세요.",
    ),
    label: say("the platform's name as readers see it", "리포트에 보일 매체 이름"),
    about: (file: string) =>
      say(
        `Drafted from the header of ${file}. Say here what is known of the export, and from where.`,
        `${file}의 머리글로 만든 초안입니다. 이 파일에 대해 아는 내용과 출처를 여기에 쓰세요.`,
      ),
    channel: (like: string) => say(`guessed: its names are those of ${like}`, `추정: ${like}의 이름과 비슷합니다`),
    channelAsk: say("ASK: which channel?", "확인 필요: 어느 채널인가요?"),
    verified: say(
      "true once a file's sums were compared with the platform's screen; until then the first file waits for `bogo accept`",
      "파일 합계를 매체 화면과 대조한 뒤 true로 바꾸세요. 그 전에는 첫 파일이 `bogo accept`를 기다립니다",
    ),
    settle: say(
      "ASK: after how many days does the platform no longer change figures?",
      "확인 필요: 며칠이 지나면 매체가 수치를 더 바꾸지 않나요?",
    ),
    datesUnknown: say(
      "ASK: no known spelling reads every date; write it in strptime words",
      "확인 필요: 알려진 표기로 읽히지 않는 날짜가 있습니다. strptime 표기로 쓰세요",
    ),
    datesDoubtful: (formats: string) =>
      say(
        `ASK: day or month first? All of these read every date: ${formats}. Write the right one; until then no row is read.`,
        `확인 필요: 일과 월 중 어느 쪽이 먼저인가요? 다음 표기 모두로 읽힙니다: ${formats}. 맞는 것을 쓰기 전에는 행을 읽지 않습니다.`,
      ),
    numbers: say(
      "ASK: which sign sets off the decimals? The cells can be read in two ways",
      "확인 필요: 소수점 기호가 무엇인가요? 두 가지로 읽힐 수 있습니다",
    ),
    nulls: say("unknown, never 0", "0이 아니라 알 수 없는 값"),
    totals: say(
      "rows that begin so are totals, never read; is no campaign called so?",
      "이렇게 시작하는 행은 합계라서 읽지 않습니다. 같은 이름의 캠페인이 없는지 확인하세요",
    ),
    rank: say(
      "which cut makes the totals: the least sum counts; null never does",
      "전체 합계에 쓸 구분: 합이 가장 작은 것을 쓰고 null은 쓰지 않습니다",
    ),
    currency: say(
      "ASK: the file names no currency. Each client's source says it (`currency: KRW`), or `set: { currency: KRW }` here.",
      "확인 필요: 파일에 통화가 없습니다. 클라이언트의 source에 `currency: KRW`를 쓰거나 여기에 `set: { currency: KRW }`를 쓰세요.",
    ),
    snapshot: say(
      "guessed: posts or emails whose figures grow, under their day of publication",
      "추정: 게시물·메일의 누적 수치이며 날짜는 발행일",
    ),
    noMetric: say(
      "ASK: no column is known to be a figure; give one a metric above",
      "확인 필요: 지표로 알려진 열이 없습니다. 위에서 지표를 정하세요",
    ),
    above: say("The lines above the header:", "머리글 위의 줄:"),
    noPeriod: say(
      "ASK: the file states no days. Each client's source says them: `period: { from, to }`.",
      "확인 필요: 파일에 날짜가 없습니다. 클라이언트의 source에 `period: { from, to }`를 쓰세요.",
    ),
    likeness: (like: string, platforms: string) =>
      say(
        `guessed from "${like}"${platforms && ` (${platforms})`}`,
        `"${like}"에서 추정${platforms && ` (${platforms})`}`,
      ),
    unreadable: (is: string, sample: string) =>
      say(
        `called like ${is}, but "${sample}" cannot be read as one`,
        `${is} 이름이지만 "${sample}" 값을 그렇게 읽을 수 없습니다`,
      ),
    twice: (is: string) => say(`could be ${is}, too; another column holds it`, `${is}일 수도 있지만 다른 열을 씁니다`),
    nobody: (sample: string) =>
      say(`ASK: nobody knows it; such as "${sample}"`, `확인 필요: 알려지지 않은 열. 예: "${sample}"`),
    cells: (sample: string) => say(`guessed from its cells, such as "${sample}"`, `값에서 추정. 예: "${sample}"`),
  };
}
