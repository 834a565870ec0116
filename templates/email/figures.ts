import type { Kpi, Pacing, Report, Table } from "../../transforms/report/model.ts";
import { comparisonWord, formatChange, formatShare, formatValue, reasonText, sectionHeading, words } from "../text.ts";
import { goalState } from "./hero.ts";
import { type Html, html } from "./html.ts";
import {
  aside,
  attributes,
  bar,
  bodyCell,
  bothEnds,
  changeSpan,
  type Frame,
  figures,
  headCell,
  headingOf,
  more,
  section,
} from "./parts.ts";
import { ink } from "./style.ts";
import { headlineKpi } from "./subject.ts";

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
    html`${headingOf(sectionHeading("kpis", report), theme)}${figures(sectionHeading("kpis", report), [head, ...rows])}${left > 0 && more(left, frame)}`,
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
    const fill = goal.achieved === null ? "fill" : goal.achieved ? "reached" : "short";
    return html`${bothEnds(html`<b>${kpi.label}</b>`, goalState(goal, frame), frame.theme)}${bar(Number(goal.achievement), frame.theme, fill)}${aside(goal.text, frame.theme)}`;
  });
  return section(html`${headingOf(sectionHeading("goals", frame.report), frame.theme)}${rows}`);
}

/** Budgets of the month: what is spent beside how much of the month has gone. */
export function pacingBlock(frame: Frame): Html | null {
  const { report, theme } = frame;
  if (report.pacing.length === 0) return null;
  return section(
    html`${headingOf(sectionHeading("pacing", report), theme)}${report.pacing.map((line) => pacingLine(line, frame))}`,
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
    html`${headingOf(table.title, theme)}${figures(table.title, [head, ...rows])}${left > 0 && more(left, frame)}`,
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
  const name = html`${kpi.label}${remarks.length > 0 && html`<br><span ${attributes(ink("muted", theme), "font-size:12px")}>${remarks.join(" · ")}</span>`}`;
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
  return html`${bothEnds(html`<b>${line.label}</b> · ${line.month}`, spent, theme)}${bar(Number(line.used), theme)}${aside(details.filter(Boolean).join(" · "), theme)}`;
}
