import { readDay } from "../clean/date.ts";
import { ownEntry } from "../clean/own.ts";
import { headerCurrency, headerKey } from "../clean/text.ts";
import type { Column, Format } from "./format.ts";

/** A column of a file that its format knows: where it stands, and the currency its header states. */
export interface Match {
  column: Column;
  index: number;
  /** Cells that say it on rows where this one is blank: columns marked `fallback`. */
  fallbacks?: number[];
  currency: string | null;
}

export interface HeaderMatch {
  format: Format;
  /** The header row as the file has it; empty where it has none. */
  cells: readonly string[];
  matches: Match[];
  /** Header cells that the format does not know. */
  unknown: { index: number; name: string }[];
  /** Of a `wide` format: the columns whose header is a day. */
  days: { index: number; day: string }[];
  /** What `requires` asks for and is not there; with what `forbids` names and is. */
  missing: string[];
}

/** Lays a format's columns over a header row. Of two columns that hold the same thing, the format's first counts. */
export function matchHeader(
  cells: readonly string[],
  format: Format,
  facts: Readonly<Record<string, string>> = {},
): HeaderMatch {
  const index = nameIndex(format);
  const found: (Match & { order: number })[] = [];
  const unknown: HeaderMatch["unknown"] = [];
  const days: HeaderMatch["days"] = [];
  for (const [at, cell] of cells.entries()) {
    const fact = ownEntry(format.rename, cell.trim());
    const text = fact ? (facts[fact] ?? cell) : cell;
    const form = text === cell ? (formsOf(cells)[at] ?? noName) : formOf(text);
    const { orders, currency } = lookUp(form, format, index);
    const day = format.shape === "wide" && orders.length === 0 ? readDay(text, format.dates) : null;
    if (day) days.push({ index: at, day });
    else if (orders.length === 0 && cell.trim() !== "") unknown.push({ index: at, name: cell.trim() });
    for (const order of orders) {
      const column = format.columns[order];
      if (column) found.push({ column, index: at, order, currency: column.currency ?? currency });
    }
  }
  found.sort((a, b) => a.order - b.order || a.index - b.index);
  const taken = new Map<string, Match>();
  for (const { order: _, ...match } of found) {
    const key = match.column.is === "ignore" ? `ignore ${match.index}` : targetOf(match.column);
    const first = taken.get(key);
    if (!first) taken.set(key, match);
    else if (match.column.fallback) first.fallbacks = [...(first.fallbacks ?? []), match.index];
  }
  const matches = [...taken.values()];
  const missing = missingFrom(format, new Set(matches.map((each) => requirementOf(each.column))));
  if (format.shape === "wide" && days.length === 0) missing.push("days");
  return { format, cells, matches, unknown, days, missing };
}

/** Whether a row could be this format's header at all: a quick look before the thorough one. */
export function holdsKnown(cells: readonly string[], format: Format): boolean {
  const index = nameIndex(format);
  return formsOf(cells).some((form) => lookUp(form, format, index).orders.length > 0);
}

/** What makes two columns hold the same thing: an entity's id and its name are two. */
function targetOf({ is, as, part }: Column): string {
  return is === "helper" ? (as ?? is) : part === "id" ? `${is} id` : is;
}

const requirementOf = ({ is, as }: Column): string => (is === "helper" ? (as ?? is) : is);

function missingFrom({ requires, forbids }: Format, present: ReadonlySet<string>): string[] {
  const lacking = requires.filter((need) =>
    typeof need === "string" ? !present.has(need) : !need.some((each) => present.has(each)),
  );
  const unwanted = forbids.filter((each) => present.has(each));
  return [
    ...lacking.map((need) => (typeof need === "string" ? need : need.join("|"))),
    ...unwanted.map((each) => `-${each}`),
  ];
}

const indexes = new WeakMap<Format, Map<string, number[]>>();

function nameIndex(format: Format): Map<string, number[]> {
  const known = indexes.get(format);
  if (known) return known;
  const index = new Map<string, number[]>();
  for (const [order, { names = [] }] of format.columns.entries()) {
    for (const key of new Set(names.map(headerKey))) index.set(key, [...(index.get(key) ?? []), order]);
  }
  indexes.set(format, index);
  return index;
}

function lookUp(
  { key, currency, bareKey, text }: Forms,
  format: Format,
  index: Map<string, number[]>,
): { orders: number[]; currency: string | null } {
  const exact = index.get(key);
  if (exact) return { orders: exact, currency: null };
  const stripped = bareKey === null ? undefined : index.get(bareKey);
  if (stripped) return { orders: stripped, currency };
  const composed = patternsOf(format).find(([pattern]) => pattern.test(text));
  return { orders: composed ? [composed[1]] : [], currency: null };
}

const patterns = new WeakMap<Format, [RegExp, number][]>();

function patternsOf(format: Format): [RegExp, number][] {
  const known = patterns.get(format);
  if (known) return known;
  const made = format.columns.flatMap(({ pattern }, order): [RegExp, number][] =>
    pattern ? [[new RegExp(pattern, "u"), order]] : [],
  );
  patterns.set(format, made);
  return made;
}

/** What a header cell is compared by: as it is, and without the currency in its brackets. */
interface Forms {
  key: string;
  currency: string | null;
  bareKey: string | null;
  text: string;
}

/** The same few rows are looked up in every format. What is known of them goes when they do, and their file with them. */
const forms = new WeakMap<readonly string[], readonly Forms[]>();

function formsOf(cells: readonly string[]): readonly Forms[] {
  const known = forms.get(cells) ?? cells.map((cell) => (cell.length > maxName ? noName : formOf(cell)));
  forms.set(cells, known);
  return known;
}

/** No header is as long, and comparing a megabyte with all that are known takes its time. */
const maxName = 1000;
const noName: Forms = { key: "", currency: null, bareKey: null, text: "" };

function formOf(cell: string): Forms {
  const { name, currency } = headerCurrency(cell);
  const bareKey = currency === null ? null : headerKey(name);
  return { key: headerKey(cell), currency, bareKey, text: cell.normalize("NFKC").trim() };
}
