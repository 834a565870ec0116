import type { Kpi, Report } from "../../transforms/report/model.ts";
import { lineChart } from "../chart/line.ts";
import { sparkline } from "../chart/sparkline.ts";
import { headlineChart, hollowWords, number } from "../chart/trend.ts";
import { clipped, textWidth, type Weight } from "../fonts.ts";
import {
  basisWord,
  comparisonWord,
  formatChange,
  formatValue,
  noValue,
  reasonText,
  sectionHeading,
  words,
} from "../text.ts";
import { changeColour, type as size, type Theme } from "../theme.ts";

import type { Flow } from "./flow.ts";

const gap = 8;
const pad = 10;

/** The headline over the page's width with its thirteen periods, then one card per KPI. */
export function kpiCards(flow: Flow, report: Report): void {
  const headline = headlineOf(report);
  const rest = others(report);
  const keep = headline ? headlineLayout(flow, report, headline).height : 110;
  flow.heading(sectionHeading("kpis", report), { level: 2, keep });
  if (headline) headlineCard(flow, report, headline);
  if (headline && rest.length > 0) flow.space(gap);
  cardRows(flow, report, rest, { perRow: columnsFor(rest.length), brief: false });
}

/** The headline alone, on a card beside other things. */
export function headlineAlone(flow: Flow, report: Report): void {
  const headline = headlineOf(report);
  if (headline) headlineCard(flow, report, headline);
}

/** The height of `headlineAlone`. */
export function headlineHeight(flow: Flow, report: Report): number {
  const headline = headlineOf(report);
  return headline ? headlineLayout(flow, report, headline).height : 0;
}

/** How cards are laid out: so many in a row, each with all that is known or only its first comparison and its goal. */
export interface CardLayout {
  perRow: number;
  brief: boolean;
}

/** A layout in which the cards of all KPIs but the headline fit into `room`; null where none does. */
export function cardsWithin(flow: Flow, report: Report, room: number): CardLayout | null {
  const rest = others(report);
  const layouts = [false, true].flatMap((brief) => [2, 3, 4].map((perRow) => ({ perRow, brief })));
  const tall = (layout: CardLayout) =>
    rowsOf(flow, report, rest, layout).reduce((sum, { height }) => sum + height + gap, -gap);
  return rest.length === 0 ? null : (layouts.find((layout) => tall(layout) <= room) ?? null);
}

/** Every KPI but the headline as cards. */
export function otherCards(flow: Flow, report: Report, layout: CardLayout): void {
  cardRows(flow, report, others(report), layout);
}

const others = (report: Report): Kpi[] => report.kpis.filter((kpi) => kpi !== headlineOf(report));

const headlineOf = ({ kpis, headline }: Report): Kpi | undefined => kpis.find(({ id }) => id === headline);

function cardRows(flow: Flow, report: Report, kpis: readonly Kpi[], layout: CardLayout): void {
  const { perRow, brief } = layout;
  const width = (flow.width - gap * (perRow - 1)) / perRow;
  rowsOf(flow, report, kpis, layout).forEach(({ row, height }, index) => {
    if (index > 0) flow.space(gap);
    flow.need(height);
    for (const [at, kpi] of row.entries())
      card(flow, report, kpi, { x: flow.left + at * (width + gap), width, height, brief });
    flow.y += height;
  });
}

/** Cards side by side are as tall as the one that says most. */
function rowsOf(flow: Flow, report: Report, kpis: readonly Kpi[], { perRow, brief }: CardLayout) {
  const inner = (flow.width - gap * (perRow - 1)) / perRow - pad * 2;
  return Array.from({ length: Math.ceil(kpis.length / perRow) }, (_, index) => {
    const row = kpis.slice(index * perRow, (index + 1) * perRow);
    const facts = Math.max(...row.map((kpi) => cardFacts(kpi, report, flow.theme, { inner, brief }).length));
    const below = row.some((kpi) => trendOf(kpi, report) && !sparkBeside(kpi, report, inner));
    return { row, height: 44 + (below ? sparkTall + (brief ? 0 : 3) : 0) + facts * 11.5 };
  });
}

/** A card's line of thirteen periods stands beside its value where both fit, else below it. */
const sparkWide = 52;
const sparkTall = 16;

function sparkBeside(kpi: Kpi, { locale }: Report, inner: number): boolean {
  const value = kpi.value === null ? inner : textWidth(formatValue(kpi.value, kpi, locale), 17, "bold");
  return value + sparkWide + 6 <= inner;
}

/** A KPI's thirteen periods; null where fewer than two are known. */
function trendOf({ id }: Kpi, { trend }: Report): (number | null)[] | null {
  const values = trend.series.find(({ kpi }) => kpi === id)?.values.map(number) ?? [];
  return values.filter((value) => value !== null).length > 1 ? values : null;
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
  const { chart, lines, text, height, columns, perColumn, from, first } = headlineLayout(flow, report, kpi);
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
    const label = textWidth(kpi.label, size.body, "semibold");
    if (kpi.provisional) badge(flow, words(report.locale).provisional, x + 24 + Math.min(label, width - 100), y + 10.5);
    value(flow, kpi, report, { x: x + 16, y: y + 49, points: 27, width: from - 24 });
    // Columns of facts beside the value, the comparisons first; one column on a narrow card.
    const room = (width - from - 12) / columns;
    lines.forEach((line, at) => {
      const column = Math.floor(at / perColumn);
      const place = { x: x + from + column * room, y: y + first + (at - column * perColumn) * 14, width: room - 6 };
      fact(flow, line, { ...place, points: size.table });
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

/** What stands on the headline's card: its facts, then at `text` its chart, where the card is wide enough for one. */
function headlineLayout({ width, theme }: Flow, report: Report, kpi: Kpi) {
  const wide = width > 440;
  const chart = wide ? headlineChart(report, { width: width - 28, height: 78 }) : null;
  const lines = facts(kpi, report, theme);
  const columns = wide ? 2 : 1;
  const perColumn = wide ? Math.max(2, Math.ceil(lines.length / 2)) : lines.length;
  const text = Math.max(62, (wide ? 24 : 30) + perColumn * 14);
  const height = text + (chart ? chart.height + 8 : 2);
  return { chart, lines, text, height, columns, perColumn, from: wide ? 236 : width * 0.46, first: wide ? 35 : 33 };
}

function card(
  flow: Flow,
  report: Report,
  kpi: Kpi,
  { x, width, height, brief }: { x: number; width: number; height: number; brief: boolean },
): void {
  const { canvas, theme, y } = flow;
  const { colours } = theme;
  const inner = width - pad * 2;
  const lines = cardFacts(kpi, report, theme, { inner, brief });
  canvas.artifact(() => canvas.box({ x, y, width, height, fill: colours.panel, radius: 4 }));
  canvas.tag("P", () => {
    const mark = provisionalMark(kpi, report, inner);
    fitted(flow, kpi.label, {
      x: x + pad,
      y: y + 16,
      points: size.small,
      least: 6.5,
      width: inner,
      weight: "semibold",
      colour: colours.muted,
    });
    if (mark) {
      const after = textWidth(kpi.label, size.small, "semibold") + 5;
      canvas.text(mark, { x: x + pad + after, y: y + 16, size: size.tiny, weight: "semibold", colour: colours.warn });
    }
    value(flow, kpi, report, { x: x + pad, y: y + 36, points: 17, width: inner });
    for (const [row, line] of lines.entries()) {
      const at = y + height - 8 - (lines.length - 1 - row) * 11.5;
      fact(flow, line, { x: x + pad, y: at, width: inner, points: 7.5 });
    }
  });
  const values = trendOf(kpi, report);
  if (!values) return;
  // The same line as in the tables; the alternative text of the trend's own chart tells what it says.
  const beside = sparkBeside(kpi, report, inner);
  const scene = sparkline({ values, width: beside ? sparkWide : inner, height: sparkTall }, theme);
  canvas.artifact(() => canvas.paint(scene, x + width - pad - scene.width, beside ? y + 24 : y + 41));
}

function value(
  { canvas, theme }: Flow,
  kpi: Kpi,
  { locale }: Report,
  { x, y, points, width }: { x: number; y: number; points: number; width: number },
): void {
  const { colours } = theme;
  if (kpi.value === null) {
    canvas.text(noValue, { x, y, size: points, weight: "bold", colour: colours.muted });
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
function cardFacts(
  kpi: Kpi,
  report: Report,
  theme: Theme,
  { inner, brief }: { inner: number; brief: boolean },
): Fact[] {
  const soon = { strong: words(report.locale).provisional, colour: theme.colours.warn, rest: "", extra: "" };
  const below = kpi.provisional && kpi.value !== null && !provisionalMark(kpi, report, inner);
  const shown = { ...report, compare: report.compare.slice(0, brief ? 1 : 2) };
  return [...facts(brief ? { ...kpi, per_day: null } : kpi, shown, theme), ...(below ? [soon] : [])];
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

/** A pill that starts at `left`. */
function badge({ canvas, theme }: Flow, text: string, left: number, y: number): void {
  const { colours } = theme;
  const width = textWidth(text, size.tiny, "semibold") + 12;
  canvas.box({ x: left, y, width, height: 13, fill: colours.warnSoft, radius: 6.5 });
  canvas.text(text, {
    x: left + width / 2,
    y: y + 9,
    size: size.tiny,
    weight: "semibold",
    colour: colours.warn,
    anchor: "middle",
  });
}

function columnsFor(count: number): number {
  if (count <= 5) return Math.max(2, count);
  if (count === 6) return 3;
  return count === 9 || count === 10 ? 5 : 4;
}
