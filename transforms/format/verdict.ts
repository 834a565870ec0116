import { literal, plainPattern, textSql, unknownSql } from "../clean/text.ts";
import type { Format } from "./format.ts";
import type { Match } from "./header.ts";
import type { PlanFacts } from "./plan.ts";

/** What judging a line needs to know. */
export interface Judging {
  format: Format;
  by: ReadonlyMap<string, Match>;
  day: { index: number } | null;
  numbers: readonly { name: string; match: Match; only?: string }[];
  /** Figures made of others, and these. */
  derived: readonly { name: string; words: readonly string[] }[];
  matches: readonly Match[];
  facts: PlanFacts;
  textOf: typeof textSql;
}

/** Totals are judged before anything is called bad: their cells are rarely those of a row. */
export function verdictSql(judging: Judging): string {
  const when = [...oddSql(judging), ...badValuesSql(judging), ...badTextsSql(judging)];
  return `CASE ${when.map(([test, verdict]) => `WHEN ${test} THEN ${literal(verdict)}`).join(" ")} ELSE 'row' END`;
}

/** Whether a line is a row, by its texts alone. A CASE asks each question only of the lines that the ones before left. */
export function isRowSql(judging: Judging): string {
  const tests = [...oddSql(judging), ...badTextsSql(judging)];
  return `CASE ${tests.map(([test]) => `WHEN ${test} THEN false`).join(" ")} ELSE true END`;
}

/** What is no row and nothing wrong. */
function oddSql(judging: Judging): [string, string][] {
  const { format, facts, textOf } = judging;
  const cells = Array.from({ length: facts.width }, (_, index) => `c${index}`);
  const first = cells[0] ?? "''";
  // A CASE and not AND, which would put all cells of every line together before it looks at the first.
  const blank = `CASE WHEN coalesce(${first}, '') < '!' OR starts_with(${first}, chr(160)) THEN ${textSql(`concat(${cells.join(", ")})`)} IS NULL ELSE false END`;
  const ignored = format.dropRows.flatMap(({ names, values }) => {
    const match = judging.matches.find(({ column }) => column.names?.some((each) => names.includes(each)));
    return match ? [values.map((each) => labelSql(textOf(`c${match.index}`), each)).join(" OR ")] : [];
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
  const patterns = labels.map((label) => label.split("*").map(plainPattern).join(".*"));
  const any = `regexp_full_match(${cell}, ${literal(`(?s:${patterns.join("|")})`)})`;
  if (labels.some((label) => label.startsWith("*"))) return any;
  const initials = new Set(labels.map((label) => label.codePointAt(0)));
  return `unicode(${cell}) IN (${[...initials].join(", ")}) AND ${any}`;
}

function labelSql(cell: string, label: string): string {
  const text = literal(label.replace(/^\*|\*$/gu, ""));
  if (label.endsWith("*")) return `starts_with(${cell}, ${text})`;
  if (label.startsWith("*")) return `ends_with(${cell}, ${text})`;
  return `${cell} = ${text}`;
}

function badValuesSql({ format, day, numbers, derived }: Judging): [string, string][] {
  const bad: [string, string][] = [];
  if (day) bad.push([`"day" IS NULL`, `bad date ${day.index}`]);
  for (const { name, match, only = "true" } of numbers) {
    const unknown = unknownSql(`c${match.index}`, match.column.nulls ?? format.nulls);
    bad.push([`"${name}" IS NULL AND ${only} AND NOT ${unknown}`, `bad number ${match.index}`]);
  }
  for (const { name, words } of derived) {
    const first = numbers.find((each) => words.includes(each.name));
    if (!first) continue;
    const known = words.map((word) => `"${word}" IS NOT NULL`).join(" AND ");
    bad.push([`"${name}" IS NULL AND ${known}`, `bad number ${first.match.index}`]);
  }
  return bad;
}

function badTextsSql({ matches, facts, textOf }: Judging): [string, string][] {
  const bad: [string, string][] = [];
  for (const { column, index } of matches) {
    const cell = textOf(`c${index}`);
    if (column.part === "id")
      bad.push([`contains(c${index}, 'E+') AND try_cast(c${index} AS DOUBLE) IS NOT NULL`, `bad id ${index}`]);
    if (column.is === "currency" && facts.currency)
      bad.push([`${cell} <> ${literal(facts.currency)}`, `bad currency ${index}`]);
    if (column.is === "account" && facts.account)
      bad.push([`${cell} <> ${literal(facts.account)}`, `bad account ${index}`]);
  }
  return bad;
}
