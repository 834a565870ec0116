import type { Report, SectionId } from "../../transforms/report/model.ts";
import { stampOf } from "../../transforms/report/stamp.ts";
import { languageOf } from "../text.ts";
import { theme as ownTheme, type Theme } from "../theme.ts";
import type { AttachedFile } from "./attached.ts";
import { goalBlock, kpiBlock, pacingBlock, tableBlock } from "./figures.ts";
import { fitted, type Room, rooms } from "./fit.ts";
import { heroBlock } from "./hero.ts";
import { type Html, html } from "./html.ts";
import type { MailLogo } from "./logo.ts";
import { channelBlock, funnelBlock } from "./overview.ts";
import type { Frame } from "./parts.ts";
import { plainText } from "./plain.ts";
import { preheaderOf } from "./preheader.ts";
import {
  attachmentBlock,
  bannerBlock,
  chartBlock,
  commentBlock,
  footerBlock,
  headerBlock,
  missingBlock,
  type ShownChart,
  summaryBlock,
} from "./prose.ts";
import { fontStack, ground, headStyles, layout, outlookStyles } from "./style.ts";
import { headlineKpi, subjectOf } from "./subject.ts";

/** What the mail needs besides the report. */
export interface EmailOptions {
  /** The inline chart: the caller attaches its images under their content ids. */
  chart: ShownChart | null;
  /** The logos in its head, attached likewise; a name stands where there is none. */
  logos?: readonly Omit<MailLogo, "png">[];
  /** What is attached, for the reader. */
  attachments: readonly AttachedFile[];
  /** What is too large to attach: the reader is told whom to ask for it. */
  leftOut?: readonly AttachedFile[];
  theme?: Theme;
}

/** One message's texts; the caller adds addresses, attachments and the chart's images. */
export interface Email {
  subject: string;
  preheader: string;
  html: string;
  text: string;
}

/** The report as a mail: one screen answers, the rest follows. The HTML stays below the 102 kB where Gmail clips. */
export function renderEmail(
  report: Report,
  { chart, logos = [], attachments, leftOut = [], theme = ownTheme }: EmailOptions,
): Email {
  const subject = subjectOf(report);
  const preheader = preheaderOf(report);
  const frame = { report, theme };
  let markup = "";
  for (const room of rooms) {
    markup = document({ subject, preheader, frame, chart, logos, attachments, leftOut, room });
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

function document({ subject, preheader, frame, chart, logos = [], attachments, leftOut = [], room }: Content): string {
  const { theme } = frame;
  const report = fitted(frame.report, room);
  const own = { report, theme };
  const kpi = headlineKpi(report);
  const blocks = [
    headerBlock(own, logos),
    bannerBlock(own),
    kpi && heroBlock(kpi, own),
    report.sections.includes("summary") && summaryBlock(own),
    report.sections.includes("comment") && commentBlock(own, room.comment),
    chart && chartBlock(chart, own),
    ...report.sections.map((section) => parts[section]?.(own, room)),
    missingBlock(own),
    attachmentBlock("attached", attachments, own),
    attachmentBlock("leftOut", leftOut, own),
    footerBlock(own),
  ];
  return page({ subject, preheader, report, theme, blocks }).markup;
}

/** What follows the first screen, in the order that the report asks for. */
const parts: Partial<Record<SectionId, (frame: Frame, room: Room) => Html | null>> = {
  kpis: (frame, room) => kpiBlock(frame, room.kpis),
  north_star: (frame, room) => kpiBlock(frame, room.kpis),
  channels: channelBlock,
  funnel: funnelBlock,
  goals: (frame, room) => goalBlock(frame, room.list),
  pacing: pacingBlock,
  breakdowns: (frame, room) => {
    const table = frame.report.breakdowns[0];
    return table && room.rows > 0 ? tableBlock(table, frame, room.rows) : null;
  },
};

/**
 * The page around the blocks: 600 pixels on a wide screen, the whole width on a narrow one. Outlook on Windows knows no
 * maximal width and gets a table of fixed width instead.
 */
function page({
  subject,
  preheader,
  report,
  theme,
  blocks,
}: Frame & Pick<Content, "subject" | "preheader"> & { blocks: (Html | null | false | undefined)[] }): Html {
  const language = languageOf(report.locale);
  const font = `font-family:${fontStack(report.locale, theme)}`;
  const style = (text: string): Html => ({ markup: text }); // our own font names carry quotes that must not be escaped
  const card = html`<!--[if mso]><table role="presentation" width="600" align="center" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]--><table role="presentation" width="100%" align="center" cellpadding="0" cellspacing="0" border="0" ${ground("card", theme, { style: "width:100%;max-width:600px;border-collapse:collapse" })}>${blocks}</table><!--[if mso]></td></tr></table><![endif]-->`;
  return html`<!doctype html>
<html lang="${language}" dir="ltr" xmlns="http://www.w3.org/1999/xhtml" xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset="utf-8"><meta name="report-run" content="${stampOf(report)}"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><meta name="format-detection" content="telephone=no,date=no,address=no,email=no"><title>${subject}</title>${outlookStyles(report.locale)}${headStyles(theme)}</head>
<body ${ground("page", theme, { style: "margin:0;padding:0" })}>
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all;font-size:1px;line-height:1px">${preheader}${filler}</div>
<div role="article" aria-roledescription="email" aria-label="${subject}" lang="${language}" dir="ltr" style="${style(font)}">
${layout(html`<tr><td align="center" ${ground("page", theme, { style: "padding:0" })}>${card}</td></tr>`)}
</div></body></html>`;
}

/** Keeps mail programs from showing the body's first words after the preheader. */
const filler: Html = { markup: "&#8199;&#847;".repeat(60) };
