import { headerCurrency, headerKey } from "../../clean/text.ts";
import { dimensionIds, dimensions, metricIds, metrics } from "../../metrics.ts";
import type { Column, PlatformFormats } from "../format.ts";

/** What a column may be, with what goes with the unit of its figures. */
export type Meaning = Pick<Column, "is" | "part" | "times" | "unit">;

interface Alias {
  name: string;
  votes: { meaning: Meaning; platforms: Set<string> }[];
}

/** Every header name that any platform knows, under its key. */
export type AliasBook = ReadonlyMap<string, Alias>;

/** What a header may mean, the likeliest first. `like` is the known name that it only resembles. */
export interface Guess {
  meaning: Meaning;
  like: string | null;
  platforms: readonly string[];
}

/** Collects what each name means to each platform: one vote a platform, and one for the catalogue's own labels. */
export function aliasBook(formats: readonly PlatformFormats[]): AliasBook {
  const book = new Map<string, Alias>();
  const vote = (name: string, meaning: Meaning, platform: string) => {
    const key = headerKey(name);
    const alias = book.get(key) ?? { name, votes: [] };
    book.set(key, alias);
    const same = alias.votes.find((each) => nameOf(each.meaning) === nameOf(meaning));
    if (same) same.platforms.add(platform);
    else alias.votes.push({ meaning, platforms: new Set([platform]) });
  };
  for (const { platform, formats: own } of formats) {
    for (const format of own.filter(({ refuse, shape }) => !refuse && shape !== "headerless")) {
      for (const { is, part, times, unit, names = [] } of format.columns) {
        if (notElsewhere.has(is)) continue;
        const meaning = { is, ...(part && { part }), ...(times && { times }), ...(unit && { unit }) };
        for (const name of names) vote(name, meaning, platform);
      }
    }
  }
  for (const is of metricIds) for (const name of [is, ...Object.values(metrics[is].label)]) vote(name, { is }, "");
  for (const is of dimensionIds)
    for (const name of [is, ...Object.values(dimensions[is].label)]) vote(name, { is }, "");
  return book;
}

/** Whether some platform knows this header, to the letter. */
export const isKnown = (header: string, book: AliasBook): boolean => exact(header, book) !== undefined;

/**
 * What a header may mean: where a platform knows it, that, by the count of platforms; else what the names mean that it
 * resembles. A rate or an average is left out rather than taken for the figure that its name holds.
 */
export function guessesOf(header: string, book: AliasBook): Guess[] {
  const known = exact(header, book);
  if (known) return guesses(known, null);
  if (rate.test(header.normalize("NFKC"))) return [];
  const alike = [...book.values()]
    .map((alias) => ({ alias, likeness: likeness(header, alias.name) }))
    .filter(({ likeness: each }) => each >= 0.5)
    .toSorted((a, b) => b.likeness - a.likeness || support(b.alias) - support(a.alias));
  return alike.flatMap(({ alias }) => guesses(alias, alias.name));
}

/** Roles that say how a special file is laid out, not what a column of it holds. */
const notElsewhere: ReadonlySet<string> = new Set(["metric", "value", "day_index", "helper"]);

const nameOf = ({ is, part, times, unit }: Meaning): string => [is, part === "id", times, unit].join(" ");

function exact(header: string, book: AliasBook): Alias | undefined {
  return book.get(headerKey(header)) ?? book.get(headerKey(headerCurrency(header).name));
}

const guesses = ({ votes }: Alias, like: string | null): Guess[] =>
  votes
    .toSorted(
      (a, b) =>
        b.platforms.size - a.platforms.size || Number(a.meaning.is === "ignore") - Number(b.meaning.is === "ignore"),
    )
    .map(({ meaning, platforms }) => ({ meaning, like, platforms: [...platforms].filter((each) => each !== "") }));

const support = ({ votes }: Alias): number => Math.max(...votes.map(({ platforms }) => platforms.size));

const rate =
  /\b(?:per|rate|ratio|avg|average|cpc|cpm|cpa|cpv|ctr|cvr|roas|share|frequency|budget|change)\b|[%/]|[율률]|당|평균|대비|빈도|예산|증감/iu;

/** Words in common of all words; for Korean, whose words are written together, pairs of syllables. */
function likeness(a: string, b: string): number {
  if (/\p{Script=Hangul}/u.test(a)) {
    const [one, two] = [pairs(headerKey(a)), pairs(headerKey(b))];
    const common = one.filter((pair) => two.includes(pair)).length;
    const dice = (2 * common) / Math.max(1, one.length + two.length);
    return dice >= 0.65 ? dice : 0;
  }
  const [one, two] = [wordsIn(a), wordsIn(b)];
  const common = one.filter((word) => two.includes(word)).length;
  return common / Math.max(1, new Set([...one, ...two]).size);
}

const pairs = (text: string): string[] =>
  Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2));

/** `Total spend (EUR)` and `totalSpend` as `spend`: words that only say how much of it say nothing here. */
function wordsIn(text: string): string[] {
  const words = headerCurrency(text)
    .name.normalize("NFKC")
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);
  return words.filter((word) => word !== "" && !filling.has(word)).map((word) => word.replace(/(?<=...)s$/u, ""));
}

const filling: ReadonlySet<string> = new Set(["the", "of", "in", "on", "by", "for", "total", "number", "count", "all"]);
