import { readFactDay, readPeriod } from "../clean/date.ts";
import type { Format } from "./format.ts";
import { type HeaderMatch, holdsKnown, matchHeader } from "./header.ts";

/** The first lines of a table, cut into cells, each with the text of its line. */
export interface Head {
  rows: readonly (readonly string[])[];
  file: string;
}

/** The header stands among so many first lines. */
export const headRows = 20;

/** Three times the widest export known; a column for each day of three years fits. */
export const maxColumns = 1200;

export interface Recognised extends HeaderMatch {
  /** Which of the head's rows is the header. */
  header: number;
  facts: Record<string, string>;
}

/** What a file nearly was, for the sentence that names it. */
export interface Nearest {
  format: string;
  missing: readonly string[];
  unknown: readonly string[];
  /** The row that was taken for its header. */
  match: HeaderMatch;
}

/**
 * Finds the header row by its content, and the format that knows most of it. Rows above the header are its preamble,
 * whose facts a format may insist on.
 */
export function recognise(
  { rows, file }: Head,
  formats: readonly Format[],
  inherited: Readonly<Record<string, string>> = {},
): { found: Recognised | null; nearest: Nearest | null } {
  let best: Recognised | null = null;
  let near: Recognised | null = null;
  const lines = rows.map(lineText);
  for (const format of formats) {
    const named = nameFacts(file, format);
    const renames = Object.keys(format.rename).length > 0;
    for (const [header, cells] of rows.slice(0, headRows).entries()) {
      if (cells.length > maxColumns) continue;
      if (cells.length < 2 && format.shape !== "vertical") continue;
      if (!renames && !holdsKnown(cells, format)) continue;
      const facts = { ...inherited, ...named, ...readFacts(lines.slice(0, header), format.preamble) };
      const match: Recognised = { ...matchHeader(cells, format, facts), header, facts };
      const missing = [...match.missing, ...format.facts.filter((each) => !facts[each])];
      if (!near || nearness({ ...match, missing }) > nearness(near)) near = { ...match, missing };
      if (missing.length === 0 && weight(match, file) > weight(best, file)) best = match;
    }
  }
  const nearest = near && {
    format: near.format.id,
    missing: near.missing,
    unknown: near.unknown.map(({ name }) => name),
    match: near,
  };
  return { found: best && isRather(near, best) ? null : best, nearest };
}

/**
 * Whether a table that one platform's format takes is clearly another's with something missing: `캠페인, 노출수, 클릭수`
 * alone may be Google's, but not beside three columns that only Naver has.
 */
function isRather(near: Recognised | null, best: Recognised): boolean {
  return near !== null && near.format.platform !== best.format.platform && known(near) >= known(best) + 2;
}

/**
 * Cells known count; of equals the one that leaves fewer unknown, then the one whose platform the file's folder is named
 * after (`Views.csv` reads the same from Facebook and Instagram), then the earlier row and format.
 */
function weight(match: HeaderMatch | null, file: string): number {
  if (!match) return 0;
  const count = known(match);
  return count === 0 ? 0 : count * 1000 - match.unknown.length + (inFolderOf(match.format, file) ? 0.5 : 0);
}

const known = (match: HeaderMatch): number => new Set(match.matches.map((each) => each.index)).size + match.days.length;

/** How near a row comes to being a format's header: what it knows less what it lacks. */
function nearness(match: HeaderMatch): number {
  return (match.matches.length - match.missing.length) * 100 - match.unknown.length;
}

function inFolderOf({ platform }: Format, file: string): boolean {
  const names = [platform, platform.split("_")[0]];
  return file
    .split(/[/\\]/u)
    .slice(0, -1)
    .some((folder) => names.includes(folder.toLowerCase().replace(/\W/gu, "_")));
}

/** A row as its line reads: one cell without its quotes, several joined again. */
function lineText(cells: readonly string[]): string {
  return cells
    .join(",")
    .replace(/\uFEFF/gu, "")
    .trim();
}

/**
 * The named groups that the patterns find in these lines; the first to state a fact wins. A pattern that names line
 * breaks is laid over all of them together: where a fact stands may be all that tells it.
 */
function readFacts(lines: readonly string[], patterns: readonly string[]): Record<string, string> {
  const facts: Record<string, string> = {};
  for (const pattern of patterns) {
    const expression = regex(pattern);
    for (const line of pattern.includes("\\n") ? [lines.join("\n")] : lines) {
      for (const [name, value] of Object.entries(expression.exec(line)?.groups ?? {})) {
        if (value !== undefined && value.trim() !== "") facts[name] ??= value.trim();
      }
    }
  }
  return facts;
}

function nameFacts(file: string, format: Format): Record<string, string> {
  return readFacts([file.normalize("NFC").split("/").at(-1) ?? file], format.fileNames);
}

/** The days that facts declare, by `from` and `to` or by `period`; null where they declare none. */
export function declaredPeriod(
  facts: Readonly<Record<string, string>>,
  dates: readonly string[],
): { from: string; to: string } | null {
  const from = facts.from ? readFactDay(facts.from, dates) : null;
  const to = facts.to ? readFactDay(facts.to, dates) : null;
  if (from && to && from <= to) return { from, to };
  return facts.period ? readPeriod(facts.period, dates) : null;
}

/** What narrowed the export: facts named `filter_…`, and a search type other than the web. */
export function filtersOf(facts: Readonly<Record<string, string>>): Record<string, string> {
  const named = Object.entries(facts).filter(([name]) => name.startsWith("filter_"));
  const { search_type = "web" } = facts;
  const type = search_type.toLowerCase() === "web" ? [] : [["filter_search_type", search_type] as const];
  // Not by assignment, which a filter named `__proto__` would escape.
  return Object.fromEntries([...named, ...type].map(([name, value]) => [name.slice("filter_".length), value]));
}

const regexes = new Map<string, RegExp>();
function regex(pattern: string): RegExp {
  const known = regexes.get(pattern) ?? new RegExp(pattern, "u");
  regexes.set(pattern, known);
  return known;
}
