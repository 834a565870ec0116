import type { Report, Why } from "../../transforms/report/model.ts";
import type { Scene } from "../chart/scene.ts";
import { plainCount } from "../chart/trend.ts";
import { comparisonWord, formatDifference, sectionHeading, words } from "../text.ts";
import { type as size, type Theme } from "../theme.ts";
import type { Flow } from "./flow.ts";
import { type Column, drawTable, keepHeight, type Line, type Row, wrapped } from "./table.ts";

/** What drove each change: parts that add up to it exactly, with the sum as the last row for anyone who checks. */
export function whyTables(flow: Flow, report: Report): void {
  report.why.forEach((why, at) => {
    const { columns, rows } = whyTable(flow, report, why);
    const start = keepHeight(flow, columns, rows);
    if (at === 0) flow.heading(sectionHeading("why", report), { level: 2, keep: start + 18 });
    const format = report.kpis.find(({ id }) => id === why.kpi) ?? plainCount;
    flow.heading(`${why.label} ${formatDifference(why.delta, format, report.locale)}`, {
      level: 3,
      keep: start,
      aside: comparisonWord(why.against, report.cadence, report.locale),
    });
    drawTable(flow, columns, rows);
    flow.space(8);
  });
}

function whyTable(flow: Flow, report: Report, { kpi, delta, parts }: Why): { columns: Column[]; rows: Row[] } {
  const { locale } = report;
  const said = words(locale);
  const { colours } = flow.theme;
  const measured = report.kpis.find(({ id }) => id === kpi);
  const format = measured ?? plainCount;
  // A rate's parts are small beside the rate: one digit more, so that they are seen to add up.
  const parted = format.unit === "ratio" ? { ...format, decimals: (format.decimals ?? 1) + 1 } : format;
  const better = measured?.better ?? "neither";
  const split = parts.some(({ rate, mix }) => rate !== null || mix !== null);
  const figures = split ? [said.rateEffect, said.mixEffect, said.contribution] : [said.contribution];
  const bar = 130;
  const columns: Column[] = [
    { title: said.factor, width: flow.width - bar - figures.length * 76, align: "start" },
    { title: "", width: bar, align: "start" },
    ...figures.map((title): Column => ({ title, width: 76, align: "end" })),
  ];
  const shown = (value: string | null, strong = false): { lines: Line[] } => ({
    lines: [
      {
        text: formatDifference(value, parted, locale),
        size: size.table,
        weight: strong ? "semibold" : "regular",
        colour: colours.text,
      },
    ],
  });
  const top = Math.max(...parts.map(({ total }) => Math.abs(Number(total))), 0) || 1;
  const both = parts.some(({ total }) => Number(total) < 0) && parts.some(({ total }) => Number(total) > 0);
  const rows: Row[] = [
    ...parts.map(({ name, rate, mix, total }) => ({
      cells: [
        { lines: wrapped(name, columns[0] ?? { width: 120 }, { size: size.table, colour: colours.ink }) },
        {
          scene: contribution(
            Number(total) / top,
            bar - 14,
            both,
            toneOf(Number(total), better, flow.theme),
            flow.theme,
          ),
        },
        ...(split ? [shown(rate), shown(mix)] : []),
        shown(total, true),
      ],
    })),
    {
      sum: true,
      cells: [
        { lines: [{ text: said.total, size: size.table, weight: "bold" as const, colour: colours.ink }] },
        {},
        ...(split ? [{}, {}] : []),
        {
          lines: [
            {
              text: formatDifference(delta, parted, locale),
              size: size.table,
              weight: "bold" as const,
              colour: colours.ink,
            },
          ],
        },
      ],
    },
  ];
  return { columns, rows };
}

/** A bar from the zero line to its side, scaled to the largest part. */
function contribution(share: number, width: number, both: boolean, fill: string, { colours }: Theme): Scene {
  const half = both ? width / 2 : width;
  const zero = both ? half : share < 0 ? width : 0;
  const length = Math.round(Math.max(0.75, Math.abs(share) * half) * 100) / 100;
  return {
    width,
    height: 12,
    alt: "",
    shapes: [
      {
        type: "rect",
        x: share < 0 ? zero - length : zero,
        y: 2,
        width: share === 0 ? 0 : length,
        height: 8,
        fill,
        radius: 1,
      },
      { type: "line", x1: zero, x2: zero, y1: 0, y2: 12, stroke: colours.faint, width: 0.75 },
    ],
  };
}

function toneOf(value: number, better: "up" | "down" | "neither", { colours }: Theme): string {
  if (better === "neither" || value === 0) return colours.accent;
  return value > 0 === (better === "up") ? colours.good : colours.bad;
}
