import type { PlatformLabels } from "../../transforms/format/labels.ts";
import { widthOf, wrap } from "../line.ts";
import type { Lang } from "./words.ts";

/** How the text is to be laid out. */
export interface Layout {
  lang: Lang;
  /** How wide a line may be. */
  columns: number;
  /** Lists in full: every rejected line, every period. */
  all: boolean;
  /** How platforms are called. */
  platforms: PlatformLabels;
}

/** A label and what it says, wrapped beside it: lines that hold together are given together. */
export function field(label: string, texts: readonly string[], { columns }: Pick<Layout, "columns">): string[] {
  const lines = texts.flatMap((each) => wrap(each, columns - labelWidth - 2));
  return lines.map((line, at) => `  ${at === 0 ? padded(label) : " ".repeat(labelWidth)}${line}`);
}

/** A sentence in its lines, as far in as a label. */
export const indented = (text: string, { columns }: Pick<Layout, "columns">): string[] =>
  wrap(text, columns - 2).map((line) => `  ${line}`);

/** A label with lines below it that are laid out already. */
export function section(label: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? ["", `  ${label}`, ...lines.map((line) => `${inset}${line}`)] : [];
}

/** How wide the lines of a section may be. */
export const roomOf = ({ columns }: Pick<Layout, "columns">): number => columns - inset.length;

/** A sentence behind a mark, as `check` prints problems: the next lines stand below its first letter. */
export function marked(mark: string, text: string, { columns }: Pick<Layout, "columns">, indent = 2): string[] {
  const lines = wrap(text, columns - indent - 2);
  return lines.map((line, at) => `${" ".repeat(indent)}${at === 0 ? mark : " "} ${line}`);
}

/** The first few of a list and how many more there are. */
export function some(names: readonly string[], count: number, more: (left: number) => string): string {
  const shown = names.slice(0, count).join(", ");
  return names.length > count ? `${shown}${more(names.length - count)}` : shown;
}

const inset = "    ";
const labelWidth = 14;
const padded = (label: string): string => label + " ".repeat(Math.max(1, labelWidth - widthOf(label)));
