import type { Branch, Report } from "../../../transforms/report/model.ts";
import type { Shape } from "../../chart/scene.ts";
import { formatChange, formatValue, reasonText, sectionHeading, tierName } from "../../text.ts";
import { changeColour } from "../../theme.ts";
import type { Flow } from "../flow.ts";
import { inRoom } from "./room.ts";

const tiers = ["strategic", "tactical", "operational"] as const;
const pitch = 13.5;
const node = 12;
const link = 14;
/** How much of the width each tier takes: what is above has short names and large sums. */
const shares = [0.29, 0.355, 0.355] as const;
const head = 13;

/** The KPIs below the North Star, a column for each tier, each joined to the one that it moves. */
export function kpiTree(flow: Flow, report: Report): void {
  const tree = report.overview?.tree ?? [];
  const [first] = tree;
  if (!first) return;
  const root = first.kpi.id === report.overview?.north_star?.kpi ? first : null;
  const nodes = root ? tree.slice(1) : tree;
  const rows = rowsOf(nodes);
  const height = head + Math.max(0, ...rows.values()) * pitch + pitch;
  flow.heading(sectionHeading("tree", report), { level: 3, keep: height });
  const { canvas, theme, left, y } = flow;
  const { colours } = theme;
  const places = columns(flow.width);
  for (const tier of tiers)
    canvas.tag("P", () =>
      inRoom(flow, tierName(tier, report.locale), {
        x: left + places[tier].x,
        width: places[tier].width,
        y: y + 8,
        size: 7,
        weight: "semibold",
        colour: colours.muted,
      }),
    );
  canvas.artifact(() =>
    canvas.paint({ width: flow.width, height, alt: "", shapes: links(nodes, rows, places, colours.line) }, left, y),
  );
  for (const each of nodes) {
    const { x, width } = places[each.tier];
    branch(flow, report, each, { x: left + x, y: y + head + (rows.get(each.id) ?? 0) * pitch, width });
  }
  flow.y += height - (pitch - node);
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

type Places = Record<Branch["tier"], { x: number; width: number }>;

/** Where each tier's column begins and how wide it is, each after room for its links. */
function columns(whole: number): Places {
  const room = whole - link * tiers.length;
  const places: Partial<Places> = {};
  let x = 0;
  for (const [at, tier] of tiers.entries()) {
    const width = room * (shares[at] ?? 0);
    places[tier] = { x: x + link, width };
    x += link + width;
  }
  return places as Places; // every tier has been placed
}

/** Elbows from each node to its parent; a node of the first kind hangs on the North Star's line at the left. */
function links(nodes: readonly Branch[], rows: ReadonlyMap<string, number>, places: Places, stroke: string): Shape[] {
  const middle = (id: string) => head + (rows.get(id) ?? 0) * pitch + node / 2;
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
      const to = places[each.tier].x;
      const above = nodes.find(({ id }) => id === each.parent);
      const y = middle(each.id);
      if (!above) return [line(link / 2, y, to, y)];
      const end = places[above.tier].x + places[above.tier].width;
      const elbow = end + link / 2;
      return [
        line(elbow, middle(above.id), elbow, y),
        line(elbow, y, to, y),
        line(end, middle(above.id), elbow, middle(above.id)),
      ];
    }),
  ];
}

function branch(
  flow: Flow,
  report: Report,
  { kpi, channel, tier }: Branch,
  { x, y, width }: { x: number; y: number; width: number },
): void {
  const { canvas, theme } = flow;
  const { colours } = theme;
  const { locale, compare } = report;
  const name = tier === "strategic" ? 0.4 : 0.46;
  canvas.artifact(() => canvas.box({ x, y, width, height: node, fill: colours.panel, radius: 2.5 }));
  const base = y + 8.7;
  const change = formatChange(kpi.changes[compare[0] ?? "previous"], { ...kpi, locale });
  const value = kpi.value === null && kpi.reason ? reasonText(kpi.reason, locale) : formatValue(kpi.value, kpi, locale);
  canvas.tag("P", () => {
    inRoom(flow, channel ? `${kpi.label} · ${channel}` : kpi.label, {
      x: x + 5,
      y: base,
      width: width * name - 5,
      size: 7,
      least: 5.4,
      colour: colours.text,
    });
    inRoom(flow, value, {
      x: x + width * 0.75,
      y: base,
      width: width * (0.74 - name),
      size: 7.8,
      least: 3, // a sum is never cut
      weight: "semibold",
      colour: kpi.value === null ? colours.muted : colours.ink,
      anchor: "end",
    });
    if (kpi.value !== null)
      inRoom(flow, change.arrow ? change.label : change.text, {
        x: x + width - 4,
        y: base,
        width: width * 0.23,
        size: 6.8,
        least: 5.2,
        colour: changeColour(change, theme),
        anchor: "end",
      });
  });
}
