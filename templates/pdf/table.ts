import type { Scene } from "../chart/scene.ts";
import type { Weight } from "../fonts.ts";
import type { Flow } from "./flow.ts";
import { wrap } from "./wrap.ts";

export interface Column {
  title: string;
  width: number;
  align: "start" | "end";
}

/** Lines of text one below the other, or a small picture. */
export interface Cell {
  lines?: Line[];
  scene?: Scene;
  /** A bar below the figure, over this share of the cell. */
  bar?: { share: number; colour: string };
}

export interface Line {
  text: string;
  size: number;
  colour: string;
  weight?: Weight;
  link?: string;
}

export interface Row {
  /** A name on lines of its own over the full width, for tables whose figures need it all. */
  title?: Line[];
  cells: Cell[];
  /** A sum: set apart by a rule and a tint. */
  sum?: boolean;
}

const pad = 6;
const headSize = 7.5;

/**
 * A table that goes over pages: its header stands again on each, no row is cut, the first rows stay with the header
 * and the sums with the last row, which also keeps `tail` below it for a note. `air` is what a row has beside its text. Text in cells is expected to be wrapped (`wrapped`) to its column.
 */
export function drawTable(
  flow: Flow,
  columns: readonly Column[],
  rows: readonly Row[],
  { tail = 0, air = flow.page.air }: { tail?: number; air?: number } = {},
): void {
  const { canvas, theme } = flow;
  const { colours } = theme;
  const heads = headLines(columns);
  const headHeight = headHeightOf(heads);
  const most = flow.page.height - flow.page.top - flow.page.bottom - 60;
  const heights = rows.map((row) => Math.min(rowHeight(row, air), most));

  const head = (again: boolean) => {
    const top = flow.y;
    canvas.artifact(() =>
      canvas.rule({ x: flow.left, y: top + headHeight, width: flow.width, colour: colours.ink, weight: 0.9 }),
    );
    const cells = () =>
      columns.forEach((column, at) => {
        const lines = heads[at] ?? [];
        const draw = () => {
          for (const [row, text] of lines.entries())
            canvas.text(text, {
              x: edge(flow.left, columns, at),
              y: top + headHeight - 6 - (lines.length - 1 - row) * 10,
              size: headSize,
              weight: "semibold",
              colour: colours.muted,
              anchor: column.align,
            });
        };
        // Said once: a reader that hears the table needs no second header.
        if (again) canvas.artifact(draw);
        else canvas.tag("TH", draw, { scope: "Column" });
      });
    if (again) cells();
    else canvas.group("TR", cells);
    flow.y += headHeight;
  };

  canvas.group("Table", () => {
    flow.need(startHeight(columns, rows, air));
    head(false);
    rows.forEach((row, index) => {
      const height = heights[index] ?? 0;
      // The row before the last, or before the sums, waits for them: nothing ends a table alone on a page.
      const rest = rows.slice(index + 1);
      const waits = rest.length === 1 || rest.every(({ sum }) => sum);
      const after = waits ? heights.slice(index + 1).reduce((sum, one) => sum + one, 0) : 0;
      const end = waits || rest.length === 0 ? tail : 0;
      if (flow.need(height + Math.min(after, 120) + end)) head(true);
      const top = flow.y;
      canvas.artifact(() => {
        if (row.sum) canvas.box({ x: flow.left, y: top, width: flow.width, height, fill: colours.panel });
        canvas.rule({ x: flow.left, y: top + height, width: flow.width, colour: colours.line });
      });
      const titled = titleHeight(row);
      canvas.group("TR", () => {
        if (row.title)
          drawCell(
            flow,
            { lines: row.title },
            {
              column: { title: "", width: flow.width, align: "start" },
              x: flow.left + 2,
              top,
              height: titled,
              header: true,
              air,
            },
          );
        columns.forEach((column, at) => {
          const cell = row.cells[at];
          if (cell)
            drawCell(flow, cell, {
              column,
              x: edge(flow.left, columns, at),
              top: top + titled,
              height: height - titled,
              header: at === 0 && !row.title,
              air,
            });
        });
      });
      flow.y += height;
    });
  });
}

/** What a table needs to start: its header and three rows. A heading above it keeps as much. */
function startHeight(columns: readonly Column[], rows: readonly Row[], air: number): number {
  return rows.slice(0, 3).reduce((sum, row) => sum + rowHeight(row, air), headHeightOf(headLines(columns)));
}

/**
 * What a table's heading keeps below it: all of it where that is little, or fits on a slide of its own; else its start.
 */
export function keepHeight({ page }: Flow, columns: readonly Column[], rows: readonly Row[], air = page.air): number {
  const whole = rows.reduce((sum, row) => sum + rowHeight(row, air), headHeightOf(headLines(columns)));
  const room = page.height - page.top - page.bottom - 32;
  return whole <= (page.columns === 2 ? room : room * 0.3) ? whole : startHeight(columns, rows, air);
}

function headLines(columns: readonly Column[]): string[][] {
  return columns.map(({ title, width }) => (title ? wrap(title, width - pad, headSize, "semibold") : []));
}

function headHeightOf(heads: readonly string[][]): number {
  return Math.max(1, ...heads.map(({ length }) => length)) * 10 + 8;
}

/** A text as the lines that its column holds. */
export function wrapped(text: string, column: Pick<Column, "width">, line: Omit<Line, "text">): Line[] {
  return wrap(text, column.width - pad * 2, line.size, line.weight).map((part) => ({ ...line, text: part }));
}

function titleHeight({ title = [] }: Row): number {
  return title.reduce((sum, line) => sum + leading(line.size), 0);
}

function rowHeight(row: Row, air: number): number {
  const { cells } = row;
  const tallest = Math.max(
    ...cells.map(({ lines = [], scene }) =>
      Math.max(
        scene?.height ?? 0,
        lines.reduce((sum, { size }) => sum + leading(size), 0),
      ),
    ),
  );
  return Math.ceil(tallest + titleHeight(row)) + air;
}

function drawCell(
  { canvas }: Flow,
  { lines = [], scene, bar }: Cell,
  {
    column,
    x,
    top,
    height,
    header,
    air,
  }: {
    column: Column;
    x: number;
    top: number;
    height: number;
    header: boolean;
    air: number;
  },
): void {
  canvas.tag(
    header ? "TH" : "TD",
    () => {
      if (scene)
        canvas.paint(
          scene,
          column.align === "end" ? x - scene.width : x,
          top + (scene.height <= 12 ? air / 2 + 6 - scene.height / 2 : (height - scene.height) / 2),
        );
      if (bar) {
        const width = Math.max(0.75, (column.width - pad * 2) * bar.share);
        const at = { x: column.align === "end" ? x - width : x, y: top + height - 4 };
        canvas.box({ ...at, width, height: 2.5, fill: bar.colour, radius: 1 });
      }
      let y = top + air / 2;
      for (const line of lines) {
        canvas.text(line.text, {
          x,
          y: y + line.size * 0.98,
          size: line.size,
          weight: line.weight,
          colour: line.colour,
          anchor: column.align,
        });
        y += leading(line.size);
      }
    },
    header ? { scope: "Row" } : {},
  );
}

/** Where the texts of a column start or, for numbers, end. */
function edge(left: number, columns: readonly Column[], at: number): number {
  const from = left + columns.slice(0, at).reduce((sum, { width }) => sum + width, 0);
  const column = columns[at];
  // The first and last columns are flush with the page's margins.
  if (column?.align === "end") return from + column.width - (at === columns.length - 1 ? 2 : pad);
  return from + (at === 0 ? 2 : pad);
}

function leading(size: number): number {
  return Math.round(size * 1.4 * 2) / 2;
}
