import { type DimensionId, dimensionIds, type MetricId, metricIds } from "../../transforms/metrics.ts";
import { decimal, type Engine, textOrNull } from "./engine.ts";
import { heldSources } from "./held.ts";
import { chooseParts, queryFor } from "./parts.ts";
import { pickedRows } from "./sql.ts";
import type { RawRow, TidyAsk } from "./warehouse.ts";

/**
 * The live rows of one cut and kind as they were exported, in order of day and names: no figure stands twice among them,
 * and nothing is added up, so that people reached stand here as well. An entity has its name and its id.
 */
export async function* tidy(engine: Engine, ask: TidyAsk): AsyncIterable<RawRow> {
  const held = await heldSources(engine, ask);
  const own = held.filter(({ kind, cut }) => kind === ask.kind && isSame(cut, ask.cut));
  const ids = metricIds.filter((id) => own.some(({ metrics }) => metrics.has(id)));
  const chosen = chooseParts(own, { ...ask, metrics: ids, by: ask.cut, windows: "exact", adds: false });
  if (chosen.length === 0) return;
  const cut = dimensionIds.filter((id) => ask.cut.includes(id));
  const { query, values } = queryFor(engine, chosen, ids, { ...ask, metrics: ids });
  for await (const row of engine.stream(pickedRows(query, cut, { ids: true }), values)) {
    const cell = (name: string): [string, string | null] => [name, textOrNull(row[name])];
    const figure = (id: MetricId): [string, string | null] => [id, decimal(row[id])];
    const named = (id: DimensionId): [string, string | null][] => [
      ...(Object.hasOwn(row, `id_${id}`) ? [[`${id}_id`, textOrNull(row[`id_${id}`])] as [string, string | null]] : []),
      [id, textOrNull(row[`name_${id}`])],
    ];
    yield Object.fromEntries([
      ["day", textOrNull(row.day)],
      ["from", textOrNull(row.shown_from)],
      ["to", textOrNull(row.shown_to)],
      ...["platform", "account", "currency", "vat"].map(cell),
      ...cut.flatMap(named),
      ...ids.map(figure),
    ]);
  }
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((each) => b.includes(each));
