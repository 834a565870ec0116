import type { Kpi, Report, SectionId } from "../../transforms/report/model.ts";
import { cleanText, oneLine, textWidth } from "../clean.ts";
import {
  comparisonWord,
  formatChange,
  formatInstant,
  formatShare,
  formatValue,
  reasonText,
  sectionTitle,
  words,
} from "../text.ts";
import { excluded } from "./figures.ts";
import { formatSize } from "./size.ts";
import { headlineKpi } from "./subject.ts";

/** The mail as plain text, the answer in its first lines; columns line up in a fixed-width view and read in any other. */
export function plainText(
  report: Report,
  { attachments, leftOut, chart }: { attachments: Files; leftOut: Files; chart: string | null },
): string {
  const { locale, period } = report;
  const said = words(locale);
  const kpi = headlineKpi(report);
  const has = (section: SectionId) => report.sections.includes(section);
  const blocks = [
    [report.title, `${period.label} · ${period.final ? said.final : said.provisional}`],
    [kpi ? headline(kpi, report) : "", ...(has("summary") ? report.summary : [])],
    report.banners.map(({ text }) => `※ ${text}`),
    has("comment") ? commentLines(report) : [],
    has("kpis") ? kpiLines(report) : [],
    has("goals") ? goalLines(report) : [],
    has("pacing") ? pacingLines(report) : [],
    report.missing.length > 0
      ? [rule(said.missing), ...report.missing.map(({ source, reason }) => `- ${source}: ${reason}`)]
      : [],
    chart ? [`${said.chart}: ${chart}`] : [],
    fileLines(said.attached, attachments),
    fileLines(said.leftOut, leftOut),
    closing(report),
  ];
  const text = blocks
    .map((lines) => lines.filter(Boolean).join("\n"))
    .filter(Boolean)
    .join("\n\n");
  return `${cleanText(text)}\n`;
}

type Files = readonly { name: string; size: number }[];

function fileLines(title: string, files: Files): string[] {
  return files.length > 0 ? [rule(title), ...files.map(({ name, size }) => `- ${name} (${formatSize(size)})`)] : [];
}

function headline(kpi: Kpi, { compare, cadence, locale }: Report): string {
  const basis = compare[0];
  const value = `${kpi.label}: ${formatValue(kpi.value, kpi, locale)}${kpi.value === null && kpi.reason ? ` (${reasonText(kpi.reason, locale)})` : ""}`;
  if (!basis || !kpi.changes[basis]) return value;
  const change = formatChange(kpi.changes[basis], { ...kpi, locale });
  const points = change.points && change.points !== change.text ? `, ${change.points}` : "";
  return `${value} (${comparisonWord(basis, cadence, locale)} ${change.label}${points})`;
}

function commentLines({ comment, locale }: Report): string[] {
  if (comment.length === 0) return [];
  return [
    rule(sectionTitle("comment", locale)),
    ...comment.flatMap(({ heading, text }) => [`[${oneLine(heading)}]`, text.trim()]),
  ];
}

function kpiLines(report: Report): string[] {
  const { kpis, compare, cadence, locale } = report;
  const said = words(locale);
  const bases = compare.filter((basis) => kpis.some((kpi) => kpi.changes[basis])).slice(0, 2);
  const rows = kpis.map((kpi) => [
    oneLine(kpi.label),
    formatValue(kpi.value, kpi, locale),
    ...bases.map((basis) => formatChange(kpi.changes[basis], { ...kpi, locale }).label),
    [
      kpi.value === null && kpi.reason ? reasonText(kpi.reason, locale) : "",
      kpi.provisional ? said.provisional : "",
      kpi.excludes.length > 0 ? excluded(kpi.excludes, report) : "",
    ]
      .filter(Boolean)
      .join(" · "),
  ]);
  if (rows.length === 0) return [];
  const head = ["", said.value, ...bases.map((basis) => comparisonWord(basis, cadence, locale)), ""];
  return [rule(sectionTitle("kpis", locale)), ...aligned([head, ...rows])];
}

/** Columns padded to their widest cell, the first to the left, numbers to the right, two spaces between. */
function aligned(rows: readonly string[][]): string[] {
  const count = Math.max(...rows.map(({ length }) => length));
  const widths = Array.from({ length: count }, (_, at) =>
    Math.min(32, Math.max(...rows.map((row) => textWidth(row[at] ?? "")))),
  );
  return rows.map((row) =>
    row
      .map((cell, at) => {
        const room = " ".repeat(Math.max(0, (widths[at] ?? 0) - textWidth(cell)));
        return at === 0 ? cell + room : at === count - 1 ? cell : room + cell;
      })
      .join("  ")
      .trimEnd(),
  );
}

function goalLines({ kpis, locale }: Report): string[] {
  const said = words(locale);
  const lines = kpis.flatMap(({ label, goal }) => {
    if (!goal || goal.achievement === null) return [];
    const verdict = goal.achieved === null ? "" : goal.achieved ? ` - ${said.achieved}` : ` - ${said.missed}`;
    return [`- ${label}: ${goal.text} · ${said.achievement} ${formatShare(goal.achievement, locale)}${verdict}`];
  });
  return lines.length > 0 ? [rule(sectionTitle("goals", locale)), ...lines] : [];
}

function pacingLines({ pacing, locale }: Report): string[] {
  const said = words(locale);
  const lines = pacing.map((line) => {
    const money = (value: string | null) => formatValue(value, { unit: "money", currency: line.currency }, locale);
    return `- ${line.label} ${line.month}: ${money(line.spent)} / ${money(line.budget)} · ${said.used} ${formatShare(line.used, locale)} · ${said.elapsed} ${formatShare(line.elapsed, locale)} · ${said.projected} ${money(line.projected)}`;
  });
  return lines.length > 0 ? [rule(sectionTitle("pacing", locale)), ...lines] : [];
}

function closing({ ae, agency_name, run, timezone, locale }: Report): string[] {
  const said = words(locale);
  return [
    "--",
    ae ? `${said.contact}: ${ae.name} <${ae.address}>` : "",
    `${agency_name} · ${said.asOf} ${formatInstant(run.as_of, timezone, locale)} (${timezone})`,
    said.unsubscribe,
  ];
}

const rule = (title: string) => `■ ${title}`;
