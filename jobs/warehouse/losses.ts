import Big from "big.js";
import type { DimensionId, MetricId } from "../../transforms/metrics.ts";
import type { Claim } from "../../transforms/ownership.ts";
import { addDays } from "../../transforms/period.ts";
import { decimal, type Engine, integer, type Row, text, textOrNull } from "./engine.ts";
import { dimensionColumn, metricColumn, nameColumn } from "./sql.ts";
import type { Extraction, Guard, Loss } from "./warehouse.ts";

/** Days (or a window) that a newer extraction takes from an older one. */
export interface Taken {
  from: string;
  to: string;
  /** The extraction that owned them. */
  owner: number;
}

/** What the newest claims take from whom: the days that were another's and are `id`'s now. */
export function takenBy(id: number, before: readonly Claim<number>[], now: readonly Claim<number>[]): Taken[] {
  const mine = now.filter(({ owner }) => owner === id);
  return before
    .filter((old) => old.owner !== id && !now.some((each) => isSame(each, old)))
    .flatMap((old) =>
      mine.flatMap(({ from, to }) => {
        const both = { from: from > old.from ? from : old.from, to: to < old.to ? to : old.to, owner: old.owner };
        return both.from <= both.to ? [both] : [];
      }),
    );
}

const isSame = (a: Claim<number>, b: Claim<number>): boolean =>
  a.owner === b.owner && a.from === b.from && a.to === b.to;

/**
 * The figures that a replacement would lose: an entity that had cost or conversions and is not on any of the days taken,
 * and a settled day whose cost falls by more than 1 %. Platforms restate figures, but they do not forget a campaign.
 */
export async function lossesOf(
  engine: Engine,
  facts: string,
  id: number,
  extraction: Extraction,
  taken: readonly Taken[],
  guard: Guard,
): Promise<Loss[]> {
  if (taken.length === 0 || extraction.kind === "snapshot") return [];
  const slices = { facts, id, taken, hasDays: extraction.kind === "daily" };
  const gone = await goneEntities(engine, slices, extraction);
  const settled = extraction.metrics.includes("cost") ? await settledSlices(engine, taken, guard) : [];
  const lower = settled.length > 0 ? await lowerCosts(engine, { ...slices, taken: settled }) : [];
  return [...gone, ...lower];
}

interface Slices {
  facts: string;
  id: number;
  taken: readonly Taken[];
  hasDays: boolean;
}

const held: readonly MetricId[] = ["cost", "conversions"];
/** From the coarsest: who loses one keyword of a campaign has not lost the campaign. */
const entities: readonly DimensionId[] = ["campaign", "ad_group", "ad", "keyword"];

async function goneEntities(engine: Engine, slices: Slices, { cut, metrics }: Extraction): Promise<Loss[]> {
  const entity = entities.find((each) => cut.includes(each));
  const counted = held.filter((each) => metrics.includes(each));
  if (!entity || counted.length === 0) return [];
  const { facts } = slices;
  const [old, fresh] = [rowsOf(slices, "old"), rowsOf(slices, "new")];
  const key = `COALESCE(${dimensionColumn(entity)}, '')`;
  const name = `COALESCE(${nameColumn(entity)}, '')`;
  const sums = counted.map((each) => `SUM(${metricColumn(each)})`);
  // An entity that was renamed keeps its id, and one whose ids the new export leaves out keeps its name.
  const rows = await engine.all(
    `SELECT o.name, ${counted.map((each) => `CAST(o.${each} AS STRING) AS ${each}`).join(", ")}
    FROM (SELECT ${key} AS entity, MAX(${name}) AS name, ${counted.map((each, at) => `${sums[at]} AS ${each}`).join(", ")}
      FROM ${facts} AS f WHERE ${old.sql} GROUP BY entity HAVING ${sums.map((each) => `COALESCE(${each}, 0) > 0`).join(" OR ")}) AS o
    WHERE o.entity NOT IN (SELECT ${key} FROM ${facts} AS f WHERE ${fresh.sql})
      AND o.name NOT IN (SELECT ${name} FROM ${facts} AS f WHERE ${fresh.sql})
    ORDER BY o.name`,
    [...old.values, ...fresh.values, ...fresh.values],
  );
  const days = slices.taken.flatMap(({ from, to }) => [from, to]).toSorted();
  const range = { from: days[0] ?? "", to: days.at(-1) ?? "" };
  return rows.map((row) => {
    const metric = counted.find((each) => new Big(decimal(row[each]) ?? 0).gt(0)) ?? "cost";
    return { kind: "entity", what: text(row.name), metric, before: decimal(row[metric]) ?? "0", after: null, ...range };
  });
}

/** Of the days taken, those on which cost stood already when the older export was made. */
async function settledSlices(engine: Engine, taken: readonly Taken[], { settled }: Guard): Promise<Taken[]> {
  const found = await engine.catalogue.all("SELECT id, CAST(as_of AS STRING) AS as_of FROM extraction");
  const made = new Map(found.map((row: Row) => [integer(row.id), textOrNull(row.as_of)]));
  return taken.flatMap(({ owner, from, to }) => {
    const asOf = made.get(owner);
    if (!asOf) return [];
    const limit = addDays(asOf, -settled);
    const last = to < limit ? to : limit;
    return from <= last ? [{ owner, from, to: last }] : [];
  });
}

async function lowerCosts(engine: Engine, slices: Slices): Promise<Loss[]> {
  const [old, fresh] = [rowsOf(slices, "old"), rowsOf(slices, "new")];
  const cost = metricColumn("cost");
  const rows = await engine.all(
    `SELECT CAST(f.day AS STRING) AS day, CAST(SUM(CASE WHEN ${old.sql} THEN ${cost} END) AS STRING) AS old_cost,
      CAST(SUM(CASE WHEN ${fresh.sql} THEN ${cost} END) AS STRING) AS new_cost
    FROM ${slices.facts} AS f WHERE (${old.sql}) OR (${fresh.sql}) GROUP BY f.day ORDER BY f.day`,
    [...old.values, ...fresh.values, ...old.values, ...fresh.values],
  );
  const [window] = slices.taken;
  return rows.flatMap((row): Loss[] => {
    const [before, after] = [decimal(row.old_cost) ?? "0", decimal(row.new_cost)];
    if (new Big(after ?? 0).gte(new Big(before).times("0.99"))) return [];
    const day = textOrNull(row.day);
    const range = day ? { from: day, to: day } : { from: window?.from ?? "", to: window?.to ?? "" };
    return [{ kind: "day", what: day ?? `${range.from} – ${range.to}`, metric: "cost", before, after, ...range }];
  });
}

/** The condition on the rows of `f` that are the older owners', or the new extraction's, on the days taken. */
function rowsOf({ id, taken, hasDays }: Slices, whose: "old" | "new"): { sql: string; values: (string | number)[] } {
  const of = (owner: number) => (whose === "old" ? owner : id);
  const sql = hasDays
    ? "(f.extraction = ? AND f.day BETWEEN CAST(? AS DATE) AND CAST(? AS DATE))"
    : "(f.extraction = ? AND f.day IS NULL)";
  const slices = whose === "new" && !hasDays ? taken.slice(0, 1) : taken;
  return {
    sql: `(${slices.map(() => sql).join(" OR ")})`,
    values: slices.flatMap(({ owner, from, to }) => (hasDays ? [of(owner), from, to] : [of(owner)])),
  };
}
