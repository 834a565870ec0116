import type { Basis, Report } from "../../transforms/report/model.ts";
import { basisWord, formatInstant, sectionHeading, sectionTitle, words } from "../text.ts";
import { type Cell, countCell, dayCell, gap, type Line, type Sheet, textCell, wide } from "./sheet.ts";

const columns = 10;

/** All that has to stand beside the figures: periods, notes, definitions, what is missing, the files and their hashes. */
export function notesSheet(report: Report, inexact: boolean): Sheet {
  const { locale } = report;
  const said = words(locale);
  const notes = [...report.notes.map(({ text }) => text), ...(inexact ? [said.inexact] : [])];
  const blocks: Line[][] = [
    [wide(sectionHeading("notes", report), "title", columns), wide(identity(report), "aside", columns)],
    titled(said.period, [periodHead(report), ...periodLines(report)]),
    titled(
      sectionTitle("notes", locale),
      notes.map((text) => wide(text, "sentence", columns)),
    ),
    titled(said.missing, missingLines(report)),
    titled(said.definitions, definitionLines(report)),
    titled(said.sources, sourceLines(report)),
  ];
  const lines = blocks.filter((block) => block.length > 0).flatMap((block, at) => (at === 0 ? block : [gap, ...block]));
  return {
    id: "notes",
    name: sectionTitle("notes", locale),
    kind: "notes",
    lines,
    head: null,
    frozen: 0,
    rules: [],
    widths: { 1: 34, 2: 22 },
  };
}

function titled(title: string, lines: Line[]): Line[] {
  return lines.length > 0 ? [wide(title, "heading", columns), ...lines] : [];
}

function identity({
  client_name,
  agency_name,
  client,
  report,
  cadence,
  run,
  currency,
  timezone,
  locale,
}: Report): string {
  const said = words(locale);
  return [
    `${client_name} · ${agency_name}`,
    `${client}/${report}/${cadence} · ${run.id} · r${run.revision}`,
    `${said.asOf} ${formatInstant(run.as_of, timezone, locale)}`,
    `${said.currency} ${currency}`,
    `${said.timezone} ${timezone}`,
  ].join(" · ");
}

function heads(...labels: string[]): Line {
  return { cells: labels.map((label) => textCell(label, "head")) };
}

function periodHead({ locale }: Report): Line {
  const said = words(locale);
  return heads(said.period, said.name, said.from, said.to, said.state, said.missingDays, said.holidays);
}

function periodLines({ period, comparisons, compare, cadence, locale }: Report): Line[] {
  const said = words(locale);
  const bases: Basis[] = [...new Set<Basis>([...compare, "previous", "year_ago", "baseline"])];
  const shown = [
    { name: said.value, info: period },
    ...bases.map((basis) => ({ name: basisWord(basis, cadence, locale), info: comparisons[basis] })),
  ];
  return shown.flatMap(({ name, info }) => {
    if (!info) return [];
    const list = (texts: string[]): Cell => textCell(texts.join(", ") || "–");
    const state = info.final ? said.final : said.provisional;
    return [
      {
        cells: [
          textCell(name, "name"),
          textCell(info.label),
          dayCell(info.from),
          dayCell(info.to),
          textCell(state),
          list(info.missing_days),
          list(info.holidays),
        ],
      },
    ];
  });
}

function missingLines({ missing, locale }: Report): Line[] {
  const said = words(locale);
  if (missing.length === 0) return [];
  const lines = missing.map(({ channel, source, reason }) => ({
    cells: [textCell(channel, "name"), textCell(source), textCell(reason, "text", { span: columns - 2 })],
  }));
  return [heads(said.channel, said.source, said.reason), ...lines];
}

function definitionLines({ definitions, locale }: Report): Line[] {
  const said = words(locale);
  if (definitions.length === 0) return [];
  const lines = definitions.map(({ label, formula }) => ({
    cells: [textCell(label, "name"), textCell(formula, "text", { span: columns - 1 })],
  }));
  return [heads(said.kpi, said.formula), ...lines];
}

function sourceLines({ sources, locale }: Report): Line[] {
  const said = words(locale);
  if (sources.length === 0) return [];
  const head: Line = {
    cells: [
      ...[said.file, said.platform, said.account, said.from, said.to].map((label) => textCell(label, "head")),
      ...[said.rowsUsed, said.superseded, said.rejected, said.skipped].map((label) => textCell(label, "headNumber")),
      textCell("SHA-256", "head"),
    ],
  };
  const lines = sources.map((source) => ({
    cells: [
      textCell(source.file, "name"),
      textCell(source.platform),
      textCell(source.account),
      dayCell(source.from, { role: "text" }),
      dayCell(source.to, { role: "text" }),
      countCell(source.rows),
      countCell(source.superseded),
      countCell(source.rejected, source.rejected > 0 ? { colour: "warn" } : {}),
      countCell(source.skipped),
      textCell(source.sha256, "text", { colour: "muted" }),
    ],
  }));
  return [head, ...lines];
}
