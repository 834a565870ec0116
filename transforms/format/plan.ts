import { daySql } from "../clean/date.ts";
import { type NumberRule, narrowDecimal, notRead, numberSql } from "../clean/number.ts";
import { literal, quickTextSql, textSql, unknownSql } from "../clean/text.ts";
import { type DimensionId, dimensionIds, dimensions, type MetricId, metricIds, metrics } from "../metrics.ts";
import { deriveSql, wordsOf } from "./derive.ts";
import type { Format } from "./format.ts";
import type { HeaderMatch, Match } from "./header.ts";
import { isRowSql, type Judging, verdictSql } from "./verdict.ts";

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
   * The same with fractions in the narrow type, which everything after it goes through in a fraction of the time. One
   * that does not fit is a bad number here. Null where figures are derived.
   */
  narrow: string | null;
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
  const parts = dividing.flatMap((id) => dimensionParts(id, by, format, textSql));
  const values = metricIds.flatMap((id) => metricParts(id, by, format)).map((part) => onlyWhere(part, matches));
  const helpers = matches
    .filter(({ column }) => column.is === "helper")
    .map((match): NumberPart => ({ name: match.column.as ?? "", rule: ruleOf(match, format, 17), match }));
  const numbers = [...values, ...helpers];
  const present = new Set(numbers.map((each) => each.name));
  const derived = metricIds.flatMap((id) => {
    const text = format.derive[id]?.find((each) => wordsOf(each).every((word) => present.has(word)));
    return text === undefined || present.has(id) ? [] : [{ name: id, sql: deriveSql(text, id), words: wordsOf(text) }];
  });
  const cut = dimensionIds.filter((id) => parts.some((part) => part.name === id));
  const columns = [...(day ? ["day"] : []), ...[...parts, ...values, ...derived].map((each) => each.name)];
  const days = day ? [{ name: "day", sql: day.sql }] : [];
  const judging: Judging = { format, by, day, numbers, derived, matches, facts, textOf: textSql };
  const judged = (narrow: boolean) => {
    const { lists, picked } = inLists(numbers, narrow);
    return `SELECT *, ${verdictSql(judging)} AS verdict FROM (SELECT * ${without(lists)}, ${listed([...days, ...parts, ...picked, ...derived])} FROM (SELECT *${lists.map(({ name, sql }) => `, ${sql} AS ${name}`).join("")} FROM raw))`;
  };
  const plain = helpers.length + derived.length === 0;
  const everywhere = values.every(({ only }) => only === undefined);
  const quickly = { ...judging, textOf: quickTextSql };
  const quick = [
    ...days,
    ...dividing.flatMap((id) => dimensionParts(id, by, format, quickTextSql)),
    ...metricIds.flatMap((id) => quickParts(id, by, format)),
  ];
  return {
    kind: format.kind ?? (day ? "daily" : "window"),
    cut,
    metrics: metricIds.filter((id) => columns.includes(id)),
    columns,
    judged: judged(false),
    narrow: plain ? judged(true) : null,
    quick: plain && everywhere ? `SELECT ${listed(quick)} FROM raw WHERE ${isRowSql(quickly)}` : null,
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
}

/** A number and how it is read. */
interface NumberPart {
  name: string;
  rule: NumberRule;
  match: Match;
  /** SQL: whether the figure counts on this row; elsewhere its cell is not looked at. */
  only?: string;
}

/** A figure that means something only where another column says so; nowhere, where the file lacks that column. */
function onlyWhere(part: NumberPart, matches: readonly Match[]): NumberPart {
  const { only } = part.match.column;
  if (!only) return part;
  const said = matches.find(({ column }) => column.names?.some((each) => only.names.includes(each)));
  const values = only.values.map(literal).join(", ");
  return { ...part, only: said ? `coalesce(${textSql(`c${said.index}`)} IN (${values}), false)` : "false" };
}

/**
 * Numbers that are read by the same rule are read as one list, since planning a rule takes longer than the rows of a
 * small file.
 */
function inLists(numbers: readonly NumberPart[], narrow: boolean): { lists: Part[]; picked: Part[] } {
  const alike = [...Map.groupBy(numbers, ({ rule }) => numberSql("x", rule, narrow))];
  return {
    lists: alike.map(([rule, parts], at) => ({
      name: `numbers${at}`,
      sql: `list_transform([${parts.map(({ match }) => `c${match.index}`).join(", ")}], lambda x: ${rule})`,
    })),
    picked: alike.flatMap(([, parts], at) =>
      parts.map(({ name, only }, index) => {
        const number = `numbers${at}[${index + 1}]`;
        return { name, sql: only ? `CASE WHEN ${only} THEN ${number} END` : number };
      }),
    ),
  };
}

const without = (lists: readonly Part[]): string =>
  lists.length > 0 ? `EXCLUDE (${lists.map(({ name }) => name).join(", ")})` : "";

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
function dimensionParts(id: DimensionId, by: ReadonlyMap<string, Match>, format: Format, textOf: TextSql): Part[] {
  const fixed = format.set[id];
  const name = by.get(id);
  const key = by.get(`${id} id`);
  if (!name && !key) return fixed === undefined ? [] : [{ name: id, sql: literal(fixed) }];
  const named = name ? dimensionText(id, name, textOf) : "NULL";
  const keyed = key ? dimensionText(id, key, textOf) : null;
  const value = { name: id, sql: keyed ? (name ? `coalesce(${keyed}, ${named})` : keyed) : named };
  // A name that would only repeat the value is left out: half of a large table's text would be written twice.
  return "entity" in dimensions[id] && name && key ? [value, { name: `${id}_name`, sql: named }] : [value];
}

type TextSql = typeof textSql;

function dimensionText(id: DimensionId, { index, fallbacks = [], column }: Match, textOf: TextSql): string {
  const cells = [index, ...fallbacks].map((each) => textOf(`c${each}`));
  const cell = fallbacks.length > 0 ? `coalesce(${cells.join(", ")})` : textOf(`c${index}`);
  const taken = column.take ? `nullif(regexp_extract(${cell}, ${literal(column.take)}, 1), '')` : cell;
  const hour = id === "hour" ? `lpad(nullif(regexp_extract(${taken}, '[0-9]{1,2}'), ''), 2, '0')` : taken;
  const renamed = Object.entries(column.values ?? {}).map(([from, to]) => `WHEN ${literal(from)} THEN ${literal(to)}`);
  return renamed.length > 0 ? `CASE ${hour} ${renamed.join(" ")} ELSE ${hour} END` : hour;
}

function metricParts(id: MetricId, by: ReadonlyMap<string, Match>, format: Format): NumberPart[] {
  const match = by.get(id);
  if (!match) return [];
  return [{ name: id, rule: ruleOf(match, format, metrics[id].scale), match }];
}

function quickParts(id: MetricId, by: ReadonlyMap<string, Match>, format: Format): Part[] {
  const match = by.get(id);
  if (!match) return [];
  const { scale } = metrics[id];
  const number = numberSql(`c${match.index}`, ruleOf(match, format, scale), true);
  const unknown = unknownSql(`c${match.index}`, match.column.nulls ?? format.nulls);
  const mark = scale === 0 ? `CAST(${notRead.count} AS BIGINT)` : `CAST(${notRead.fraction} AS ${narrowDecimal})`;
  return [{ name: id, sql: `coalesce(${number}, CASE WHEN NOT ${unknown} THEN ${mark} END)` }];
}

const listed = (parts: readonly Part[]): string => parts.map(({ name, sql }) => `${sql} AS "${name}"`).join(", ");

function ruleOf({ column }: Match, format: Format, scale: 0 | 6 | 17): NumberRule {
  const { take, times, unit } = column;
  return { scale, style: { ...format.numbers, ...column.numbers }, take, times, unit };
}
