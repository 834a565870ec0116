import type { TableColumn } from "../../transforms/format/columns.ts";
import { dimensions, type MetricId, metrics } from "../../transforms/metrics.ts";
import type { InspectedTable } from "../extract/inspect.ts";
import { harmless, shorten, wrap } from "../line.ts";
import { drawTable } from "../table.ts";
import { type Layout, roomOf, section, some } from "./layout.ts";
import { labelOf, say, words } from "./words.ts";

/** What each column became, and those that were left out, by the reason. */
export function tellColumns({ columns, currency }: InspectedTable, next: string | null, layout: Layout): string[] {
  const { lang } = layout;
  const used = columns.filter(({ use }) => use === "used" || use === "fallback");
  const days = columns.filter(({ use }) => use === "days");
  const rows = [
    ...used.map((each) => [nameOf(each, layout), "→", ...meaningOf(each, currency, layout)]),
    ...(days.length > 0
      ? [[nameOf(days[0] as TableColumn, layout), "→", say("daysOfGrid", lang, { count: days.length }), ""]]
      : []),
  ];
  const room = roomOf(layout);
  const table = rows.length > 0 ? drawTable(rows).split("\n") : [];
  return [
    ...section(
      words.columns[lang],
      table.map((line) => shorten(line, room)),
    ),
    ...section(words.notStored[lang], leftOut(columns, next, layout)),
  ];
}

const nameOf = ({ header, place }: TableColumn, layout: Layout): string =>
  header === null
    ? say("column", layout.lang, { place })
    : harmless(header, Math.min(36, roomOf(layout) - meaningWidth));

/** The longest label and id beside it. */
const meaningWidth = 50;

/** Label, with the currency of money, and id. */
function meaningOf({ is, part, use, currency, feeds }: TableColumn, held: string | null, { lang }: Layout): string[] {
  if (is === null) return [];
  if (is === "helper") {
    const labels = feeds.map((id) => metrics[id].label[lang]).join(", ");
    return [feeds.length > 0 ? say("usedFor", lang, { labels }) : words.recognition[lang], feeds.join(", ")];
  }
  const isMetric = is in metrics;
  const money = isMetric && metrics[is as MetricId].unit === "money" ? (currency ?? held) : null; // `in` has told what it is
  const label = `${labelOf(is, lang)}${part === "id" ? " ID" : ""}${money ? ` (${money})` : ""}`;
  return [use === "fallback" ? `${label}, ${words.fallback[lang]}` : label, isMetric || is in dimensions ? is : ""];
}

function leftOut(columns: readonly TableColumn[], next: string | null, layout: Layout): string[] {
  const { lang } = layout;
  const isRate = ({ header }: TableColumn) => header !== null && rate.test(header.normalize("NFKC"));
  const ignored = columns.filter(({ use }) => use === "ignored");
  const groups: [string, readonly TableColumn[]][] = [
    [words.unknownColumns[lang], columns.filter(({ use }) => use === "unknown")],
    [words.constants[lang], columns.filter(({ use }) => use === "constant")],
    [words.seconds[lang], columns.filter(({ use }) => use === "second")],
    [words.rates[lang], ignored.filter(isRate)],
    [words.settings[lang], ignored.filter((each) => !isRate(each))],
  ];
  return groups.flatMap(([why, group], at) => {
    if (group.length === 0) return [];
    const names = some(
      group.map((each) => nameOf(each, layout)),
      layout.all || at === 0 ? group.length : mostNames,
      (count) => say("and", lang, { count }),
    );
    return wrap(`${why}: ${names}${at === 0 && next ? ` → ${next}` : ""}`, roomOf(layout));
  });
}

const mostNames = 15;

/** How platforms name rates and averages; what else a format ignores are settings, states and texts. */
const rate =
  /\b(?:ctr|cpc|cpm|cpv|cpa|cpl|cvr|vtr|roas|rate|avg|average|ratio|per|taxa|custo por|médi[ao]|costo por|coste por)\b|\bcost ?\/|\/ ?cost\b|%|율|률|평균|당 ?비용|비용당|비용 ?\//iu;
