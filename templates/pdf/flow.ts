import { printable, textWidth } from "../fonts.ts";
import { type Page, pages, type as size, type Theme } from "../theme.ts";
import type { Canvas, Tag } from "./canvas.ts";
import { wrap } from "./wrap.ts";

/** The place on the page where the next thing goes. Sections ask for room, draw, and move it down. */
export interface Flow {
  readonly canvas: Canvas;
  readonly theme: Theme;
  readonly page: Page;
  /** Where text begins, and how far it goes: the page's margins, or those of a column. */
  left: number;
  width: number;
  y: number;
  /** Starts a new page unless `height` still fits on this one; true when it did. */
  need(height: number): boolean;
  space(height: number): void;
  /** A heading and, at once, room for `keep` below it: a heading never stands alone at the foot of a page. */
  heading(title: string, options: { level: 2 | 3; keep: number; aside?: string }): void;
  paragraph(text: string, options?: Paragraph): void;
}

export interface Paragraph {
  size?: number;
  weight?: "regular" | "semibold" | "bold";
  colour?: string;
  indent?: number;
  bullet?: string;
  tag?: Tag;
  width?: number;
}

export function openFlow(canvas: Canvas, theme: Theme, onNewPage: (flow: Flow) => void): Flow {
  const page = pages[theme.page];
  const bottom = page.height - page.bottom;
  const room = bottom - page.top;
  let afterHeading = 0; // where the last heading ended: a lower one right below it needs no space above
  const flow: Flow = {
    canvas,
    theme,
    page,
    left: page.side,
    width: page.width - page.side * 2,
    y: page.top,
    need(height) {
      if (flow.y + Math.min(height, room - 24) <= bottom) return false;
      canvas.addPage();
      flow.y = page.top;
      onNewPage(flow);
      return true;
    },
    space(height) {
      flow.y += height;
    },
    heading(title, { level, keep, aside }) {
      const major = level === 2;
      const above = flow.y === afterHeading ? 0 : flow.y > page.top + 40 ? (major ? 24 : 16) : 4;
      const points = major ? size.heading : 10.5;
      const weight = major ? "bold" : "semibold";
      const beside = aside ? textWidth(printable(aside), size.small, "regular") + 12 : 0;
      const lines = wrap(title, flow.width - beside, points, weight);
      const height = (major ? 24 : 18) + (lines.length - 1) * 16;
      // The heading right above has kept the room for both.
      if (flow.y === afterHeading || !flow.need(above + height + keep)) flow.y += above;
      const baseline = flow.y + (major ? 13 : 11);
      canvas.outline(title, major ? 1 : 2);
      canvas.tag(major ? "H2" : "H3", () => {
        for (const [row, line] of lines.entries()) {
          canvas.text(line, { x: flow.left, y: baseline + row * 16, size: points, weight, colour: theme.colours.ink });
        }
      });
      if (aside) {
        canvas.tag("P", () =>
          canvas.text(aside, {
            x: flow.left + flow.width,
            y: baseline,
            size: size.small,
            colour: theme.colours.muted,
            anchor: "end",
          }),
        );
      }
      flow.y += height;
      afterHeading = flow.y;
    },
    paragraph(
      text,
      {
        size: points = size.body,
        weight = "regular",
        colour = theme.colours.text,
        indent = 0,
        bullet,
        tag = "P",
        width,
      } = {},
    ) {
      const step = Math.round(points * 1.55 * 2) / 2;
      const lines = wrap(text, (width ?? flow.width) - indent, points, weight);
      // Two lines stay together at either end of a page.
      flow.need(step * Math.min(lines.length, 2));
      let at = 0;
      while (at < lines.length) {
        const fit = Math.max(1, Math.floor((bottom - flow.y) / step));
        const now = lines.slice(at, at + fit);
        canvas.tag(tag, () => {
          if (bullet && at === 0)
            canvas.text(bullet, { x: flow.left + indent - 10, y: flow.y + points, size: points, weight, colour });
          now.forEach((line, row) => {
            canvas.text(line, { x: flow.left + indent, y: flow.y + points + row * step, size: points, weight, colour });
          });
        });
        flow.y += now.length * step;
        at += now.length;
        if (at < lines.length) flow.need(step);
      }
    },
  };
  return flow;
}
