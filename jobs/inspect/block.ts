import { platformName } from "../../transforms/format/labels.ts";
import { metrics } from "../../transforms/metrics.ts";
import type { InspectedProblem, InspectedTable } from "../extract/inspect.ts";
import { harmless } from "../line.ts";
import type { Block } from "./blocks.ts";
import { tellColumns } from "./columns.ts";
import { daysText } from "./days.ts";
import { field, indented, type Layout, marked, roomOf, section } from "./layout.ts";
import { previewOf } from "./preview.ts";
import { sumsText } from "./sums.ts";
import { cutText, kindWords, type Lang, readText, say, skippedWords, words } from "./words.ts";

/** One table as people read it: what it is, its days, whose it is, its sums; then the evidence. */
export function tellBlock(block: Block, { place, rows, unknownNext }: Evidence, layout: Layout): string[] {
  const { table } = block;
  const { lang } = layout;
  const told = (label: keyof typeof words, ...texts: (string | null)[]) =>
    field(
      words[label][lang],
      texts.filter((each) => each !== null),
      layout,
    );
  const platform = platformName(table.platform, layout.platforms, lang);
  const origin = [table.format, say("channel", lang, { channel: table.channel })];
  const filters = Object.entries(table.filters).map(([name, value]) => `${harmless(name)} = ${harmless(value)}`);
  const money = block.tables.some((each) => each.metrics.some((id) => metrics[id].unit === "money"));
  const vat = table.vat === "included" ? words.vatIncluded : table.vat ? words.vatExcluded : words.vatMissing;
  const { refused, count } = refusedOf(block);
  return [
    ...indented(`${place}${[platform, cutText(table.cut, lang), kindWords[table.kind][lang]].join(" · ")}`, layout),
    ...indented([...origin, ...(table.verified ? [words.verified[lang]] : [])].join(" · "), layout),
    ...(table.verified ? [] : marked("!", words.unverified[lang], layout)),
    "",
    ...told("days", ...daysText(block, layout)),
    ...(table.timezone === null ? [] : told("timezone", harmless(table.timezone))),
    ...told("account", table.account === null ? words.accountMissing[lang] : harmless(table.account)),
    ...(money ? told("currency", table.currency ?? words.currencyMissing[lang]) : []),
    ...(money ? told("vat", vat[lang]) : []),
    ...(table.window === null ? [] : told("attribution", harmless(table.window))),
    ...(filters.length > 0 ? told("filters", filters.join(", "), words.filtered[lang]) : []),
    ...(filters.length === 0 && !table.totals ? told("use", words.breakdownOnly[lang]) : []),
    ...told("generated", table.generated ?? words.generatedMissing[lang]),
    ...told("readAs", readText(table, lang)),
    ...told("lines", ...linesText(block, lang)),
    ...section(words.sums[lang], sumsText(block, layout)),
    ...section(words.rejected[lang], rejectedText(refused, count, layout)),
    ...section(words.first[lang], previewOf(block, rows, layout)),
    ...tellColumns(table, unknownNext, layout),
  ];
}

interface Evidence {
  /** Which of several tables it is. */
  place: string;
  /** How many first rows to show. */
  rows: number;
  /** What to do about columns that nobody knows. */
  unknownNext: string | null;
}

function linesText({ tables }: Block, lang: Lang): string[] {
  const sum = (count: (table: InspectedTable) => number) => tables.reduce((all, table) => all + count(table), 0);
  const kinds = Object.keys(skippedWords) as (keyof typeof skippedWords)[]; // the record's own keys
  const parts = kinds.flatMap((kind) => {
    const count = sum(({ skipped }) => skipped[kind]);
    return count > 0 ? [skippedWords[kind][lang].replace("{count}", grouped(count))] : [];
  });
  const [rows, rejected] = [sum((table) => table.rows), sum((table) => table.rejected)];
  const skipped = sum((table) => kinds.reduce((all, kind) => all + table.skipped[kind], 0));
  const counts = { rows, rejected, skipped, lines: rows + rejected + skipped };
  const facts = Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, grouped(count)]));
  return [
    say("accounted", lang, facts),
    ...(parts.length > 0 ? [say("leftOut", lang, { parts: parts.join(", ") })] : []),
  ];
}

const grouped = (count: number): string => count.toLocaleString("en-US");

function refusedOf({ tables }: Block): { refused: InspectedProblem[]; count: number } {
  const refused = tables.flatMap((table) => table.refused).toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
  return { refused, count: tables.reduce((sum, { rejected }) => sum + rejected, 0) };
}

/** Each line's reason and its own text. */
function rejectedText(refused: readonly InspectedProblem[], count: number, layout: Layout): string[] {
  const { lang, all } = layout;
  const shown = all ? refused : refused.slice(0, mostRejected);
  const room = roomOf(layout);
  return [
    ...shown.flatMap(({ say: reason, text }) => [
      ...marked("✗", harmless(reason), { columns: room }, 0),
      `    ${harmless(text ?? "", room - 4)}`,
    ]),
    ...(count > shown.length ? [say("more", lang, { count: grouped(count - shown.length) })] : []),
  ];
}

const mostRejected = 20;
