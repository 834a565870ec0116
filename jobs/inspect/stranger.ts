import { headerKey } from "../../transforms/clean/text.ts";
import {
  type Column,
  columnRoles,
  type FactName,
  type Format,
  factNames,
  type PlatformFormats,
} from "../../transforms/format/format.ts";
import type { HeaderMatch } from "../../transforms/format/header.ts";
import { platformName } from "../../transforms/format/labels.ts";
import { dimensions, metrics } from "../../transforms/metrics.ts";
import type { Stranger } from "../extract/read.ts";
import { harmless } from "../line.ts";
import { field, type Layout, some } from "./layout.ts";
import { factWord, type Lang, labelOf, readText, say, words } from "./words.ts";

/** What is known of a file that no format fits: the nearest format, what differs, how it was read, and the next step. */
export function tellStranger(
  stranger: Stranger,
  file: string,
  formats: readonly PlatformFormats[],
  layout: Layout,
): string[] {
  const { lang } = layout;
  const { nearest } = stranger;
  const match = nearest && nearest.match.matches.length > 0 ? nearest.match : null;
  const told = (label: keyof typeof words, texts: readonly string[]) =>
    texts.length > 0 ? field(words[label][lang], texts, layout) : [];
  const more = (left: number) => say("and", lang, { count: left });
  const header = match ? stranger.head.find(({ cells }) => cells === match.cells) : undefined;
  const shown = header ?? stranger.head.find(({ cells }) => cells.length > 1) ?? stranger.head[0];
  const cells = (shown?.cells ?? match?.cells ?? []).map((cell) => harmless(cell.trim(), nameWidth));
  const platform = match ? platformName(match.format.platform, layout.platforms, lang) : "";
  return [
    ...told("readAs", [readText(stranger, lang)]),
    ...told(
      "header",
      cells.length > 0 ? [say("line", lang, { line: shown?.line ?? 1, cells: cells.slice(0, 40).join(" · ") })] : [],
    ),
    ...told("nearest", match ? [`${platform} (${match.format.id})`] : [words.nothingKnown[lang]]),
    ...told("fits", match ? [some(fits(match, lang), 30, more)] : []),
    ...told("lacks", nearest && match ? nearest.missing.map((need) => needText(need, match, lang)) : []),
    ...told("adds", match ? unknownTexts(match, formats, layout) : []),
    ...told("might", match ? [some(others(match), 12, more)].filter(Boolean) : []),
    "",
    ...told("next", [
      [
        say("draft", lang, { file: /[^\p{L}\p{N}._-]/u.test(file) ? `"${file}"` : file }),
        ...(match ? [match.format.refuse?.instead[lang] ?? say("download", lang, { platform })] : []),
      ].join(" "),
    ]),
  ];
}

/** How much of a header is shown. */
const nameWidth = 40;

const fits = ({ matches, cells }: HeaderMatch, lang: Lang): string[] =>
  matches.map(({ index, column }) => `${harmless((cells[index] ?? "").trim(), nameWidth)} (${meaning(column, lang)})`);

const meaning = ({ is }: Column, lang: Lang): string =>
  is === "ignore" ? words.unused[lang] : is === "helper" ? words.recognition[lang] : labelOf(is, lang);

/** One thing that the format asks for, by the names that exports give it. */
function needText(need: string, match: HeaderMatch, lang: Lang): string {
  const namesOf = (target: string) =>
    match.format.columns
      .filter(({ is, as }) => (is === "helper" ? as : is) === target)
      .flatMap(({ names = [] }) => names);
  if (need === "days") return words.dayHeaders[lang];
  if ((factNames as readonly string[]).includes(need) && namesOf(need).length === 0) {
    return say("factNeeded", lang, { fact: factWord(need as FactName, lang) }); // the list has just told what it is
  }
  if (need.startsWith("-")) return say("mustNot", lang, { names: labelOf(need.slice(1) as Column["is"], lang) });
  const wanted = need.split("|");
  const names = wanted.flatMap((each) => spoken(namesOf(each), match).slice(0, wanted.length > 1 ? 1 : 3));
  const labels = wanted.filter((each) => each in metrics || each in dimensions || isRole(each));
  const meant = labels.length > 0 ? ` (${labels.map((each) => labelOf(each as Column["is"], lang)).join(", ")})` : ""; // just told
  return `${names.length > 1 ? say("oneOf", lang, { names: names.join(", ") }) : (names[0] ?? need)}${meant}`;
}

const isRole = (name: string): boolean => (columnRoles as readonly string[]).includes(name);

function unknownTexts(match: HeaderMatch, formats: readonly PlatformFormats[], layout: Layout): string[] {
  const texts = match.unknown.slice(0, mostUnknown).map(({ name }) => strangeText(name, match, formats, layout));
  const left = match.unknown.length - mostUnknown;
  return left > 0 ? [...texts, say("and", layout.lang, { count: left }).trim()] : texts;
}

const mostUnknown = 30;

/** A header that the format does not know, beside a name that comes near: its own, else another platform's. */
function strangeText(
  header: string,
  { format }: HeaderMatch,
  formats: readonly PlatformFormats[],
  { lang, platforms }: Layout,
): string {
  const plain = harmless(header, nameWidth);
  const own = nearName(header, [format]);
  if (own) return `${plain}  ~ ${own.name} (${meaning(own.column, lang)})`;
  const other = nearName(
    header,
    formats.flatMap((each) => each.formats),
  );
  if (!other) return plain;
  const platform = platformName(other.format.platform, platforms, lang);
  return `${plain}  ~ ${say("nearIn", lang, { name: other.name, label: meaning(other.column, lang), platform })}`;
}

/** What the format knows besides and the file does not have, each by its first name. */
function others(match: HeaderMatch): string[] {
  const present = new Set(match.matches.map(({ column }) => column.is));
  const needed = new Set(match.missing.flatMap((need) => need.split("|")));
  const absent = match.format.columns.filter(
    ({ is }) => is !== "ignore" && is !== "helper" && !present.has(is) && !needed.has(is),
  );
  return [...new Set(absent.flatMap(({ names = [] }) => spoken(names, match).slice(0, 1)))];
}

/** Names in the script of the file's own header, Korean or not, where there are such. */
function spoken(names: readonly string[], { cells }: HeaderMatch): readonly string[] {
  const korean = cells.some((cell) => /[가-힣]/u.test(cell));
  const same = names.filter((name) => /[가-힣]/u.test(name) === korean);
  return same.length > 0 ? same : names;
}

interface Near {
  name: string;
  column: Column;
  format: Format;
}

/** The known name that shares most pairs of letters with a header; null where none shares enough. */
function nearName(header: string, formats: readonly Format[]): Near | null {
  if (header.length > 2 * nameWidth) return null;
  let best: Near | null = null;
  let most = enough;
  for (const format of formats) {
    for (const column of format.columns.filter(({ is }) => is !== "ignore")) {
      for (const name of column.names ?? []) {
        const share = likeness(headerKey(header), headerKey(name));
        if (share > most) [best, most] = [{ name, column, format }, share];
      }
    }
  }
  return best;
}

/** `Spent` and `Amount spent` share 0.57. */
const enough = 0.5;

/** Twice the pairs of neighbouring letters that two words share, of all they have (Dice). */
function likeness(a: string, b: string): number {
  const pairs = (word: string) =>
    Array.from({ length: Math.max(0, word.length - 1) }, (_, at) => word.slice(at, at + 2));
  const left = pairs(a);
  const right = pairs(b);
  const all = left.length + right.length;
  let shared = 0;
  for (const pair of left) {
    const at = right.indexOf(pair);
    if (at < 0) continue;
    right.splice(at, 1);
    shared += 1;
  }
  return all === 0 ? 0 : (2 * shared) / all;
}
