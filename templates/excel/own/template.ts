import type { Report } from "../../../transforms/report/model.ts";
import { stampOf } from "../../../transforms/report/stamp.ts";
import { oneLine } from "../../clean.ts";
import { formatPeriod } from "../../text.ts";
import { looksLikeFormula } from "../cell.ts";
import { type DataColumn, dataColumns, dataNames, type RawRow } from "../data.ts";
import { columnOf, letters } from "../ooxml/address.ts";
import { type Parts, put, relations, textOf } from "../ooxml/parts.ts";
import { describe } from "../ooxml/properties.ts";
import { type Plain, rowsXml } from "../ooxml/rows.ts";
import { pack } from "../ooxml/zip.ts";
import { admit, type Refusal } from "./admit.ts";
import { extendOwn, extendRanges } from "./extend.ts";
import { keysOf } from "./keys.ts";
import { fillText, keysAsked, sharedTexts, unescaped } from "./text.ts";

/** What a template asks for: `{{keys}}`, and the heads of its data sheet, which is null where it has none. */
export interface Asked {
  keys: string[];
  heads: string[] | null;
}

/** A template as its parts, or why it is refused. */
export function openTemplate(bytes: Uint8Array): { parts: Parts; asked: Asked } | { refused: Refusal } {
  const parts = admit(bytes);
  if (typeof parts === "string") return { refused: parts };
  const sheet = dataSheet(parts);
  const heads = sheet?.columns.filter(({ formula }) => formula === null).map(({ head }) => head) ?? null;
  return { parts, asked: { keys: keysAsked(parts), heads } };
}

/**
 * An account executive's own workbook with a report's rows and figures in it. Its data sheet is written anew, ranges that
 * look at it grow, placeholders are filled, and what formulas and charts remember of the samples is forgotten; every other
 * part keeps its bytes.
 */
export async function fillTemplate(parts: Parts, report: Report, rows: readonly RawRow[]): Promise<Buffer> {
  const sheet = dataSheet(parts);
  if (sheet) await fillSheet(parts, sheet, report, rows);
  fillText(parts, keysOf(report));
  forget(parts);
  describe(parts, {
    identifier: stampOf(report),
    title: oneLine(report.title),
    subject: oneLine(`${report.period.label} · ${formatPeriod(report.period, report.locale)}`),
    keywords: oneLine([report.client_name, ...report.channels, report.cadence].join(", ")),
    description: oneLine(report.summary.join(" ")),
    language: report.locale,
    modified: new Date(Date.parse(report.run.as_of.replace(/\[.*$/, ""))).toISOString().replace(/\.\d+Z$/, "Z"),
  });
  return pack(parts);
}

interface Column {
  head: string;
  style: string | undefined;
  /** A formula of its own in the pattern row, which every row gets. */
  formula: string | null;
}

interface DataPart {
  name: string;
  path: string;
  columns: Column[];
  /** The last row that the template's samples take. */
  last: number;
}

/** The sheet named Data or 데이터: heads in its first row, and how cells look in its second. */
function dataSheet(parts: Parts): DataPart | null {
  const workbook = textOf(parts, "xl/workbook.xml");
  const sheets = [...workbook.matchAll(/<sheet [^>]*>/g)].map(([tag]) => ({
    name: unescaped(/ name="([^"]*)"/.exec(tag)?.[1] ?? ""),
    relation: / r:id="([^"]*)"/.exec(tag)?.[1] ?? "",
  }));
  const found = sheets.find(({ name }) => /^(data|데이터)$/i.test(name));
  const path = relations(parts, "xl/workbook.xml").find(({ id }) => id === found?.relation)?.path;
  if (!found || !path) return null;
  const text = textOf(parts, path);
  const shared = sharedTexts(parts);
  const [head, pattern] = [cellsIn(text, 1), cellsIn(text, 2)];
  const width = Math.max(0, ...head.map(({ column }) => column));
  const columns = Array.from({ length: width }, (_, at): Column => {
    const title = head.find(({ column }) => column === at + 1);
    const below = pattern.find(({ column }) => column === at + 1);
    return { head: title ? textIn(title, shared) : "", style: below?.style, formula: below?.formula ?? null };
  });
  const rows = [...text.matchAll(/<row [^>]*?r="(\d+)"/g)].map(([, row]) => Number(row));
  return { name: found.name, path, columns, last: Math.max(2, ...rows) };
}

interface FoundCell {
  column: number;
  style: string | undefined;
  type: string | undefined;
  formula: string | null;
  inner: string;
}

function cellsIn(sheet: string, row: number): FoundCell[] {
  const found = new RegExp(`<row [^>]*?r="${row}"[^>]*>(.*?)</row>`, "s").exec(sheet)?.[1] ?? "";
  return [...found.matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)].map(([, attributes = "", inner = ""]) => ({
    column: columnOf(/(?:^| )r="([A-Z]+)/.exec(attributes)?.[1] ?? "A"),
    style: /(?:^| )s="(\d+)"/.exec(attributes)?.[1],
    type: /(?:^| )t="(\w+)"/.exec(attributes)?.[1],
    formula: /<f(?:\s[^>]*)?>([^<]*)<\/f>/.exec(inner)?.[1] ?? null,
    inner,
  }));
}

function textIn({ type, inner }: FoundCell, shared: readonly string[]): string {
  if (type === "s") return shared[Number(/<v>(\d+)<\/v>/.exec(inner)?.[1])] ?? "";
  return unescaped([...inner.matchAll(/<(?:t|v)(?:\s[^>]*)?>([^<]*)</g)].map(([, text]) => text).join(""));
}

async function fillSheet(
  parts: Parts,
  { name, path, columns, last }: DataPart,
  report: Report,
  rows: readonly RawRow[],
) {
  const held = Object.keys(rows[0] ?? {});
  const known = new Map(held.flatMap((key) => dataNames(key).map((label) => [label.toLowerCase(), key] as const)));
  const wanted = columns.map(({ head, formula }) =>
    formula === null ? (known.get(head.trim().toLowerCase()) ?? null) : null,
  );
  const plans = wanted.map((key): DataColumn | null => (key ? (dataColumns([key], report.locale)[0] ?? null) : null));
  async function* cells(): AsyncGenerator<Plain[]> {
    for (const given of rows) yield plans.map((plan) => plan?.cell(given[plan.key] ?? null) ?? null);
  }
  const looks = { columns: columns.map(({ style }) => style), quoted: undefined, isQuoted: looksLikeFormula };
  const formulas = columns.flatMap(({ formula, style }, at) => (formula === null ? [] : [{ at, formula, style }]));
  const sheet = textOf(parts, path);
  const head = /<row [^>]*?r="1"[^>]*>.*?<\/row>/s.exec(sheet)?.[0] ?? "";
  const [before = "", after = ""] = sheet.split(/<sheetData\s*\/>|<sheetData>.*<\/sheetData>/s);
  const stretch = { sheet: name, path, was: last, is: Math.max(2, rows.length + 1) };
  let body = "";
  for await (const text of rowsXml(cells(), 2, looks)) body += text;
  const written = formulas.length > 0 ? withFormulas(body, formulas) : body;
  put(
    parts,
    path,
    `${before.replace(/<dimension [^>]*>/, "")}<sheetData>${head}${written}</sheetData>${extendOwn(after, stretch)}`,
  );
  const tables = relations(parts, path).flatMap(({ kind, path: table }) => (kind === "table" ? [table] : []));
  extendRanges(parts, stretch, tables);
}

/** The template's own columns: the formula of the pattern row, moved to each row. */
function withFormulas(
  body: string,
  formulas: readonly { at: number; formula: string; style: string | undefined }[],
): string {
  return body.replace(/<row r="(\d+)">(.*?)<\/row>/gs, (_, row: string, inner: string) => {
    const cells = new Map(
      [...inner.matchAll(/<c r="([A-Z]+)\d+".*?<\/c>/gs)].map(([cell, name = ""]) => [columnOf(name), cell]),
    );
    for (const { at, formula, style } of formulas) {
      const moved = formula.replace(/(?<![\w$.])(\$?[A-Z]{1,3})2(?!\d)/g, `$1${row}`);
      cells.set(at + 1, `<c r="${letters(at + 1)}${row}"${style ? ` s="${style}"` : ""}><f>${moved}</f></c>`);
    }
    const ordered = [...cells].toSorted(([a], [b]) => a - b).map(([, cell]) => cell);
    return `<row r="${row}">${ordered.join("")}</row>`;
  });
}

/** What formulas and charts came to on the samples; programs reckon and draw anew when they open the book. */
function forget(parts: Parts): void {
  for (const path of [...parts.files.keys()]) {
    const before = textOf(parts, path);
    const after = path.startsWith("xl/worksheets/sheet")
      ? before.replace(
          /<c ([^>]*)>(<f(?:\s[^>]*)?(?:\/>|>[^<]*<\/f>))<v>[^<]*<\/v><\/c>/g,
          (_, attributes: string, formula: string) => `<c ${attributes.replace(/ ?t="\w+"/, "")}>${formula}</c>`,
        )
      : path.startsWith("xl/charts/chart")
        ? before.replace(/<c:(num|str|multiLvlStr)Cache>.*?<\/c:\1Cache>/gs, "")
        : before;
    if (after !== before) put(parts, path, after);
  }
  const workbook = textOf(parts, "xl/workbook.xml");
  const reckoned = /<calcPr [^>]*>/.test(workbook)
    ? workbook.replace(
        /<calcPr ([^>]*?)\s*(\/?)>/,
        (_, given: string, end: string) =>
          `<calcPr ${given.replace(/ ?fullCalcOnLoad="\w+"/, "")} fullCalcOnLoad="1"${end}>`,
      )
    : workbook.replace(
        /(<\/definedNames>|<\/sheets>)(?!.*<\/definedNames>)/s,
        '$1<calcPr calcId="0" fullCalcOnLoad="1"/>',
      );
  put(parts, "xl/workbook.xml", reckoned);
  dropChain(parts);
}

/** The list of formula cells in order of reckoning would name cells that are no more; programs make it anew. */
function dropChain(parts: Parts): void {
  if (!parts.files.delete("xl/calcChain.xml")) return;
  const [types, links] = ["[Content_Types].xml", "xl/_rels/workbook.xml.rels"];
  put(parts, types, textOf(parts, types).replace(/<Override [^>]*calcChain\.xml"[^>]*>/, ""));
  put(parts, links, textOf(parts, links).replace(/<Relationship [^>]*calcChain\.xml"[^>]*>/, ""));
}
