import {
  type ChannelId,
  type DimensionId,
  dimensionIds,
  dimensions,
  type MetricId,
  metricIds,
  metrics,
} from "../../transforms/metrics.ts";
import type { Coverage } from "../../transforms/records.ts";

/** One table of the extract: rows of one channel, cut and kind. */
export interface TidyTable {
  channel: ChannelId;
  kind: Coverage["kind"];
  cut: readonly DimensionId[];
  metrics: ReadonlySet<MetricId>;
  /** The ranges that the warehouse is asked for, one after the other: all days at once, but each window by itself. */
  ranges: readonly { from: string; to: string }[];
}

/** The tables that a channel's live figures fill, in a stable order: undivided ones first. */
export function tablesOf(channel: ChannelId, coverage: readonly Coverage[]): TidyTable[] {
  const groups = Map.groupBy(coverage, ({ kind, cut }) => `${ordered(cut).join(" ")} ${kind}`);
  return [...groups.values()]
    .flatMap((same) => {
      const [first] = same;
      if (!first) return [];
      const { kind, cut } = first;
      const ids = new Set(same.flatMap((each) => each.metrics));
      return [{ channel, kind, cut: ordered(cut), metrics: ids, ranges: rangesOf(kind, same) }];
    })
    .toSorted((a, b) => a.cut.length - b.cut.length || (tableName(a) < tableName(b) ? -1 : 1));
}

/** `ppc.campaign`, `seo.total`, `ppc.keyword.windows`, `social.post.lifetime`. */
export function tableName({ channel, kind, cut }: Pick<TidyTable, "channel" | "kind" | "cut">): string {
  const kinds = { daily: "", window: ".windows", snapshot: ".lifetime" };
  return `${channel}.${cut.length ? cut.join("-") : "total"}${kinds[kind]}`;
}

/**
 * The columns of a table's two files. What adds up over rows stands together; people reached, last values and
 * estimates stand in a file of their own, where no tool sums them by default.
 */
export function columnsOf({ kind, cut, metrics: held }: TidyTable, additive: boolean): string[] {
  const figures = metricIds.filter((id) => held.has(id) && isAdditive(id) === additive);
  if (figures.length === 0) return [];
  const days = kind === "window" ? ["from", "to"] : ["day"];
  const dims = cut.flatMap((id) => ("entity" in dimensions[id] ? [`${id}_id`, id] : [id]));
  return [...days, "platform", "account", "currency", "vat", ...dims, ...figures];
}

/** Whether a plain sum of the column means something. */
export const isAdditive = (id: MetricId): boolean => metrics[id].over === "sum";

const ordered = (cut: readonly DimensionId[]): DimensionId[] => dimensionIds.filter((id) => cut.includes(id));

function rangesOf(kind: Coverage["kind"], same: readonly Coverage[]): { from: string; to: string }[] {
  const ranges = same
    .map(({ from, to }) => ({ from, to }))
    .toSorted((a, b) => (`${a.from} ${a.to}` < `${b.from} ${b.to}` ? -1 : 1));
  if (kind === "window")
    return ranges.filter(
      (each, at) => at === 0 || each.from !== ranges[at - 1]?.from || each.to !== ranges[at - 1]?.to,
    );
  const [first] = ranges;
  return first
    ? [
        {
          from: first.from,
          to:
            ranges
              .map(({ to }) => to)
              .toSorted()
              .at(-1) ?? first.to,
        },
      ]
    : [];
}
