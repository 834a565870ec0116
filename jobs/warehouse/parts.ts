import { type MetricId, metrics } from "../../transforms/metrics.ts";
import { type Claim, dayNumber } from "../../transforms/ownership.ts";
import { type By, byPreference, choices, chooseByDay, eligible, isDimension } from "./choose.ts";
import { decimal, type Engine, type Row, text, textOrNull } from "./engine.ts";
import { heldSources, type Source } from "./held.ts";
import { type ChosenPart, chosenPartsRelation, narrowedDimensions } from "./relation.ts";
import { narrowing, type PartsQuery, sumsByPart } from "./sql.ts";
import type { Ask, PartRow, Warehouse } from "./warehouse.ts";

type PartsAsk = Parameters<Warehouse["parts"]>[0];

/** Sums by part, greatest first; all parts unless a limit is given, so that the caller can form the rest. */
export async function parts(engine: Engine, ask: PartsAsk): Promise<PartRow[]> {
  const order = ask.order ?? ask.metrics[0];
  if (order === undefined) return [];
  const ids = [...new Set([...ask.metrics, order])];
  const chosen = chooseParts(await heldSources(engine, ask), { ...ask, metrics: ids });
  if (chosen.length === 0) return [];

  const { query, values } = queryFor(engine, chosen, ids, ask);
  const rows = await engine.all(sumsByPart(engine.dialect, query, ask.by, { by: order, limit: ask.limit }), values);
  return rows.map((row) => partOf(row, ask)).filter(({ values }) => Object.keys(values).length > 0);
}

function partOf(row: Row, { by, metrics: ids }: PartsAsk): PartRow {
  const values = ids.flatMap((id) => {
    const value = decimal(row[id]);
    return value === null ? [] : [[id, value]];
  });
  return {
    platform: text(row.platform) as PartRow["platform"],
    account: text(row.account),
    currency: textOrNull(row.currency),
    vat: textOrNull(row.vat) as PartRow["vat"],
    keys: by.map((_, index) => text(row[`key${index}`])),
    names: by.map((_, index) => text(row[`name${index}`])),
    from: text(row.from_day),
    to: text(row.to_day),
    values: Object.fromEntries(values),
  };
}

/** What was chosen, as a query over its rows and what that binds. */
export function queryFor(
  { dialect, facts }: Engine,
  chosen: readonly ChosenPart[],
  ids: readonly MetricId[],
  ask: Ask & { by?: readonly By[] },
): { query: PartsQuery; values: string[] } {
  const only = narrowedDimensions(ask);
  const where = narrowing(dialect, only);
  const relation = chosenPartsRelation(dialect, chosen, only, ids);
  const kinds = [...new Set(chosen.map(({ source }) => source.kind))];
  const snapshots = chosen.filter(({ source }) => source.kind === "snapshot");
  const snapshotCut = [...new Set(snapshots.flatMap(({ source }) => source.cut))];
  const values = [relation.value, ...kinds.flatMap(() => where.values)];
  const dims = new Set([
    ...chosen.flatMap(({ source }) => source.cut),
    ...only.map(([id]) => id),
    ...(ask.by ?? []).filter(isDimension),
  ]);
  const read = (kind: Source["kind"]) =>
    facts(
      chosen.map(({ source }) => source).filter((source) => source.kind === kind),
      dims,
      ids,
    );
  const query = {
    chosen: relation.sql,
    facts: { daily: read("daily"), window: read("window"), snapshot: read("snapshot") },
    kinds,
    snapshotCut,
    ids,
    where,
  };
  return { query, values };
}

/**
 * Which days of which sources feed each metric, so that no figure counts twice.
 *
 * Per platform, account and metric: the days of daily and snapshot cuts, or else a window. An exact window comes first
 * where the days are not all there or where it ranks higher; a window that merely overlaps only where no day is held.
 */
export function chooseParts(
  held: readonly Source[],
  ask: Ask & {
    by: readonly By[];
    windows: "exact" | "overlapping";
    /** False where every row is shown by itself: then what may not be added may stand there, too. */
    adds?: boolean;
  },
): ChosenPart[] {
  const sources = eligible(held, ask.only, ask.by);
  const accounts = Map.groupBy(sources, ({ platform, account }) => `${platform} ${account}`);
  return [...accounts.values()].flatMap((own) => {
    const windows = windowsFor(own, ask);
    const byDay = new Map<MetricId, Claim<Source>[]>();
    const byWindow: ChosenPart[] = [];
    for (const id of ask.metrics) {
      const days = chooseByDay(
        own.filter((source) => ask.adds === false || mayAdd(source, id, ask)),
        id,
        ask,
      );
      const window = windows.filter((source) => source.metrics.has(id)).toSorted(byPreference)[0];
      const run = window?.runs[0];
      if (window && run && windowFirst(days, window, ask)) {
        byWindow.push({ source: window, ...run, metrics: new Set([id]), shown: { from: run.from, to: run.to } });
      } else byDay.set(id, days);
    }
    const shown = { from: ask.from, to: ask.to };
    return [...choices(byDay).map((choice) => ({ ...choice, shown })), ...together(byWindow)];
  });
}

/** The windows of exactly the days asked for, else, where allowed, those of the newest window that overlaps. */
function windowsFor(
  sources: readonly Source[],
  { from, to, windows }: Pick<PartsAsk, "from" | "to" | "windows">,
): Source[] {
  const held = sources.filter(({ kind }) => kind === "window");
  const exact = held.filter(({ runs }) => runs[0]?.from === from && runs[0]?.to === to);
  if (exact.length > 0 || windows === "exact") return exact;
  const place = ({ runs: [run] }: Source) => `${run?.to} ${run?.from}`;
  const newest = held.map(place).toSorted().at(-1);
  return held.filter((source) => place(source) === newest);
}

function windowFirst(days: readonly Claim<Source>[], window: Source, { from, to }: Ask): boolean {
  if (days.length === 0) return true;
  const run = window.runs[0];
  if (run?.from !== from || run.to !== to) return false;
  const covered = days.reduce((sum, claim) => sum + dayNumber(claim.to) - dayNumber(claim.from) + 1, 0);
  if (covered < dayNumber(to) - dayNumber(from) + 1) return true;
  return days.every(
    ({ owner }) => (window.rank ?? Number.POSITIVE_INFINITY) < (owner.rank ?? Number.POSITIVE_INFINITY),
  );
}

/** People reached on several days are not added; a last value is a part's own only where nothing else divides it. */
function mayAdd(source: Source, id: MetricId, { from, to, by }: Pick<PartsAsk, "from" | "to" | "by">): boolean {
  const { over } = metrics[id];
  if (over === "never") return from === to || source.kind === "snapshot";
  return over === "sum" || source.cut.every((each) => by.includes(each));
}

/** One row a window, whichever metrics it feeds: a row that stood twice would count twice. */
function together(chosen: readonly ChosenPart[]): ChosenPart[] {
  const bySource = Map.groupBy(chosen, ({ source }) => source);
  return [...bySource.values()].flatMap((same) => {
    const [first] = same;
    return first ? [{ ...first, metrics: new Set(same.flatMap((each) => [...each.metrics])) }] : [];
  });
}
