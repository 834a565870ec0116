import { type MetricId, metrics } from "../../transforms/metrics.ts";
import { dayNumber, dayOf } from "../../transforms/ownership.ts";
import { byPreference, type Choice, choices, chooseByDay, earlier, eligible, later } from "./choose.ts";
import { decimal, type Engine, type Row, textOrNull } from "./engine.ts";
import { heldSources, type Source, withinOf } from "./held.ts";
import { chosenRelation, narrowedDimensions } from "./relation.ts";
import { narrowing, sumsByAge, sumsOf } from "./sql.ts";
import type { Ask, Day, SumRow } from "./warehouse.ts";

/** Sums by day and by window: for each platform, account, metric and day exactly one cut. */
export async function sums(engine: Engine, ask: Ask): Promise<SumRow[]> {
  const sources = eligible(await heldSources(engine, ask), ask.only).filter(({ metrics: has }) =>
    ask.metrics.some((id) => has.has(id)),
  );
  const cells = await readCells(engine, sources, ask);
  const sheet = newSheet();
  for (const own of Map.groupBy(sources, ({ platform, account }) => `${platform} ${account}`).values()) {
    const byDay = own.filter(({ kind }) => kind !== "window");
    const additive = ask.metrics.filter((id) => metrics[id].over === "sum");
    const chosen = choices(new Map(additive.map((id) => [id, chooseByDay(byDay, id, ask)])));
    for (const choice of chosen) addChoice(sheet, cells, choice);
    for (const id of ask.metrics.filter((each) => metrics[each].over !== "sum"))
      addSingle(sheet, cells, byDay, id, ask);
    addWindows(sheet, cells, own, ask.metrics);
  }
  return sheet.rows();
}

export type Cells = (source: Source, day: Day | null, asOf: Day | null) => Row | undefined;

/** Every figure that may be needed, by source, day and as-of. Absent: no row. A null in a row: unknown. */
export async function readCells(engine: Engine, sources: readonly Source[], ask: Ask): Promise<Cells> {
  const only = narrowedDimensions(ask);
  const where = narrowing(engine.dialect, only);
  const found = new Map<string, Row>();
  for (const [kind, some] of Map.groupBy(sources, (source) => source.kind)) {
    const whole = some.map((source) => ({ source, from: ask.from, to: ask.to }));
    const runs = kind === "snapshot" ? whole : some.flatMap((source) => runsOf(source, ask));
    const chosen = chosenRelation(engine.dialect, runs, only);
    const cut = new Set(some.flatMap((source) => source.cut));
    const facts = engine.facts(
      some,
      new Set([...cut, ...only.map(([id]) => id)]),
      ask.metrics,
      withinOf(kind, some, ask),
    );
    const query = { facts, extractions: engine.extractions, chosen: chosen.sql, ids: ask.metrics, where };
    const sql = kind === "snapshot" ? sumsByAge([...cut], query) : sumsOf(kind, query);
    for (const row of await engine.all(sql, [chosen.value, ...where.values])) {
      found.set(`${row.source} ${row.day ?? null} ${row.as_of ?? null}`, row);
    }
  }
  return (source, day, asOf) => found.get(`${source.id} ${day} ${asOf}`);
}

const runsOf = (source: Source, { from, to }: Ask) =>
  source.runs.map((run) => ({ source, from: later(run.from, from), to: earlier(run.to, to) }));

/** A covered day without a row is a true zero; a row without a value is unknown. */
function addChoice(sheet: Sheet, cells: Cells, { source, from, to, metrics: chosen }: Choice): void {
  for (let at = dayNumber(from); at <= dayNumber(to); at++) {
    const day = dayOf(at);
    for (const { asOf, latest } of agesOf(source, day)) {
      const row = cells(source, day, asOf);
      for (const id of chosen)
        sheet.add({ source, from: day, to: day, asOf, latest }, id, row ? decimal(row[id]) : "0");
    }
  }
}

/** What may not be added: for each day from the first source that gives it as one figure, undivided cuts first. */
function addSingle(sheet: Sheet, cells: Cells, sources: readonly Source[], id: MetricId, ask: Ask): void {
  const order = undividedFirst(sources, id);
  for (let at = dayNumber(ask.from); at <= dayNumber(ask.to); at++) {
    const day = dayOf(at);
    const covering = order.filter(({ runs }) => runs.some(({ from, to }) => from <= day && day <= to));
    const given = covering.find((source) =>
      agesOf(source, day).some(({ asOf }) => textOrNull(cells(source, day, asOf)?.[id])),
    );
    if (!given) continue;
    for (const age of agesOf(given, day)) {
      sheet.add({ source: given, from: day, to: day, ...age }, id, decimal(cells(given, day, age.asOf)?.[id]));
    }
  }
}

function addWindows(sheet: Sheet, cells: Cells, sources: readonly Source[], ids: readonly MetricId[]): void {
  const windows = sources.flatMap((source) =>
    source.kind === "window" ? source.runs.map((run) => ({ source, ...run })) : [],
  );
  for (const same of Map.groupBy(windows, ({ from, to }) => `${from} ${to}`).values()) {
    const [first] = same;
    if (!first) continue;
    const held = same.map(({ source }) => source);
    for (const id of ids) {
      const isSum = metrics[id].over === "sum";
      const best = isSum
        ? held.filter(({ metrics: has }) => has.has(id)).toSorted(byPreference)[0]
        : undividedFirst(held, id).find((source) => textOrNull(cells(source, null, null)?.[id]));
      if (!best) continue;
      const row = cells(best, null, null);
      const value = row ? decimal(row[id]) : isSum ? "0" : null;
      sheet.add({ source: best, from: first.from, to: first.to, asOf: null, latest: true }, id, value);
    }
  }
}

const undividedFirst = (sources: readonly Source[], id: MetricId): Source[] =>
  sources
    .filter((source) => source.metrics.has(id))
    .toSorted((a, b) => Number(a.cut.length > 0) - Number(b.cut.length > 0) || byPreference(a, b));

/** For snapshots every as-of whose export covers the day, oldest first; one nameless age for the rest. */
function agesOf(source: Source, day: Day): { asOf: Day | null; latest: boolean }[] {
  if (source.kind !== "snapshot") return [{ asOf: null, latest: true }];
  const covering = source.runs.filter(({ from, to }) => from <= day && day <= to);
  const ages = [...new Set(covering.map(({ asOf }) => asOf))].toSorted();
  return ages.map((asOf, index) => ({ asOf, latest: index === ages.length - 1 }));
}

type Place = Pick<SumRow, "from" | "to" | "asOf" | "latest"> & { source: Source };
type Sheet = ReturnType<typeof newSheet>;

/** Puts the metrics of one platform, account, day and basis into one row, whichever cut each comes from. */
function newSheet() {
  const rows = new Map<string, SumRow>();
  return {
    add({ source, ...place }: Place, id: MetricId, value: string | null): void {
      if (value === null) return;
      const { platform, account, currency, vat, kind } = source;
      const key = JSON.stringify([platform, account, currency, vat, kind, place.from, place.to, place.asOf]);
      const row = rows.get(key) ?? { platform, account, currency, vat, kind, ...place, values: {} };
      row.values[id] = value;
      rows.set(key, row);
    },
    rows: (): SumRow[] => [...rows].toSorted(byText).map(([, row]) => row),
  };
}

const byText = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1);
