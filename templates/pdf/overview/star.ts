import type { Kpi, Report, Star } from "../../../transforms/report/model.ts";
import { sparkline } from "../../chart/sparkline.ts";
import {
  comparisonWord,
  formatChange,
  formatDay,
  formatShare,
  formatValue,
  reasonText,
  sectionHeading,
  words,
} from "../../text.ts";
import { changeColour, type as size } from "../../theme.ts";
import type { Flow } from "../flow.ts";
import { inRoom } from "./room.ts";

const gap = 7;
const least = 93;
const cardHeight = 43;

/** The North Star with its course and its goal, and beside it the other key figures, two a row. */
export function northStar(flow: Flow, report: Report): void {
  const star = report.overview?.north_star ?? null;
  const [lead, ...rest] = report.kpis;
  if (!lead) return;
  const rows = Math.ceil(rest.length / 2);
  const height = Math.max(least, rows * (cardHeight + gap) - gap);
  flow.need(height + 10);
  const width = rest.length > 0 ? Math.round(flow.width * 0.46) : flow.width;
  hero(flow, report, lead, star, { width, height });
  const card = (flow.width - width - gap * 2) / 2;
  for (const [at, kpi] of rest.entries())
    small(flow, report, kpi, {
      x: flow.left + width + gap + (at % 2) * (card + gap),
      y: flow.y + Math.floor(at / 2) * (cardHeight + gap),
      width: card,
    });
  flow.y += height;
}

function hero(
  flow: Flow,
  report: Report,
  kpi: Kpi,
  star: Star | null,
  { width, height }: { width: number; height: number },
): void {
  const { canvas, theme, left: x, y } = flow;
  const { colours } = theme;
  const inner = width - 26;
  canvas.artifact(() => {
    canvas.box({ x, y, width, height, fill: colours.accentFaint, radius: 4 });
    canvas.box({ x, y, width: 3, height, fill: colours.accent });
  });
  const title = star ? `${sectionHeading("north_star", report)} · ${kpi.label}` : kpi.label;
  canvas.outline(title, 1);
  canvas.tag("H2", () =>
    inRoom(flow, title, {
      x: x + 14,
      y: y + 17,
      width: inner,
      size: size.body,
      weight: "semibold",
      colour: colours.accent,
    }),
  );
  const spark = report.trend.series.find((series) => series.kpi === kpi.id);
  canvas.tag("P", () => {
    valueText(flow, kpi, report, { x: x + 14, y: y + 44, size: 25, width: spark ? inner * 0.56 : inner });
    for (const [row, line] of heroLines(kpi, report, flow).entries()) {
      const at = { y: y + 59 + row * 11.5, size: 8 };
      const used = line.strong
        ? inRoom(flow, line.strong, { ...at, x: x + 14, width: inner, weight: "semibold", colour: line.colour }) + 4
        : 0;
      inRoom(flow, line.rest, { ...at, x: x + 14 + used, width: inner - used, colour: colours.muted });
    }
  });
  if (spark) {
    const values = spark.values.map((value) => (value === null ? null : Number(value)));
    const scene = sparkline({ values, width: inner * 0.38, height: 30 }, theme);
    canvas.tag("Figure", () => canvas.paint(scene, x + 14 + inner * 0.62, y + 22), {
      alt: `${sectionHeading("trend", report)}: ${kpi.label}`,
    });
  }
}

interface Said {
  strong: string;
  colour: string;
  rest: string;
}

/** Two comparisons, then the goal. */
function heroLines(kpi: Kpi, report: Report, { theme }: Flow): Said[] {
  const { locale, cadence, compare } = report;
  const said = words(locale);
  const lines = compare.slice(0, kpi.goal ? 2 : 3).flatMap((basis): Said[] => {
    const change = kpi.changes[basis];
    if (!change || change.kind === "none") return [];
    const text = formatChange(change, { ...kpi, locale });
    const before = kpi[basis] === null ? "" : ` (${formatValue(kpi[basis], kpi, locale)})`;
    return [
      {
        strong: text.label,
        colour: changeColour(text, theme),
        rest: `${comparisonWord(basis, cadence, locale)}${before}`,
      },
    ];
  });
  const { goal } = kpi;
  if (goal) {
    const verdict = goal.achieved === null ? "" : goal.achieved ? `✓ ${said.achieved}` : `× ${said.missed}`;
    const share = goal.achievement === null ? "" : ` · ${said.achievement} ${formatShare(goal.achievement, locale)}`;
    const colour = goal.achieved ? theme.colours.good : theme.colours.bad;
    lines.push({ strong: verdict, colour, rest: `${goal.text}${share}` });
  }
  if (kpi.excludes.length > 0) lines.push({ strong: "", colour: theme.colours.muted, rest: without(kpi, report) });
  return lines.slice(0, 3);
}

function small(flow: Flow, report: Report, kpi: Kpi, { x, y, width }: { x: number; y: number; width: number }): void {
  const { canvas, theme } = flow;
  const { colours } = theme;
  const { locale, cadence } = report;
  const inner = width - 16;
  const now = report.overview?.omtm?.kpi === kpi.id ? report.overview.omtm : null;
  canvas.artifact(() => canvas.box({ x, y, width, height: cardHeight, fill: colours.panel, radius: 4 }));
  canvas.tag("P", () => {
    const label = now ? `★ ${kpi.label}${untilText(now, report)}` : kpi.label;
    inRoom(flow, label, {
      x: x + 8,
      y: y + 13,
      width: inner,
      size: size.small,
      weight: "semibold",
      colour: now ? colours.accent : colours.muted,
    });
    valueText(flow, kpi, report, { x: x + 8, y: y + 28, size: 13.5, width: inner });
    const basis = report.compare[0];
    const change = basis && kpi.changes[basis];
    const text = formatChange(change, { ...kpi, locale });
    const used = change
      ? inRoom(flow, text.label, {
          x: x + 8,
          y: y + 38.5,
          width: inner,
          size: 7.5,
          weight: "semibold",
          colour: changeColour(text, theme),
        }) + 4
      : 0;
    const rest =
      kpi.excludes.length > 0 ? without(kpi, report) : change && basis ? comparisonWord(basis, cadence, locale) : "";
    inRoom(flow, rest, { x: x + 8 + used, y: y + 38.5, width: inner - used, size: 7.5, colour: colours.muted });
  });
}

/** `매출에 메타 광고 제외` */
function without(kpi: Kpi, { locale }: Report): string {
  const said = words(locale);
  const names = kpi.excludes.join(", ");
  return locale === "ko-KR" ? `${names} ${said.excludes}` : `${said.excludes} ${names}`;
}

/** That it leads for now, and how long. */
function untilText({ until }: Star, { locale }: Report): string {
  const now = words(locale).matters;
  return until === null ? ` · ${now}` : ` · ${now} ~${formatDay(until, locale)}`;
}

function valueText(
  flow: Flow,
  kpi: Kpi,
  { locale }: Report,
  { x, y, size: points, width }: { x: number; y: number; size: number; width: number },
): void {
  const { colours } = flow.theme;
  const text = formatValue(kpi.value, kpi, locale);
  const used = inRoom(flow, text, {
    x,
    y,
    width,
    size: points,
    least: 3, // a sum is never cut
    weight: "bold",
    colour: kpi.value === null ? colours.faint : colours.ink,
  });
  const mark =
    kpi.value === null
      ? kpi.reason && reasonText(kpi.reason, locale)
      : kpi.provisional
        ? words(locale).provisionalShort
        : null;
  if (mark && text !== mark)
    inRoom(flow, mark, {
      x: x + used + 5,
      y,
      width: Math.max(0, width - used - 5) + 30,
      size: kpi.value === null ? 8 : 7,
      colour: kpi.value === null ? colours.muted : colours.warn,
    });
}
