import { dimensionIds, metricIds } from "../../transforms/metrics.ts";
import { decimal, type Engine, type Row, textOrNull } from "./engine.ts";
import { heldSources } from "./held.ts";
import { chooseParts, queryFor } from "./parts.ts";
import { pickedRows } from "./sql.ts";
import type { Ask, RawRow } from "./warehouse.ts";

/**
 * The rows behind the totals, in order of day and name. A column of them adds up to the total of its metric; a row of a
 * window has no day, and every row says from which to which day it counts.
 */
export async function* rows(engine: Engine, ask: Ask): AsyncIterable<RawRow> {
  const held = await heldSources(engine, ask);
  const chosen = chooseParts(held, { ...ask, by: [], windows: "exact" });
  if (chosen.length === 0) return;
  const ids = metricIds.filter((id) => chosen.some(({ metrics }) => metrics.has(id)));
  const cut = dimensionIds.filter((id) => chosen.some(({ source }) => source.cut.includes(id)));
  const { query, values } = queryFor(engine, chosen, ids, ask);
  for await (const row of engine.stream(pickedRows(query, cut), values)) {
    const cell = (name: string) => [name, textOrNull(row[name])] as const;
    yield Object.fromEntries([
      ["from", dayOr(row, "shown_from")],
      ["to", dayOr(row, "shown_to")],
      ...["platform", "account", "currency", "vat"].map(cell),
      ...cut.map((id) => [id, textOrNull(row[`name_${id}`])] as const),
      ...ids.map((id) => [id, decimal(row[id])] as const),
    ]);
  }
}

const dayOr = (row: Row, other: string): string | null => textOrNull(row.day ?? row[other]);
