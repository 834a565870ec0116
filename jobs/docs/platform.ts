import type { Column, Format, PlatformFormats } from "../../transforms/format/format.ts";
import { dimensions, metrics, type Text } from "../../transforms/metrics.ts";

type Lang = keyof Text;

/** A platform's page: what is known of its exports, how each is recognised, and what every header becomes. */
export function platformPage({ platform, label, about, formats }: PlatformFormats, lang: Lang): string {
  const loaded = formats.filter(({ refuse }) => !refuse);
  const shared = loaded.length > 1 ? loaded : [];
  const settings = everyOf(shared.map((format) => settingsOf(format, lang)));
  const columns = everyOf(shared.filter(({ shape }) => shape !== "headerless").map((format) => format.columns));
  const everywhere = [bullets(settings), ...columnsOf(columns, lang)].filter((block) => block !== "");
  const title = label.ko === label.en ? label.en : `${label[lang]} (${label[lang === "ko" ? "en" : "ko"]})`;
  return [
    `# ${title}`,
    about.trim(),
    bullets(listed(words.platform[lang], [code(platform)])),
    ...(everywhere.length ? [`## ${words.everywhere[lang]}`, ...everywhere] : []),
    ...formats.flatMap((format) => [
      `## ${code(format.id)}`,
      bullets(settingsOf(format, lang).filter((line) => !settings.includes(line))),
      ...columnsOf(
        format.columns.filter((column) => !columns.includes(column)),
        lang,
      ),
    ]),
  ]
    .filter((block) => block !== "")
    .join("\n\n");
}

/** What all lists hold. */
const everyOf = <Item>([first = [], ...others]: readonly (readonly Item[])[]): Item[] =>
  first.filter((item) => others.every((other) => other.includes(item)));

/** All that a format says besides its columns, a line each. */
function settingsOf(format: Format, lang: Lang): string[] {
  const { shape, settle, totals, numbers, rank, refuse } = format;
  if (refuse)
    return [
      ...listed(words.refused[lang], [refuse.what[lang]]),
      ...listed(words.instead[lang], [refuse.instead[lang]]),
      ...recognition(format, lang),
    ];
  const days = words.settle[lang](settle.days, settle.conversions);
  const never = rank ? Object.keys(rank).filter((id) => rank[id as keyof typeof rank] === null) : [];
  const setFor = Object.entries(format.set).map(([name, value]) => code(`${name}: ${value}`));
  return [
    ...listed(words.channel[lang], [code(format.channel)]),
    ...listed(words.verified[lang], [words[format.verified ? "seen" : "unseen"][lang]]),
    ...listed(words.settled[lang], [days]),
    ...listed(words.rows[lang], [words.kinds[format.kind ?? "either"][lang]]),
    ...listed(words.shape[lang], shape === "table" ? [] : [code(shape)]),
    ...recognition(format, lang),
    ...listed(words.states[lang], groupsIn([...format.preamble, ...format.fileNames])),
    ...listed(words.dates[lang], format.dates.map(code)),
    ...listed(words.numbers[lang], [code(`1${numbers.thousands}234${numbers.decimal}5`)]),
    ...listed(words.unknown[lang], [words.blank[lang], ...format.nulls.map(code)]),
    ...listed(words.totals[lang], totals.labels.map(code)),
    ...listed(words.totalsBlank[lang], totals.blank.map(code)),
    ...listed(words.totalsAre[lang], totals.meaning === "unrelated" ? [] : [words.meanings[totals.meaning][lang]]),
    ...listed(
      words.dropped[lang],
      format.dropRows.flatMap(({ names, values }) => values.map((value) => code(`${names[0]}: ${value}`))),
    ),
    ...listed(words.footer[lang], format.footer.map(code)),
    ...listed(words.means[lang], setFor),
    ...listed(
      words.derived[lang],
      Object.entries(format.derive).map(([id, texts]) => code(`${id} = ${texts?.join(" | ")}`)),
    ),
    ...listed(words.feeds[lang], rank ? never.map(code) : [words.never[lang]]),
  ];
}

function recognition({ requires, forbids, facts }: Format, lang: Lang): string[] {
  const needs = requires.map((need) => [need].flat().map(code).join(words.or[lang]));
  return [
    ...listed(words.needs[lang], needs, "; "),
    ...listed(words.without[lang], forbids.map(code)),
    ...listed(words.facts[lang], facts.map(code)),
  ];
}

/** What each column becomes, and every name it is known under; columns that are left out come last, together. */
function columnsOf(columns: readonly Column[], lang: Lang): string[] {
  const kept = columns.filter(({ is }) => is !== "ignore");
  const ignored = columns.filter(({ is }) => is === "ignore").flatMap(namesOf);
  const lines = kept.map((column) => {
    const notes = notesOf(column, lang);
    return `${targetOf(column, lang)} ← ${namesOf(column).join(", ")}${notes.length ? ` (${notes.join("; ")})` : ""}`;
  });
  return [
    lines.length ? `${words.columns[lang]}\n\n${bullets(lines)}` : "",
    ignored.length ? `${words.ignored[lang]}: ${ignored.join(", ")}` : "",
  ];
}

function targetOf({ is, as, part }: Column, lang: Lang): string {
  const own = is in metrics ? metrics[is as keyof typeof metrics] : dimensions[is as keyof typeof dimensions];
  const name = code(as ?? is) + (part === "id" ? " id" : "");
  return own ? `${name} ${own.label[lang]}` : name;
}

const namesOf = ({ names = [], pattern }: Column): string[] => [
  ...names.map(code),
  ...(pattern ? [code(`/${pattern}/`)] : []),
];

function notesOf(column: Column, lang: Lang): string[] {
  const { fallback, dates, nulls, numbers, take, times, unit, values = {}, currency, vat, only } = column;
  const said = (name: string, value: string | undefined) => (value === undefined ? [] : [`${name} ${code(value)}`]);
  return [
    ...(fallback ? [words.fallback[lang]] : []),
    ...(only ? [`${words.only[lang]} ${code(only.names[0] ?? "")} = ${only.values.map(code).join(", ")}`] : []),
    ...said("take", take),
    ...said("×", times),
    ...said("unit", unit),
    ...said("currency", currency),
    ...said("vat", vat),
    ...said("dates", dates?.join(", ")),
    ...said("nulls", nulls?.join(", ")),
    ...(numbers ? [`${words.numbers[lang]} ${code(JSON.stringify(numbers))}`] : []),
    ...Object.entries(values).map(([from, to]) => `${code(from)} → ${code(to)}`),
  ];
}

/** `**Dates** iso, %Y.%m.%d.`; nothing where there is nothing to list. */
const listed = (name: string, items: readonly string[], between = ", "): string[] =>
  items.length ? [`**${name}** ${items.join(between)}`] : [];

const bullets = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join("\n");

/** Text that Markdown leaves alone, backticks in it too. */
const code = (text: string): string => (text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``);

const groupsIn = (patterns: readonly string[]): string[] => [
  ...new Set(patterns.flatMap((pattern) => [...pattern.matchAll(/\(\?<(\w+)>/gu)].map(([, name = ""]) => code(name)))),
];

const words = {
  everywhere: { en: "In every file", ko: "모든 파일 공통" },
  platform: { en: "Name in config:", ko: "설정에서 쓰는 이름:" },
  channel: { en: "Channel:", ko: "채널:" },
  verified: { en: "Verified:", ko: "확인 여부:" },
  seen: { en: "yes, raw files were seen", ko: "원본 파일로 확인했습니다" },
  unseen: {
    en: "no, its header is known from descriptions or parsers; look at the first file with `bogo inspect`, it waits for `bogo accept`",
    ko: "설명 문서나 파서로만 알려진 형식입니다. 첫 파일은 `bogo inspect`로 확인한 뒤 `bogo accept`로 승인해야 불러옵니다",
  },
  settled: { en: "Figures stand:", ko: "확정 시점:" },
  settle: {
    en: (days: number, late: number) => `after ${plural(days)}${late === days ? "" : `, conversions after ${late}`}`,
    ko: (days: number, late: number) => `${days}일 뒤${late === days ? "" : `, 전환은 ${late}일 뒤`}`,
  },
  rows: { en: "Rows:", ko: "행:" },
  kinds: {
    daily: { en: "a day each", ko: "하루치씩" },
    window: { en: "the file's days together", ko: "파일 기간 전체" },
    snapshot: { en: "a post or email each, as of the download", ko: "게시물·메일별 다운로드 시점 누적" },
    either: {
      en: "a day each where there is a day column, else the file's days together",
      ko: "날짜 열이 있으면 하루치씩, 없으면 파일 기간 전체",
    },
  },
  shape: { en: "Shape:", ko: "모양:" },
  needs: { en: "Recognised by:", ko: "알아보는 기준:" },
  or: { en: " or ", ko: " 또는 " },
  without: { en: "Not with:", ko: "다음 열이 있으면 아님:" },
  facts: { en: "Must be stated above the header:", ko: "머리글 위에 있어야 하는 정보:" },
  states: { en: "Read from the lines above and the file's name:", ko: "머리글 위와 파일 이름에서 읽는 정보:" },
  dates: { en: "Dates:", ko: "날짜:" },
  numbers: { en: "Numbers:", ko: "숫자:" },
  unknown: { en: "Unknown, never 0:", ko: "알 수 없는 값(0이 아님):" },
  blank: { en: "blank", ko: "빈칸" },
  totals: { en: "Rows of totals, never read:", ko: "합계 행(읽지 않음):" },
  totalsBlank: { en: "A row of totals has all of these blank:", ko: "다음이 모두 비면 합계 행:" },
  totalsAre: { en: "A total", ko: "합계 값:" },
  meanings: {
    equals: { en: "equals the sum of the rows", ko: "행의 합과 같음" },
    at_least: { en: "is at least the sum of the rows", ko: "행의 합 이상" },
  },
  dropped: { en: "Rows left out:", ko: "제외하는 행:" },
  footer: { en: "Lines below the rows:", ko: "행 아래의 줄:" },
  means: { en: "Every file means:", ko: "적혀 있지 않아도:" },
  derived: { en: "Worked out:", ko: "계산하는 값:" },
  feeds: { en: "Never feeds totals when cut by:", ko: "다음으로 나눈 파일은 전체 합계에 쓰지 않음:" },
  never: { en: "anything", ko: "모든 경우" },
  refused: { en: "Never loaded:", ko: "불러오지 않음:" },
  instead: { en: "Instead:", ko: "대신:" },
  columns: {
    en: "Columns: what it becomes ← every name it is known under.",
    ko: "열: 저장되는 값 ← 알려진 모든 이름.",
  },
  ignored: { en: "Known and left out", ko: "알고 있지만 쓰지 않는 열" },
  fallback: { en: "where the one above is blank", ko: "위 열이 비었을 때" },
  only: { en: "only where", ko: "다음일 때만:" },
};

const plural = (days: number): string => (days === 1 ? "1 day" : `${days} days`);
