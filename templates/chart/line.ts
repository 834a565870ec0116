import type { Locale } from "../../transforms/metrics.ts";
import { textWidth } from "../fonts.ts";
import type { ValueFormat } from "../text.ts";
import { theme as standard, type Theme } from "../theme.ts";
import { extent, tickLabels, ticks } from "./axis.ts";
import { type Dash, round, type Scene, type Shape } from "./scene.ts";

export interface LineChart {
  width: number;
  height: number;
  alt: string;
  locale: Locale;
  format: ValueFormat;
  /** One per point; a second line stands after a line break. */
  labels: readonly string[];
  /** False where the chart below carries the same labels. */
  showLabels?: boolean;
  series: readonly LineSeries[];
  /** A level to reach, such as a goal. */
  level?: { value: number; label: string } | null;
}

export interface LineSeries {
  /** Stands at the line's end. */
  label: string;
  /** Null leaves a gap: the line never bridges what nobody knows. */
  values: readonly (number | null)[];
  /** Solid for this period, dashed for the previous one, dotted for a year ago. */
  style: "solid" | "dashed" | "dotted";
  /** Points that are partial or provisional: drawn hollow. */
  hollow?: readonly boolean[];
}

const size = 7.5;

/** Lines over ordered points, named at their ends. */
export function lineChart(chart: LineChart, theme: Theme = standard): Scene {
  const { colours } = theme;
  const known = chart.series.flatMap(({ values }) => values.filter((value) => value !== null));
  const { min, max } = extent(chart.level ? [...known, chart.level.value] : known, chart.format.unit);
  const marks = ticks(min, max, chart.height < 96 ? 3 : 4);
  const names = tickLabels(marks, chart.format, chart.locale);
  const { left, right } = gutters(chart);
  const count = chart.labels.length;
  const inset = count > 1 ? Math.min(10, (chart.width - left - right) / count / 2) : 0;
  const rows = chart.showLabels === false ? 0 : Math.max(1, ...chart.labels.map((label) => label.split("\n").length));
  const top = 12;
  const bottom = chart.height - (rows ? 5 + rows * 10 : 4);
  const [low = 0, high = 1] = [marks[0], marks.at(-1)];
  const rising = chart.format.unit === "position"; // rank 1 belongs at the top
  const x = (at: number) =>
    count > 1
      ? left + inset + (at * (chart.width - left - right - inset * 2)) / (count - 1)
      : (left + chart.width - right) / 2;
  const y = (value: number) => {
    const share = (value - low) / (high - low || 1);
    return top + (bottom - top) * (rising ? share : 1 - share);
  };

  const shapes: Shape[] = marks.flatMap((mark, at): Shape[] => [
    {
      type: "line",
      x1: left,
      x2: chart.width - right,
      y1: round(y(mark)),
      y2: round(y(mark)),
      stroke: mark === 0 ? colours.faint : colours.line,
      width: mark === 0 ? 0.75 : 0.5,
    },
    text(left - 6, y(mark) + size * 0.35, rising && mark < 1 ? "" : (names[at] ?? ""), colours.muted, "end"),
  ]);
  if (rows) shapes.push(...axisLabels(chart.labels, x, bottom, colours.muted));
  if (chart.level) {
    const at = round(y(chart.level.value));
    shapes.push({
      type: "line",
      x1: left,
      x2: chart.width - right,
      y1: at,
      y2: at,
      stroke: colours.good,
      width: 0.9,
      dash: [5, 3],
    });
  }

  const painted = chart.series.map((series, at) => ({ series, ...strokeOf(series.style, at, theme) }));
  for (const { series, colour, width, dash } of painted.toReversed()) {
    shapes.push(...curve(series, { x, y, colour, width, dash, paper: colours.paper }));
  }
  const named = painted.flatMap(({ series: { label, values, style }, colour }) => {
    const last = values.findLast((value) => value !== null) ?? null;
    const ink = style === "solid" ? colour : colours.muted; // what is only compared is pale: its line, not its name
    return last === null || !label ? [] : [{ label, colour: ink, y: y(last), strong: style === "solid" }];
  });
  if (chart.level)
    named.push({ label: chart.level.label, colour: colours.good, y: y(chart.level.value), strong: false });
  shapes.push(...endLabels(named, { top, bottom, at: chart.width - right + 8 }));
  return { width: chart.width, height: chart.height, alt: chart.alt, shapes };
}

/** The widths that a chart needs beside its plot: tick labels left, the lines' names right. */
function gutters(chart: LineChart): { left: number; right: number } {
  const known = chart.series.flatMap(({ values }) => values.filter((value) => value !== null));
  const { min, max } = extent(chart.level ? [...known, chart.level.value] : known, chart.format.unit);
  const names = tickLabels(ticks(min, max, chart.height < 96 ? 3 : 4), chart.format, chart.locale);
  const ends = [...chart.series, ...(chart.level ? [chart.level] : [])].map(({ label }) =>
    textWidth(label, size, "semibold"),
  );
  return {
    left: Math.ceil(Math.max(...names.map((name) => textWidth(name, size, "regular")))) + 8,
    right: Math.ceil(Math.max(0, ...ends)) + 10,
  };
}

function strokeOf(
  style: LineSeries["style"],
  at: number,
  { colours }: Theme,
): { colour: string; width: number; dash?: Dash } {
  if (style === "dashed") return { colour: colours.faint, width: 1.25, dash: [4, 2.5] };
  if (style === "dotted") return { colour: colours.faint, width: 1.25, dash: [1.2, 2.2] };
  return { colour: at === 0 ? colours.accent : colours.second, width: 1.75 };
}

interface Pen {
  x: (at: number) => number;
  y: (value: number) => number;
  colour: string;
  width: number;
  dash?: Dash;
  paper: string;
}

function curve({ values, style, hollow }: LineSeries, { x, y, colour, width, dash, paper }: Pen): Shape[] {
  const shapes: Shape[] = [];
  let d = "";
  const pieces: string[] = [];
  values.forEach((value, at) => {
    if (value === null) return;
    const before = at > 0 ? values[at - 1] : null;
    const here = `${round(x(at))} ${round(y(value))}`;
    if (before === null || before === undefined) d += `M${here}`;
    else if (hollow?.[at] || hollow?.[at - 1]) {
      // A partial period hangs on a thinner dashed piece: the slope to it says little.
      pieces.push(`M${round(x(at - 1))} ${round(y(before))}L${here}`);
      d += `M${here}`;
    } else d += `L${here}`;
  });
  if (d) shapes.push({ type: "path", d, stroke: colour, width, dash });
  for (const piece of pieces) shapes.push({ type: "path", d: piece, stroke: colour, width: width * 0.8, dash: [3, 2] });
  if (style !== "solid") {
    // A value between gaps has no line to be seen by.
    values.forEach((value, at) => {
      if (value === null || (values[at - 1] ?? null) !== null || (values[at + 1] ?? null) !== null) return;
      shapes.push({
        type: "circle",
        x: round(x(at)),
        y: round(y(value)),
        r: 2.2,
        fill: paper,
        stroke: colour,
        width: 1,
      });
    });
    return shapes;
  }
  const dense = values.length > 16;
  values.forEach((value, at) => {
    if (value === null) return;
    const lone = (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null;
    const last = at === values.length - 1;
    if (dense && !lone && !last && !hollow?.[at]) return;
    const r = last ? 3 : 2;
    if (hollow?.[at])
      shapes.push({ type: "circle", x: round(x(at)), y: round(y(value)), r, fill: paper, stroke: colour, width: 1.4 });
    else
      shapes.push({ type: "circle", x: round(x(at)), y: round(y(value)), r, fill: colour, stroke: paper, width: 0.8 });
  });
  return shapes;
}

/** Names at the lines' ends, pushed apart where the ends lie close. */
function endLabels(
  named: { label: string; colour: string; y: number; strong: boolean }[],
  { top, bottom, at }: { top: number; bottom: number; at: number },
): Shape[] {
  const gap = size + 2.5;
  const ends = named.toSorted((a, b) => a.y - b.y);
  // Down from the top until none overlap, then back up from the bottom of the plot.
  ends.reduce<number | null>((above, end) => {
    end.y = above === null ? end.y : Math.max(end.y, above + gap);
    return end.y;
  }, null);
  ends.reduceRight((below, end) => {
    end.y = Math.max(top, Math.min(end.y, below - gap));
    return end.y;
  }, bottom + gap);
  return ends.map(({ label, colour, y, strong }) => text(at, y + size * 0.35, label, colour, "start", strong));
}

/** Every label where they fit; else every second, third …, counted from the last, which always has its own. */
function axisLabels(labels: readonly string[], x: (at: number) => number, bottom: number, colour: string): Shape[] {
  const widest = Math.max(
    ...labels.flatMap((label) => label.split("\n").map((line) => textWidth(line, size, "regular"))),
  );
  const step = labels.length > 1 ? x(1) - x(0) : Number.POSITIVE_INFINITY;
  const every = widest + 3 <= step ? 1 : Math.ceil((widest + 9) / step);
  return labels.flatMap((label, at) => {
    if ((labels.length - 1 - at) % every !== 0) return [];
    return label
      .split("\n")
      .map((line, row) => text(x(at), bottom + 11 + row * 10, line, colour, "middle"))
      .filter(({ text: line }) => line !== "");
  });
}

type TextOf = Extract<Shape, { type: "text" }>;

function text(x: number, y: number, value: string, fill: string, anchor: TextOf["anchor"], strong = false): TextOf {
  return {
    type: "text",
    x: round(x),
    y: round(y),
    text: value,
    size,
    weight: strong ? "semibold" : "regular",
    fill,
    anchor,
  };
}
