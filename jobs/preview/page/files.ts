import { html, raw } from "hono/html";
import { mostRows, type SheetView } from "../sheets.ts";
import type { Drawn } from "../studio.ts";
import type { Markup, Page } from "./parts.ts";
import type { Words } from "./words.ts";

/** The PDF in the browser's own viewer, and as a link for browsers that have none. */
export function pdfPanel({ drawn, file, spot }: Page & { drawn: Drawn }, text: Words): Markup {
  if (!drawn.def.formats.includes("pdf")) return html`<p class="quiet">${text.noPdf}</p>`;
  if (!drawn.pdf) return html`<p class="waiting"><span class="spinner" aria-hidden="true"></span>${text.drawing}</p>`;
  const src = file("report.pdf", { v: drawn.editions.pdf });
  return html`<div class="bar"><strong>${drawn.pdf.filename}</strong><span class="links"><a id="open-${spot.tab}" target="_blank" rel="noopener" href="${src}">${text.open}</a> <a download="${drawn.pdf.filename}" href="${src}">${text.download}</a></span></div>
    <iframe id="pdf" class="pdf" title="PDF" src="${src}" data-src="${src}"></iframe>`;
}

/** The workbook's sheets as tables, out of the file's own bytes. */
export function workbookPanel(page: Page & { drawn: Drawn }, text: Words): Promise<Awaited<Markup>> | Markup {
  const { drawn, file } = page;
  if (!drawn.def.formats.includes("excel")) return html`<p class="quiet">${text.noExcel}</p>`;
  if (!drawn.excel) return html`<p class="waiting"><span class="spinner" aria-hidden="true"></span>${text.drawing}</p>`;
  const { excel } = drawn;
  const src = file("report.xlsx", { v: drawn.editions.excel });
  return html`<div class="bar"><strong>${excel.filename}</strong><span class="links"><a download="${excel.filename}" href="${src}">${text.download}</a></span></div>
    <p class="quiet">${text.charts}</p>
    ${sheetOf(excel.bytes).then((sheets) => sheetView(sheets, page, text))}`;
}

function sheetView(sheets: readonly SheetView[], { spot, to }: Page, text: Words): Markup {
  const at = Math.min(spot.sheet, sheets.length - 1);
  const sheet = sheets[at];
  return html`<nav class="switch sheets" aria-label="${text.sheets}">${sheets.map(
    ({ name }, index) =>
      html`<a data-go id="sheet-${index}" href="${to({ sheet: index })}" ${index === at ? html`aria-current="true"` : ""}>${name}</a>`,
  )}</nav>
    <div class="scroll" tabindex="0" role="region" aria-label="${sheet?.name ?? ""}"><table class="sheet"><colgroup><col width="44">${sheet?.widths.map((width) => (width > 0 ? html`<col width="${width}">` : html`<col>`))}</colgroup><tbody>${sheet?.rows.map(
      (cells, row) =>
        html`<tr><th scope="row">${row + 1}</th>${cells.map(({ text: cell, number, wide }) => html`<td ${number ? raw('class="n"') : ""} colspan="${wide}">${cell}</td>`)}</tr>`,
    )}</tbody></table></div>${sheet?.cut ? html`<p class="quiet">${text.cutRows(mostRows)}</p>` : ""}`;
}

/** Read once for each edition. */
function sheetOf(bytes: Uint8Array): Promise<SheetView[]> {
  const known = read.get(bytes) ?? import("../sheets.ts").then(({ sheetsOf }) => sheetsOf(bytes));
  read.set(bytes, known);
  return known;
}

const read = new WeakMap<Uint8Array, Promise<SheetView[]>>();
