import type { Goal, Kpi, Pacing, Report, Table } from "../../transforms/report/model.ts";
import {
  basisWord,
  comparisonWord,
  formatChange,
  formatShare,
  formatValue,
  reasonText,
  sectionTitle,
  words,
} from "../text.ts";
import { type Html, html } from "./html.ts";
import {
  aside,
  attributes,
  bar,
  bodyCell,
  bothEnds,
  changeSpan,
  type Frame,
  headCell,
  headingOf,
  more,
  section,
} from "./parts.ts";
import { ink } from "./style.ts";
import { headlineKpi } from "./subject.ts";

/** The headline figure, what it was, and its goal. */
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

/** Goals with how far they are reached, in words and as a bar; the headline's own stands with its figure. */
export function goalBlock(frame: Frame, most: number): Html | null {
  const lead = headlineKpi(frame.report);
  const goals = frame.report.kpis.flatMap((kpi) =>
    kpi.goal?.achievement && kpi !== lead ? [{ kpi, goal: kpi.goal }] : [],
  );
  if (goals.length === 0) return null;
  const rows = goals.slice(0, most).map(({ kpi, goal }) => {
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
        html`<tr>${bodyCell(html`${row.name}`, theme, "left")}${columns.map((column, at) => bodyCell(html`${formatValue(row.values[at] ?? null, column, report.locale)}`, theme))}</tr>`,
    );
  const left = table.rows.length - rows.length + (table.others?.count ?? 0);
  return section(
    html`${headingOf(table.title, theme)}<table width="100%" cellpadding="0" cellspacing="0" border="0" style="border-collapse:collapse">${head}${rows}</table>${left > 0 && more(left, frame)}`,
  );
}

function kpiRow(kpi: Kpi, bases: readonly Report["compare"][number][], { report, theme }: Frame): Html {
  const { locale, headline } = report;
  const said = words(locale);
  const remarks = [
    kpi.value === null && kpi.reason ? reasonText(kpi.reason, locale) : "",
    kpi.provisional ? said.provisional : "",
    kpi.excludes.length > 0 ? excluded(kpi.excludes, report) : "",
  ].filter(Boolean);
  const name = html`${kpi.label}${remarks.length > 0 && html`<br><span ${attributes(ink("muted", theme), "font-size:11px")}>${remarks.join(" · ")}</span>`}`;
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

function goalLine(goal: Goal, frame: Frame): Html {
  const verdict = goal.achievement !== null && html` · ${goalVerdict(goal, frame)}`;
  return html`<div ${attributes(ink("text", frame.theme), "font-size:13px;line-height:20px")}>${goal.text}${verdict}</div>`;
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
