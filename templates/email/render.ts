import type { Report } from "../../transforms/report/model.ts";
import { oneLine } from "../clean.ts";
import { comparisonWord, formatInstant, formatPeriod, languageOf, words } from "../text.ts";
import { theme as ownTheme, type Theme } from "../theme.ts";
import {
  aside,
  attributes,
  bannerBlock,
  chartBlock,
  clip,
  commentBlock,
  type Frame,
  goalBlock,
  headingOf,
  headlineBlock,
  kpiBlock,
  pacingBlock,
  section,
  summaryBlock,
  tableBlock,
} from "./blocks.ts";
import { type Html, html } from "./html.ts";
import { plainText } from "./plain.ts";
import { formatSize } from "./size.ts";
import { fontStack, headStyles, ink, layout } from "./style.ts";
import { headlineKpi, subjectOf } from "./subject.ts";

export interface EmailOptions {
  /** The inline chart: the caller attaches the image under this content id, twice as many pixels as its width. */
  chart: { cid: string; width: number; height: number; alt: string } | null;
  /** What is attached, for the reader; sizes in bytes. */
  attachments: readonly { name: string; size: number }[];
  theme?: Theme;
}

export interface Email {
  subject: string;
  preheader: string;
  html: string;
  text: string;
}

/** The report as a mail: one screen answers, the rest follows. The HTML stays below the 102 kB where Gmail clips. */
export function renderEmail(report: Report, { chart, attachments, theme = ownTheme }: EmailOptions): Email {
  const subject = subjectOf(report);
  const preheader = clip(oneLine(report.summary.join(" ")) || oneLine(report.title), 160);
  const frame = { report, theme };
  const versions = roomFor.map((room) => document({ subject, preheader, frame, chart, attachments, room }));
  const fitting = versions.find((version) => Buffer.byteLength(version) <= mostBytes) ?? versions.at(-1) ?? "";
  return { subject, preheader, html: fitting, text: plainText(report, attachments, chart?.alt ?? null) };
}

const mostBytes = 98_000;

/** How much of the long parts is shown; the first that fits is taken. */
const roomFor = [
  { kpis: 16, rows: 5, comment: 4000, banners: 12 },
  { kpis: 12, rows: 0, comment: 800, banners: 5 },
  { kpis: 6, rows: 0, comment: 200, banners: 3 },
] as const;

interface Content extends EmailOptions {
  subject: string;
  preheader: string;
  frame: Frame;
  room: (typeof roomFor)[number];
}

function document({ subject, preheader, frame, chart, attachments, room }: Content): string {
  const { report, theme } = cut(frame, room);
  const own = { report, theme };
  const kpi = headlineKpi(report);
  const table = report.breakdowns[0];
  const blocks = [
    headerBlock(own),
    bannerBlock(own),
    kpi && headlineBlock(kpi, own),
    summaryBlock(own),
    kpiBlock(own, room.kpis),
    chart && chartBlock(chart),
    goalBlock(own),
    pacingBlock(own),
    commentBlock(own, room.comment),
    room.rows > 0 && table && table.rows.length > 0 && tableBlock(table, own, room.rows),
    missingBlock(own),
    attachmentBlock(attachments, own),
    footerBlock(own),
  ];
  const font = `font-family:${fontStack(report.locale)}`;
  const card = html`<table role="presentation" class="bg-card" width="600" cellpadding="0" cellspacing="0" border="0" align="center" style="width:100%;max-width:600px;background:${theme.colours.paper};border-collapse:collapse">${blocks}</table>`;
  const page = html`<!doctype html>
<html lang="${languageOf(report.locale)}" xmlns="http://www.w3.org/1999/xhtml"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><meta name="format-detection" content="telephone=no,date=no,address=no,email=no"><title>${subject}</title>${headStyles(theme)}</head>
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

function cut({ report, theme }: Frame, room: Content["room"]): Frame {
  return {
    theme,
    report: {
      ...report,
      banners: report.banners.slice(0, room.banners),
      missing: report.missing.slice(0, room.banners),
      summary: report.summary.slice(0, 5).map((text) => clip(text, 400)),
    },
  };
}

function headerBlock({ report, theme }: Frame): Html {
  const { period, compare, comparisons, cadence, locale } = report;
  const said = words(locale);
  const basis = compare[0];
  const against =
    basis && comparisons[basis] ? ` · ${comparisonWord(basis, cadence, locale)}: ${comparisons[basis].label}` : "";
  return section(
    html`${aside(report.agency_name, theme)}
<h1 ${attributes(ink("ink", theme), "margin:2px 0 2px;font-size:20px;line-height:28px;font-weight:700")}>${report.title}</h1>
<div ${attributes(ink("text", theme), "font-size:14px;line-height:20px")}>${period.label} · ${period.final ? said.final : said.provisional}</div>
${aside(`${formatPeriod(period, locale)}${against}`, theme)}`,
    24,
  );
}

function missingBlock({ report, theme }: Frame): Html | null {
  if (report.missing.length === 0) return null;
  const lines = report.missing.map(({ source, reason }) => aside(`${source}: ${reason}`, theme));
  return section(html`${headingOf(words(report.locale).missing, theme)}${lines}`);
}

function attachmentBlock(attachments: EmailOptions["attachments"], { report, theme }: Frame): Html | null {
  if (attachments.length === 0) return null;
  const rows = attachments.map(
    ({ name, size }) =>
      html`<div ${attributes(ink("text", theme), "font-size:13px;line-height:20px;word-break:break-word")}>${name} <span ${attributes(ink("muted", theme))}>${formatSize(size)}</span></div>`,
  );
  const panel = html`<tr><td class="bg-panel" style="background:${theme.colours.panel};padding:12px 14px">${headingOf(words(report.locale).attached, theme)}${rows}</td></tr>`;
  return section(layout(panel));
}

function footerBlock({ report, theme }: Frame): Html {
  const { ae, agency_name, run, timezone, locale } = report;
  const said = words(locale);
  const contact =
    ae &&
    html`<p ${attributes(ink("text", theme), "margin:0 0 6px;font-size:13px;line-height:20px")}>${said.contact}: ${ae.name} &lt;<a href="mailto:${ae.address}">${ae.address}</a>&gt;</p>`;
  return html`<tr><td class="side line" style="padding:24px 24px 28px">${contact}${aside(`${agency_name} · ${said.asOf} ${formatInstant(run.as_of, timezone, locale)} (${timezone})`, theme)}${aside(said.unsubscribe, theme)}</td></tr>`;
}
