import Big from "big.js";
import type { ReportDef } from "../definitions.ts";
import type { Kpi, Why } from "../report/model.ts";
import {
  comparisonWord,
  formatChange,
  formatCompact,
  formatDifference,
  formatValue,
  languageOf,
  noValue,
  withParticle,
} from "../text.ts";

/**
 * The report in one to five sentences, the answer first: the headline KPI, the goal it has, what moved most beside it,
 * and which part drove it. Every number in them stands in `kpis` or `why`.
 */
export function summaryOf(kpis: readonly Kpi[], why: readonly Why[], def: ReportDef): string[] {
  const [headline, ...rest] = kpis;
  if (!headline) return [];
  const basis = def.compare[0] ?? "previous";
  const movers = rest
    .filter(
      ({ value, changes, provisional }) =>
        value !== null && changes[basis]?.kind === "change" && (changes[basis].comparable || provisional),
    )
    .toSorted((a, b) => size(b, basis).cmp(size(a, basis)))
    .slice(0, 2);
  return [
    movedSentence(headline, def),
    headline.goal && headline.goal.achieved !== null ? sentences[languageOf(def.locale)].goal(headline) : null,
    ...movers.map((kpi) => movedSentence(kpi, def)),
    drivenBy(why, headline, def),
  ].filter((sentence) => sentence !== null);
}

/** `ROAS는 402%, 전주보다 14.9% (+52%p) 늘었습니다.` */
export function movedSentence(kpi: Kpi, def: ReportDef): string {
  return sentences[languageOf(def.locale)].moved(kpi, def);
}

function drivenBy(why: readonly Why[], headline: Kpi, def: ReportDef): string | null {
  const first = why.find(({ kpi }) => kpi === headline.id);
  const part = first?.parts.find(({ total }) => new Big(total).gt(0) === new Big(first.delta).gt(0));
  return first && part ? sentences[languageOf(def.locale)].driver(part, headline, def) : null;
}

const size = (kpi: Kpi, basis: ReportDef["compare"][number]): Big => new Big(kpi.changes[basis]?.ratio ?? 0).abs();

interface Sentences {
  moved(kpi: Kpi, def: ReportDef): string;
  goal(kpi: Kpi): string;
  driver(part: Why["parts"][number], kpi: Kpi, def: ReportDef): string;
}

/** A value as sentences say it. */
export const shortValue = (kpi: Kpi, def: ReportDef): string =>
  kpi.value === null
    ? noValue
    : kpi.unit === "money" || kpi.unit === "count"
      ? formatCompact(kpi.value, kpi, def.locale)
      : formatValue(kpi.value, kpi, def.locale);

/** `14.9% (+52%p)`, without its sign, which the verb says. */
function amountOf(kpi: Kpi, def: ReportDef): { text: string; direction: "up" | "down" | "flat" } | null {
  const change = kpi.changes[def.compare[0] ?? "previous"];
  const said = formatChange(change, { ...kpi, locale: def.locale });
  if (change?.kind !== "change") return null;
  const direction = said.text.startsWith("+") ? "up" : said.text.startsWith("-") ? "down" : "flat";
  return {
    text: said.text.replace(/^[+-]/, "") + (said.points && kpi.unit === "ratio" ? ` (${said.points})` : ""),
    direction,
  };
}

const sentences: Record<"ko" | "en", Sentences> = {
  ko: {
    moved(kpi, def) {
      const label = withParticle(kpi.label, "은/는");
      if (kpi.value === null) return `${label} 이번 기간에 집계되지 않았습니다.`;
      const change = amountOf(kpi, def);
      const value = shortValue(kpi, def);
      const basis = comparisonWord(def.compare[0] ?? "previous", def.cadence, "ko-KR").replace(/ 대비$/, "");
      if (!change) return `${label} ${value}입니다.`;
      if (change.direction === "flat") return `${label} ${value}, ${basis}와 같은 수준입니다.`;
      const tentative = kpi.provisional ? " 아직 잠정치입니다." : "";
      return `${label} ${value}, ${basis}보다 ${change.text} ${change.direction === "up" ? "늘었습니다" : "줄었습니다"}.${tentative}`;
    },
    goal: ({ goal }) =>
      goal?.achieved ? `${goal.text} 조건을 충족했습니다.` : `${goal?.text} 조건에 미치지 못했습니다.`,
    driver: (part, kpi, def) =>
      `가장 큰 요인은 ‘${part.name}’입니다(${formatDifference(part.total, kpi, def.locale)}).`,
  },
  en: {
    moved(kpi, def) {
      if (kpi.value === null) return `${kpi.label} could not be computed for this period.`;
      const change = amountOf(kpi, def);
      const value = shortValue(kpi, def);
      const basis = comparisonWord(def.compare[0] ?? "previous", def.cadence, "en-US").replace(/^vs /, "");
      if (!change) return `${kpi.label}: ${value}.`;
      if (change.direction === "flat") return `${kpi.label} stayed at ${value}.`;
      const tentative = kpi.provisional ? ", still provisional" : "";
      return `${kpi.label} ${change.direction === "up" ? "rose" : "fell"} ${change.text} against the ${basis} to ${value}${tentative}.`;
    },
    goal: ({ goal }) =>
      goal?.achieved
        ? `That meets the goal (${lower(goal.text)}).`
        : `That misses the goal (${lower(goal?.text ?? "")}).`,
    driver: (part, kpi, def) =>
      `The largest driver was “${part.name}” (${formatDifference(part.total, kpi, def.locale)}).`,
  },
};

const lower = (text: string): string => text.replace(/^Goal: /, "").replace(/^Budget/, "budget");
