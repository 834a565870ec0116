import { dimensionIds, metricIds, metrics } from "../../transforms/metrics.ts";
import { mergeRuns, newness, type Run } from "../../transforms/ownership.ts";
import { type Engine, integer, json, type Statements, text, textOrNull } from "./engine.ts";
import { lossesOf, takenBy } from "./losses.ts";
import { ownersOf, settle } from "./settle.ts";
import { tallyOf } from "./sql.ts";
import type { Extraction, Fill, Guard, Loaded } from "./warehouse.ts";

/**
 * Adds one extraction in one transaction: its rows, what it covers, and anew who owns which day of its stream.
 *
 * Facts that nobody counts any more leave in the same transaction, so report queries stay quick. A throw anywhere,
 * `fill` included, leaves the warehouse as it was, and so does a load that its guard holds.
 */
export async function loadExtraction(
  engine: Engine,
  extraction: Extraction,
  fill: Fill,
  guard?: Guard,
): Promise<Loaded> {
  const load = async () => (await findSame(engine, extraction)) ?? (await add(engine, extraction, fill, guard));
  return engine.transaction(load, ({ outcome }) => outcome !== "held");
}

async function findSame({ catalogue }: Engine, extraction: Extraction): Promise<Loaded | null> {
  const [row] = await catalogue.all(
    `SELECT e.id, e."rows", e.rejected, e.skipped, CAST(e.from_day AS STRING) AS from_day, CAST(e.to_day AS STRING) AS to_day
    FROM extraction AS e JOIN stream AS s ON s.id = e.stream
    WHERE e.sha256 = ? AND e.table_index = ? AND s.channel = ? AND s.platform = ? AND s.account = ? AND s.format = ?
      AND (s.kind <> 'window' OR e.declared = ?)`,
    [
      extraction.sha256,
      extraction.table,
      extraction.channel,
      extraction.platform,
      extraction.account,
      extraction.format,
      JSON.stringify(extraction.declared),
    ],
  );
  if (!row) return null;
  return {
    extraction: integer(row.id),
    outcome: "same",
    from: textOrNull(row.from_day),
    to: textOrNull(row.to_day),
    rows: integer(row.rows),
    rejected: integer(row.rejected),
    skipped: json(row.skipped),
    losses: [],
  };
}

async function add(engine: Engine, extraction: Extraction, fill: Fill, guard?: Guard): Promise<Loaded> {
  const id = await nextId(engine.catalogue, "extraction");
  const { catalogue } = engine;
  const stream = await streamOf(engine, extraction);
  const facts = engine.table(stream);
  const filled = await fill(id, facts);
  const { rows, runs } = await claims(catalogue, facts, id, extraction, filled.rejected > 0);
  const from = runs.map((run) => run.from).toSorted()[0] ?? null;
  const to =
    runs
      .map((run) => run.to)
      .toSorted()
      .at(-1) ?? null;
  await catalogue.run(
    `INSERT INTO extraction VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS DATE), CAST(? AS DATE), CAST(? AS DATE), ?, ?, ?)`,
    [
      id,
      stream,
      extraction.sha256,
      extraction.table,
      extraction.file,
      JSON.stringify(extraction.declared),
      extraction.rank,
      extraction.currency,
      extraction.vat,
      extraction.generatedAt,
      newness(extraction.generatedAt, to),
      extraction.generatedAt?.slice(0, 10) ?? to,
      from,
      to,
      rows,
      filled.rejected,
      JSON.stringify(filled.skipped),
    ],
  );
  for (const run of runs) {
    await catalogue.run("INSERT INTO covered VALUES (?, CAST(? AS DATE), CAST(? AS DATE))", [id, run.from, run.to]);
  }
  if (rows > 0) await engine.publish(stream, id);
  const owners = await ownersOf(catalogue, stream, extraction.kind);
  const losses = guard
    ? await lossesOf(engine, engine.stored(stream), id, extraction, takenBy(id, owners.before, owners.now), guard)
    : [];
  const loaded: Loaded = {
    ...filled,
    rows,
    extraction: id,
    outcome: rows === 0 ? "empty" : "loaded",
    from,
    to,
    losses,
  };
  if (losses.length > 0) return { ...loaded, outcome: "held" };
  const adding = extraction.metrics.filter((each) => metrics[each].over === "sum");
  if (adding.length > 0) await catalogue.run(tallyOf(facts, adding), [id]);
  await settle(engine, stream, id, extraction, owners);
  return loaded;
}

async function nextId(catalogue: Statements, table: "extraction" | "stream"): Promise<number> {
  const [row] = await catalogue.all(`SELECT COALESCE(MAX(id), 0) + 1 AS id FROM ${table}`);
  return integer(row?.id);
}

/** The extraction's stream, made when it is the first of it. The order of columns in a file does not make a stream. */
async function streamOf(engine: Engine, extraction: Extraction): Promise<number> {
  const identity = [
    extraction.channel,
    extraction.platform,
    extraction.account,
    extraction.format,
    extraction.kind,
    JSON.stringify(dimensionIds.filter((each) => extraction.cut.includes(each))),
    JSON.stringify(metricIds.filter((each) => extraction.metrics.includes(each))),
    JSON.stringify(Object.entries(extraction.filters).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  ];
  const [known] = await engine.catalogue.all(
    `SELECT id FROM stream WHERE channel = ? AND platform = ? AND account = ? AND format = ? AND kind = ? AND cut = ?
      AND metrics = ? AND filters = ?`,
    identity,
  );
  if (known) return integer(known.id);
  const id = await nextId(engine.catalogue, "stream");
  await engine.catalogue.run("INSERT INTO stream VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", [id, ...identity]);
  await engine.addStream({ stream: id, cut: extraction.cut, metrics: extraction.metrics });
  return id;
}

/**
 * The days that an extraction covers. Those it declares count even where they have no row (a paused campaign), but none
 * after the day it was made; without a declaration the first to the last day of its rows. A row outside the declared
 * days claims its own day, so that no row is lost. Where lines were rejected, a day without rows may be one of theirs: it
 * is unknown, not zero, and not claimed.
 */
async function claims(
  filled: Statements,
  facts: string,
  id: number,
  extraction: Extraction,
  hasRejected: boolean,
): Promise<{ rows: number; runs: Run[] }> {
  const [seen] = await filled.all(
    `SELECT COUNT(*) AS n, COUNT(day) AS days, CAST(MIN(day) AS STRING) AS from_day, CAST(MAX(day) AS STRING) AS to_day
    FROM ${facts} WHERE extraction = ?`,
    [id],
  );
  const rows = integer(seen?.n);
  const { declared, kind, generatedAt } = extraction;
  if (kind === "window") {
    if (!declared) throw new Error(`${extraction.file}: a window needs its first and last day`);
    return { rows, runs: [declared] };
  }
  if (integer(seen?.days) !== rows) throw new Error(`${extraction.file}: ${kind} rows need a day`);
  const from = textOrNull(seen?.from_day);
  const to = textOrNull(seen?.to_day);
  if (hasRejected) return { rows, runs: await daysHeld(filled, facts, id) };
  if (!declared) return { rows, runs: from && to ? [{ from, to }] : [] };

  const made = generatedAt?.slice(0, 10);
  const end = made && made < declared.to ? made : declared.to;
  const stated = declared.from <= end ? [{ from: declared.from, to: end }] : [];
  if (!from || !to || (stated[0] && from >= declared.from && to <= end)) return { rows, runs: stated };
  const rest = await daysHeld(filled, facts, id);
  return { rows, runs: mergeRuns([...stated, ...rest]) };
}

/** The days that an extraction has rows of. */
async function daysHeld(filled: Statements, facts: string, id: number): Promise<Run[]> {
  const days = await filled.all(`SELECT DISTINCT CAST(day AS STRING) AS day FROM ${facts} WHERE extraction = ?`, [id]);
  return mergeRuns(days.map(({ day }) => ({ from: text(day), to: text(day) })));
}
