import type { Goal, Kpi, Report, SectionId } from "../../transforms/report/model.ts";
import { cleanText, oneLine, textWidth } from "../clean.ts";
import {
  comparisonWord,
  formatChange,
  formatInstant,
  formatShare,
  formatValue,
  reasonText,
  sectionHeading,
  words,
} from "../text.ts";
import { type AttachedFile, passwordWords } from "./attached.ts";
import { excluded } from "./figures.ts";
import { channelText, funnelText } from "./overview-text.ts";
import { newSentences } from "./preheader.ts";
import { formatSize } from "./size.ts";
import { headlineKpi, showsNumbers } from "./subject.ts";

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
    // Some phones show the first lines of this part below the subject.
    showsNumbers(report) ? [] : [said.insideWithoutNumbers, contactLine(report)],
    [kpi ? headline(kpi, report) : "", kpi?.goal ? goalLine(kpi.goal, report) : ""],
    has("summary") ? newSentences(report) : [],
    report.banners.map(({ text }) => `※ ${text}`),
    has("comment") ? commentLines(report) : [],
    has("kpis") || has("north_star") ? kpiLines(report) : [],
    has("channels") ? channelText(report) : [],
    has("funnel") ? funnelText(report) : [],
    has("goals") ? goalLines(report) : [],
    has("pacing") ? pacingLines(report) : [],
    report.missing.length > 0
      ? [rule(said.missing), ...report.missing.map(({ source, reason }) => `- ${source}: ${reason}`)]
      : [],
    chart ? [`${said.chart}: ${chart}`] : [],
    fileLines(said.attached, attachments, report),
    fileLines(said.leftOut, leftOut, report),
    closing(report),
  ];
  const text = blocks
    .map((lines) => lines.filter(Boolean).join("\n"))
    .filter(Boolean)
    .join("\n\n");
  return `${cleanText(text)}\n`;
}

type Files = readonly AttachedFile[];

function fileLines(title: string, files: Files, report: Report): string[] {
  if (files.length === 0) return [];
  const lines = files.map(({ name, size }) => `- ${name} (${formatSize(size)})`);
  return [rule(title), ...lines, files.some(({ sealed }) => sealed) ? passwordWords(report) : ""];
}

function goalLine({ text, achieved, achievement }: Goal, { locale }: Report): string {
  if (achievement === null) return text;
  const said = words(locale);
  const verdict = achieved === null ? "" : ` - ${achieved ? said.achieved : said.missed}`;
  return `${text} · ${said.achievement} ${formatShare(achievement, locale)}${verdict}`;
}

function headline(kpi: Kpi, { compare, cadence, locale }: Report): string {
  const basis = compare[0];
  const value = `${kpi.label}: ${formatValue(kpi.value, kpi, locale)}${kpi.value === null && kpi.reason ? ` (${reasonText(kpi.reason, locale)})` : ""}`;
  if (!basis || !kpi.changes[basis]) return value;
  const change = formatChange(kpi.changes[basis], { ...kpi, locale });
  const points = change.points && change.points !== change.text ? `, ${change.points}` : "";
  return `${value} (${comparisonWord(basis, cadence, locale)} ${change.label}${points})`;
}

function commentLines(report: Report): string[] {
  const { comment } = report;
  if (comment.length === 0) return [];
  return [
    rule(sectionHeading("comment", report)),
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
  return [rule(sectionHeading("kpis", report)), ...aligned([head, ...rows])];
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

/** The headline's own stands with its figure. */
function goalLines(report: Report): string[] {
  const lead = headlineKpi(report);
  const lines = report.kpis.flatMap((kpi) =>
    kpi.goal?.achievement && kpi !== lead ? [`- ${kpi.label}: ${goalLine(kpi.goal, report)}`] : [],
  );
  return lines.length > 0 ? [rule(sectionHeading("goals", report)), ...lines] : [];
}

function pacingLines(report: Report): string[] {
  const { pacing, locale } = report;
  const said = words(locale);
  const lines = pacing.map((line) => {
    const money = (value: string | null) => formatValue(value, { unit: "money", currency: line.currency }, locale);
    return `- ${line.label} ${line.month}: ${money(line.spent)} / ${money(line.budget)} · ${said.used} ${formatShare(line.used, locale)} · ${said.elapsed} ${formatShare(line.elapsed, locale)} · ${said.projected} ${money(line.projected)}`;
  });
  return lines.length > 0 ? [rule(sectionHeading("pacing", report)), ...lines] : [];
}

function closing(report: Report): string[] {
  const { ae, agency_name, run, timezone, locale } = report;
  const said = words(locale);
  return [
    "--",
    contactLine(report),
    `${agency_name} · ${said.asOf} ${formatInstant(run.as_of, timezone, locale)} (${timezone})`,
    ae ? said.replyReaches : "",
    said.unsubscribe,
  ];
}

function contactLine({ ae, locale }: Report): string {
  return ae ? `${words(locale).contact}: ${ae.name} <${ae.address}>` : "";
}

const rule = (title: string) => `■ ${title}`;
