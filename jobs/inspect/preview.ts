import { type DimensionId, dimensions, type MetricId } from "../../transforms/metrics.ts";
import { noValue } from "../../transforms/text.ts";
import type { InspectedTable } from "../extract/inspect.ts";
import { harmless, shorten, widthOf, wrap } from "../line.ts";
import { drawTable } from "../table.ts";
import type { Block } from "./blocks.ts";
import { figure, inOrder } from "./figures.ts";
import { type Layout, roomOf } from "./layout.ts";
import { labelOf, say, words } from "./words.ts";

interface PreviewColumn {
  label: string;
  cells: string[];
  kind: "fixed" | "text" | "figure";
}

/** The first rows as they were understood, as a table that fits the terminal. Texts give way first, then the last figures. */
export function previewOf({ tables }: Block, count: number, layout: Layout): string[] {
  const rows = tables
    .flatMap((table) => table.first.map((row) => ({ table, row })))
    .toSorted((a, b) => Number(a.row.line) - Number(b.row.line))
    .slice(0, count);
  if (rows.length === 0) return [];
  const { lang } = layout;
  const ids = new Set(rows.flatMap(({ row }) => Object.keys(row)));
  const texts = [...ids].filter((id): id is DimensionId => id in dimensions);
  const figures = inOrder(ids);
  const several = tables.length > 1 && tables[0]?.kind === "window";
  const column = (label: string, kind: PreviewColumn["kind"], cellOf: (at: (typeof rows)[number]) => string) => ({
    label,
    kind,
    cells: rows.map(cellOf),
  });
  const columns = [
    ...(several ? [column(words.period[lang], "fixed", ({ table }) => `${table.from}~${table.to?.slice(5)}`)] : []),
    ...(ids.has("day") ? [column(labelOf("day", lang), "fixed", ({ row }) => row.day ?? noValue)] : []),
    ...texts.map((id) => column(labelOf(id, lang), "text", ({ row }) => harmless(row[id] ?? noValue, 80))),
    ...figures.map((id) => column(labelOf(id, lang), "figure", (at) => cellOf(id, at, lang))),
  ];
  const { shown, hidden } = fitted(columns, roomOf(layout));
  const right = shown.flatMap(({ kind }, at) => (kind === "figure" ? [at] : []));
  const lines = [shown.map(({ label }) => label), ...rows.map((_, at) => shown.map(({ cells }) => cells[at] ?? ""))];
  return [
    ...drawTable(lines, { right })
      .split("\n")
      .map((line) => shorten(line, roomOf(layout))),
    ...(hidden.length > 0
      ? wrap(say("moreColumns", lang, { labels: hidden.map(({ label }) => label).join(", ") }), roomOf(layout))
      : []),
  ];
}

function cellOf(
  id: MetricId,
  { table, row }: { table: InspectedTable; row: Readonly<Record<string, string | null>> },
  lang: Layout["lang"],
): string {
  return id in row ? figure(id, row[id] ?? null, table.currency, lang) : "";
}

/** Drops figures from the end until texts have at least a few letters each, then shares what is left among the texts. */
function fitted(columns: readonly PreviewColumn[], room: number): { shown: PreviewColumn[]; hidden: PreviewColumn[] } {
  const sum = (list: readonly PreviewColumn[], text: (column: PreviewColumn) => number) =>
    list.reduce((all, each) => all + 2 + (each.kind === "text" ? text(each) : natural(each)), -2);
  const first = columns.filter(({ kind }) => kind !== "figure").length;
  let shown = [...columns];
  const letters = () => (shown.length > first + 3 ? fewLetters : fewestLetters);
  while (shown.length > first + 1 && sum(shown, (each) => Math.min(natural(each), letters())) > room)
    shown = shown.slice(0, -1);
  let widest = Math.max(0, ...shown.map(natural));
  while (widest > 4 && sum(shown, (each) => Math.min(natural(each), widest)) > room) widest -= 1;
  const cut = ({ label, cells, kind }: PreviewColumn): PreviewColumn =>
    kind === "text"
      ? { kind, label: shorten(label, widest), cells: cells.map((cell) => shorten(cell, widest)) }
      : { kind, label, cells };
  return { shown: shown.map(cut), hidden: columns.slice(shown.length) };
}

const fewLetters = 12;
/** Where else the first three figures would not be seen. */
const fewestLetters = 8;
const natural = ({ label, cells }: PreviewColumn): number => Math.max(widthOf(label), ...cells.map(widthOf));
