import { headerCurrency } from "../../clean/text.ts";
import { type ChannelId, type DimensionId, dimensionIds, type MetricId, metrics } from "../../metrics.ts";
import type { NumberStyle, PlatformFormats } from "../format.ts";
import { type AliasBook, aliasBook, type Guess, guessesOf, type Meaning } from "./aliases.ts";
import { areFigures, type DateGuess, dateFormats, numberStyle, saysNothing } from "./cells.ts";
import { type FactLine, factLines } from "./facts.ts";
import { type DraftTable, tableIn } from "./table.ts";

/** A column as the draft proposes it, and why. */
export interface DraftColumn {
  /** As the format's names hold it: without a currency that the header states in brackets. */
  name: string;
  meaning: Meaning;
  /** The currency that the header states in another way. */
  currency: string | null;
  why:
    | { by: "name" | "cells" | "nobody" }
    /** Its name is like another that platforms know. */
    | { by: "likeness"; like: string; platforms: readonly string[] }
    /** A platform knows the name, but not with such cells; or another column holds the same already. */
    | { by: "unreadable" | "twice"; is: string };
  sample: string;
}

/** What a first look at an unknown export proposes for its format. */
export interface Draft {
  channel: ChannelId | null;
  /** The platforms whose names it shares, the nearest first. */
  like: readonly string[];
  columns: readonly DraftColumn[];
  /** Dimensions by which the rows are cut. */
  cut: readonly DimensionId[];
  metrics: readonly MetricId[];
  snapshot: boolean;
  dates: DateGuess | null;
  /** Whether days stand in the header. */
  wide: boolean;
  numbers: { style: NumberStyle; doubtful: boolean };
  nulls: readonly string[];
  totals: readonly string[];
  below: readonly string[];
  above: readonly FactLine[];
}

/** Proposes a format for a file that none knows, from its records and from all that is known of other platforms. */
export function draftOf(records: readonly (readonly string[])[], formats: readonly PlatformFormats[]): Draft | null {
  const book = aliasBook(formats);
  const table = tableIn(records, book);
  if (!table) return null;
  const columns = columnsOf(table, book);
  const held = columns.map(({ meaning }) => meaning.is);
  const figures = columns.flatMap(({ index, meaning }) =>
    meaning.is in metrics && !meaning.unit ? [{ is: meaning.is as MetricId, cells: cellsOf(table, index) }] : [],
  );
  const nulls = [...new Set(figures.flatMap(({ cells }) => cells.filter(saysNothing)))];
  const dayCells = columns.filter(({ meaning }) => isDay(meaning)).flatMap(({ index }) => cellsOf(table, index));
  const dates = dayCells.length > 0 ? dateFormats(dayCells) : null;
  const like = nearestPlatforms(columns);
  const cut = dimensionIds.filter((id) => held.includes(id));
  return {
    channel: formats.find(({ platform }) => platform === like[0])?.formats[0]?.channel ?? null,
    like,
    columns: columns.map(({ index: _, ...column }) => column),
    cut,
    metrics: [...new Set(figures.map(({ is }) => is))],
    snapshot: held.includes("day") && cut.some((id) => id === "post" || id === "email") && !cut.includes("campaign"),
    dates,
    wide: table.names.filter((name) => dateFormats([name]).formats.length > 0).length >= 3,
    numbers: numberStyle(figures.map(({ is, cells }) => ({ is, cells: cells.filter((cell) => !saysNothing(cell)) }))),
    nulls,
    totals: table.totals,
    below: table.below.map((cells) => cells.join(",")),
    above: factLines(table.above, dates && !dates.doubtful ? dates.formats : []),
  };
}

type Placed = DraftColumn & { index: number; voters: readonly string[] };

/** Names that a platform knows come first, then those that resemble one, then a column of nothing but days. */
function columnsOf(table: DraftTable, book: AliasBook): Placed[] {
  const taken = new Set<string>();
  const placed = table.names.map((header, index) => ({ header, index, guesses: guessesOf(header, book) }));
  const found = new Map<number, Placed>();
  const rounds = [(guess: Guess) => guess.like === null, (guess: Guess) => guess.like !== null];
  for (const wanted of rounds) {
    for (const { header, index, guesses } of placed) {
      const own = guesses.filter(wanted);
      if (found.has(index) || own.length === 0) continue;
      const guess = own.find((each) => fits(each, cellsOf(table, index)));
      found.set(index, named(header, index, table, own, guess, taken));
    }
  }
  for (const { header, index } of placed) {
    const unknown = !found.has(index) || found.get(index)?.why.by === "nobody";
    if (header === "" || taken.has("day ") || !unknown || dateFormats(cellsOf(table, index)).formats.length === 0)
      continue;
    found.set(index, { ...column(header, index, table, { is: "day" }), why: { by: "cells" } });
    taken.add("day ");
  }
  return placed.flatMap(({ header, index }) =>
    header === "" ? [] : [found.get(index) ?? column(header, index, table, { is: "ignore" })],
  );
}

function named(
  header: string,
  index: number,
  table: DraftTable,
  guesses: readonly Guess[],
  guess: Guess | undefined,
  taken: Set<string>,
): Placed {
  const ignored = column(header, index, table, { is: "ignore" });
  const [first] = guesses;
  if (!guess)
    return first && first.like === null ? { ...ignored, why: { by: "unreadable", is: first.meaning.is } } : ignored;
  const { meaning, like, platforms } = guess;
  const key = `${meaning.is} ${meaning.part ?? ""}`;
  if (meaning.is !== "ignore" && taken.has(key)) return { ...ignored, why: { by: "twice", is: meaning.is } };
  taken.add(key);
  const why: DraftColumn["why"] = like === null ? { by: "name" } : { by: "likeness", like, platforms };
  // What only resembles something that others leave out is as unknown as before.
  if (meaning.is === "ignore" && like !== null) return ignored;
  return { ...column(header, index, table, meaning), why, voters: meaning.is === "ignore" ? [] : platforms };
}

function column(header: string, index: number, table: DraftTable, meaning: Meaning): Placed {
  const { name, currency } = headerCurrency(header);
  const money = meaning.is in metrics && metrics[meaning.is as MetricId].unit === "money";
  return {
    index,
    name: currency ? name : header,
    meaning,
    currency: money && !currency ? currencyIn(header) : null,
    why: { by: "nobody" },
    sample: cellsOf(table, index)[0] ?? "",
    voters: [],
  };
}

/** `비용(원)`, `Spend [EUR]`, `Cost €`: what the reader does not see by itself. */
function currencyIn(header: string): string | null {
  const sign = /[₩€£¥원]/u.exec(header.normalize("NFKC"))?.[0];
  if (sign) return signs[sign] ?? null;
  const code = /(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])/u.exec(header)?.[0];
  return code ? headerCurrency(`x (${code})`).currency : null;
}

const signs: Readonly<Record<string, string>> = { "₩": "KRW", 원: "KRW", "€": "EUR", "£": "GBP", "¥": "JPY" };

const isDay = ({ is }: Meaning): boolean => is === "day" || is === "from" || is === "to";

/** Whether a column's cells can be what its name suggests. A name that is only alike has to hold more than numbers to be a name. */
function fits({ meaning, like }: Guess, cells: readonly string[]): boolean {
  const { is, unit } = meaning;
  const said = cells.filter((cell) => !saysNothing(cell));
  if (isDay(meaning)) return said.length === 0 || dateFormats(said).formats.length > 0;
  if (is === "currency") return said.every((cell) => /^[A-Z]{3}$/u.test(cell));
  if (is in metrics) return unit !== undefined || areFigures({ is: is as MetricId, cells: said });
  return like === null || is === "ignore" || said.length === 0 || said.some((cell) => /[^\d.,%\s₩$€£-]/u.test(cell));
}

const cellsOf = ({ rows }: DraftTable, index: number): string[] => [
  ...new Set(rows.map((cells) => (cells[index] ?? "").trim()).filter((cell) => cell !== "")),
];

function nearestPlatforms(columns: readonly Placed[]): string[] {
  const counts = new Map<string, number>();
  for (const { voters } of columns) for (const each of voters) counts.set(each, (counts.get(each) ?? 0) + 1);
  counts.delete("manual");
  return [...counts].toSorted((a, b) => b[1] - a[1]).map(([platform]) => platform);
}
