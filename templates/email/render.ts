import type { Report, SectionId } from "../../transforms/report/model.ts";
import { stampOf } from "../../transforms/report/stamp.ts";
import { oneLine } from "../clean.ts";
import { languageOf } from "../text.ts";
import { theme as ownTheme, type Theme } from "../theme.ts";
import { goalBlock, headlineBlock, kpiBlock, pacingBlock, tableBlock } from "./figures.ts";
import { clip, fitted, type Room, rooms } from "./fit.ts";
import { type Html, html } from "./html.ts";
import type { Frame } from "./parts.ts";
import { plainText } from "./plain.ts";
import {
  attachmentBlock,
  bannerBlock,
  chartBlock,
  commentBlock,
  footerBlock,
  headerBlock,
  missingBlock,
  summaryBlock,
} from "./prose.ts";
import { fontStack, headStyles, layout } from "./style.ts";
import { headlineKpi, subjectOf } from "./subject.ts";

/** What the mail needs besides the report. */
export interface EmailOptions {
  /** The inline chart: the caller attaches the image under this content id, twice as many pixels as its width. */
  chart: { cid: string; width: number; height: number; alt: string } | null;
  /** What is attached, for the reader; sizes in bytes. */
  attachments: readonly { name: string; size: number }[];
  /** What is too large to attach: the reader is told whom to ask for it. */
  leftOut?: readonly { name: string; size: number }[];
  theme?: Theme;
}

/** One message's texts; the caller adds addresses, attachments and the chart's image. */
export interface Email {
  subject: string;
  preheader: string;
  html: string;
  text: string;
}

/** The report as a mail: one screen answers, the rest follows. The HTML stays below the 102 kB where Gmail clips. */
export function renderEmail(
  report: Report,
  { chart, attachments, leftOut = [], theme = ownTheme }: EmailOptions,
): Email {
  const subject = subjectOf(report);
  const preheader = clip(oneLine(report.summary.join(" ")) || oneLine(report.title), 160);
  const frame = { report, theme };
  let markup = "";
  for (const room of rooms) {
    markup = document({ subject, preheader, frame, chart, attachments, leftOut, room });
    if (Buffer.byteLength(markup) <= mostBytes) break;
  }
  return {
    subject,
    preheader,
    html: markup,
    text: plainText(report, { attachments, leftOut, chart: chart?.alt ?? null }),
  };
}

/** Room is left for what a mail program adds. */
const mostBytes = 98_000;

interface Content extends EmailOptions {
  subject: string;
  preheader: string;
  frame: Frame;
  room: Room;
}

function document({ subject, preheader, frame, chart, attachments, leftOut = [], room }: Content): string {
  const { theme } = frame;
  const report = fitted(frame.report, room);
  const own = { report, theme };
  const kpi = headlineKpi(report);
  const table = report.breakdowns[0];
  const has = (section: SectionId) => report.sections.includes(section);
  const blocks = [
    headerBlock(own),
    bannerBlock(own),
    kpi && headlineBlock(kpi, own),
    has("summary") && summaryBlock(own),
    has("comment") && commentBlock(own, room.comment),
    has("kpis") && kpiBlock(own, room.kpis),
    chart && chartBlock(chart),
    has("goals") && goalBlock(own, room.list),
    has("pacing") && pacingBlock(own),
    has("breakdowns") && table && room.rows > 0 && tableBlock(table, own, room.rows),
    missingBlock(own),
    attachmentBlock("attached", attachments, own),
    attachmentBlock("leftOut", leftOut, own),
    footerBlock(own),
  ];
  const font = `font-family:${fontStack(report.locale)}`;
  const card = html`<table role="presentation" class="bg-card" width="600" cellpadding="0" cellspacing="0" border="0" align="center" style="width:100%;max-width:600px;background:${theme.colours.paper};border-collapse:collapse">${blocks}</table>`;
  const page = html`<!doctype html>
<html lang="${languageOf(report.locale)}" xmlns="http://www.w3.org/1999/xhtml"><head><meta charset="utf-8"><meta name="report-run" content="${stampOf(report)}"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><meta name="format-detection" content="telephone=no,date=no,address=no,email=no"><title>${subject}</title>${headStyles(theme)}</head>
<body class="bg-page" style="margin:0;padding:0;background:${theme.colours.panel};${fontMarkup(font)}">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all;font-size:1px;line-height:1px">${preheader}${filler}</div>
${layout(html`<tr><td align="center" style="padding:0;${fontMarkup(font)}">${card}</td></tr>`)}
</body></html>`;
  return page.markup;
}

/** Our own font names carry quotes that must not be escaped inside a style. */
const fontMarkup = (font: string): Html => ({ markup: font });

/** Keeps mail programs from showing the body's first words after the preheader. */
const filler: Html = { markup: "&#8199;&#847;".repeat(40) };
