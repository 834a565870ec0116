import { type BranchDef, type KpiDef, tiers } from "../../definitions.ts";
import type { MoneyRules } from "../../kpi/money.ts";
import type { ChannelId, Text } from "../../metrics.ts";
import type { Inputs } from "../kpis.ts";
import type { Branch, Kpi } from "../model.ts";
import type { ChannelSums } from "./asks.ts";
import { channelName } from "./lines.ts";
import { inputsOf, measured } from "./measure.ts";

/**
 * The KPI tree below the North Star: each KPI under the nearest of its ancestors that is of a higher tier and in the
 * tree, of the same channel where there is one. Parents come before their children.
 */
export function treeOf(
  branches: readonly BranchDef[],
  root: Kpi | null,
  sums: readonly ChannelSums[],
  given: Inputs,
  money: MoneyRules,
  labels: Readonly<Partial<Record<ChannelId, Text>>>,
): Branch[] {
  const { kpis } = given.book;
  const nodes = branches.flatMap(({ kpi: id, channel }): Node[] => {
    const def = kpis.get(id);
    if (!def || (id === root?.id && channel === null)) return [];
    const kpi = measured(id, channel === null ? given : inputsOf([channel], sums, given, money));
    // The shop's own figures are nobody's channel.
    const name = channel === null || channel === "overview" ? null : channelName(channel, labels, given);
    return [{ id: channel === null ? id : `${id}@${channel}`, def, of: channel, channel: name, kpi }];
  });
  const top: Node[] = root ? rootNode(root, kpis) : [];
  const parents = new Map(nodes.map((node) => [node.id, parentOf(node, nodes, kpis) ?? top[0]?.id ?? null]));
  const below = (parent: string | null): Branch[] =>
    nodes.filter(({ id }) => parents.get(id) === parent).flatMap((node) => [branch(node, parent), ...below(node.id)]);
  const [first] = top;
  return first ? [branch(first, null), ...below(first.id)] : below(null);
}

interface Node {
  id: string;
  def: KpiDef;
  of: ChannelId | null;
  channel: string | null;
  kpi: Kpi;
}

function rootNode(kpi: Kpi, kpis: ReadonlyMap<string, KpiDef>): Node[] {
  const def = kpis.get(kpi.id);
  return def ? [{ id: kpi.id, def, of: null, channel: null, kpi }] : [];
}

const branch = ({ id, def, channel, kpi }: Node, parent: string | null): Branch => ({
  id,
  parent,
  tier: def.tier,
  channel,
  kpi,
});

function parentOf({ def, of }: Node, nodes: readonly Node[], kpis: ReadonlyMap<string, KpiDef>): string | null {
  const seen = new Set<string>();
  for (let id = def.parent; id !== null && !seen.has(id); id = kpis.get(id)?.parent ?? null) {
    seen.add(id);
    const found = nodes.filter((node) => node.def.id === id && rank(node.def) < rank(def));
    const nearest = found.find((node) => node.of === of) ?? found.find((node) => node.of === null) ?? found[0];
    if (nearest) return nearest.id;
  }
  return null;
}

const rank = ({ tier }: KpiDef): number => tiers.indexOf(tier);
