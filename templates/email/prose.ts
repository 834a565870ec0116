import { hollowWords } from "../chart/trend.ts";
import { comparisonWord, formatInstant, formatPeriod, sectionHeading, words } from "../text.ts";
import { type AttachedFile, passwordWords } from "./attached.ts";
import { clip } from "./fit.ts";
import { type Html, html } from "./html.ts";
import type { MailLogo } from "./logo.ts";
import { aside, attributes, type Frame, headingOf, section } from "./parts.ts";
import { newSentences } from "./preheader.ts";
import { formatSize } from "./size.ts";
import { ground, ink, layout } from "./style.ts";
import { headlineKpi } from "./subject.ts";

/** Who writes, which report, which period against which. */
export function headerBlock({ report, theme }: Frame, logos: readonly ShownLogo[]): Html {
  const { period, compare, comparisons, cadence, locale } = report;
  const said = words(locale);
  const basis = compare[0];
  const against =
    basis && comparisons[basis] ? ` · ${comparisonWord(basis, cadence, locale)}: ${comparisons[basis].label}` : "";
  const strip = html`<tr><td height="5" ${ground("fill", theme, { style: "height:5px;line-height:5px;font-size:1px" })}>&nbsp;</td></tr>`;
  const head = section(
    html`${brands({ report, theme }, logos)}
<h1 ${attributes(ink("ink", theme), "margin:2px 0 2px;font-size:20px;line-height:28px;font-weight:700;word-break:keep-all;overflow-wrap:anywhere")}>${report.title}</h1>
<div ${attributes(ink("text", theme), "font-size:14px;line-height:20px")}>${period.label} · ${period.final ? said.final : said.provisional}</div>
${aside(`${formatPeriod(period, locale)}${against}`, theme)}`,
    18,
  );
  return html`${strip}${head}`;
}

/** The agency, by its logo where there is one (a mark without letters has the name beside it), and the client's logo. */
function brands({ report, theme }: Frame, logos: readonly ShownLogo[]): Html {
  const [agency, client] = (["agency", "client"] as const).map((each) => logos.find(({ whose }) => whose === each));
  const picture = (logo: ShownLogo) =>
    html`<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="border-collapse:collapse"><tr><td ${ground("logo", theme, { style: "padding:0" })}><img src="cid:${logo.cid}" width="${logo.width}" height="${logo.height}" alt="${logo.alt}" style="display:block;border:0;font-size:13px"></td></tr></table>`;
  const isMark = agency && agency.width < agency.height * 1.6;
  const left =
    agency && html`<td width="1%" style="width:1%;padding:0 10px 0 0;vertical-align:middle">${picture(agency)}</td>`;
  const name = html`<td align="left" style="vertical-align:middle">${agency && !isMark ? "" : aside(report.agency_name, theme)}</td>`;
  const right =
    client && html`<td width="1%" align="right" style="width:1%;vertical-align:middle">${picture(client)}</td>`;
  return html`${layout(html`<tr>${left}${name}${right}</tr>`)}${layout(html`<tr><td style="padding:0;font-size:1px;line-height:8px">&nbsp;</td></tr>`)}`;
}

type ShownLogo = Omit<MailLogo, "png">;

/** Notes that have to be read before any number. */
export function bannerBlock({ report, theme }: Frame): Html | null {
  if (report.banners.length === 0) return null;
  const { class: name, style } = ink("warn", theme);
  const rows = report.banners.map(
    ({ text }, at) =>
      html`<tr><td ${ground("warnSoft", theme, { class: name, style: `${style};padding:${at === 0 ? 8 : 0}px 12px 8px;font-size:13px;line-height:18px;word-break:keep-all;overflow-wrap:anywhere` })}>※ ${text}</td></tr>`,
  );
  return section(layout(rows), 12);
}

/** What else there is to say, in the sentences of the summary; what the figure above says already is not said again. */
export function summaryBlock({ report, theme }: Frame): Html | null {
  const sentences = newSentences(report);
  if (sentences.length === 0) return null;
  const lines = sentences.map(
    (sentence) =>
      html`<p ${attributes(ink("ink", theme), "margin:0 0 5px;font-size:15px;line-height:23px;word-break:keep-all;overflow-wrap:anywhere")}>${sentence}</p>`,
  );
  return section(html`${lines}`, 12);
}

/** A chart as its mail knows it: the picture for light mode and, where one was drawn, the one for dark mode. */
export interface ShownChart {
  cid: string;
  width: number;
  height: number;
  alt: string;
  dark?: { cid: string } | undefined;
}

/** The chart as an inline image. Outlook on Windows and whoever drops styles show the light one, on its own white. */
export function chartBlock(chart: ShownChart, { report, theme }: Frame): Html {
  const width = Math.min(552, chart.width);
  const height = Math.round((chart.height * width) / chart.width);
  const image = (cid: string) =>
    html`<img src="cid:${cid}" width="${width}" height="${height}" alt="${chart.alt}" style="display:block;width:100%;max-width:${width}px;height:auto;border:0;font-size:13px">`;
  const dark =
    chart.dark &&
    html`<!--[if !mso]><!--><div class="only-dark" style="display:none;max-height:0;overflow:hidden;mso-hide:all">${image(chart.dark.cid)}</div><!--<![endif]-->`;
  const kpi = headlineKpi(report);
  const hollow = hollowWords(
    report,
    report.trend.series.filter((series) => series.kpi === kpi?.id),
  );
  const name = [kpi?.label, hollow].filter(Boolean).join(" · ");
  return section(
    html`${headingOf(sectionHeading("trend", report), theme)}${name && aside(name, theme)}${dark ? html`<div class="only-light">${image(chart.cid)}</div>${dark}` : image(chart.cid)}`,
  );
}

/** The person's own words, paragraph by paragraph; long ones end in the attached report. */
export function commentBlock({ report, theme }: Frame, most: number): Html | null {
  if (report.comment.length === 0) return null;
  const parts = report.comment.map(({ heading, text }) => {
    const paragraphs = clip(text, most)
      .split(/\n\s*\n/)
      .map(
        (paragraph) =>
          html`<p ${attributes(ink("text", theme), "margin:0 0 8px;font-size:14px;line-height:22px;word-break:keep-all;overflow-wrap:anywhere")}>${lines(paragraph)}</p>`,
      );
    const rest = [...text].length > most && aside(words(report.locale).moreInReport, theme);
    return html`<p ${attributes(ink("ink", theme), "margin:0 0 2px;font-size:13px;line-height:20px;font-weight:700")}>${heading}</p>${paragraphs}${rest}`;
  });
  return section(html`${headingOf(sectionHeading("comment", report), theme)}${parts}`);
}

/** Data that should be here and is not. */
export function missingBlock({ report, theme }: Frame): Html | null {
  if (report.missing.length === 0) return null;
  const lines = report.missing.map(({ source, reason }) => aside(`${source}: ${reason}`, theme));
  return section(html`${headingOf(words(report.locale).missing, theme)}${lines}`);
}

/** What is attached, or too large to be: what it is, its name, its size, and how a protected one is opened. */
export function attachmentBlock(
  title: "attached" | "leftOut",
  files: readonly AttachedFile[],
  { report, theme }: Frame,
): Html | null {
  if (files.length === 0) return null;
  const { class: accent, style } = ink("accent", theme);
  const tag = (name: string) =>
    layout(
      html`<tr><td align="center" ${ground("tag", theme, { class: accent, style: `${style};padding:2px 0;font-size:12px;line-height:16px;font-weight:700;border-radius:3px` })}>${kindOf(name)}</td></tr>`,
    );
  const rows = files.map(
    ({ name, size }) =>
      html`<tr><td width="48" style="width:48px;padding:3px 0;vertical-align:top">${tag(name)}</td><td ${attributes(ink("text", theme), "padding:3px 0 3px 10px;font-size:13px;line-height:20px;word-break:break-word;overflow-wrap:anywhere")}>${name} <span ${attributes(ink("muted", theme), "white-space:nowrap")}>${formatSize(size)}</span></td></tr>`,
  );
  const locked =
    files.some((file) => file.sealed) &&
    html`<tr><td colspan="2" style="padding:6px 0 0">${aside(passwordWords(report), theme)}</td></tr>`;
  const panel = html`<tr><td ${ground("panel", theme, { style: "padding:12px 18px;border-radius:8px" })}>${headingOf(words(report.locale)[title], theme)}${layout(html`${rows}${locked}`)}</td></tr>`;
  return section(layout(panel));
}

/** Whom to ask, when this was made, how to stop it. */
export function footerBlock({ report, theme }: Frame): Html {
  const { ae, agency_name, run, timezone, locale } = report;
  const said = words(locale);
  const contact =
    ae &&
    html`<p ${attributes(ink("text", theme), "margin:0 0 6px;font-size:13px;line-height:20px")}>${said.contact}: <b>${ae.name}</b> <a href="mailto:${ae.address}" ${attributes(ink("accent", theme))}>${ae.address}</a></p>`;
  return html`<tr><td class="side" style="padding:24px 24px 28px">${contact}${aside(`${agency_name} · ${said.asOf} ${formatInstant(run.as_of, timezone, locale)} (${timezone})`, theme)}${theme.footer && aside(theme.footer, theme)}${aside(ae ? `${said.replyReaches} ${said.unsubscribe}` : said.unsubscribe, theme)}</td></tr>`;
}

/** `XLSX`, `PDF` */
function kindOf(name: string): string {
  return (/\.([a-z0-9]{1,4})$/i.exec(name)?.[1] ?? "").toUpperCase();
}

function lines(paragraph: string): Html {
  const parts = paragraph.split("\n").map((line) => line.replace(/^\s*[-*]\s+/, "• "));
  return html`${parts.map((line, at) => html`${at > 0 && html`<br>`}${strong(line)}`)}`;
}

function strong(line: string): Html {
  return html`${line.split(/\*\*(.+?)\*\*/).map((part, at) => (at % 2 === 1 ? html`<b>${part}</b>` : part))}`;
}
