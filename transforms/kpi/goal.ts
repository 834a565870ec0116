import Big from "big.js";
import type { GoalDef, KpiDef } from "../definitions.ts";
import { type Cadence, type Locale, metrics } from "../metrics.ts";
import { daysOf, type Period } from "../period.ts";
import type { Goal } from "../report/model.ts";
import { formatValue, words } from "../text.ts";
import { isMetric } from "./compute.ts";
import { decimalText } from "./decimal.ts";

/** How long a goal's period is, by the word it is written with. */
const cadenceOf = { day: "daily", week: "weekly", month: "monthly", quarter: "quarterly" } as const;

/** The goal that holds for a KPI in this period: of the same length (any length for a rate), the newest `from` first. */
export function goalFor(kpi: string, goals: readonly GoalDef[], cadence: Cadence, period: Period): GoalDef | null {
  const isSum = isMetric(kpi) && metrics[kpi].over === "sum";
  const holding = goals.filter(
    (goal) =>
      goal.kpi === kpi &&
      (cadenceOf[goal.per] === cadence || (!isSum && goal.kind !== "budget")) &&
      (goal.from ?? "") <= period.to &&
      (goal.until ?? "9999") >= period.from,
  );
  return (
    holding.toSorted((a, b) => rank(b, cadence) - rank(a, cadence) || (b.from ?? "").localeCompare(a.from ?? ""))[0] ??
    null
  );
}

const rank = (goal: GoalDef, cadence: Cadence): number => (cadenceOf[goal.per] === cadence ? 1 : 0);

/**
 * Judges a value against its goal. A sum's target is pro-rated by days when the goal begins or ends inside the period.
 *
 * Achievement is actual / target, or target / actual where less is better, capped at 200 %.
 */
export function judgeGoal({ goal, value, def, currency, owner, period, over, locale }: Judging): Goal {
  const share = isMetric(goal.kpi) && metrics[goal.kpi].over === "sum" ? shareHeld(goal, period) : one;
  const target = new Big(goal.target).times(share);
  const upper = goal.target_to === null ? null : new Big(goal.target_to).times(share);
  const print = (amount: Big): string =>
    formatValue(
      decimalText(amount),
      { unit: def.unit, currency: def.unit === "money" ? currency : null, decimals: goalDecimals(def, amount) },
      locale,
    );
  return {
    kind: goal.kind,
    target: decimalText(target),
    target_to: upper === null ? null : decimalText(upper),
    achieved: value === null ? null : verdict(goal.kind, value, target, upper ?? target, over),
    achievement:
      value === null || goal.kind === "between"
        ? null
        : achievementOf(value, target, goal.kind === "at_most" || (goal.kind === "at_least" && def.better === "down")),
    owner,
    text: sentences[locale === "ko-KR" ? "ko" : "en"][goal.kind](print(target), upper === null ? "" : print(upper)),
    pro_rated: !share.eq(one),
  };
}

/** A goal with all that it is judged by. */
export interface Judging {
  goal: GoalDef;
  value: Big | null;
  def: KpiDef;
  currency: string;
  /** The name of the person who answers for it. */
  owner: string;
  period: Period;
  /** False while the period runs: a budget that is not used up yet is no achievement. */
  over: boolean;
  locale: Locale;
}

function verdict(kind: GoalDef["kind"], value: Big, target: Big, upper: Big, over: boolean): boolean | null {
  const reached = achieved[kind](value, target, upper);
  return kind === "budget" && reached && !over ? null : reached;
}

/** A target is a round number: print no more digits than it has. */
function goalDecimals({ unit, decimals }: KpiDef, target: Big): number {
  const [, fraction = ""] = decimalText(unit === "ratio" ? target.times(100) : target).split(".");
  return Math.min(decimals, fraction.length);
}

function achievementOf(value: Big, target: Big, lessIsBetter: boolean): string | null {
  if (lessIsBetter) return decimalText(value.lte(0) ? cap : min(target.div(value), cap));
  return target.eq(0) ? null : decimalText(min(value.div(target), cap));
}

function shareHeld(goal: GoalDef, period: Period): Big {
  const days = daysOf(period);
  const held = days.filter((day) => day >= (goal.from ?? "") && day <= (goal.until ?? "9999"));
  return new Big(held.length).div(days.length);
}

const one = new Big(1);
const cap = new Big(2);
const min = (a: Big, b: Big): Big => (a.lt(b) ? a : b);

const achieved: Record<GoalDef["kind"], (value: Big, target: Big, upper: Big) => boolean> = {
  at_least: (value, target) => value.gte(target),
  at_most: (value, target) => value.lte(target),
  between: (value, target, upper) => value.gte(target) && value.lte(upper),
  budget: (value, target) => value.lte(target),
};

const sentences: Record<"ko" | "en", Record<GoalDef["kind"], (target: string, upper: string) => string>> = {
  ko: {
    at_least: (target) => `${words("ko-KR").goal} ${target} 이상`,
    at_most: (target) => `${words("ko-KR").goal} ${target} 이하`,
    between: (target, upper) => `${words("ko-KR").goal} ${target}~${upper}`,
    budget: (target) => `${words("ko-KR").budget} ${target}`,
  },
  en: {
    at_least: (target) => `Goal: at least ${target}`,
    at_most: (target) => `Goal: at most ${target}`,
    between: (target, upper) => `Goal: ${target} to ${upper}`,
    budget: (target) => `Budget ${target}`,
  },
};
