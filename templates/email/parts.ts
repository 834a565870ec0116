import type { Report } from "../../transforms/report/model.ts";
import { type ChangeText, words } from "../text.ts";
import type { Theme } from "../theme.ts";
import { type Html, html, type Part } from "./html.ts";
import { ink, layout } from "./style.ts";

/** What every block of the mail needs. */
export interface Frame {
  report: Report;
  theme: Theme;
}

/** A block with the mail's side margins and space above. */
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
  return html`<span ${attributes(changeInk(change, theme), "white-space:nowrap")}>${change.label}</span>`;
}

function changeInk({ direction, tone }: ChangeText, theme: Theme): { class: string; style: string } {
  if (direction === "flat") return ink("muted", theme);
  if (theme.changeColours === "kr") return ink(direction, theme);
  if (theme.changeColours === "western") return ink(direction === "up" ? "good" : "bad", theme);
  return ink(tone === "neutral" ? "muted" : tone, theme);
}

/** A column's head; a secondary one gives way on a phone. */
export function headCell(text: string, theme: Theme, align: "left" | "right" = "right", secondary = false): Html {
  const side = align === "left" ? "padding-right:6px" : "padding-left:6px";
  return html`<th scope="col" align="${align}" class="c-muted line${secondary ? " wide" : ""}" style="color:${theme.colours.muted};font-size:11px;line-height:16px;font-weight:600;padding-bottom:5px;${side};border-bottom:1px solid ${theme.colours.accentSoft};text-align:${align}">${text}</th>`;
}

/** A cell of a table of figures. */
export function bodyCell(content: Html, theme: Theme, align: "left" | "right" = "right", secondary = false): Html {
  const side =
    align === "left"
      ? "padding-right:6px;word-break:break-word;overflow-wrap:anywhere"
      : "padding-left:6px;white-space:nowrap";
  return html`<td align="${align}" class="c-text line${secondary ? " wide" : ""}" style="color:${theme.colours.text};font-size:14px;line-height:20px;padding-top:7px;padding-bottom:7px;${side};border-bottom:1px solid ${theme.colours.line};text-align:${align};vertical-align:top">${content}</td>`;
}

/** Two texts on one line, at its two ends. */
export function bothEnds(left: Html, right: Html, theme: Theme): Html {
  const cell = (content: Html, align: string) =>
    html`<td align="${align}" ${attributes(ink("text", theme), `font-size:14px;line-height:20px;padding:6px 0 4px;text-align:${align};vertical-align:bottom`)}>${content}</td>`;
  return layout(html`<tr>${cell(left, "left")}${cell(right, "right")}</tr>`);
}

/** A bar of two table cells: the only kind that every mail program draws. */
export function bar(share: number, theme: Theme): Html {
  const percent = Math.round(share * 100);
  const fill =
    percent > 0 &&
    html`<td class="bg-fill" width="${percent}%" height="6" style="width:${percent}%;height:6px;line-height:6px;font-size:1px;background:${theme.colours.accent}">&nbsp;</td>`;
  const track =
    percent < 100 &&
    html`<td class="bg-track" height="6" style="height:6px;line-height:6px;font-size:1px;background:${theme.colours.line}">&nbsp;</td>`;
  return html`<div aria-hidden="true">${layout(html`<tr>${fill}${track}</tr>`, "margin-bottom:4px")}</div>`;
}

/** How many parts the reader finds in the workbook instead. */
export function more(count: number, { report, theme }: Frame): Html {
  return html`<div style="padding-top:6px">${aside(words(report.locale).moreInWorkbook.replace("{count}", String(count)), theme)}</div>`;
}
