import type { DimensionId, MetricId } from "../../transforms/metrics.ts";
import { metrics } from "../../transforms/metrics.ts";
import { mergeRuns } from "../../transforms/ownership.ts";
import { type Engine, integer, json, type Row, text, textOrNull, type Within } from "./engine.ts";
import { broughtRuns, keptCounts, liveRuns, loadedFiles } from "./sql.ts";
import type { Brought, Coverage, Day, LoadedFile, Range, SumRow } from "./warehouse.ts";

/** A run of days that live figures cover, and as of when (the same day for all but snapshots). */
export interface HeldRun {
  from: Day;
  to: Day;
  asOf: Day;
}

/**
 * Figures that are taken or left as one: a live extraction of days or of a window, or a whole snapshot stream (whose
 * extractions are versions of the same posts). Its runs never overlap, except for snapshots.
 */
export interface Source {
  /** Unique among the sources of one answer. */
  id: number;
  stream: number;
  /** Null for snapshots. */
  extraction: number | null;
  kind: SumRow["kind"];
  platform: SumRow["platform"];
  account: string;
  format: string;
  currency: string | null;
  vat: SumRow["vat"];
  cut: readonly DimensionId[];
  metrics: ReadonlySet<MetricId>;
  filters: Readonly<Record<string, string>>;
  rank: number | null;
  newness: number;
  runs: HeldRun[];
}

/**
 * The rows of facts that these sources of one kind may answer from. Of a snapshot all its stream's days count, since a
 * post's day may have been put right since.
 */
export function withinOf(
  kind: Source["kind"],
  sources: readonly Source[],
  { from, to }: Pick<Range, "from" | "to">,
): Within {
  if (kind === "window") return { days: null, undated: true };
  if (kind === "daily") return { days: { from, to }, undated: false };
  const runs = sources.flatMap((source) => source.runs);
  const [first = from] = runs.map((run) => run.from).toSorted();
  return {
    days: {
      from: first,
      to:
        runs
          .map((run) => run.to)
          .toSorted()
          .at(-1) ?? to,
    },
    undated: false,
  };
}

/** Everything live that touches the days asked for. Runs keep their own dates. */
export async function heldSources(engine: Engine, ask: Range): Promise<Source[]> {
  const sources = new Map<string, Source>();
  // All runs and not only those that touch the days: it is one question for all that a report asks.
  for (const row of await engine.catalogue.all(liveRuns)) {
    const [begins, ends] = [text(row.from_day), text(row.to_day)];
    if (ends < ask.from || begins > ask.to || !isAsked(row, ask)) continue;
    const unit = row.kind === "snapshot" ? `stream ${row.stream}` : `extraction ${row.extraction}`;
    const source = sources.get(unit) ?? { ...sourceOf(row), id: sources.size + 1 };
    const age = integer(row.newness);
    if (age >= source.newness) Object.assign(source, stated(row), { newness: age });
    source.runs.push({ from: begins, to: ends, asOf: textOrNull(row.as_of) ?? ends });
    sources.set(unit, source);
  }
  return withoutGaps([...sources.values()]);
}

/**
 * Whether a stream is of the channels asked for and of a source that the config has. An account that was corrected or
 * taken away stays in the warehouse, but it is nobody's any more.
 */
export function isAsked(row: Row, { channels, sources }: Range): boolean {
  const [channel, platform, account] = [text(row.channel), text(row.platform), text(row.account)];
  if (!channels.some((each) => each === channel)) return false;
  return (
    sources === undefined ||
    sources.some(
      (each) =>
        each.channel === channel &&
        (each.platform === null || each.platform === platform) &&
        (each.account === null || each.account === account),
    )
  );
}

/** Every file and channel that an extraction came from, live or not, and the accounts it was loaded under. */
export async function known({ catalogue }: Engine): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const found = await catalogue.all(
    "SELECT DISTINCT e.sha256, s.channel, s.account FROM extraction AS e JOIN stream AS s ON s.id = e.stream",
  );
  const groups = Map.groupBy(found, (row) => `${text(row.sha256)} ${text(row.channel)}`);
  return new Map([...groups].map(([key, rows]) => [key, new Set(rows.map((row) => text(row.account)))]));
}

function sourceOf(row: Row): Omit<Source, "id"> {
  return {
    stream: integer(row.stream),
    extraction: row.kind === "snapshot" ? null : integer(row.extraction),
    kind: text(row.kind) as Source["kind"],
    platform: text(row.platform) as Source["platform"],
    account: text(row.account),
    format: text(row.format),
    cut: json<DimensionId[]>(row.cut),
    metrics: new Set(json<MetricId[]>(row.metrics)),
    filters: Object.fromEntries(json<[string, string][]>(row.filters)),
    newness: integer(row.newness),
    runs: [],
    ...stated(row),
  };
}

const stated = (row: Row): Pick<Source, "currency" | "vat" | "rank"> => ({
  currency: textOrNull(row.currency),
  vat: textOrNull(row.vat) as Source["vat"],
  rank: row.rank === null ? null : integer(row.rank),
});

/** A file without money need not say its currency; its figures stand in the row of its account's only one. */
function withoutGaps(sources: Source[]): Source[] {
  const only = <K extends "currency" | "vat">(key: K, of: Source): Source[K] => {
    const said = new Set(
      sources.filter((each) => each.platform === of.platform && each.account === of.account).map((each) => each[key]),
    );
    said.delete(null);
    const [value] = said;
    return said.size === 1 && value !== undefined ? value : null;
  };
  return sources.map((source) => {
    const hasMoney = [...source.metrics].some((id) => metrics[id].unit === "money");
    if (hasMoney) return source;
    return { ...source, currency: source.currency ?? only("currency", source), vat: source.vat ?? only("vat", source) };
  });
}

/** The days that live extractions own, as runs, per stream. Windows stay apart, each with its own dates. */
export async function coverage(engine: Engine, ask: Range): Promise<Coverage[]> {
  const streams = Map.groupBy(await heldSources(engine, ask), ({ stream }) => stream);
  return [...streams.values()].flatMap((sources) => {
    const [first] = sources;
    if (!first) return [];
    const { platform, account, format, cut, kind } = first;
    const newest = sources.reduce((best, each) => (each.newness >= best.newness ? each : best));
    const runs = sources.flatMap((each) => each.runs);
    return (kind === "window" ? runs : mergeRuns(runs)).map(({ from, to }) => ({
      platform,
      account,
      format,
      cut,
      metrics: [...first.metrics],
      kind,
      rank: newest.rank,
      from,
      to,
    }));
  });
}

/** What every extraction covers, one row a run of its days; without rows and days it has none. */
export async function brought({ catalogue }: Engine): Promise<Brought[]> {
  const rows = await catalogue.all(broughtRuns);
  return rows.map((row) => ({
    channel: text(row.channel) as Brought["channel"],
    sha256: text(row.sha256),
    file: text(row.file),
    kind: text(row.kind) as Brought["kind"],
    format: text(row.format),
    cut: json<DimensionId[]>(row.cut),
    metrics: json<MetricId[]>(row.metrics),
    filters: Object.fromEntries(json<[string, string][]>(row.filters)),
    rank: row.rank === null ? null : integer(row.rank),
    from: textOrNull(row.from_day),
    to: textOrNull(row.to_day),
    declared: json(row.declared) !== null,
    generatedAt: textOrNull(row.generated_at),
  }));
}

/** The files behind the figures of these days, in the order of their days. */
export async function files(engine: Engine, ask: Range): Promise<LoadedFile[]> {
  const rows = (await engine.catalogue.all(loadedFiles, [ask.from, ask.to])).filter((row) => isAsked(row, ask));
  const kept = await keptRows(engine, rows);
  return rows.map((row) => ({
    file: text(row.file),
    sha256: text(row.sha256),
    table: integer(row.table_index),
    channel: text(row.channel) as LoadedFile["channel"],
    platform: text(row.platform) as LoadedFile["platform"],
    account: text(row.account),
    format: text(row.format),
    cut: json<DimensionId[]>(row.cut),
    from: textOrNull(row.from_day),
    to: textOrNull(row.to_day),
    generatedAt: textOrNull(row.generated_at),
    rows: integer(row.rows),
    superseded: integer(row.rows) - (kept.get(integer(row.id)) ?? 0),
    rejected: integer(row.rejected),
    skipped: json(row.skipped),
  }));
}

/** How many rows of each of these extractions still count. */
async function keptRows(engine: Engine, rows: readonly Row[]): Promise<Map<number, number>> {
  const shapes = [...new Set(rows.map(({ stream }) => integer(stream)))].map((stream) => ({
    stream,
    cut: [],
    metrics: [],
  }));
  if (shapes.length === 0) return new Map();
  const days = rows.flatMap((row) => [text(row.from_day), text(row.to_day)]).toSorted();
  const within = { days: { from: days[0] ?? "", to: days.at(-1) ?? "" }, undated: true };
  const ids = rows.map(({ id }) => integer(id));
  const found = await engine.all(keptCounts(engine.facts(shapes, [], [], within), ids));
  return new Map(found.map((row) => [integer(row.extraction), integer(row.kept)]));
}
