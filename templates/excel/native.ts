import { mix } from "../../transforms/colour.ts";
import type { Locale } from "../../transforms/metrics.ts";
import type { Theme } from "../theme.ts";
import type { Span } from "./chart.ts";
import { columnWidths, lineHeight, placed } from "./layout.ts";
import { area, fixed } from "./ooxml/address.ts";
import { type ChartSetting, chartPart } from "./ooxml/chart.ts";
import { drawingPart, emu, type Frame } from "./ooxml/drawing.ts";
import { barRule, extensions, type Spark } from "./ooxml/extensions.ts";
import { add, type Parts, put, relate, textOf } from "./ooxml/parts.ts";
import { inserted } from "./ooxml/sheet-xml.ts";
import { areHeads, tablePart } from "./ooxml/table.ts";
import type { Cell, Sheet } from "./sheet.ts";
import { fontOf } from "./style.ts";

/** A sheet and the part that the library wrote it as. */
export interface Written {
  sheet: Sheet;
  path: string;
}

/** What a chart may know of the whole book. */
export interface Bookwide {
  written: readonly Written[];
  theme: Theme;
  locale: Locale;
}

/** Adds to one sheet what the library cannot write: bars that leave the digits free, sparklines, charts, its table. */
export function addNative(parts: Parts, { sheet, path }: Written, book: Bookwide): void {
  const { colours } = book.theme;
  let text = textOf(parts, path);
  // Faint enough for digits to stand on where a program lets a bar fill its cell.
  const faint = mix(colours.accent, colours.paper, 0.84);
  const bars = sheet.rules.flatMap(({ kind, columns, rows }, at) =>
    kind === "bar" ? [{ ref: area(columns, rows), priority: at + 1 }] : [],
  );
  for (const [at, bar] of bars.entries()) text = inserted(text, "conditionalFormatting", barRule(bar, at, faint));
  const frames = framesOf(sheet, book);
  if (frames.length > 0) {
    const drawing = add(parts, "xl/drawings/drawing{}.xml", drawingType, "");
    put(parts, drawing, drawingPart(frames.map((frame) => related(parts, drawing, frame))));
    text = inserted(text, "drawing", `<drawing r:id="${relate(parts, path, "drawing", drawing)}"/>`);
  }
  const heads = headsOf(sheet);
  if (isTable(sheet)) {
    const id = [...parts.files.keys()].filter((name) => name.startsWith("xl/tables/")).length + 1;
    const table = { id, name: sheet.table, ref: tableArea(sheet), columns: heads };
    const target = add(parts, "xl/tables/table{}.xml", tableType, tablePart(table));
    const relation = relate(parts, path, "table", target);
    text = inserted(text, "tableParts", `<tableParts count="1"><tablePart r:id="${relation}"/></tableParts>`);
  }
  const list = extensions(bars, sparksOf(sheet, book), {
    bar: faint,
    spark: { soft: mix(colours.accent, colours.paper, 0.5), strong: colours.accent },
  });
  if (list) text = inserted(text, "extLst", list);
  put(parts, path, text);
}

/** Whether the sheet's rows can be an Excel table; else they have filter buttons of the sheet's own. */
export function isTable(sheet: Sheet): sheet is Sheet & { table: string; head: NonNullable<Sheet["head"]> } {
  return sheet.table !== undefined && sheet.head !== null && areHeads(headsOf(sheet));
}

const tableArea = ({ head }: { head: NonNullable<Sheet["head"]> }): string =>
  area([1, head.columns], [head.row, head.last]);

function headsOf({ head, lines }: Sheet): string[] {
  if (!head) return [];
  return (lines[head.row - 1]?.cells ?? []).slice(0, head.columns).map(({ value }) => String(value ?? ""));
}

function sparksOf(sheet: Sheet, book: Bookwide): Spark[] {
  return sheet.lines.flatMap(({ cells }, row) =>
    [...placed(cells)].flatMap(([column, { spark }]) =>
      spark
        ? [
            {
              source: refer(spark, sheet, book).replaceAll("$", ""),
              cell: area([column + 1, column + 1], [row + 1, row + 1]),
            },
          ]
        : [],
    ),
  );
}

type Unrelated = Omit<Frame, "relation"> & { xml: string };

function related(parts: Parts, drawing: string, { xml, ...frame }: Unrelated): Frame {
  return { ...frame, relation: relate(parts, drawing, "chart", add(parts, "xl/charts/chart{}.xml", chartType, xml)) };
}

/** Charts of one line share its columns, so that they are as wide as the table above them in whatever program. */
function framesOf(sheet: Sheet, book: Bookwide): Unrelated[] {
  const widths = columnWidths(sheet);
  const pixels = widths.map((width) => Math.trunc(width * 7 + 5));
  const room = Math.max(
    narrowest,
    Math.min(
      widest,
      pixels.reduce((sum, width) => sum + width, 0),
    ),
  );
  return sheet.lines.flatMap((line, row) => {
    let left = 0;
    return (line.charts ?? []).map((chart) => {
      const right = left + room * chart.share;
      const frame = {
        name: chart.title,
        alt: chart.alt,
        from: { ...columnAt(left, pixels), row, rowOffset: 4 * emu.point },
        to: { ...columnAt(right - space, pixels), row, rowOffset: (lineHeight(line, widths) - 4) * emu.point },
        xml: chartPart(chart, settingOf(sheet, book)),
      };
      left = right;
      return frame;
    });
  });
}

function columnAt(left: number, pixels: readonly number[]): { column: number; columnOffset: number } {
  let rest = left;
  for (const [column, width] of pixels.entries()) {
    if (rest < width) return { column, columnOffset: rest * emu.pixel };
    rest -= width;
  }
  const usual = 64;
  return { column: pixels.length + Math.floor(rest / usual), columnOffset: (rest % usual) * emu.pixel };
}

/** Pixels: what a chart needs, what a screen shows without scrolling, and what stands between two charts. */
const narrowest = 760;
const widest = 1500;
const space = 10;

function settingOf(sheet: Sheet, book: Bookwide): ChartSetting {
  const { colours } = book.theme;
  return {
    font: fontOf(book.locale),
    ink: colours.text,
    line: colours.line,
    paper: colours.paper,
    refer: (span) => refer(span, sheet, book),
    held: (span) => held(span, sheet, book),
  };
}

function refer({ sheet: id, column, rows }: Span, own: Sheet, book: Bookwide): string {
  return fixed(sheetOf(id, own, book).name, [column, column], rows);
}

function held({ sheet: id, column, rows }: Span, own: Sheet, book: Bookwide): (string | number | null)[] {
  const { lines } = sheetOf(id, own, book);
  return Array.from({ length: rows[1] - rows[0] + 1 }, (_, at) => {
    const cell = cellAt(lines[rows[0] + at - 1]?.cells ?? [], column);
    return typeof cell?.value === "number" ? cell.value : cell?.value === null ? null : (cell?.shown ?? null);
  });
}

function cellAt(cells: readonly Cell[], column: number): Cell | undefined {
  for (const [at, cell] of placed(cells)) if (at + 1 === column) return cell;
  return undefined;
}

function sheetOf(id: string | undefined, own: Sheet, { written }: Bookwide): Sheet {
  return written.find(({ sheet }) => sheet.id === id)?.sheet ?? own;
}

const officeType = "application/vnd.openxmlformats-officedocument";
const drawingType = `${officeType}.drawing+xml`;
const chartType = `${officeType}.drawingml.chart+xml`;
const tableType = `${officeType}.spreadsheetml.table+xml`;
