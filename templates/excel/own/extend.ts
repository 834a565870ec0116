import { type Parts, put, textOf } from "../ooxml/parts.ts";

/** The data sheet as the template has it, and the last row that it will have. */
export interface Stretch {
  sheet: string;
  path: string;
  /** The last row of the template's own sample rows. */
  was: number;
  is: number;
}

/**
 * Everything that looks at the sample rows looks at the report's rows: charts, names, sparklines, formulas, tables, pivot
 * caches, conditional formats. Parts that do not look at them keep their bytes.
 */
export function extendRanges(parts: Parts, stretch: Stretch, tables: readonly string[]): void {
  for (const path of [...parts.files.keys()]) {
    if (!path.endsWith(".xml") || path.endsWith("sharedStrings.xml")) continue;
    const before = textOf(parts, path);
    let after = before.includes("!") ? withSheet(before, stretch) : before;
    if (tables.includes(path))
      after = after.replace(/ ref="([A-Z]+\d+:[A-Z]+)(\d+)"/g, (_, start: string) => ` ref="${start}${stretch.is}"`);
    if (path.startsWith("xl/pivotCache/pivotCacheDefinition")) after = pivot(after, stretch);
    if (after !== before) put(parts, path, after);
  }
}

/** The same within the data sheet's own part, where ranges name no sheet. */
export function extendOwn(tail: string, { was, is }: Stretch): string {
  const place = /(?:sqref|ref)="[^"]*"|<(xm:sqref|xm:f|formula)>[^<]*<\/\1>/g;
  const range = /(\$?[A-Z]{1,3}\$?)(\d+)(:\$?[A-Z]{1,3}\$?)(\d+)/g;
  return tail.replace(place, (found) =>
    found.replace(range, (whole, start: string, from: string, middle: string, to: string) =>
      Number(from) <= 2 && Number(to) === was ? `${start}${from}${middle}${is}` : whole,
    ),
  );
}

function withSheet(xml: string, { sheet, was, is }: Stretch): string {
  const plain = literal(sheet);
  const name = `(?:${plain}|'${plain}'|&apos;${plain}&apos;|&#39;${plain}&#39;)`;
  const range = new RegExp(`((?<![\\w.])${name}!\\$?[A-Z]{1,3}\\$?)(\\d+)(:\\$?[A-Z]{1,3}\\$?)(\\d+)`, "g");
  return xml.replace(range, (whole, start: string, from: string, middle: string, to: string) =>
    Number(from) <= 2 && Number(to) === was ? `${start}${from}${middle}${is}` : whole,
  );
}

function pivot(xml: string, { sheet, was, is }: Stretch): string {
  const source = new RegExp(`<worksheetSource [^>]*sheet="${literal(sheet)}"[^>]*>`);
  if (!source.test(xml)) return xml;
  return xml
    .replace(source, (found) =>
      found.replace(/ ref="([A-Z]+\d+:[A-Z]+)(\d+)"/, (whole, start: string, to: string) =>
        Number(to) === was ? ` ref="${start}${is}"` : whole,
      ),
    )
    .replace(/<pivotCacheDefinition (?![^>]*refreshOnLoad)/, '<pivotCacheDefinition refreshOnLoad="1" ');
}

const literal = (text: string): string => text.replaceAll("&", "&amp;").replace(/[\\^$.|+()[\]{}*?]/g, "\\$&");
