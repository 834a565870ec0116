import { comparisonWord, formatInstant, formatPeriod, sectionTitle, words } from "../text.ts";
import { clip } from "./fit.ts";
import { type Html, html } from "./html.ts";
import { aside, attributes, type Frame, headingOf, section } from "./parts.ts";
import { formatSize } from "./size.ts";
import { ink, layout } from "./style.ts";

/** Who writes, which report, which period against which. */
export function headerBlock({ report, theme }: Frame): Html {
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

/** Notes that have to be read before any number. */
export function bannerBlock({ report, theme }: Frame): Html | null {
  if (report.banners.length === 0) return null;
  const { class: name, style } = ink("warn", theme);
  const rows = report.banners.map(
    ({ text }) =>
      html`<tr><td class="bg-warn ${name}" style="background:${theme.colours.warnSoft};${style};padding:9px 14px;font-size:13px;line-height:19px;word-break:keep-all;overflow-wrap:anywhere">※ ${text}</td></tr>`,
  );
  return section(layout(rows), 14);
}

/** The sentences of the summary, the first one leading. */
export function summaryBlock({ report, theme }: Frame): Html | null {
  if (report.summary.length === 0) return null;
  const lines = report.summary.map(
    (sentence, at) =>
      html`<p class="${at === 0 ? "c-ink" : "c-text"}" style="margin:0 0 6px;color:${at === 0 ? theme.colours.ink : theme.colours.text};font-size:15px;line-height:23px;word-break:keep-all;overflow-wrap:anywhere;${at === 0 ? "font-weight:600" : ""}">${sentence}</p>`,
  );
  return section(html`${lines}`, 12);
}

/** The chart as an inline image on white, whatever the mode, since its labels are dark. */
export function chartBlock({
  cid,
  width,
  height,
  alt,
}: {
  cid: string;
  width: number;
  height: number;
  alt: string;
}): Html {
  const shown = Math.min(552, width);
  return section(
    html`<img src="cid:${cid}" width="${shown}" height="${Math.round((height * shown) / width)}" alt="${alt}" style="display:block;width:100%;max-width:${shown}px;height:auto;border:0;border-radius:6px;background:#ffffff;font-size:13px">`,
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
  return section(html`${headingOf(sectionTitle("comment", report.locale), theme)}${parts}`);
}

/** Data that should be here and is not. */
export function missingBlock({ report, theme }: Frame): Html | null {
  if (report.missing.length === 0) return null;
  const lines = report.missing.map(({ source, reason }) => aside(`${source}: ${reason}`, theme));
  return section(html`${headingOf(words(report.locale).missing, theme)}${lines}`);
}

/** What is attached. */
export function attachmentBlock(
  title: "attached" | "leftOut",
  attachments: readonly { name: string; size: number }[],
  { report, theme }: Frame,
): Html | null {
  if (attachments.length === 0) return null;
  const rows = attachments.map(
    ({ name, size }) =>
      html`<div ${attributes(ink("text", theme), "font-size:13px;line-height:20px;word-break:break-word")}>${name} <span ${attributes(ink("muted", theme))}>${formatSize(size)}</span></div>`,
  );
  const panel = html`<tr><td class="bg-panel" style="background:${theme.colours.panel};padding:12px 14px">${headingOf(words(report.locale)[title], theme)}${rows}</td></tr>`;
  return section(layout(panel));
}

/** Whom to ask, when this was made, how to stop it. */
export function footerBlock({ report, theme }: Frame): Html {
  const { ae, agency_name, run, timezone, locale } = report;
  const said = words(locale);
  const contact =
    ae &&
    html`<p ${attributes(ink("text", theme), "margin:0 0 6px;font-size:13px;line-height:20px")}>${said.contact}: ${ae.name} &lt;<a href="mailto:${ae.address}">${ae.address}</a>&gt;</p>`;
  return html`<tr><td class="side line" style="padding:24px 24px 28px">${contact}${aside(`${agency_name} · ${said.asOf} ${formatInstant(run.as_of, timezone, locale)} (${timezone})`, theme)}${aside(said.unsubscribe, theme)}</td></tr>`;
}

function lines(paragraph: string): Html {
  const parts = paragraph.split("\n").map((line) => line.replace(/^\s*[-*]\s+/, "• "));
  return html`${parts.map((line, at) => html`${at > 0 && html`<br>`}${strong(line)}`)}`;
}

function strong(line: string): Html {
  return html`${line.split(/\*\*(.+?)\*\*/).map((part, at) => (at % 2 === 1 ? html`<b>${part}</b>` : part))}`;
}
