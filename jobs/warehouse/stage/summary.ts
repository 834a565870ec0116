import { type MetricId, metrics } from "../../../transforms/metrics.ts";
import type { Table } from "../../extract/table.ts";
import type { Staged } from "./staged.ts";

/** What the rows of a table come to. */
export interface Summary {
  from: string | null;
  to: string | null;
  sums: Staged["sums"];
}

/** The select list of a summary. */
export function summarySql({ plan }: Table): string[] {
  const days = plan.columns.includes("day")
    ? ["CAST(min(day) AS VARCHAR) AS first", "CAST(max(day) AS VARCHAR) AS last"]
    : [];
  return [...days, ...addingOf(plan.metrics).map((id) => `CAST(sum("${id}") AS VARCHAR) AS "${id}"`)];
}

/** Reads a summary from the row that `summarySql` selected. */
export function readSummary(found: Readonly<Record<string, unknown>>, { plan, declared }: Table): Summary {
  const text = (value: unknown) => (value === null || value === undefined ? null : String(value));
  const sums = addingOf(plan.metrics).flatMap((id) => {
    const sum = text(found[id]);
    return sum === null ? [] : [[id, plainDecimal(sum)]];
  });
  return {
    // An export without rows still speaks of its days: nothing ran.
    from: text(found.first) ?? declared?.from ?? null,
    to: text(found.last) ?? declared?.to ?? null,
    sums: Object.fromEntries(sums),
  };
}

const addingOf = (ids: readonly MetricId[]): MetricId[] => ids.filter((id) => metrics[id].over === "sum");

/** `5474.03000` as `5474.03`. */
const plainDecimal = (text: string): string => (text.includes(".") ? text.replace(/\.?0+$/u, "") : text);
