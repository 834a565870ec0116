import type { FunnelStage, Kpi, Report } from "../../../transforms/report/model.ts";
import { formatChange, formatValue, reasonText, sectionHeading } from "../../text.ts";
import { changeColour } from "../../theme.ts";
import type { Flow } from "../flow.ts";
import { inRoom } from "./room.ts";

const height = 48;

/** The stages from left to right, and between two of them how many of the one came to the other. */
export function funnel(flow: Flow, report: Report): void {
  const stages = report.overview?.funnel ?? [];
  if (stages.length === 0) return;
  flow.heading(sectionHeading("funnel", report), { level: 3, keep: height + 8 });
  const gap = stages.length > 1 ? Math.min(50, (flow.width * 0.3) / (stages.length - 1)) : 0;
  const width = (flow.width - gap * (stages.length - 1)) / stages.length;
  for (const [at, stage] of stages.entries()) {
    const x = flow.left + at * (width + gap);
    if (stage.conversion) step(flow, report, stage.conversion, { x: x - gap, width: gap });
    box(flow, report, stage, { x, width, depth: at / Math.max(1, stages.length - 1) });
  }
  flow.y += height;
}

function box(
  flow: Flow,
  report: Report,
  { label, kpi, counted }: FunnelStage,
  { x, width, depth }: { x: number; width: number; depth: number },
): void {
  const { canvas, theme, y } = flow;
  const { colours } = theme;
  const { locale, compare } = report;
  const inner = width - 6;
  // Narrower at every stage, as people leave on the way.
  const inset = depth * 5;
  canvas.artifact(() =>
    canvas.box({ x, y: y + inset, width, height: height - inset * 2, fill: colours.accentFaint, radius: 3 }),
  );
  const middle = x + width / 2;
  const centred = { x: middle, width: inner, anchor: "middle" as const };
  canvas.tag("P", () => {
    inRoom(flow, `${label} · ${kpi.label}`, {
      ...centred,
      y: y + 14.5,
      size: 7.4,
      least: 5.5,
      weight: "semibold",
      colour: colours.accent,
    });
    const text =
      kpi.value === null && kpi.reason ? reasonText(kpi.reason, locale) : formatValue(kpi.value, kpi, locale);
    inRoom(flow, text, {
      ...centred,
      y: y + 28.5,
      size: kpi.value === null ? 9 : 13,
      least: 3, // a sum is never cut
      weight: "bold",
      colour: kpi.value === null ? colours.muted : colours.ink,
    });
    const change = formatChange(kpi.changes[compare[0] ?? "previous"], { ...kpi, locale });
    const below = kpi.value === null ? counted : change.label;
    inRoom(flow, below, {
      ...centred,
      y: y + 38.5,
      size: 7,
      least: 5,
      colour: kpi.value === null ? colours.muted : changeColour(change, theme),
    });
  });
}

function step(flow: Flow, report: Report, kpi: Kpi, { x, width }: { x: number; width: number }): void {
  const { canvas, theme, y } = flow;
  const { colours } = theme;
  const { locale, compare } = report;
  const middle = { x: x + width / 2, width: width - 4, anchor: "middle" as const };
  const centre = y + height / 2;
  canvas.artifact(() =>
    canvas.paint(
      {
        width,
        height: 4,
        alt: "",
        shapes: [
          { type: "line", x1: 4, x2: width - 5, y1: 2, y2: 2, stroke: colours.faint, width: 0.8 },
          { type: "path", d: `M${width - 8} -0.5L${width - 4} 2L${width - 8} 4.5Z`, fill: colours.faint },
        ],
      },
      x,
      centre,
    ),
  );
  canvas.tag("P", () => {
    const text =
      kpi.value === null && kpi.reason ? reasonText(kpi.reason, locale) : formatValue(kpi.value, kpi, locale);
    inRoom(flow, text, {
      ...middle,
      y: centre - 4,
      size: kpi.value === null ? 7 : 10,
      least: 3,
      weight: "semibold",
      colour: kpi.value === null ? colours.muted : colours.ink,
    });
    const change = formatChange(kpi.changes[compare[0] ?? "previous"], { ...kpi, locale });
    if (kpi.value !== null && change.points)
      inRoom(flow, `${change.arrow} ${change.points}`.trim(), {
        ...middle,
        y: centre + 12.5,
        size: 6.8,
        least: 5,
        colour: changeColour(change, theme),
      });
  });
}
