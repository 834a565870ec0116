import { type DimensionId, dimensions, type MetricId, metrics } from "../metrics.ts";
import { wordsOf } from "./derive.ts";
import type { Column } from "./format.ts";
import type { HeaderMatch, Match } from "./header.ts";

/** What one header cell of a file became. A cell that serves two columns stands twice. */
export interface TableColumn {
  /** As the file writes it; null where the file has no header. */
  header: string | null;
  /** Where it stands, from 1. */
  place: number;
  /**
   * `second`: known, but another column holds the same thing and counts. `fallback`: fills the rows where that one is
   * blank. `constant`: a dimension with one value only, which divides nothing. `days`: one of a grid's days.
   */
  use: "used" | "ignored" | "second" | "fallback" | "constant" | "days" | "unknown";
  /** Null for what nobody knows. */
  is: Column["is"] | null;
  part: Column["part"] | null;
  /** Which currency its own header states. */
  currency: string | null;
  /** For helpers: the metrics that are worked out from it. */
  feeds: readonly MetricId[];
}

/** What became of each header cell, in the file's order; cells without a text that serve nothing are left out. */
export function columnsOf(
  header: HeaderMatch,
  plan: { cut: readonly DimensionId[]; metrics: readonly MetricId[] },
): TableColumn[] {
  const width = Math.max(header.cells.length, ...header.matches.map(({ index }) => index + 1));
  return Array.from({ length: width }, (_, index) => columnsAt(index, header, plan)).flat();
}

function columnsAt(index: number, header: HeaderMatch, plan: Parameters<typeof columnsOf>[1]): TableColumn[] {
  const { cells, matches, unknown, days, format } = header;
  const text = cells[index]?.trim() ?? null;
  const made = (use: TableColumn["use"], match?: Match): TableColumn => ({
    header: text,
    place: index + 1,
    use,
    is: match?.column.is ?? null,
    part: match?.column.part ?? null,
    currency: match?.currency ?? null,
    feeds: match?.column.is === "helper" ? fedBy(match.column.as ?? "", header, plan.metrics) : [],
  });
  const own = matches.filter((each) => each.index === index);
  if (own.length > 0) return own.map((each) => made(useOf(each.column.is, plan.cut), each));
  const first = matches.find(({ fallbacks }) => fallbacks?.includes(index));
  if (first) return [made("fallback", first)];
  if (days.some((each) => each.index === index)) return [made("days")];
  if (unknown.some((each) => each.index === index)) return [made("unknown")];
  if (text === null && index < format.columns.length) return [made("ignored")];
  return text ? [made("second")] : [];
}

function useOf(is: Column["is"], cut: readonly DimensionId[]): TableColumn["use"] {
  if (is === "ignore") return "ignored";
  return is in dimensions && !cut.includes(is as DimensionId) ? "constant" : "used"; // `in` has just told what it is
}

function fedBy(word: string, { format, matches }: HeaderMatch, held: readonly MetricId[]): MetricId[] {
  const direct = new Set<string>(matches.map(({ column }) => column.is).filter((is) => is in metrics));
  return held.filter(
    (id) => !direct.has(id) && format.derive[id]?.some((expression) => wordsOf(expression).includes(word)),
  );
}
