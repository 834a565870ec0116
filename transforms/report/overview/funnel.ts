import Big from "big.js";
import type { Stage, StageDef } from "../../definitions.ts";
import { changeOf } from "../../kpi/compare.ts";
import { textOrNull } from "../../kpi/decimal.ts";
import type { MoneyRules } from "../../kpi/money.ts";
import type { ChannelId, Text } from "../../metrics.ts";
import { languageOf, words } from "../../text.ts";
import { type Inputs, platformIn } from "../kpis.ts";
import type { Basis, Change, FunnelStage, Kpi } from "../model.ts";
import type { ChannelSums } from "./asks.ts";
import { channelName } from "./lines.ts";
import { inputsOf, measured } from "./measure.ts";

/** The stages in their order, each with its share of the one before. */
export function funnelOf(
  stages: readonly StageDef[],
  sums: readonly ChannelSums[],
  given: Inputs,
  money: MoneyRules,
  labels: Readonly<Partial<Record<ChannelId, Text>>>,
): FunnelStage[] {
  const lang = languageOf(given.def.locale);
  const counted = stages.map((stage): Counted => {
    const own = inputsOf(stage.channels, sums, given, money);
    const kpi = measured(stage.kpi, own);
    const alone = stage.channels.map((channel) => ({ channel, own: inputsOf([channel], sums, given, money) }));
    const silent = kpi.value === null ? [] : alone.filter((each) => measured(stage.kpi, each.own).value === null);
    // A channel that is silent altogether is named as such, not by its platforms.
    const named = silent.flatMap((each) => each.own.figures.sources.map(({ platform }) => platformIn(platform, given)));
    const lacking = silent.map(({ channel }) => countedIn(channel, labels, given));
    return {
      gaps: gapsOf(own),
      stage: stage.stage,
      label: stageNames[stage.stage][lang],
      counted: stage.channels.map((channel) => countedIn(channel, labels, given)).join(", "),
      kpi: { ...kpi, excludes: [...kpi.excludes.filter((name) => !named.includes(name)), ...lacking] },
      conversion: null,
    };
  });
  return counted.map(({ gaps, ...stage }, at) => {
    const before = counted[at - 1];
    return before ? { ...stage, conversion: conversionOf(before, { ...stage, gaps }) } : stage;
  });
}

/** The overview's own figures are the shop's. */
function countedIn(channel: ChannelId, labels: Parameters<typeof channelName>[1], given: Inputs): string {
  return channel === "overview" ? words(given.def.locale).shopOwn : channelName(channel, labels, given);
}

/** A stage with the days of the period that it lacks. */
type Counted = FunnelStage & { gaps: string };

function gapsOf({ figures, periods }: Inputs): string {
  return [...new Set(figures.sources.flatMap((source) => figures.missingDays(source, periods.period)))]
    .toSorted()
    .join(" ");
}

/** A stage by the one before. Where one of the two lacks a platform or other days they are not alike: no rate. */
function conversionOf(before: Counted, after: Counted): Kpi {
  const [from, to] = [before.kpi, after.kpi];
  const partial = from.excludes.length + to.excludes.length > 0 || before.gaps !== after.gaps;
  const share = (side: "value" | Basis): Big | null => {
    const [bottom, top] = [from[side], to[side]];
    return partial || bottom === null || top === null || new Big(bottom).eq(0) ? null : new Big(top).div(bottom);
  };
  const value = share("value");
  const change = (basis: Basis): Change => {
    const alike = [from, to].every(({ changes }) => changes[basis]?.comparable !== false);
    return changeOf(value, share(basis), alike);
  };
  const bases = Object.keys(to.changes) as Basis[]; // its own keys
  return {
    ...to,
    id: `${before.stage}_to_${after.stage}`,
    label: `${before.label} → ${after.label}`,
    unit: "ratio",
    currency: null,
    decimals: 1,
    better: "up",
    value: textOrNull(value),
    reason: value === null ? reasonOf(from, to, partial) : null,
    provisional: from.provisional || to.provisional,
    previous: textOrNull(share("previous")),
    year_ago: textOrNull(share("year_ago")),
    baseline: textOrNull(share("baseline")),
    changes: Object.fromEntries(bases.map((basis) => [basis, change(basis)])),
    per_day: null,
    goal: null,
  };
}

function reasonOf(from: Kpi, to: Kpi, partial: boolean): Kpi["reason"] {
  return to.reason ?? from.reason ?? (partial ? "incomplete" : "no_denominator");
}

const stageNames: Record<Stage, Text> = {
  awareness: { ko: "인지", en: "Awareness" },
  acquisition: { ko: "획득", en: "Acquisition" },
  activation: { ko: "활성화", en: "Activation" },
  revenue: { ko: "수익화", en: "Revenue" },
  retention: { ko: "유지", en: "Retention" },
  referral: { ko: "추천", en: "Referral" },
};
