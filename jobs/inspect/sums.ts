import { type MetricId, metrics } from "../../transforms/metrics.ts";
import { noValue } from "../../transforms/text.ts";
import type { InspectedTable } from "../extract/inspect.ts";
import { shorten } from "../line.ts";
import { drawTable } from "../table.ts";
import type { Block } from "./blocks.ts";
import { figure, inOrder } from "./figures.ts";
import { type Layout, roomOf } from "./layout.ts";
import { type Lang, say, words } from "./words.ts";

/** The sums by metric, or by period where there are several: periods may overlap and are never added. */
export function sumsText({ tables }: Block, layout: Layout): string[] {
  const { lang, all } = layout;
  const ids = inOrder(new Set(tables.flatMap((table) => table.metrics)));
  const adding = ids.filter((id) => metrics[id].over === "sum");
  const periods = Map.groupBy(tables, ({ from, to }) => `${from} ~ ${to}`);
  const valueIn = (list: readonly InspectedTable[], id: MetricId) => {
    const table = list.find(({ sums }) => sums[id] !== undefined);
    return table ? figure(id, table.sums[id] ?? null, table.currency, lang) : noValue;
  };
  const labels = adding.map((id) => metrics[id].label[lang]);
  const lines =
    tables[0]?.kind === "window" && periods.size > 1
      ? [
          [words.period[lang], ...labels],
          ...[...periods]
            .slice(0, all ? periods.size : mostPeriods)
            .map(([period, list]) => [period, ...adding.map((id) => valueIn(list, id))]),
        ]
      : adding.map((id) => [sumLabel(id, lang), valueIn(tables, id)]);
  const right = Array.from({ length: labels.length }, (_, at) => at + 1);
  const left = periods.size - mostPeriods;
  const rest = (over: "never" | "last") =>
    ids.filter((id) => metrics[id].over === over).map((id) => metrics[id].label[lang]);
  return [
    ...(adding.length > 0 ? drawTable(lines, { right }).split("\n") : []).map((line) => shorten(line, roomOf(layout))),
    ...(left > 0 && !all && tables[0]?.kind === "window" ? [say("morePeriods", lang, { count: left })] : []),
    ...(rest("last").length > 0 ? [say("lastCounts", lang, { labels: rest("last").join(", ") })] : []),
    ...(rest("never").length > 0 ? [say("notAdded", lang, { labels: rest("never").join(", ") })] : []),
  ];
}

/** A weight means something only to who knows what it is made of. */
function sumLabel(id: MetricId, lang: Lang): string {
  const label = metrics[id].label[lang];
  return metrics[id].unit === "weight" ? say("weighted", lang, { label }) : label;
}

const mostPeriods = 12;
