import type { Report } from "../../transforms/report/model.ts";
import { type ChangeText, words } from "../text.ts";
import type { Theme } from "../theme.ts";
import type { Ground, Ink } from "./dark.ts";
import { type Html, html, type Part } from "./html.ts";
import { ground, ink, layout } from "./style.ts";

/** What every block of the mail needs. */
export interface Frame {
  report: Report;
  theme: Theme;
}

/** A block with the mail's side margins and space above. Outlook keeps padding in cells only, so every space is one. */
export function section(content: Html, above = 24): Html {
  return html`<tr><td class="side" style="padding:${above}px 24px 0">${content}</td></tr>`;
}

/** The heading of a block. */
export function headingOf(text: string, theme: Theme): Html {
  return html`<h2 ${attributes(ink("accent", theme), "margin:0 0 8px;font-size:15px;line-height:22px;font-weight:700")}>${text}</h2>`;
}

/** A small remark below something. */
export function aside(text: Part, theme: Theme): Html {
  return html`<div ${attributes(ink("muted", theme), "font-size:12px;line-height:18px;word-break:keep-all;overflow-wrap:anywhere")}>${text}</div>`;
}

/** Class and style of a coloured element. */
export function attributes(colour: { class: string; style: string }, more = ""): Html {
  return html`class="${colour.class}" style="${colour.style};${more}"`;
}

/** A change with arrow and word, coloured beside them. */
export function changeSpan(change: ChangeText, theme: Theme): Html {
  return html`<span ${attributes(ink(changeInk(change, theme), theme), "white-space:nowrap")}>${change.label}</span>`;
}

function changeInk({ direction, tone }: ChangeText, { changeColours }: Theme): Ink {
  if (direction === "flat") return "muted";
  if (changeColours === "kr") return direction;
  if (changeColours === "western") return direction === "up" ? "good" : "bad";
  return tone === "neutral" ? "muted" : tone;
}

/** A column's head; a secondary one gives way on a phone. */
export function headCell(text: string, theme: Theme, align: "left" | "right" = "right", secondary = false): Html {
  const side = align === "left" ? "padding:0 6px 5px 0" : "padding:0 0 5px 6px";
  return html`<th scope="col" align="${align}" class="c-muted line${secondary ? " wide" : ""}" style="color:${theme.colours.muted};font-size:12px;line-height:16px;font-weight:600;${side};border-bottom:1px solid ${theme.colours.accentSoft};text-align:${align}">${text}</th>`;
}

/** A cell of a table of figures. */
export function bodyCell(content: Html, theme: Theme, align: "left" | "right" = "right", secondary = false): Html {
  const side =
    align === "left"
      ? "padding:7px 6px 7px 0;word-break:break-word;overflow-wrap:anywhere"
      : "padding:7px 0 7px 6px;white-space:nowrap";
  return html`<td align="${align}" class="c-text line${secondary ? " wide" : ""}" style="color:${theme.colours.text};font-size:14px;line-height:20px;${side};border-bottom:1px solid ${theme.colours.line};text-align:${align};vertical-align:top">${content}</td>`;
}

/** A table of figures: read by screen readers as one, with its heading as its name. */
export function figures(name: string, rows: Html[]): Html {
  return html`<table width="100%" cellpadding="0" cellspacing="0" border="0" aria-label="${name}" style="border-collapse:collapse">${rows}</table>`;
}

/** Two texts on one line, at its two ends. */
export function bothEnds(left: Html, right: Html, theme: Theme): Html {
  const cell = (content: Html, align: string) =>
    html`<td align="${align}" ${attributes(ink("text", theme), `font-size:14px;line-height:20px;padding:6px 0 4px;text-align:${align};vertical-align:bottom`)}>${content}</td>`;
  return layout(html`<tr>${cell(left, "left")}${cell(right, "right")}</tr>`);
}

/** A bar of two table cells: the only kind that every mail program draws. What it says stands beside it in words. */
export function bar(share: number, theme: Theme, fill: Ground = "fill"): Html {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  const cell = (name: Ground, width: number) =>
    width > 0 &&
    html`<td width="${width}%" height="6" ${ground(name, theme, { style: `width:${width}%;height:6px;line-height:6px;font-size:1px` })}>&nbsp;</td>`;
  const cells = html`<tr>${cell(fill, percent)}${cell("track", 100 - percent)}</tr>`;
  return html`<div aria-hidden="true">${layout(html`<tr><td style="padding:0 0 5px">${layout(cells)}</td></tr>`)}</div>`;
}

/** How many parts the reader finds in the workbook instead. */
export function more(count: number, { report, theme }: Frame): Html {
  const text = aside(words(report.locale).moreInWorkbook.replace("{count}", String(count)), theme);
  return layout(html`<tr><td style="padding:6px 0 0">${text}</td></tr>`);
}
