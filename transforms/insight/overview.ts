import Big from "big.js";
import type { ReportDef } from "../definitions.ts";
import type { FunnelStage, Kpi, Overview } from "../report/model.ts";
import { comparisonWord, formatChange, formatDifference, formatValue, languageOf, withParticle } from "../text.ts";
import { movedSentence, shortValue } from "./summary.ts";

/**
 * The overview in up to four sentences: the North Star, what the money brought, which channels moved most, and where the
 * funnel narrowed or widened. The goal stands with the North Star itself. Every number in them stands in the report's tables.
 */
export function overviewSummary(kpis: readonly Kpi[], overview: Overview, def: ReportDef): string[] {
  const [headline] = kpis;
  if (!headline) return [];
  return [movedSentence(headline, def), blended(kpis, def), channels(overview, def), narrowest(overview, def)].filter(
    (sentence) => sentence !== null,
  );
}

/** Only where shop and platforms both say their part. */
function blended(kpis: readonly Kpi[], def: ReportDef): string | null {
  const [revenue, cost, roas] = ["revenue", "cost", "blended_roas"].map((id) => kpis.find((kpi) => kpi.id === id));
  if (!revenue?.value || !cost?.value || !roas?.value) return null;
  return say[languageOf(def.locale)].blended(revenue, cost, roas, def);
}

/** The channels whose headline rose and fell most, by their relative change. */
function channels({ lines }: Overview, def: ReportDef): string | null {
  const basis = def.compare[0] ?? "previous";
  const moved = lines
    .flatMap(({ label, headline }) => {
      const change = headline.changes[basis];
      const known = change?.kind === "change" && change.ratio !== null && (change.comparable || headline.provisional);
      return known ? [{ label, headline, ratio: new Big(change.ratio ?? 0) }] : [];
    })
    .toSorted((a, b) => b.ratio.cmp(a.ratio));
  const [most, least] = [moved[0], moved.at(-1)];
  const shown = [most?.ratio.gt(0) ? most : null, least?.ratio.lt(0) ? least : null].filter((each) => each !== null);
  if (shown.length === 0) return null;
  return say[languageOf(def.locale)].channels(shown, def);
}

/** The stage whose conversion changed most. */
function narrowest({ funnel }: Overview, def: ReportDef): string | null {
  const basis = def.compare[0] ?? "previous";
  const [stage] = funnel
    .filter(({ conversion }) => {
      const change = conversion?.changes[basis];
      return change?.kind === "change" && change.comparable && change.ratio !== "0";
    })
    .toSorted((a, b) => ratioOf(b, basis).cmp(ratioOf(a, basis)));
  return stage?.conversion ? say[languageOf(def.locale)].funnel(stage.conversion, def) : null;
}

const ratioOf = ({ conversion }: FunnelStage, basis: ReportDef["compare"][number]): Big =>
  new Big(conversion?.changes[basis]?.ratio ?? 0).abs();

interface Moved {
  label: string;
  headline: Kpi;
  ratio: Big;
}

interface Sentences {
  blended(revenue: Kpi, cost: Kpi, roas: Kpi, def: ReportDef): string;
  channels(moved: readonly Moved[], def: ReportDef): string;
  funnel(conversion: Kpi, def: ReportDef): string;
}

/** `+8.2%`, and that it is not final where it is not. */
const changeText = (kpi: Kpi, def: ReportDef): string => {
  const change = formatChange(kpi.changes[def.compare[0] ?? "previous"], { ...kpi, locale: def.locale });
  return change.word ? `${change.text}, ${change.word}` : change.text;
};

const against = (def: ReportDef): string => comparisonWord(def.compare[0] ?? "previous", def.cadence, def.locale);

const differenceOf = (kpi: Kpi, def: ReportDef): string =>
  formatDifference(kpi.changes[def.compare[0] ?? "previous"]?.delta ?? null, kpi, def.locale);

const say: Record<"ko" | "en", Sentences> = {
  ko: {
    blended: (revenue, cost, roas, def) =>
      `${cost.label} ${shortValue(cost, def)}에 ${revenue.label} ${shortValue(revenue, def)}, ${withParticle(roas.label, "은/는")} ${shortValue(roas, def)}입니다(${against(def)} ${changeText(roas, def)}).`,
    channels: (moved, def) => {
      const parts = moved.map(
        ({ label, headline, ratio }) =>
          `${label} ${headline.label}(${changeText(headline, def)})${ratio.gt(0) ? "의 상승" : "의 하락"}`,
      );
      return `채널별로는 ${withParticle(parts.join(", "), "이/가")} 가장 컸습니다.`;
    },
    funnel: (conversion, def) =>
      `퍼널에서는 ${conversion.label} 전환율이 ${formatValue(conversion.value, conversion, def.locale)}로 가장 크게 바뀌었습니다(${differenceOf(conversion, def)}).`,
  },
  en: {
    blended: (revenue, cost, roas, def) =>
      `${shortValue(cost, def)} of cost stand against ${shortValue(revenue, def)} of the shop's own revenue: ${roas.label} ${shortValue(roas, def)} (${changeText(roas, def)} ${against(def)}).`,
    channels: (moved, def) => {
      const parts = moved.map(
        ({ label, headline, ratio }) =>
          `${label} ${ratio.gt(0) ? "rose" : "fell"} most (${headline.label} ${changeText(headline, def)})`,
      );
      return `${parts.join("; ")}.`;
    },
    funnel: (conversion, def) =>
      `In the funnel, ${conversion.label} moved most, to ${formatValue(conversion.value, conversion, def.locale)} (${differenceOf(conversion, def)}).`,
  },
};
