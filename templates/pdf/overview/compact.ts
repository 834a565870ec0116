import type { Weight } from "../../fonts.ts";
import type { Flow } from "../flow.ts";
import { inRoom } from "./room.ts";

/** A column of a table of short rows. */
export interface Slim {
  title: string;
  width: number;
  align: "start" | "end";
}

export interface SlimCell {
  text: string;
  colour: string;
  weight?: Weight;
  size?: number;
  /** How many columns it takes. */
  span?: number;
}

export interface SlimRow {
  cells: SlimCell[];
  /** A sum: tinted. */
  sum?: boolean;
}

const rowHeight = 15;
const headHeight = 16;
const size = 8.2;

/** How high a table of so many rows is. */
export const slimHeight = (rows: number): number => headHeight + rows * rowHeight;

/** A table of one line a row that stays on one page: every text fits its column. */
export function slimTable(flow: Flow, columns: readonly Slim[], rows: readonly SlimRow[]): void {
  const { canvas, theme } = flow;
  const { colours } = theme;
  flow.need(slimHeight(Math.min(rows.length, 30)));
  const place = (at: number, span = 1) => {
    const before = columns.slice(0, at).reduce((sum, { width }) => sum + width, 0);
    const width = columns.slice(at, at + span).reduce((sum, each) => sum + each.width, 0);
    const align = columns[at]?.align ?? "start";
    return { x: flow.left + before + (align === "end" ? width - 4 : 4), width: width - 8, anchor: align };
  };
  canvas.group("Table", () => {
    const top = flow.y;
    canvas.artifact(() =>
      canvas.rule({ x: flow.left, y: top + headHeight, width: flow.width, colour: colours.ink, weight: 0.8 }),
    );
    canvas.group("TR", () => {
      for (const [at, { title }] of columns.entries())
        canvas.tag(
          "TH",
          () =>
            inRoom(flow, title, {
              ...place(at),
              y: top + 11,
              size: 7.2,
              least: 5.5,
              weight: "semibold",
              colour: colours.muted,
            }),
          { scope: "Column" },
        );
    });
    flow.y += headHeight;
    for (const { cells, sum } of rows) {
      if (flow.need(rowHeight)) flow.space(2);
      const y = flow.y;
      canvas.artifact(() => {
        if (sum) canvas.box({ x: flow.left, y, width: flow.width, height: rowHeight, fill: colours.panel });
        canvas.rule({ x: flow.left, y: y + rowHeight, width: flow.width, colour: colours.line });
      });
      canvas.group("TR", () => {
        let at = 0;
        for (const cell of cells) {
          const own = place(at, cell.span);
          canvas.tag(
            at === 0 ? "TH" : "TD",
            () =>
              inRoom(flow, cell.text, {
                least: own.anchor === "end" ? 3 : 6, // a sum is never cut
                ...own,
                y: y + 10.7,
                size: cell.size ?? size,
                weight: cell.weight,
                colour: cell.colour,
              }),
            at === 0 ? { scope: "Row" } : {},
          );
          at += cell.span ?? 1;
        }
      });
      flow.y += rowHeight;
    }
  });
}
