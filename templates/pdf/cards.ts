import type { Kpi, Report } from "../../transforms/report/model.ts";
import { lineChart } from "../chart/line.ts";
import { headlineChart, hollowWords } from "../chart/trend.ts";
import { clipped, textWidth, type Weight } from "../fonts.ts";
import {
  basisWord,
  comparisonWord,
  formatChange,
  formatValue,
  noValue,
  reasonText,
  sectionTitle,
  words,
} from "../text.ts";
import { changeColour, type as size, type Theme } from "../theme.ts";

import type { Flow } from "./flow.ts";

const gap = 8;
const pad = 10;

/** The headline over the page's width with its thirteen periods, then one card per KPI. */
export function kpiCards(flow: Flow, report: Report): void {
  const headline = report.kpis.find(({ id }) => id === report.headline);
  const rest = report.kpis.filter((kpi) => kpi !== headline);
  const keep = headline ? headlineLayout(flow, report, headline).height : 110;
  flow.heading(sectionTitle("kpis", report.locale), { level: 2, keep });
  if (headline) headlineCard(flow, report, headline);

  const perRow = columnsFor(rest.length);
  const width = (flow.width - gap * (perRow - 1)) / perRow;
  for (let from = 0; from < rest.length; from += perRow) {
    const row = rest.slice(from, from + perRow);
    const height = Math.max(
      ...row.map((kpi) => 52 + cardFacts(kpi, report, flow.theme, width - pad * 2).length * 11.5),
    );
    if (from > 0 || headline) flow.space(gap);
    flow.need(height);
    for (const [at, kpi] of row.entries())
      card(flow, report, kpi, { x: flow.left + at * (width + gap), width, height });
    flow.y += height;
  }
}

interface Fact {
  strong: string;
  colour: string;
  rest: string;
  /** The same in fewer words, for a narrow card. */
  short?: { strong: string; rest: string };
  /** The difference in points, shown where there is room. */
  extra: string;
}

function headlineCard(flow: Flow, report: Report, kpi: Kpi): void {
  const { canvas, theme } = flow;
  const { colours } = theme;
  const { chart, lines, text, height } = headlineLayout(flow, report, kpi);
  flow.need(height);
  const { y, left: x, width } = flow;
  canvas.artifact(() => {
    canvas.box({ x, y, width, height, fill: colours.accentFaint, radius: 4 });
    canvas.box({ x, y, width: 3, height, fill: colours.accent });
  });
  canvas.tag("P", () => {
    canvas.text(clipped(kpi.label, width - 100, size.body, "semibold"), {
      x: x + 16,
      y: y + 20,
      size: size.body,
      weight: "semibold",
      colour: colours.accent,
    });
    if (kpi.provisional) badge(flow, words(report.locale).provisional, x + width - 12, y + 11);
    value(flow, kpi, report, { x: x + 16, y: y + 48, points: 27, width: 200 });
    // Two columns of facts beside the value, the comparisons first.
    const half = Math.max(2, Math.ceil(lines.length / 2));
    lines.forEach((line, at) => {
      const column = at < half ? 0 : 1;
      fact(flow, line, {
        x: x + 236 + column * 138,
        y: y + 37 + (at - column * half) * 14,
        width: column === 0 ? 132 : width - 236 - 138 - 12,
        points: size.table,
      });
    });
  });
  if (chart) {
    const scene = lineChart(chart, { ...theme, colours: { ...colours, line: colours.accentSoft } });
    canvas.tag("Figure", () => canvas.paint(scene, x + 16, y + text), { alt: scene.alt });
    const hollow = hollowWords(
      report,
      report.trend.series.filter(({ kpi }) => kpi === report.headline),
    );
    if (hollow) {
      canvas.tag("P", () =>
        canvas.text(hollow, {
          x: x + width - 12,
          y: y + text + 4,
          size: size.tiny,
          colour: colours.muted,
          anchor: "end",
        }),
      );
    }
  }
  flow.y += height;
}

/** What stands on the headline's card: its facts, then at `text` its chart. */
function headlineLayout({ width, theme }: Flow, report: Report, kpi: Kpi) {
  const chart = headlineChart(report, { width: width - 28, height: 108 });
  const lines = facts(kpi, report, theme);
  const text = 34 + Math.max(2, Math.ceil(lines.length / 2)) * 14;
  const height = text + (chart ? chart.height + 10 : 8);
  return { chart, lines, text, height };
}

function card(
  flow: Flow,
  report: Report,
  kpi: Kpi,
  { x, width, height }: { x: number; width: number; height: number },
): void {
  const { canvas, theme, y } = flow;
  const { colours } = theme;
  const inner = width - pad * 2;
  canvas.artifact(() => canvas.box({ x, y, width, height, fill: colours.panel, radius: 4 }));
  canvas.tag("P", () => {
    const mark = provisionalMark(kpi, report, inner);
    fitted(flow, kpi.label, {
      x: x + pad,
      y: y + 18,
      points: size.small,
      least: 6.5,
      width: inner,
      weight: "semibold",
      colour: colours.muted,
    });
    if (mark) {
      const after = textWidth(kpi.label, size.small, "semibold") + 5;
      canvas.text(mark, { x: x + pad + after, y: y + 18, size: size.tiny, weight: "semibold", colour: colours.warn });
    }
    value(flow, kpi, report, { x: x + pad, y: y + 39, points: 17, width: inner });
    for (const [row, line] of cardFacts(kpi, report, theme, inner).entries()) {
      fact(flow, line, { x: x + pad, y: y + 53 + row * 11.5, width: inner, points: 7.5 });
    }
  });
}

function value(
  { canvas, theme }: Flow,
  kpi: Kpi,
  { locale }: Report,
  { x, y, points, width }: { x: number; y: number; points: number; width: number },
): void {
  const { colours } = theme;
  if (kpi.value === null) {
    canvas.text(noValue, { x, y, size: points, weight: "bold", colour: colours.faint });
    if (!kpi.reason) return;
    const after = textWidth(noValue, points, "bold") + 6;
    return void canvas.text(reasonText(kpi.reason, locale), {
      x: x + after,
      y: y - 1,
      size: size.small,
      colour: colours.muted,
    });
  }
  const text = formatValue(kpi.value, kpi, locale);
  const fit = Math.min(points, (points * width) / textWidth(text, points, "bold"));
  canvas.text(text, { x, y, size: fit, weight: "bold", colour: colours.ink });
}

/** The lines that say how a value moved, what it should be, and what it leaves out. */
function facts(kpi: Kpi, report: Report, theme: Theme): Fact[] {
  const { locale, cadence } = report;
  const said = words(locale);
  const plain = (rest: string): Fact => ({ strong: "", colour: theme.colours.muted, rest, extra: "" });
  const lines = report.compare.flatMap((basis): Fact[] => {
    const change = kpi.changes[basis];
    if (!change || (kpi.value === null && change.kind === "none")) return [];
    const text = formatChange(change, { ...kpi, locale });
    const extra = text.points && text.points !== text.text ? ` (${text.points})` : "";
    return [
      {
        strong: text.label,
        colour: changeColour(text, theme),
        rest: comparisonWord(basis, cadence, locale),
        // That a figure is provisional stands beside the card's label as well.
        short: { strong: text.arrow ? text.label : text.text, rest: basisWord(basis, cadence, locale) },
        extra,
      },
    ];
  });
  if (kpi.per_day?.value) {
    const text = formatChange(kpi.per_day.change, { ...kpi, locale });
    lines.push({
      strong: text.label,
      colour: changeColour(text, theme),
      rest: `${said.perDay} ${formatValue(kpi.per_day.value, kpi, locale)}`,
      short: { strong: text.arrow ? text.label : text.text, rest: said.perDay },
      extra: "",
    });
  }
  if (kpi.goal) lines.push(verdict(kpi.goal, report, theme));
  if (kpi.excludes.length > 0) {
    const names = kpi.excludes.join(", ");
    lines.push(plain(locale === "ko-KR" ? `${names} ${said.excludes}` : `${said.excludes} ${names}`));
  }
  return lines;
}

/** A small card shows two comparisons, and says that a figure is provisional below where its label leaves no room. */
function cardFacts(kpi: Kpi, report: Report, theme: Theme, inner: number): Fact[] {
  const soon = { strong: words(report.locale).provisional, colour: theme.colours.warn, rest: "", extra: "" };
  const below = kpi.provisional && kpi.value !== null && !provisionalMark(kpi, report, inner);
  return [...facts(kpi, { ...report, compare: report.compare.slice(0, 2) }, theme), ...(below ? [soon] : [])];
}

/** The word beside a card's label, where both fit. */
function provisionalMark(kpi: Kpi, { locale }: Report, inner: number): string | null {
  const mark = words(locale).provisionalShort;
  const width = textWidth(kpi.label, size.small, "semibold") + 5 + textWidth(mark, size.tiny, "semibold");
  return kpi.provisional && kpi.value !== null && width <= inner ? mark : null;
}

function fact(
  flow: Flow,
  { strong, colour, rest, short, extra }: Fact,
  { x, y, width, points }: { x: number; y: number; width: number; points: number },
): void {
  const least = 6.5;
  const fits = (said: { strong: string; rest: string }, at: number) =>
    lead(said.strong) + textWidth(said.rest, at, "regular") <= width;
  const lead = (text: string) => (text ? textWidth(text, points, "semibold") + 4 : 0);
  const whole = { strong, rest: rest + extra };
  const plain = { strong, rest };
  const said = fits(whole, points) ? whole : fits(plain, least) ? plain : (short ?? plain);
  if (said.strong) flow.canvas.text(said.strong, { x, y, size: points, weight: "semibold", colour });
  const after = lead(said.strong);
  const room = { points, least, width: width - after, weight: "regular" as const, colour: flow.theme.colours.muted };
  fitted(flow, said.rest, { x: x + after, y, ...room });
}

/** Smaller type first, an ellipsis only where that is not enough. */
function fitted(
  { canvas }: Flow,
  text: string,
  {
    x,
    y,
    points,
    least,
    width,
    weight,
    colour,
  }: { x: number; y: number; points: number; least: number; width: number; weight: Weight; colour: string },
): void {
  const fit = Math.max(least, Math.min(points, (points * width) / Math.max(1, textWidth(text, points, weight))));
  canvas.text(clipped(text, width + 0.5, fit, weight), { x, y, size: fit, weight, colour });
}

/** The goal, after a mark and a word for met or missed. */
function verdict({ achieved, text }: NonNullable<Kpi["goal"]>, { locale }: Report, { colours }: Theme): Fact {
  const said = words(locale);
  const strong = achieved === null ? "" : achieved ? `✓ ${said.achieved}` : `× ${said.missed}`;
  const short = strong ? { strong, rest: "" } : undefined; // half a target would be a wrong one
  return { strong, colour: achieved ? colours.good : colours.bad, rest: text, short, extra: "" };
}

/** A pill whose right end is `right`. */
function badge({ canvas, theme }: Flow, text: string, right: number, y: number): void {
  const { colours } = theme;
  const width = textWidth(text, size.tiny, "semibold") + 12;
  canvas.box({ x: right - width, y, width, height: 13, fill: colours.warnSoft, radius: 6.5 });
  canvas.text(text, {
    x: right - width / 2,
    y: y + 9,
    size: size.tiny,
    weight: "semibold",
    colour: colours.warn,
    anchor: "middle",
  });
}

function columnsFor(count: number): number {
  if (count <= 4) return Math.max(2, count);
  if (count === 5 || count === 6) return 3;
  return count === 9 || count === 10 ? 5 : 4;
}
