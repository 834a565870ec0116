import type { Kpi, Pacing, Report } from "../../transforms/report/model.ts";
import type { Scene, Shape } from "../chart/scene.ts";
import { clipped, textWidth } from "../fonts.ts";
import { formatShare, formatValue, sectionHeading, words } from "../text.ts";
import { type as size, type Theme } from "../theme.ts";
import type { Flow } from "./flow.ts";
import { drawTable, keepHeight, wrapped } from "./table.ts";

/** Goal by goal: where it stands, how far that is, and whether it is met. */
export function goalsTable(flow: Flow, report: Report): void {
  const { locale } = report;
  const said = words(locale);
  const { colours } = flow.theme;
  const held = report.kpis.filter(judged);
  const values = held.map((kpi) => textWidth(formatValue(kpi.value, kpi, locale), size.table, "semibold"));
  const widths = [136, Math.max(64, ...values) + 12, 120, 0, 56];
  const bar = flow.width - widths.reduce((sum, width) => sum + width, 0);
  const columns = [said.kpi, said.value, said.goal, said.achievement, said.status].map((title, at) => ({
    title,
    width: at === 3 ? bar : (widths[at] ?? 0),
    align: at === 1 || at === 4 ? ("end" as const) : ("start" as const),
  }));
  const rows = held.map(({ goal, ...kpi }) => {
    const result = goal.achieved === null ? said.undecided : goal.achieved ? `✓ ${said.achieved}` : `× ${said.missed}`;
    const colour = goal.achieved === null ? colours.muted : goal.achieved ? colours.good : colours.bad;
    const plain = { size: size.table, colour: colours.text };
    return {
      cells: [
        {
          lines: [
            ...wrapped(kpi.label, { width: 136 }, { ...plain, colour: colours.ink }),
            ...wrapped(`${said.owner} ${goal.owner}`, { width: 136 }, { size: size.tiny, colour: colours.muted }),
          ],
        },
        { lines: [{ ...plain, text: formatValue(kpi.value, kpi, locale), weight: "semibold" as const }] },
        {
          lines: [
            ...wrapped(goal.text, { width: 120 }, plain),
            ...(goal.pro_rated
              ? wrapped(said.proRated, { width: 120 }, { size: size.tiny, colour: colours.muted })
              : []),
          ],
        },
        { scene: achievementBar(goal.achievement, bar - 12, colour, locale, flow.theme) },
        { lines: [{ ...plain, text: result, weight: "semibold" as const, colour }] },
      ],
    };
  });
  flow.heading(sectionHeading("goals", report), { level: 2, keep: keepHeight(flow, columns, rows) });
  drawTable(flow, columns, rows);
}

/** A goal with a verdict; a month's budget is told by its pacing instead. */
export function judged(kpi: Kpi): kpi is Kpi & { goal: NonNullable<Kpi["goal"]> } {
  return kpi.goal !== null && !(kpi.goal.kind === "budget" && kpi.goal.achieved === null);
}

/** How much of the month's budget is spent, against how much of the month is gone. */
export function pacingBars(flow: Flow, report: Report): void {
  const { locale } = report;
  const said = words(locale);
  const { canvas, theme } = flow;
  const { colours } = theme;
  flow.heading(sectionHeading("pacing", report), { level: 2, keep: Math.min(3, report.pacing.length) * 66 });
  for (const pace of report.pacing) {
    flow.need(62);
    const money = (value: string | null) => formatValue(value, { unit: "money", currency: pace.currency }, locale);
    const top = flow.y;
    canvas.tag("P", () => {
      canvas.text(
        clipped(`${pace.label} · ${monthName(pace.month, locale)}`, flow.width * 0.6, size.body, "semibold"),
        {
          x: flow.left,
          y: top + 10,
          size: size.body,
          weight: "semibold",
          colour: colours.ink,
        },
      );
      canvas.text(
        `■ ${said.used} ${formatShare(pace.used, locale)}  ·  | ${said.elapsed} ${formatShare(pace.elapsed, locale)}`,
        {
          x: flow.left + flow.width,
          y: top + 10,
          size: size.small,
          weight: "semibold",
          colour: colours.text,
          anchor: "end",
        },
      );
    });
    const scene = pacingBar(
      pace,
      flow.width,
      `${said.used} ${formatShare(pace.used, locale)}, ${said.elapsed} ${formatShare(pace.elapsed, locale)}`,
      theme,
    );
    canvas.tag("Figure", () => canvas.paint(scene, flow.left, top + 16), { alt: scene.alt });
    const facts = [
      [said.spent, money(pace.spent)],
      [said.budget, money(pace.budget)],
      [said.projected, money(pace.projected)],
      [said.neededPerDay, money(pace.needed_per_day)],
      [said.through, pace.through],
    ];
    canvas.tag("P", () =>
      facts.forEach(([name, value], at) => {
        const x = flow.left + (at * flow.width) / facts.length;
        canvas.text(name ?? "", { x, y: top + 42, size: size.tiny, colour: colours.muted });
        canvas.text(value ?? "", { x, y: top + 53, size: size.table, weight: "semibold", colour: colours.text });
      }),
    );
    flow.y += 66;
  }
}

function monthName(month: string, locale: Report["locale"]): string {
  const [year, number] = month.split("-").map(Number);
  const style = { year: "numeric", month: "long", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(locale, style).format(Date.UTC(year ?? 0, (number ?? 1) - 1, 1));
}

function pacingBar(
  { used, elapsed, budget, projected }: Pacing,
  width: number,
  alt: string,
  { colours }: Theme,
): Scene {
  const end = Math.max(1, Number(used), Number(projected) / Number(budget) || 0);
  const at = (share: number) => Math.round(Math.min(share / end, 1) * width * 100) / 100;
  const over = Number(projected) > Number(budget) * 1.02;
  const shapes: Shape[] = [
    { type: "rect", x: 0, y: 3, width, height: 8, fill: colours.panel, radius: 2 },
    {
      type: "rect",
      x: 0,
      y: 3,
      width: at(Number(projected) / Number(budget) || 0),
      height: 8,
      fill: over ? colours.badSoft : colours.accentFaint,
      radius: 2,
    },
    {
      type: "rect",
      x: 0,
      y: 3,
      width: Math.max(1, at(Number(used))),
      height: 8,
      fill: Number(used) > 1 ? colours.bad : colours.accent,
      radius: 2,
    },
    { type: "line", x1: at(Number(elapsed)), x2: at(Number(elapsed)), y1: 0, y2: 14, stroke: colours.ink, width: 1.2 },
  ];
  if (end > 1)
    shapes.push({ type: "line", x1: at(1), x2: at(1), y1: 1, y2: 13, stroke: colours.bad, width: 0.9, dash: [2, 1.5] });
  return { width, height: 14, alt, shapes };
}

/** A bar up to twice the goal at most, a mark at the goal itself, the share behind it. */
function achievementBar(
  achievement: string | null,
  width: number,
  colour: string,
  locale: Report["locale"],
  { colours }: Theme,
): Scene {
  const text = formatShare(achievement, locale);
  const length = width - 42;
  const share = Number(achievement ?? 0);
  const end = Math.max(1.2, share);
  const goal = Math.round((length / end) * 100) / 100;
  return {
    width,
    height: 12,
    alt: text,
    shapes: [
      { type: "rect", x: 0, y: 2.5, width: length, height: 7, fill: colours.panel, radius: 1.5 },
      ...(share > 0
        ? [
            {
              type: "rect" as const,
              x: 0,
              y: 2.5,
              width: Math.round((length * share * 100) / end) / 100,
              height: 7,
              fill: colour,
              radius: 1.5,
            },
          ]
        : []),
      { type: "line", x1: goal, x2: goal, y1: 0, y2: 12, stroke: colours.ink, width: 1 },
      { type: "text", x: width, y: 9, text, size: size.small, weight: "semibold", fill: colours.text, anchor: "end" },
    ],
  };
}
