import type { Branch, Report } from "../../../transforms/report/model.ts";
import type { Shape } from "../../chart/scene.ts";
import { formatChange, formatValue, reasonText, sectionTitle, tierName } from "../../text.ts";
import { changeColour } from "../../theme.ts";
import type { Flow } from "../flow.ts";
import { fit } from "./fit.ts";

const tiers = ["strategic", "tactical", "operational"] as const;
const pitch = 17;
const node = 14.5;
const link = 16;
const head = 14;

/** The KPIs below the North Star, a column for each tier, each joined to the one that it moves. */
export function kpiTree(flow: Flow, report: Report): void {
  const tree = report.overview?.tree ?? [];
  const [first] = tree;
  if (!first) return;
  const root = first.kpi.id === report.overview?.north_star?.kpi ? first : null;
  const nodes = root ? tree.slice(1) : tree;
  const rows = rowsOf(nodes);
  const height = head + Math.max(0, ...rows.values()) * pitch + pitch;
  flow.heading(sectionTitle("tree", report.locale), { level: 3, keep: height });
  const { canvas, theme, left, y } = flow;
  const { colours } = theme;
  const width = (flow.width - link * tiers.length) / tiers.length;
  const x = (tier: Branch["tier"]) => left + link + tiers.indexOf(tier) * (width + link);
  for (const tier of tiers)
    canvas.tag("P", () =>
      fit(flow, tierName(tier, report.locale), {
        x: x(tier),
        y: y + 8,
        width,
        size: 7,
        weight: "semibold",
        colour: colours.muted,
      }),
    );
  canvas.artifact(() =>
    canvas.paint({ width: flow.width, height, alt: "", shapes: links(nodes, rows, width, colours.line) }, left, y),
  );
  for (const each of nodes)
    branch(flow, report, each, { x: x(each.tier), y: y + head + (rows.get(each.id) ?? 0) * pitch, width });
  flow.y += height + 2;
}

/** The row of each node: leaves follow each other, a parent stands beside its first child. */
function rowsOf(nodes: readonly Branch[]): Map<string, number> {
  const rows = new Map<string, number>();
  let next = 0;
  const place = (each: Branch): number => {
    const children = nodes.filter(({ parent }) => parent === each.id);
    const own = children.map(place)[0] ?? next++;
    rows.set(each.id, own);
    return own;
  };
  const ids = new Set(nodes.map(({ id }) => id));
  for (const each of nodes) if (each.parent === null || !ids.has(each.parent)) place(each);
  return rows;
}

/** Elbows from each node to its parent; a node of the first kind hangs on the North Star's line at the left. */
function links(nodes: readonly Branch[], rows: ReadonlyMap<string, number>, width: number, stroke: string): Shape[] {
  const middle = (id: string) => head + (rows.get(id) ?? 0) * pitch + node / 2;
  const left = (tier: Branch["tier"]) => link + tiers.indexOf(tier) * (width + link);
  const top = nodes.filter(({ parent }) => !nodes.some(({ id }) => id === parent));
  const line = (x1: number, y1: number, x2: number, y2: number): Shape => ({
    type: "line",
    x1,
    y1,
    x2,
    y2,
    stroke,
    width: 1,
  });
  const ends = top.map(({ id }) => middle(id));
  return [
    ...(ends.length > 0 ? [line(link / 2, head, link / 2, Math.max(...ends))] : []),
    ...nodes.flatMap((each): Shape[] => {
      const to = left(each.tier);
      const above = nodes.find(({ id }) => id === each.parent);
      const y = middle(each.id);
      if (!above) return [line(link / 2, y, to, y)];
      const elbow = left(above.tier) + width + link / 2;
      return [
        line(elbow, middle(above.id), elbow, y),
        line(elbow, y, to, y),
        line(left(above.tier) + width, middle(above.id), elbow, middle(above.id)),
      ];
    }),
  ];
}

function branch(
  flow: Flow,
  report: Report,
  { kpi, channel }: Branch,
  { x, y, width }: { x: number; y: number; width: number },
): void {
  const { canvas, theme } = flow;
  const { colours } = theme;
  const { locale, compare } = report;
  canvas.artifact(() => canvas.box({ x, y, width, height: node, fill: colours.panel, radius: 2.5 }));
  const base = y + 10;
  const change = formatChange(kpi.changes[compare[0] ?? "previous"], { ...kpi, locale });
  const value = kpi.value === null && kpi.reason ? reasonText(kpi.reason, locale) : formatValue(kpi.value, kpi, locale);
  canvas.tag("P", () => {
    fit(flow, channel ? `${kpi.label} · ${channel}` : kpi.label, {
      x: x + 5,
      y: base,
      width: width * 0.5 - 5,
      size: 7,
      least: 5.4,
      colour: colours.text,
    });
    fit(flow, value, {
      x: x + width * 0.735,
      y: base,
      width: width * 0.22,
      size: 7.8,
      least: 5.4,
      weight: "semibold",
      colour: kpi.value === null ? colours.muted : colours.ink,
      anchor: "end",
    });
    if (kpi.value !== null)
      fit(flow, change.arrow ? change.label : change.text, {
        x: x + width - 4,
        y: base,
        width: width * 0.24,
        size: 6.8,
        least: 5.2,
        colour: changeColour(change, theme),
        anchor: "end",
      });
  });
}
