import { cellText } from "../cell.ts";
import { type Parts, put, textOf } from "../ooxml/parts.ts";
import { escaped } from "../ooxml/rows.ts";
import type { Filled } from "./keys.ts";

type Keys = ReadonlyMap<string, Filled>;

const placeholder = /\{\{\s*([\w.]+)\s*\}\}/g;

/** Text of XML as it reads. */
export function unescaped(text: string): string {
  const named: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
  return text.replace(/&(?:#x([\da-fA-F]+)|#(\d+)|(\w+));/g, (whole, hex, decimal, name) => {
    if (name) return named[name] ?? whole;
    return String.fromCodePoint(Number.parseInt(hex ?? decimal, hex ? 16 : 10));
  });
}

/** Every key that a template asks for. */
export function keysAsked(parts: Parts): string[] {
  const asked = [...parts.files.keys()].filter(holdsText).flatMap((path) => {
    const whole = textOf(parts, path);
    const texts = path === strings ? itemsOf(whole).map(joined) : [unescaped(whole)];
    return texts.flatMap((text) => [...text.matchAll(placeholder)].map(([, key = ""]) => key));
  });
  return [...new Set(asked)];
}

/** Shared texts, one entry an item, as they read. */
export function sharedTexts(parts: Parts): string[] {
  return itemsOf(textOf(parts, strings)).map(joined);
}

/**
 * Fills the placeholders. A cell that holds nothing but one becomes a number where the key has one, so that the cell's own
 * format prints it; within a text, and in charts and page heads, stands what the report prints. What was marked up in parts
 * stays so, unless a placeholder lies across two of them.
 */
export function fillText(parts: Parts, keys: Keys): void {
  const numbers = new Map(
    sharedTexts(parts).flatMap((text, at) => {
      const key = /^\s*\{\{\s*([\w.]+)\s*\}\}\s*$/.exec(text)?.[1];
      const number = key === undefined ? null : (keys.get(key)?.number ?? null);
      return number === null ? [] : [[at, number] as const];
    }),
  );
  for (const path of [...parts.files.keys()].filter(holdsText)) {
    const before = textOf(parts, path);
    const after =
      path === strings
        ? before.replace(/<si>.*?<\/si>/gs, (item) => filledItem(item, keys))
        : filled(isSheet(path) ? withNumbers(before, numbers) : before, keys);
    if (after !== before) put(parts, path, after);
  }
}

const strings = "xl/sharedStrings.xml";
const isSheet = (path: string) => path.startsWith("xl/worksheets/") && path.endsWith(".xml");
const holdsText = (path: string) =>
  path === strings || isSheet(path) || /^xl\/(charts|drawings)\/[^/]+\.xml$/.test(path);

const itemsOf = (whole: string): string[] => whole.match(/<si>.*?<\/si>|<si\/>/gs) ?? [];
const joined = (item: string): string =>
  unescaped(
    [...item.replace(/<rPh.*?<\/rPh>/gs, "").matchAll(/<t(?:\s[^>]*)?>([^<]*)<\/t>/g)].map(([, text]) => text).join(""),
  );

function filled(xml: string, keys: Keys): string {
  return xml.replace(placeholder, (whole, key: string) => {
    const value = keys.get(key);
    return value ? escaped(cellText(value.text)) : whole;
  });
}

function filledItem(item: string, keys: Keys): string {
  const inRuns = filled(item, keys);
  const left = [...joined(inRuns).matchAll(placeholder)].filter(([, key = ""]) => keys.has(key));
  if (left.length === 0) return inRuns.replaceAll("<t>", '<t xml:space="preserve">');
  let first = true;
  const whole = filled(escaped(joined(inRuns)), keys);
  return inRuns.replace(/<t(?:\s[^>]*)?>[^<]*<\/t>/g, () => {
    const text = first ? whole : "";
    first = false;
    return `<t xml:space="preserve">${text}</t>`;
  });
}

function withNumbers(sheet: string, numbers: ReadonlyMap<number, number>): string {
  if (numbers.size === 0) return sheet;
  return sheet.replace(
    /<c ([^>]*?)t="s"([^>]*)><v>(\d+)<\/v><\/c>/g,
    (cell, before: string, after: string, at: string) => {
      const number = numbers.get(Number(at));
      return number === undefined ? cell : `<c ${before.trimEnd()}${after}><v>${number}</v></c>`;
    },
  );
}
