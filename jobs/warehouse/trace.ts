import Big from "big.js";
import { type DimensionId, type MetricId, metrics } from "../../transforms/metrics.ts";
import { type Claim, dayNumber, dayOf } from "../../transforms/ownership.ts";
import { byPreference, chooseByDay, eligible } from "./choose.ts";
import { decimal, type Engine, integer, json, type Row, text, textOrNull } from "./engine.ts";
import { heldSources, isAsked, type Source, withinOf } from "./held.ts";
import { chosenRelation, narrowedDimensions } from "./relation.ts";
import { narrowing, newestByExtraction, tallies, tracedExtractions } from "./sql.ts";
import { type Cells, readCells } from "./sums.ts";
import type { Ask, Day, Trace } from "./warehouse.ts";

/**
 * What every loaded table that touches these days states, and what became of it. Which days of which cut count is decided
 * by the same functions as for the sums, and what counts is read from the same rows, so that the two cannot tell apart.
 */
export async function trace(engine: Engine, ask: Ask): Promise<Trace[]> {
  const ids = ask.metrics.filter((id) => metrics[id].over === "sum");
  const held = await heldSources(engine, ask);
  const chosen = chosenOf(eligible(held, ask.only), ids, ask);
  const touching = await engine.catalogue.all(tracedExtractions, [ask.to, ask.from]);
  const rows = touching.filter((row) => isAsked(row, ask));
  const known: Known = {
    ask,
    held,
    chosen,
    stated: await statedAmounts(engine, rows),
    cells: await readCells(engine, sourcesOf(chosen), { ...ask, metrics: ids }),
    whole: await newest(engine, held, ids, { ...ask, only: {} }),
    narrowed: await newest(engine, held, ids, ask),
  };
  return rows
    .filter((row) => row.kind !== "window" || (text(row.from_day) === ask.from && text(row.to_day) === ask.to))
    .flatMap((row) => {
      const has = new Set(json<MetricId[]>(row.metrics));
      return ids.filter((id) => has.has(id)).map((id) => traceOf(row, id, known));
    });
}

interface Known {
  ask: Ask;
  held: readonly Source[];
  chosen: ReadonlyMap<MetricId, readonly Claim<Source>[]>;
  /** By extraction, metric and day; the day of a window is empty. Absent: nothing was stated, or not kept. */
  stated: ReadonlyMap<number, ReadonlyMap<string, Big>>;
  cells: Cells;
  /** What each snapshot extraction still says, by `extraction day`, with and without what the report leaves out. */
  whole: ReadonlyMap<string, Row>;
  narrowed: ReadonlyMap<string, Row>;
}

/** For each metric the days of each source that feed it, and the windows of exactly the days asked for. */
function chosenOf(
  sources: readonly Source[],
  ids: readonly MetricId[],
  ask: Ask,
): Map<MetricId, readonly Claim<Source>[]> {
  const accounts = [...Map.groupBy(sources, ({ platform, account }) => `${platform} ${account}`).values()];
  return new Map(
    ids.map((id) => [
      id,
      accounts.flatMap((own) => {
        const exact = own
          .filter(({ kind, metrics: has, runs }) => kind === "window" && has.has(id) && isExactly(runs[0], ask))
          .toSorted(byPreference)
          .slice(0, 1);
        return [...chooseByDay(own, id, ask), ...exact.map((owner) => ({ owner, from: ask.from, to: ask.to }))];
      }),
    ]),
  );
}

const isExactly = (run: { from: Day; to: Day } | undefined, { from, to }: Ask) => run?.from === from && run.to === to;

const sourcesOf = (chosen: Known["chosen"]): Source[] => [
  ...new Set([...chosen.values()].flatMap((claims) => claims.map(({ owner }) => owner))),
];

async function statedAmounts(engine: Engine, rows: readonly Row[]): Promise<Known["stated"]> {
  const stated = new Map<number, Map<string, Big>>();
  if (rows.length === 0) return stated;
  const ids = rows.map(({ id }) => integer(id));
  for (const row of await engine.all(tallies(engine.tally, ids))) {
    const own = stated.get(integer(row.extraction)) ?? new Map<string, Big>();
    stated.set(integer(row.extraction), own);
    own.set(`${text(row.metric)} ${textOrNull(row.day) ?? ""}`, new Big(text(row.amount)));
  }
  return stated;
}

async function newest(
  engine: Engine,
  held: readonly Source[],
  ids: readonly MetricId[],
  ask: Ask,
): Promise<ReadonlyMap<string, Row>> {
  const sources = held.filter(({ kind }) => kind === "snapshot");
  if (sources.length === 0 || ids.length === 0) return new Map();
  const only = narrowedDimensions(ask);
  const where = narrowing(engine.dialect, only);
  const cut = [...new Set<DimensionId>(sources.flatMap((source) => source.cut))];
  const whole = sources.map((source) => ({ source, from: ask.from, to: ask.to }));
  const chosen = chosenRelation(engine.dialect, whole, only);
  const facts = engine.facts(
    sources,
    new Set([...cut, ...only.map(([id]) => id)]),
    ids,
    withinOf("snapshot", sources, ask),
  );
  const { extractions } = engine;
  const rows = await engine.all(newestByExtraction(cut, { facts, extractions, chosen: chosen.sql, ids, where }), [
    chosen.value,
    ...where.values,
  ]);
  return new Map(rows.map((row) => [`${integer(row.extraction)} ${text(row.day)}`, row]));
}

function traceOf(row: Row, id: MetricId, known: Known): Trace {
  const extraction = integer(row.id);
  const kind = text(row.kind) as Trace["kind"];
  const days = kind === "window" ? [""] : daysBetween(known.ask);
  const stated = known.stated.get(extraction);
  const isKept = stated !== undefined || integer(row.rows) === 0;
  const fates = days.map((day) => fateOf(row, id, day, known));
  const sum = (pick: (fate: Fate) => Big): Big => fates.reduce((all, fate) => all.plus(pick(fate)), zero);
  const amount = (value: Big): string | null => (isKept ? value.toFixed() : null);
  return {
    file: text(row.file),
    sha256: text(row.sha256),
    platform: text(row.platform) as Trace["platform"],
    account: text(row.account),
    currency: textOrNull(row.currency),
    vat: textOrNull(row.vat) as Trace["vat"],
    kind,
    metric: id,
    exported: amount(sum(({ stated: all }) => all)),
    superseded: amount(sum((fate) => fate.superseded)),
    other: amount(sum((fate) => fate.other)),
    narrowed: amount(sum((fate) => fate.narrowed)),
    counted: fates.flatMap(({ counted }, at) => {
      const day = days[at] || null;
      const span = { from: day ?? known.ask.from, to: day ?? known.ask.to };
      return counted === null ? [] : [{ ...span, value: counted }];
    }),
    rejected: integer(row.rejected),
  };
}

/** What became of one day of an extraction. */
interface Fate {
  stated: Big;
  superseded: Big;
  other: Big;
  narrowed: Big;
  counted: string | null;
}

function fateOf(row: Row, id: MetricId, day: Day, known: Known): Fate {
  const extraction = integer(row.id);
  const stated = known.stated.get(extraction)?.get(`${id} ${day}`) ?? zero;
  const none = { stated, superseded: zero, other: zero, narrowed: zero, counted: null };
  const source = known.held.find((each) =>
    row.kind === "snapshot"
      ? each.stream === integer(row.stream) && each.kind === "snapshot"
      : each.extraction === extraction,
  );
  const isLive = source?.runs.some(({ from, to }) => day === "" || (from <= day && day <= to)) ?? false;
  if (!source || !isLive) return { ...none, superseded: stated };
  const isChosen = (known.chosen.get(id) ?? []).some(
    ({ owner, from, to }) => owner.id === source.id && (day === "" || (from <= day && day <= to)),
  );
  if (row.kind === "snapshot") {
    const key = `${extraction} ${day}`;
    const kept = new Big(decimal(known.whole.get(key)?.[id]) ?? 0);
    const superseded = stated.minus(kept);
    if (!isChosen) return { ...none, superseded, other: kept };
    const counted = decimal(known.narrowed.get(key)?.[id]);
    return { ...none, superseded, narrowed: kept.minus(counted ?? 0), counted };
  }
  if (!isChosen) return { ...none, other: stated };
  const cell = known.cells(source, day === "" ? null : day, null);
  const counted = cell ? decimal(cell[id]) : "0";
  return { ...none, narrowed: stated.minus(counted ?? 0), counted };
}

function daysBetween({ from, to }: Ask): Day[] {
  const first = dayNumber(from);
  return Array.from({ length: dayNumber(to) - first + 1 }, (_, at) => dayOf(first + at));
}

const zero = new Big(0);
