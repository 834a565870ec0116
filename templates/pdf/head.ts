import type { Report } from "../../transforms/report/model.ts";
import { comparisonWord, formatPeriod, sectionHeading, words } from "../text.ts";
import { type as size } from "../theme.ts";
import { brand } from "./brand.ts";
import type { Flow } from "./flow.ts";
import { periodAndState } from "./page.ts";
import { wrap } from "./wrap.ts";

/** Who made it for whom, what it is, which period, and against what: the first lines of page 1. */
export function head(flow: Flow, report: Report): void {
  const { canvas, theme } = flow;
  const { colours } = theme;
  const { logos } = theme;
  const box = { y: flow.page.top - 20, width: flow.width * 0.48, height: 24, size: 9.5 };
  const agency = { name: report.agency_name, logo: logos.agency };
  brand(canvas, agency, { ...box, x: flow.left, anchor: "start", colour: colours.accent });
  const client = { name: report.client_name, logo: logos.client };
  brand(canvas, client, { ...box, x: flow.left + flow.width, anchor: "end", colour: colours.muted });
  canvas.artifact(() =>
    canvas.rule({ x: flow.left, y: flow.page.top + 11, width: flow.width, colour: colours.accent, weight: 1.5 }),
  );
  flow.y = flow.page.top + 19;
  const lines = wrap(report.title, flow.width, size.title, "bold");
  canvas.tag("H1", () => {
    for (const [row, line] of lines.entries())
      canvas.text(line, {
        x: flow.left,
        y: flow.y + 22 + row * 28,
        size: size.title,
        weight: "bold",
        colour: colours.ink,
      });
  });
  flow.y += 28 * lines.length + 6;
  const said = words(report.locale);
  flow.paragraph(periodAndState(report), {
    size: 11,
    weight: "semibold",
    colour: colours.text,
  });
  const against = report.compare.flatMap((basis) => {
    const period = report.comparisons[basis];
    return period ? [`${comparisonWord(basis, report.cadence, report.locale)}: ${period.label}`] : [];
  });
  const days = [
    ...against,
    ...named(said.holidays, report.period.holidays),
    ...named(
      said.missingDays,
      dayRuns(report.period.missing_days).map((run) => formatPeriod(run, report.locale)),
    ),
  ];
  if (days.length > 0) flow.paragraph(days.join("   ·   "), { size: size.small, colour: colours.muted });
  flow.space(8);
}

/** What must be known before any number. */
export function banners(flow: Flow, { banners: notes }: Report): void {
  const { canvas, theme } = flow;
  for (const { text } of notes) {
    const lines = wrap(text, flow.width - 36, 9, "semibold");
    const height = lines.length * 13 + 10;
    flow.need(height + 6);
    const top = flow.y;
    canvas.artifact(() => {
      canvas.box({ x: flow.left, y: top, width: flow.width, height, fill: theme.colours.warnSoft, radius: 3 });
      canvas.box({
        x: flow.left + 10,
        y: top + height / 2 - 6,
        width: 12,
        height: 12,
        fill: theme.colours.warn,
        radius: 6,
      });
      canvas.text("!", {
        x: flow.left + 16,
        y: top + height / 2 + 3.2,
        size: 9,
        weight: "bold",
        colour: theme.colours.paper,
        anchor: "middle",
      });
    });
    canvas.tag("P", () => {
      for (const [row, line] of lines.entries())
        canvas.text(line, {
          x: flow.left + 30,
          y: top + 14 + row * 13,
          size: 9,
          weight: "semibold",
          colour: theme.colours.warn,
        });
    });
    flow.y += height + 6;
  }
}

/** The answer in its own size, the rest below it. */
export function summary(flow: Flow, { summary: [answer, ...rest] }: Report): void {
  if (!answer) return;
  flow.space(6);
  flow.paragraph(answer, { size: size.lead, weight: "semibold", colour: flow.theme.colours.ink });
  flow.space(2);
  for (const sentence of rest) flow.paragraph(sentence, { indent: 11, bullet: "•" });
  flow.space(4);
}

/** The height of the summary at the flow's width. */
export function summaryHeight(flow: Flow, { summary: sentences }: Report): number {
  const [answer = "", ...rest] = sentences;
  const lead = wrap(answer, flow.width, size.lead, "semibold").length * 19.5;
  return 12 + lead + rest.reduce((sum, text) => sum + wrap(text, flow.width - 11, size.body).length * 14.5, 0);
}

/** The height of the comment with its heading. */
export function commentHeight(flow: Flow, report: Report): number {
  return 42 + linesOf(flow, report).length * 15;
}

/** The comment line by line, each part's heading at its first. */
function linesOf({ width }: Flow, { comment: parts }: Report): { heading: string; text: string }[] {
  return parts.flatMap(({ heading, text }) =>
    text
      .split(/\n{2,}|\n(?=\s*[-*•]\s)/)
      .flatMap((paragraph) => wrap(plain(paragraph), width - names - 14, size.body))
      .map((line, row) => ({ heading: row === 0 ? heading : "", text: line })),
  );
}

/** The column of the parts' headings. */
const names = 68;

/** The person's own words, set beside a rule so that they read as theirs. */
export function comment(flow: Flow, report: Report): void {
  const { ae } = report;
  const { canvas, theme } = flow;
  const { colours } = theme;
  flow.heading(ae ? `${sectionHeading("comment", report)} · ${ae.name}` : sectionHeading("comment", report), {
    level: 3,
    keep: 30,
  });
  for (const { heading, text } of linesOf(flow, report)) {
    flow.need(15);
    const top = flow.y;
    canvas.artifact(() => canvas.box({ x: flow.left, y: top, width: 2, height: 15, fill: colours.accentSoft }));
    const line = (said: string, x: number, weight: "semibold" | "regular", colour: string) =>
      canvas.tag("P", () => canvas.text(said, { x, y: top + 11, size: size.body, weight, colour }));
    const [short = ""] = wrap(heading, names, size.body, "semibold");
    if (short) line(short, flow.left + 12, "semibold", colours.ink);
    line(text, flow.left + 12 + names, "regular", colours.text);
    flow.y += 15;
  }
}

/** Markdown's marks mean nothing on paper; links keep their address. */
function plain(markdown: string): string {
  return markdown
    .replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, "$1 ($2)")
    .replace(/(\*\*|__|`)/g, "")
    .replace(/^#{1,6}\s+/gm, "")
    .replace(/^\s*[-*]\s+/gm, "• ");
}

/** Days in a row as one range. */
function dayRuns(days: readonly string[]): { from: string; to: string }[] {
  const found: { from: string; to: string }[] = [];
  for (const day of days.toSorted()) {
    const last = found.at(-1);
    if (last && Date.parse(day) - Date.parse(last.to) === 86_400_000) last.to = day;
    else found.push({ from: day, to: day });
  }
  return found;
}

function named(label: string, values: readonly string[]): string[] {
  return values.length > 0 ? [`${label}: ${values.join(", ")}`] : [];
}
