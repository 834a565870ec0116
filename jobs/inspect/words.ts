import type { Column, FactName } from "../../transforms/format/format.ts";
import type { Skipped } from "../../transforms/format/sheet.ts";
import { type DimensionId, dimensions, type MetricId, metrics, type Text } from "../../transforms/metrics.ts";
import type { Encoding } from "../extract/decode.ts";
import type { InspectedTable } from "../extract/inspect.ts";
import type { TablePart } from "../extract/table.ts";
import { harmless } from "../line.ts";

export type Lang = keyof Text;

const text = (ko: string, en: string): Text => ({ ko, en });

/** The fixed words of `bogo inspect`, a `{name}` for each thing that is put in. */
export const words = {
  days: text("기간", "Days"),
  account: text("계정", "Account"),
  currency: text("통화", "Currency"),
  vat: text("부가세", "VAT"),
  filters: text("필터", "Filters"),
  generated: text("생성 시각", "Generated"),
  readAs: text("읽은 방식", "Read as"),
  use: text("용도", "Use"),
  lines: text("줄", "Lines"),
  sums: text("합계", "Sums"),
  rejected: text("읽지 못한 줄", "Rejected"),
  first: text("앞부분", "First rows"),
  columns: text("열", "Columns"),
  notStored: text("쓰지 않는 열", "Left out"),
  next: text("다음 단계", "Next"),
  nearest: text("가까운 형식", "Nearest"),
  header: text("머리글", "Header"),
  fits: text("아는 열", "Known"),
  lacks: text("없는 열", "Missing"),
  adds: text("모르는 열", "Unknown"),
  might: text("그 밖의 열", "May also hold"),

  channel: text("채널 {channel}", "channel {channel}"),
  verified: text("실제 파일로 확인한 형식", "verified on real files"),
  unverified: text(
    "실제 파일로 확인하지 못한 형식입니다. 합계를 매체 화면과 비교하세요. 처음 불러올 때 한 번 확인을 요청합니다.",
    "This format is not verified: nobody has seen a real file of it. Compare the sums with the platform; the first load asks for a confirmation.",
  ),
  wholeAccount: text("계정 전체", "whole account"),
  day: text("일", "day"),
  period: text("기간", "Period"),
  and: text(" 외 {count}개", " and {count} more"),

  stated: text("파일에 적힌 기간", "as the file states"),
  fromRows: text("행 기준", "from its rows"),
  everyDay: text("모든 날짜에 행 있음", "rows on every day"),
  noRows: text("행 없는 날 {runs}", "no rows on {runs}"),
  noRowsAtAll: text("행 없음", "no rows at all"),
  zeroStated: text(
    "기간에 포함된 날이므로 행이 없으면 0으로 셉니다.",
    "The file states these days, so a day without rows counts as zero.",
  ),
  zeroBetween: text(
    "파일에 기간이 없어 첫 행과 마지막 행 사이만 0으로 세고, 그 밖의 날은 알 수 없음으로 둡니다.",
    "No range is stated: days between the first and last row count as zero, days outside are unknown.",
  ),
  zeroRejected: text("읽지 못한 줄의 날짜가 이 가운데 있을 수 있습니다.", "Rejected lines may belong to these days."),
  unknownDays: text(
    "{runs}: 파일의 기간에 들지 않아 알 수 없음으로 둡니다.",
    "{runs}: outside the days that the file states, so unknown and not zero.",
  ),
  noDays: text("없음", "none"),
  window: text(
    "{range}, 기간 전체의 값이며 날짜별로 나누지 않습니다.",
    "{range}, one figure for all of it, never spread over days",
  ),
  windows: text(
    "{range}, 기간 {count}개의 값이며 날짜별로 나누지 않습니다.",
    "{range}, {count} periods, never spread over days",
  ),
  published: text("{range} 게시·발송분", "published or sent {range}"),

  accountMissing: text(
    "파일에 없음. 소스에 `account:`를 적으세요.",
    "the file states none; put `account:` at its source",
  ),
  currencyMissing: text(
    "파일에 없음. 소스에 `currency:`를 적으세요.",
    "the file states none; put `currency:` at its source",
  ),
  vatMissing: text("파일에 없음. 소스에 `vat:`를 적으세요.", "not stated; put `vat:` at its source"),
  vatIncluded: text("포함", "included"),
  timezone: text("시간대", "Time zone"),
  attribution: text("기여 기간", "Attribution"),
  vatExcluded: text("별도", "excluded"),
  filtered: text("일부만 담은 파일이라 합계에는 쓰지 않습니다.", "a part only, so it never makes up totals"),
  breakdownOnly: text("세부 실적에만 쓰고 합계에는 쓰지 않습니다.", "breakdowns only; totals come from another export"),
  generatedMissing: text(
    "파일에 없음. 겹치는 날은 마지막 날짜가 더 늦은 파일을 씁니다.",
    "not stated; of overlapping files the one with the later last day counts",
  ),
  inZip: text("압축 안의 {name}, {encoding}", "{name} in the zip, {encoding}"),
  inWorkbook: text("엑셀 시트 {name}", "sheet {name} of the workbook"),
  cellsApart: text("{encoding}, 구분 기호 {mark}", "{encoding}, {mark} between cells"),

  accounted: text(
    "{lines}줄 = 반영 {rows} + 거부 {rejected} + 제외 {skipped}",
    "{lines} = {rows} accepted + {rejected} rejected + {skipped} left out",
  ),
  leftOut: text("제외: {parts}", "left out: {parts}"),
  notAdded: text("{labels}: 합산하지 않는 지표", "never added up: {labels}"),
  lastCounts: text("{labels}: 마지막 값을 씁니다", "the last value counts: {labels}"),
  more: text("외 {count}줄. `--all`로 모두 볼 수 있습니다.", "{count} more; `--all` shows each"),
  weighted: text("{label}(순위 × 노출수)", "{label} (position × impressions)"),
  nearIn: text("{name} ({label}, {platform})", "{name} ({label} in {platform})"),
  morePeriods: text("외 기간 {count}개. `--all`로 모두 볼 수 있습니다.", "{count} more periods; `--all` shows each"),
  moreColumns: text("폭에 맞지 않아 뺀 열: {labels}", "not shown, for want of width: {labels}"),

  usedFor: text("{labels} 계산에 사용", "for {labels}"),
  unused: text("쓰지 않음", "not used"),
  recognition: text("형식 구분에 사용", "tells the format"),
  fallback: text("빈칸을 채움", "fills its blanks"),
  daysOfGrid: text("날짜별 값 {count}열", "a day each, {count} columns"),
  rates: text("비율이라 합계에서 다시 계산", "rates, recomputed from sums"),
  settings: text("설정·상태 등 보고에 쓰지 않음", "settings, states and other things that reports do not use"),
  seconds: text("같은 값이 다른 열에 있음", "another column holds the same"),
  constants: text("모든 행의 값이 같음", "the same on every row"),
  unknownColumns: text("형식에 없는 열", "not known"),
  column: text("{place}열", "column {place}"),

  unknown: text("어떤 형식에도 맞지 않는 파일입니다.", "No known format fits this file."),
  strange: text("읽지 않은 부분: {names}", "not read, no format fits: {names}"),
  nothingKnown: text("아는 열 이름이 하나도 없습니다.", "No header in it is known to any format."),
  oneOf: text("{names} 중 하나", "one of {names}"),
  factNeeded: text("머리글 위나 파일 이름의 {fact}", "{fact}, above the header or in the file's name"),
  mustNot: text("{names} 열은 없어야 함", "{names} must not be there"),
  dayHeaders: text("머리글이 날짜인 열", "columns headed by days"),
  line: text("{line}번째 줄: {cells}", "line {line}: {cells}"),
  draft: text(
    "`bogo formats draft {file}`로 이 파일의 형식 초안을 만드세요.",
    "`bogo formats draft {file}` writes a first format for it.",
  ),
  download: text(
    "{platform} 보고서라면 편집하지 말고 다시 내려받으세요.",
    "If it is a {platform} report, download it again and leave it unedited.",
  ),

  combined: text("합쳐서", "Together"),
  combinedHint: text(
    "모두 불러왔을 때 남는 값입니다. 겹치는 날은 더 새로운 파일만 셉니다.",
    "What is held once all are loaded: of overlapping days only the newer file counts.",
  ),
  exports: text("파일 {count}개 → {rows}행", "{count} files → {rows} rows"),
} as const satisfies Record<string, Text>;

/** A sentence of the dictionary with its gaps filled. */
export function say(id: keyof typeof words, lang: Lang, facts: Readonly<Record<string, string | number>> = {}): string {
  return words[id][lang].replace(/\{(\w+)\}/gu, (whole, name: string) => String(facts[name] ?? whole));
}

export const skippedWords: Readonly<Record<keyof Skipped, Text>> = {
  preamble: text("머리글과 그 위 {count}", "{count} header and above"),
  totals: text("합계 {count}", "{count} totals"),
  duplicates: text("똑같은 줄 {count}", "{count} repeated"),
  blank: text("빈 줄 {count}", "{count} blank"),
  ignored: text("보고에 쓰지 않는 줄 {count}", "{count} not of this table"),
};

export const kindWords: Readonly<Record<InspectedTable["kind"], Text>> = {
  daily: text("날짜별 행", "daily rows"),
  window: text("기간 합계", "figures of a whole period"),
  snapshot: text("게시물·메일별 누적", "figures to date, item by item"),
};

const encodingWords: Readonly<Record<Encoding, string>> = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16 LE",
  "utf-16be": "UTF-16 BE",
  cp949: "CP949",
};

const marks: Readonly<Record<string, Text>> = {
  ",": text("쉼표", "comma"),
  ";": text("쌍반점(;)", "semicolon"),
  "\t": text("탭", "tab"),
  "|": text("세로줄(|)", "vertical bar"),
};

const markWord = (mark: string, lang: Lang): string => marks[mark]?.[lang] ?? mark;

/** What only a line above the header, the file's name or a sibling states. */
const facts: Readonly<Record<FactName, Text>> = {
  from: text("시작일", "the first day"),
  to: text("종료일", "the last day"),
  period: text("기간", "the period"),
  account: text("계정", "the account"),
  currency: text("통화", "the currency"),
  generated: text("생성 시각", "when it was made"),
  metric: text("지표 이름", "the metric's name"),
  title: text("보고서 제목", "the report's title"),
  search_type: text("검색 유형", "the search type"),
  incomplete: text("미완성 표시", "that it is incomplete"),
  rows: text("행 수", "the number of rows"),
  timezone: text("시간대", "the time zone"),
};

export const factWord = (name: FactName, lang: Lang): string => facts[name][lang];

/** What is no figure and no dimension. */
const roles: Readonly<Partial<Record<Column["is"], Text>>> = {
  day: text("날짜", "Day"),
  day_index: text("시작일부터의 날짜", "Day, counted from the first"),
  from: text("시작일", "First day"),
  to: text("종료일", "Last day"),
  currency: text("통화", "Currency"),
  account: text("계정", "Account"),
  metric: text("지표 이름", "Name of the metric"),
  value: text("지표 값", "Its figure"),
};

/** The label of a metric, a dimension or another thing that a column may hold. */
export function labelOf(is: Column["is"], lang: Lang): string {
  if (is in metrics) return metrics[is as MetricId].label[lang]; // `in` has told what it is, here and below
  if (is in dimensions) return dimensions[is as DimensionId].label[lang];
  return roles[is]?.[lang] ?? is;
}

/** `day × campaign`, from the catalogue's labels. */
export function cutText(cut: readonly string[], lang: Lang): string {
  const names = cut.map((each) =>
    each === "day" ? words.day[lang] : labelOf(each as DimensionId, lang).toLowerCase(),
  );
  return names.join(" × ") || words.wholeAccount[lang];
}

/** How a table or a text was read: which part of its file it is, in which encoding, with what between its cells. */
export function readText(
  { part, encoding, delimiter }: { part: TablePart | null; encoding: Encoding; delimiter?: string | null },
  lang: Lang,
): string {
  const name = harmless(part?.name ?? "");
  if (part?.of === "workbook") return say("inWorkbook", lang, { name });
  const plain = encodingWords[encoding];
  const read = delimiter ? say("cellsApart", lang, { encoding: plain, mark: markWord(delimiter, lang) }) : plain;
  return part ? say("inZip", lang, { name, encoding: read }) : read;
}
