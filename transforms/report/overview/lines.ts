import type { LineDef } from "../../definitions.ts";
import type { MoneyRules } from "../../kpi/money.ts";
import type { ChannelId, Text } from "../../metrics.ts";
import { languageOf } from "../../text.ts";
import { type Inputs, platformIn } from "../kpis.ts";
import type { ChannelLine, ChannelTotal, Kpi, Missing } from "../model.ts";
import { pauseIn } from "../pause.ts";
import { type ChannelSums, lineKpis } from "./asks.ts";
import { absent, inputsOf, measured } from "./measure.ts";

type Labels = Readonly<Partial<Record<ChannelId, Text>>>;

/** A line for each channel, from the sums that its own report has. */
export function linesOf(
  lines: readonly LineDef[],
  sums: readonly ChannelSums[],
  given: Inputs,
  money: MoneyRules,
  labels: Labels,
): ChannelLine[] {
  return lines.map((line) => {
    const own = inputsOf([line.channel], sums, given, money);
    const read = (id: string): Kpi => measured(id, own);
    const held = {
      headline: read(line.kpi),
      cost: read("cost"),
      conversions: read("conversions"),
      conversion_value: read("conversion_value"),
    };
    const gone = [line.kpi, ...lineKpis].flatMap((id) => {
      const def = given.book.kpis.get(id);
      return def ? absent(def, own) : [];
    });
    const without = [...new Set(gone)].map((platform) => platformIn(platform, given));
    return {
      channel: line.channel,
      label: channelName(line.channel, labels, given),
      state: stateOf(line, Object.values(held), without, own),
      without,
      ...held,
    };
  });
}

/** All lines together, each account once. */
export function totalOf(given: Inputs): ChannelTotal {
  return {
    cost: measured("cost", given),
    conversions: measured("conversions", given),
    conversion_value: measured("conversion_value", given),
    double_counting: doubleCounting[languageOf(given.def.locale)],
  };
}

/**
 * Channels and platforms without figures, as the reader must hear it before any total; not again what is known to be
 * missing by its files.
 */
export function missingLines(lines: readonly ChannelLine[], known: readonly Missing[], { def }: Inputs): Missing[] {
  const lang = languageOf(def.locale);
  return lines.flatMap(({ channel, label, state, without }): Missing[] => {
    if (known.some((each) => each.channel === channel)) return [];
    if (state === "missing") return [{ channel, source: label, reason: noFigures[lang] }];
    return without.map((source) => ({ channel, source: `${label} ${source}`, reason: noFigures[lang] }));
  });
}

/** A channel by its name in the report's language. */
export function channelName(channel: ChannelId, labels: Labels, { def }: Pick<Inputs, "def">): string {
  return labels[channel]?.[languageOf(def.locale)] ?? channel;
}

function stateOf(
  { pauses }: LineDef,
  figures: readonly Kpi[],
  without: readonly string[],
  { def, periods, figures: held }: Inputs,
): ChannelLine["state"] {
  if (pauseIn({ ...def, pauses }, periods.period)?.whole) return "paused";
  if (figures.every(({ value, reason }) => value === null && reason === "not_collected")) return "missing";
  const gaps = held.sources.some((source) => held.missingDays(source, periods.period).length > 0);
  return without.length > 0 || gaps ? "partial" : "complete";
}

const doubleCounting: Text = { ko: "매체 합산(중복 가능)", en: "Platform-reported, may double count" };
const noFigures: Text = {
  ko: "이 기간의 데이터가 없어 합계에 들어 있지 않습니다.",
  en: "no figures for this period; the totals do without.",
};
