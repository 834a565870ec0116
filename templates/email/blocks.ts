import type { Goal, Kpi, Pacing, Report, Table } from "../../transforms/report/model.ts";
import {
  basisWord,
  type ChangeText,
  comparisonWord,
  formatChange,
  formatShare,
  formatValue,
  reasonText,
  sectionTitle,
  words,
} from "../text.ts";
import type { Theme } from "../theme.ts";
import { type Html, html, type Part } from "./html.ts";
import { ink, layout } from "./style.ts";

/** What every block of the mail needs. */
export interface Frame {
  report: Report;
  theme: Theme;
}

/** Notes that have to be read before any number. */
export function bannerBlock({ report, theme }: Frame): Html | null {
  if (report.banners.length === 0) return null;
  const { class: name, style } = ink("warn", theme);
  const rows = report.banners.map(
    ({ text }) =>
      html`<tr><td class="bg-warn ${name}" style="background:${theme.colours.warnSoft};${style};padding:9px 14px;font-size:13px;line-height:19px">※ ${text}</td></tr>`,
  );
  return section(layout(rows), 14);
}

/** The headline figure, what it was, its goal, and the sentences that say why. */
export function headlineBlock(kpi: Kpi, frame: Frame): Html {
  const { report, theme } = frame;
  const { locale, cadence, compare } = report;
  const basis = compare[0];
  const change = basis && kpi.changes[basis] ? formatChange(kpi.changes[basis], { ...kpi, locale }) : null;
  const before =
    basis && kpi[basis] !== null
      ? `${basisWord(basis, cadence, locale)} ${formatValue(kpi[basis], kpi, locale)}`
      : null;
  const reason = kpi.value === null && kpi.reason ? reasonText(kpi.reason, locale) : null;
  const points = change?.points && change.points !== change.text ? ` (${change.points})` : "";
  return section(
    html`<div class="${ink("muted", theme).class}" style="${ink("muted", theme).style};font-size:13px;line-height:18px">${kpi.label}</div>
<div class="c-ink hero" style="color:${theme.colours.ink};font-size:38px;line-height:46px;font-weight:700;letter-spacing:-0.5px">${formatValue(kpi.value, kpi, locale)}${reason && html` <span style="font-size:15px;font-weight:400">${reason}</span>`}</div>
${change && html`<div style="font-size:15px;line-height:22px;font-weight:700">${changeSpan(change, theme)}<span ${attributes(ink("muted", theme), "font-weight:400;font-size:13px")}>${points}${before && ` · ${before}`}</span></div>`}
${kpi.goal && goalLine(kpi.goal, frame)}`,
    16,
  );
}

/** The sentences of the summary, the first one leading. */
export function summaryBlock({ report, theme }: Frame): Html | null {
  if (report.summary.length === 0) return null;
  const lines = report.summary.map(
    (sentence, at) =>
      html`<p class="${at === 0 ? "c-ink" : "c-text"}" style="margin:0 0 6px;color:${at === 0 ? theme.colours.ink : theme.colours.text};font-size:15px;line-height:23px;${at === 0 ? "font-weight:600" : ""}">${sentence}</p>`,
  );
  return section(html`${lines}`, 12);
}

/** Every KPI a row: value, then its changes; the second comparison gives way on a phone. */
export function kpiBlock(frame: Frame, most: number): Html | null {
  const { report, theme } = frame;
  const { kpis, compare, locale, cadence } = report;
  if (kpis.length === 0) return null;
  const said = words(locale);
  const bases = compare.filter((basis) => kpis.some((kpi) => kpi.changes[basis])).slice(0, 2);
  const head = html`<tr>${headCell(said.kpi, theme, "left")}${headCell(said.value, theme)}${bases.map((basis, at) => headCell(comparisonWord(basis, cadence, locale), theme, "right", at > 0))}</tr>`;
  const rows = kpis.slice(0, most).map((kpi) => kpiRow(kpi, bases, frame));
  const left = kpis.length - rows.length;
  return section(
    html`${headingOf(sectionTitle("kpis", locale), theme)}<table width="100%" cellpadding="0" cellspacing="0" border="0" style="border-collapse:collapse">${head}${rows}</table>${left > 0 && more(left, frame)}`,
  );
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

/** Goals with how far they are reached, in words and as a bar. */
export function goalBlock(frame: Frame): Html | null {
  const goals = frame.report.kpis.flatMap((kpi) =>
    kpi.goal && kpi.goal.achievement !== null ? [{ kpi, goal: kpi.goal }] : [],
  );
  if (goals.length === 0) return null;
  const rows = goals.map(({ kpi, goal }) => {
    const share = Math.min(1, Math.max(0, Number(goal.achievement)));
    return html`${bothEnds(html`<b>${kpi.label}</b>`, goalVerdict(goal, frame), frame.theme)}${bar(share, frame.theme)}${aside(goal.text, frame.theme)}`;
  });
  return section(html`${headingOf(sectionTitle("goals", frame.report.locale), frame.theme)}${rows}`);
}

/** Budgets of the month: what is spent beside how much of the month has gone. */
export function pacingBlock(frame: Frame): Html | null {
  const { report, theme } = frame;
  if (report.pacing.length === 0) return null;
  return section(
    html`${headingOf(sectionTitle("pacing", report.locale), theme)}${report.pacing.map((line) => pacingLine(line, frame))}`,
  );
}

/** The largest parts of one table; the rest is in the workbook. */
export function tableBlock(table: Table, frame: Frame, most: number): Html {
  const { theme, report } = frame;
  const columns = table.columns.slice(0, 3);
  const head = html`<tr>${headCell(words(report.locale).name, theme, "left")}${columns.map(({ label }) => headCell(label, theme))}</tr>`;
  const rows = table.rows
    .slice(0, most)
    .map(
      (row) =>
        html`<tr>${bodyCell(html`${clip(row.name, 60)}`, theme, "left")}${columns.map((column, at) => bodyCell(html`${formatValue(row.values[at] ?? null, column, report.locale)}`, theme))}</tr>`,
    );
  const left = table.rows.length - rows.length + (table.others?.count ?? 0);
  return section(
    html`${headingOf(table.title, theme)}<table width="100%" cellpadding="0" cellspacing="0" border="0" style="border-collapse:collapse">${head}${rows}</table>${left > 0 && more(left, frame)}`,
  );
}

/** The person's own words, paragraph by paragraph. */
export function commentBlock({ report, theme }: Frame, most: number): Html | null {
  if (report.comment.length === 0) return null;
  const parts = report.comment.map(({ heading, text }) => {
    const paragraphs = clip(text, most)
      .split(/\n\s*\n/)
      .map(
        (paragraph) =>
          html`<p ${attributes(ink("text", theme), "margin:0 0 8px;font-size:14px;line-height:22px")}>${lines(paragraph)}</p>`,
      );
    return html`<p ${attributes(ink("ink", theme), "margin:0 0 2px;font-size:13px;line-height:20px;font-weight:700")}>${heading}</p>${paragraphs}`;
  });
  return section(html`${headingOf(sectionTitle("comment", report.locale), theme)}${parts}`);
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
  return html`<div ${attributes(ink("muted", theme), "font-size:12px;line-height:18px")}>${text}</div>`;
}

/** Class and style of a coloured element. */
export function attributes(colour: { class: string; style: string }, more = ""): Html {
  return html`class="${colour.class}" style="${colour.style};${more}"`;
}

/** Text cut at a length, never inside a pair of surrogates. */
export function clip(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}…`;
}

function kpiRow(kpi: Kpi, bases: readonly Report["compare"][number][], { report, theme }: Frame): Html {
  const { locale, headline } = report;
  const said = words(locale);
  const remarks = [
    kpi.value === null && kpi.reason ? reasonText(kpi.reason, locale) : "",
    kpi.provisional ? said.provisional : "",
    kpi.excludes.length > 0 ? excluded(kpi.excludes, report) : "",
  ].filter(Boolean);
  const name = html`${clip(kpi.label, 80)}${remarks.length > 0 && html`<br><span ${attributes(ink("muted", theme), "font-size:11px")}>${remarks.join(" · ")}</span>`}`;
  const changes = bases.map((basis, at) =>
    bodyCell(changeSpan(formatChange(kpi.changes[basis], { ...kpi, locale }), theme), theme, "right", at > 0),
  );
  const value = html`<b>${formatValue(kpi.value, kpi, locale)}</b>`;
  return html`<tr>${bodyCell(kpi.id === headline ? html`<b>${name}</b>` : name, theme, "left")}${bodyCell(value, theme)}${changes}</tr>`;
}

/** `메타 광고 제외`, `without Meta Ads` */
export function excluded(platforms: readonly string[], { locale }: Report): string {
  const said = words(locale);
  return locale === "ko-KR" ? `${platforms.join(", ")} ${said.excludes}` : `${said.excludes} ${platforms.join(", ")}`;
}

function changeSpan(change: ChangeText, theme: Theme): Html {
  return html`<span ${attributes(changeInk(change, theme), "white-space:nowrap")}>${change.label}</span>`;
}

function changeInk({ direction, tone }: ChangeText, theme: Theme): { class: string; style: string } {
  if (direction === "flat") return ink("muted", theme);
  if (theme.changeColours === "kr") return ink(direction, theme);
  if (theme.changeColours === "western") return ink(direction === "up" ? "good" : "bad", theme);
  return ink(tone === "neutral" ? "muted" : tone, theme);
}

function headCell(text: string, theme: Theme, align: "left" | "right" = "right", secondary = false): Html {
  const side = align === "left" ? "padding-right:6px" : "padding-left:6px";
  return html`<th scope="col" align="${align}" class="c-muted line${secondary ? " wide" : ""}" style="color:${theme.colours.muted};font-size:11px;line-height:16px;font-weight:600;padding-bottom:5px;${side};border-bottom:1px solid ${theme.colours.accentSoft};text-align:${align}">${text}</th>`;
}

function bodyCell(content: Html, theme: Theme, align: "left" | "right" = "right", secondary = false): Html {
  const side =
    align === "left"
      ? "padding-right:6px;word-break:break-word;overflow-wrap:anywhere"
      : "padding-left:6px;white-space:nowrap";
  return html`<td align="${align}" class="c-text line${secondary ? " wide" : ""}" style="color:${theme.colours.text};font-size:14px;line-height:20px;padding-top:7px;padding-bottom:7px;${side};border-bottom:1px solid ${theme.colours.line};text-align:${align};vertical-align:top">${content}</td>`;
}

function goalLine(goal: Goal, frame: Frame): Html {
  return html`<div style="font-size:13px;line-height:20px"><span ${attributes(ink("text", frame.theme))}>${goal.text}</span>${goal.achievement !== null && html` · ${goalVerdict(goal, frame)}`}</div>`;
}

function goalVerdict({ achieved, achievement }: Goal, { report, theme }: Frame): Html {
  const said = words(report.locale);
  const share = `${said.achievement} ${formatShare(achievement, report.locale)}`;
  if (achieved === null) return html`${share}`;
  const verdict = achieved ? `✓ ${said.achieved}` : `✗ ${said.missed}`;
  return html`${share} <b ${attributes(ink(achieved ? "good" : "bad", theme))}>${verdict}</b>`;
}

function pacingLine(line: Pacing, { report, theme }: Frame): Html {
  const { locale } = report;
  const said = words(locale);
  const money = (value: string | null) => formatValue(value, { unit: "money", currency: line.currency }, locale);
  const spent = html`<b>${money(line.spent)}</b> / ${money(line.budget)}`;
  const details = [
    `${said.used} ${formatShare(line.used, locale)}`,
    `${said.elapsed} ${formatShare(line.elapsed, locale)}`,
    `${said.projected} ${money(line.projected)}`,
    line.needed_per_day === null ? "" : `${said.neededPerDay} ${money(line.needed_per_day)}`,
  ];
  return html`${bothEnds(html`<b>${line.label}</b> · ${line.month}`, spent, theme)}${bar(Math.min(1, Math.max(0, Number(line.used))), theme)}${aside(details.filter(Boolean).join(" · "), theme)}`;
}

function bothEnds(left: Html, right: Html, theme: Theme): Html {
  const cell = (content: Html, align: string) =>
    html`<td align="${align}" ${attributes(ink("text", theme), `font-size:14px;line-height:20px;padding:6px 0 4px;text-align:${align};vertical-align:bottom`)}>${content}</td>`;
  return layout(html`<tr>${cell(left, "left")}${cell(right, "right")}</tr>`);
}

/** A bar of two table cells: the only kind that every mail program draws. */
function bar(share: number, theme: Theme): Html {
  const percent = Math.round(share * 100);
  const fill =
    percent > 0 &&
    html`<td class="bg-fill" width="${percent}%" height="6" style="width:${percent}%;height:6px;line-height:6px;font-size:1px;background:${theme.colours.accent}">&nbsp;</td>`;
  const track =
    percent < 100 &&
    html`<td class="bg-track" height="6" style="height:6px;line-height:6px;font-size:1px;background:${theme.colours.line}">&nbsp;</td>`;
  return html`<div aria-hidden="true">${layout(html`<tr>${fill}${track}</tr>`, "margin-bottom:4px")}</div>`;
}

function more(count: number, { report, theme }: Frame): Html {
  return html`<div style="padding-top:6px">${aside(words(report.locale).moreInWorkbook.replace("{count}", String(count)), theme)}</div>`;
}

function lines(paragraph: string): Html {
  const parts = paragraph.split("\n").map((line) => line.replace(/^\s*[-*]\s+/, "• "));
  return html`${parts.map((line, at) => html`${at > 0 && html`<br>`}${strong(line)}`)}`;
}

/** `**words**` of a comment; everything else stays as written. */
function strong(line: string): Html {
  return html`${line.split(/\*\*(.+?)\*\*/).map((part, at) => (at % 2 === 1 ? html`<b>${part}</b>` : part))}`;
}
