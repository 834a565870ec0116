import { daySql } from "../clean/date.ts";
import { narrowDecimal, notRead, numberSql } from "../clean/number.ts";
import { literal, textSql, unknownSql } from "../clean/text.ts";
import { type DimensionId, dimensionIds, dimensions, type MetricId, metricIds, metrics } from "../metrics.ts";
import { deriveSql, wordsOf } from "./derive.ts";
import type { Format } from "./format.ts";
import type { HeaderMatch, Match } from "./header.ts";

/** What is known of a table before its rows are read. */
export interface PlanFacts {
  /** How many cells a row has. */
  width: number;
  /** The window's first day, for columns that count days from it. */
  from: string | null;
  currency: string | null;
  account: string | null;
  /** Whether `from` is each row's day, as in exports whose every row starts and ends on one day. */
  fromIsDay: boolean;
  /** Dimensions that hold one value only, where the format says that they then divide nothing. */
  alone: readonly DimensionId[];
}

/** How one table's rows become facts: SQL over a relation `raw(line, c0, c1, …)`, all text. */
export interface CleaningPlan {
  kind: "daily" | "window" | "snapshot";
  cut: DimensionId[];
  metrics: MetricId[];
  /** Columns of the facts table that this plan fills, besides extraction and line. */
  columns: string[];
  /** One row in, one row out: `line`, `verdict`, `columns`. Verdicts: row, blank, totals, ignored, or `bad <why> <cell>`. */
  judged: string;
  /**
   * Only the rows, with fractions in the narrow type, at half the price: a cell that is wrong or too long is `notRead`, a
   * day that is none is null, and who finds one of them takes the other way. Null where figures are derived.
   */
  quick: string | null;
  /** Columns that make two rows the same entity: the day, the dimensions, and cells that the format does not know. */
  key: string[];
  /** Whether the key holds a platform's id, so that equal keys with other values contradict each other. */
  hasId: boolean;
  /** Header names by cell, for the reason of a rejected row. */
  names: Record<number, string>;
}

/** Makes the cleaning plan of a recognised table. */
export function planTable(header: HeaderMatch, facts: PlanFacts): CleaningPlan {
  const { format, matches, unknown } = header;
  const by = new Map(matches.map((match) => [role(match), match]));
  const day = dayOf(by, format, facts);
  const dividing = dimensionIds.filter((id) => !facts.alone.includes(id));
  const parts = dividing.flatMap((id) => dimensionParts(id, by, format));
  const values = metricIds.flatMap((id) => metricParts(id, by, format)).map((part) => onlyWhere(part, matches));
  const helpers = matches
    .filter(({ column }) => column.is === "helper")
    .map((match) => ({ name: match.column.as ?? "", sql: numberOf(match, format, 17), match }));
  const present = new Set([...values, ...helpers].map((each) => each.name));
  const derived = metricIds.flatMap((id) => {
    const text = format.derive[id]?.find((each) => wordsOf(each).every((word) => present.has(word)));
    return text === undefined || present.has(id) ? [] : [{ name: id, sql: deriveSql(text, id) }];
  });
  const cut = dimensionIds.filter((id) => parts.some((part) => part.name === id));
  const columns = [...(day ? ["day"] : []), ...[...parts, ...values, ...derived].map((each) => each.name)];
  const days = day ? [{ name: "day", sql: day.sql }] : [];
  const judging = { format, by, day, numbers: [...values, ...helpers], matches, facts };
  const verdict = verdictSql(judging);
  const quick = [...days, ...parts, ...metricIds.flatMap((id) => quickParts(id, by, format))];
  return {
    kind: format.kind ?? (day ? "daily" : "window"),
    cut,
    metrics: metricIds.filter((id) => columns.includes(id)),
    columns,
    judged: `SELECT *, ${verdict} AS verdict FROM (SELECT *, ${listed([...days, ...parts, ...values, ...helpers, ...derived])} FROM raw)`,
    quick:
      helpers.length + derived.length > 0 || values.some(({ only }) => only)
        ? null
        : `SELECT ${listed(quick)} FROM raw WHERE ${isRowSql(judging)}`,
    key: [...(day ? ['"day"'] : []), ...cut.map((id) => `"${id}"`), ...unknown.map(({ index }) => `c${index}`)],
    hasId: matches.some(({ column }) => column.part === "id" && cut.includes(column.is as DimensionId)),
    names: Object.fromEntries([
      ...matches.map((each) => [each.index, each.column.names?.[0] ?? each.column.is]),
      ...unknown.map((each) => [each.index, each.name]),
    ]),
  };
}

interface Part {
  name: string;
  sql: string;
  match?: Match;
  /** SQL: whether the figure counts on this row; elsewhere its cell is not looked at. */
  only?: string;
}

/** A figure that means something only where another column says so; nowhere, where the file lacks that column. */
function onlyWhere(part: Part, matches: readonly Match[]): Part {
  const only = part.match?.column.only;
  if (!only) return part;
  const said = matches.find(({ column }) => column.names?.some((each) => only.names.includes(each)));
  const test = said
    ? `coalesce(${textSql(`c${said.index}`)} IN (${only.values.map(literal).join(", ")}), false)`
    : "false";
  return { ...part, sql: `CASE WHEN ${test} THEN ${part.sql} END`, only: test };
}

const role = ({ column }: Match): string =>
  column.is === "helper" ? `helper ${column.as}` : column.part === "id" ? `${column.is} id` : column.is;

function dayOf(
  by: ReadonlyMap<string, Match>,
  format: Format,
  facts: PlanFacts,
): { sql: string; index: number } | null {
  const day = by.get("day") ?? (facts.fromIsDay ? by.get("from") : undefined);
  if (day) {
    const { index, column } = day;
    const cell = column.take ? `regexp_extract(c${index}, ${literal(column.take)}, 1)` : `c${index}`;
    return { sql: daySql(cell, column.dates ?? format.dates), index };
  }
  const index = by.get("day_index");
  if (!index || !facts.from) return null;
  return {
    sql: `CAST(${literal(facts.from)} AS DATE) + CASE WHEN regexp_full_match(c${index.index}, '[0-9]{1,4}') THEN CAST(c${index.index} AS INTEGER) END`,
    index: index.index,
  };
}

/** A dimension's value, and the name beside it where there is an id. */
function dimensionParts(id: DimensionId, by: ReadonlyMap<string, Match>, format: Format): Part[] {
  const fixed = format.set[id];
  const name = by.get(id);
  const key = by.get(`${id} id`);
  if (!name && !key) return fixed === undefined ? [] : [{ name: id, sql: literal(fixed) }];
  const named = name ? dimensionText(id, name) : "NULL";
  const keyed = key ? dimensionText(id, key) : null;
  const value = { name: id, sql: keyed ? (name ? `coalesce(${keyed}, ${named})` : keyed) : named };
  // A name that would only repeat the value is left out: half of a large table's text would be written twice.
  return "entity" in dimensions[id] && name && key ? [value, { name: `${id}_name`, sql: named }] : [value];
}

function dimensionText(id: DimensionId, { index, fallbacks = [], column }: Match): string {
  const cells = [index, ...fallbacks].map((each) => textSql(`c${each}`));
  const cell = fallbacks.length > 0 ? `coalesce(${cells.join(", ")})` : textSql(`c${index}`);
  const taken = column.take ? `nullif(regexp_extract(${cell}, ${literal(column.take)}, 1), '')` : cell;
  const hour = id === "hour" ? `lpad(nullif(regexp_extract(${taken}, '[0-9]{1,2}'), ''), 2, '0')` : taken;
  const renamed = Object.entries(column.values ?? {}).map(([from, to]) => `WHEN ${literal(from)} THEN ${literal(to)}`);
  return renamed.length > 0 ? `CASE ${hour} ${renamed.join(" ")} ELSE ${hour} END` : hour;
}

function metricParts(id: MetricId, by: ReadonlyMap<string, Match>, format: Format): Part[] {
  const match = by.get(id);
  if (!match) return [];
  return [{ name: id, sql: numberOf(match, format, metrics[id].scale), match }];
}

function quickParts(id: MetricId, by: ReadonlyMap<string, Match>, format: Format): Part[] {
  const match = by.get(id);
  if (!match) return [];
  const { scale } = metrics[id];
  const number = numberOf(match, format, scale, true);
  const unknown = unknownSql(`c${match.index}`, match.column.nulls ?? format.nulls);
  const mark = scale === 0 ? `CAST(${notRead.count} AS BIGINT)` : `CAST(${notRead.fraction} AS ${narrowDecimal})`;
  return [{ name: id, sql: `coalesce(${number}, CASE WHEN NOT ${unknown} THEN ${mark} END)`, match }];
}

const listed = (parts: readonly Part[]): string => parts.map(({ name, sql }) => `${sql} AS "${name}"`).join(", ");

function numberOf({ column, index }: Match, format: Format, scale: 0 | 6 | 17, narrow = false): string {
  const style = { ...format.numbers, ...column.numbers };
  const { take, times, unit } = column;
  return numberSql(`c${index}`, { scale, style, take, times, unit }, narrow);
}

interface Judging {
  format: Format;
  by: ReadonlyMap<string, Match>;
  day: { index: number } | null;
  numbers: readonly Part[];
  matches: readonly Match[];
  facts: PlanFacts;
}

/** Totals are judged before anything is called bad: their cells are rarely those of a row. */
function verdictSql(judging: Judging): string {
  const when = [...oddSql(judging), ...badValuesSql(judging), ...badTextsSql(judging)];
  return `CASE ${when.map(([test, verdict]) => `WHEN ${test} THEN ${literal(verdict)}`).join(" ")} ELSE 'row' END`;
}

/** Whether a line is a row, by its texts alone. A CASE asks each question only of the lines that the ones before left. */
function isRowSql(judging: Judging): string {
  const tests = [...oddSql(judging), ...badTextsSql(judging)];
  return `CASE ${tests.map(([test]) => `WHEN ${test} THEN false`).join(" ")} ELSE true END`;
}

/** What is no row and nothing wrong. */
function oddSql(judging: Judging): [string, string][] {
  const { format, facts } = judging;
  const cells = Array.from({ length: facts.width }, (_, index) => `c${index}`);
  const first = cells[0] ?? "''";
  const blank = `(coalesce(${first}, '') < '!' OR starts_with(${first}, chr(160))) AND coalesce(${cells.map(textSql).join(", ")}) IS NULL`;
  const ignored = format.dropRows.flatMap(({ names, values }) => {
    const match = judging.matches.find(({ column }) => column.names?.some((each) => names.includes(each)));
    return match ? [values.map((each) => labelSql(textSql(`c${match.index}`), each)).join(" OR ")] : [];
  });
  return [
    [blank, "blank"],
    ...totalsSql(judging, cells).map((each): [string, string] => [each, "totals"]),
    ...ignored.map((each): [string, string] => [each, "ignored"]),
  ];
}

function totalsSql({ format, by }: Judging, cells: readonly string[]): string[] {
  const { labels, blank } = format.totals;
  const looked = cells.slice(0, format.totals.cells);
  const labelled = looked.map((cell) => anyLabelSql(cell, labels));
  const named = blank.flatMap((target) =>
    [by.get(target), by.get(`${target} id`)].filter((each) => each !== undefined),
  );
  const empty = named.map(({ index, column }) => unknownSql(`c${index}`, column.nulls ?? format.nulls));
  return [...(labels.length > 0 ? [labelled.join(" OR ")] : []), ...(empty.length > 0 ? [empty.join(" AND ")] : [])];
}

/** Few cells begin as a label does, and comparing the first letter costs a tenth of comparing all labels. */
function anyLabelSql(cell: string, labels: readonly string[]): string {
  const any = labels.map((label) => labelSql(cell, label)).join(" OR ");
  if (labels.some((label) => label.startsWith("*"))) return any;
  const initials = new Set(labels.map((label) => label.codePointAt(0)));
  return `unicode(${cell}) IN (${[...initials].join(", ")}) AND (${any})`;
}

function labelSql(cell: string, label: string): string {
  const text = literal(label.replace(/^\*|\*$/gu, ""));
  if (label.endsWith("*")) return `starts_with(${cell}, ${text})`;
  if (label.startsWith("*")) return `ends_with(${cell}, ${text})`;
  return `${cell} = ${text}`;
}

function badValuesSql({ format, day, numbers }: Judging): [string, string][] {
  const bad: [string, string][] = [];
  if (day) bad.push([`"day" IS NULL`, `bad date ${day.index}`]);
  for (const { name, match, only = "true" } of numbers) {
    if (match)
      bad.push([
        `"${name}" IS NULL AND ${only} AND NOT ${unknownSql(`c${match.index}`, match.column.nulls ?? format.nulls)}`,
        `bad number ${match.index}`,
      ]);
  }
  return bad;
}

function badTextsSql({ matches, facts }: Judging): [string, string][] {
  const bad: [string, string][] = [];
  for (const { column, index } of matches) {
    const cell = textSql(`c${index}`);
    if (column.part === "id")
      bad.push([`contains(c${index}, 'E+') AND try_cast(c${index} AS DOUBLE) IS NOT NULL`, `bad id ${index}`]);
    if (column.is === "currency" && facts.currency)
      bad.push([`${cell} <> ${literal(facts.currency)}`, `bad currency ${index}`]);
    if (column.is === "account" && facts.account)
      bad.push([`${cell} <> ${literal(facts.account)}`, `bad account ${index}`]);
  }
  return bad;
}
