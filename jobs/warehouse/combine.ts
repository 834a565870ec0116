import type { DuckDBConnection } from "@duckdb/node-api";
import { type MetricId, metricIds, metrics, type PlatformId } from "../../transforms/metrics.ts";
import { newness, ownership } from "../../transforms/ownership.ts";
import type { Table } from "../extract/table.ts";
import { identifier } from "./facts.ts";
import type { Staged } from "./stage.ts";

/** A table that was staged, under the number its facts carry. */
export interface Inspected {
  extraction: number;
  table: Table;
  staged: Staged;
}

/** One cut of one account as the warehouse would hold it: of overlapping exports, the newer one's days. */
export interface Combined {
  platform: PlatformId;
  account: string | null;
  currency: string | null;
  level: string;
  format: string;
  cut: string[];
  kind: Inspected["table"]["kind"];
  /** How many files it was made of. */
  files: number;
  rows: number;
  from: string | null;
  to: string | null;
  sums: Partial<Record<MetricId, string>>;
}

/** What is left when each day of each metric belongs to the newest extraction that has it. The best cuts come first. */
export async function combine(
  db: DuckDBConnection,
  inspected: readonly Inspected[],
  inOrder: boolean,
): Promise<Combined[]> {
  const groups = Map.groupBy(inspected, ({ table, staged }) =>
    JSON.stringify([
      table.platform,
      table.account,
      table.currency,
      table.format,
      table.cut,
      table.kind,
      table.filters,
      table.kind === "window" ? [staged.from, staged.to] : null,
    ]),
  );
  const sorted = [...groups.values()].toSorted((a, b) => rank(a) - rank(b));
  const combined: Combined[] = [];
  for (const group of sorted) combined.push(await combineGroup(db, inOrder ? group : group.toSorted(byNewness)));
  return combined;
}

const rank = ([first]: readonly Inspected[]): number => first?.table.rank ?? Number.MAX_SAFE_INTEGER;
const byNewness = (a: Inspected, b: Inspected): number => newnessOf(a) - newnessOf(b);
/** The last day covered counts, declared or seen: two downloads of posts may end on different days and hold the same last post. */
const newnessOf = ({ table, staged }: Inspected): number =>
  newness(
    table.generatedAt,
    [staged.to, table.declared?.to ?? null]
      .filter((day) => day !== null)
      .toSorted()
      .at(-1) ?? null,
  );

async function combineGroup(db: DuckDBConnection, group: readonly Inspected[]): Promise<Combined> {
  const [{ table }] = group as [Inspected];
  const held = metricIds.filter((id) => group.some((each) => each.table.metrics.includes(id)));
  const where = new Map(held.map((id) => [id, ownedBy(group.filter((each) => each.table.metrics.includes(id)))]));
  const from = table.kind === "snapshot" ? newestOfEach(group) : "facts";
  const any = [...new Set(where.values())].join(" OR ") || "false";
  const sums = held
    .filter((id) => metrics[id].over === "sum")
    .map((id) => `CAST(sum(${identifier(id)}) FILTER (WHERE ${where.get(id)}) AS VARCHAR) AS ${identifier(id)}`);
  const fields = [
    "count(*) AS rows",
    "CAST(min(day) AS VARCHAR) AS first",
    "CAST(max(day) AS VARCHAR) AS last",
    ...sums,
  ];
  const [found = {}] = (
    await db.runAndReadAll(`SELECT ${fields.join(", ")} FROM ${from} WHERE ${any}`)
  ).getRowObjectsJson();
  const text = (value: unknown) => (value === null || value === undefined ? null : String(value));
  return {
    platform: table.platform,
    account: table.account,
    currency: table.currency,
    level: table.level,
    format: table.format,
    cut: cutOf(table),
    kind: table.kind,
    files: new Set(group.map((each) => `${each.table.sha256} ${each.table.file}`)).size,
    rows: Number(found.rows),
    from: text(found.first) ?? table.declared?.from ?? null,
    to: text(found.last) ?? table.declared?.to ?? null,
    sums: Object.fromEntries(
      held.flatMap((id) => (text(found[id]) === null ? [] : [[id, plainDecimal(String(found[id]))]])),
    ),
  };
}

/** SQL: the rows that count, of extractions from old to new. */
function ownedBy(group: readonly Inspected[]): string {
  const newest = group.at(-1);
  if (!newest) return "false";
  if (newest.table.kind === "window") return `(extraction = ${newest.extraction})`;
  if (newest.table.kind === "snapshot") return `(extraction IN (${group.map((each) => each.extraction).join(", ")}))`;
  const claims = group.flatMap(({ extraction, table, staged }) => {
    const days = [table.declared?.from, table.declared?.to, staged.from, staged.to]
      .filter((day) => typeof day === "string")
      .toSorted();
    const [from, to] = [days[0], days.at(-1)];
    return from && to ? [{ owner: extraction, from, to }] : [];
  });
  const runs = ownership(claims).map(
    ({ owner, from, to }) => `extraction = ${owner} AND day BETWEEN DATE '${from}' AND DATE '${to}'`,
  );
  return runs.length > 0 ? `(${runs.join(" OR ")})` : "false";
}

/** Of a post or an email that several exports hold, the newest export's figures. */
function newestOfEach(group: readonly Inspected[]): string {
  const keys = (group[0]?.table.cut ?? []).map(identifier);
  const order = group.map(({ extraction }, index) => `WHEN ${extraction} THEN ${index}`).join(" ");
  const by = keys.length > 0 ? keys.join(", ") : "day";
  return `(SELECT * FROM facts QUALIFY dense_rank() OVER (PARTITION BY ${by} ORDER BY CASE extraction ${order} ELSE -1 END DESC) = 1)`;
}

const plainDecimal = (text: string): string => (text.includes(".") ? text.replace(/\.?0+$/u, "") : text);

/** The dimensions as people name a cut: `day` stands among them. */
export function cutOf({ kind, cut }: Pick<Table, "kind" | "cut">): string[] {
  return kind === "daily" ? ["day", ...cut] : [...cut];
}
