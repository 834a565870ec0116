import { weekdays } from "../../transforms/definitions.ts";
import { type DimensionId, dimensions, type MetricId, metrics } from "../../transforms/metrics.ts";
import { identifier } from "./facts.ts";

/**
 * The SQL of the warehouse. Values bind (`?`); identifiers come from the catalogue only and are quoted by `identifier`.
 * One subset for every engine: no MERGE, ROLLUP, GROUP BY ALL or scripts. What engines write differently is in `Dialect`.
 */
export interface Dialect {
  /** One bound parameter, an array of records, as a relation. */
  relation(columns: Readonly<Record<string, "INTEGER" | "DATE" | "STRING" | "BOOLEAN">>): string;
  /** Whether the whole of a text matches a bound RE2 expression. */
  matches(text: string): string;
  /** `1` (Monday) to `7` of a day. */
  isoWeekday(day: string): string;
}

/**
 * The tables beside `facts`. `covered` is what an extraction claims, `live` what it owns at present. `tally` keeps what its
 * rows came to by day and metric, for good: facts leave when a newer extraction takes their day.
 */
export const schema = [
  `CREATE TABLE IF NOT EXISTS stream (id INTEGER, channel STRING, platform STRING, account STRING, format STRING,
    kind STRING, cut STRING, metrics STRING, filters STRING)`,
  `CREATE TABLE IF NOT EXISTS extraction (id INTEGER, stream INTEGER, sha256 STRING, table_index INTEGER, file STRING,
    declared STRING, "rank" INTEGER, currency STRING, vat STRING, generated_at STRING, newness BIGINT, as_of DATE, from_day DATE,
    to_day DATE, "rows" BIGINT, rejected BIGINT, skipped STRING)`,
  "CREATE TABLE IF NOT EXISTS covered (extraction INTEGER, from_day DATE, to_day DATE)",
  "CREATE TABLE IF NOT EXISTS live (stream INTEGER, extraction INTEGER, from_day DATE, to_day DATE)",
  "CREATE TABLE IF NOT EXISTS tally (extraction INTEGER, day DATE, metric STRING, amount STRING)",
] as const;

/** One row per run of days that a live extraction owns. */
export const liveRuns = `
  SELECT s.id AS stream, s.channel, s.platform, s.account, s.format, s.kind, s.cut, s.metrics, s.filters, e.id AS extraction,
    e."rank", e.currency, e.vat, e.newness, CAST(e.as_of AS STRING) AS as_of,
    CAST(l.from_day AS STRING) AS from_day, CAST(l.to_day AS STRING) AS to_day
  FROM live AS l
  JOIN extraction AS e ON e.id = l.extraction
  JOIN stream AS s ON s.id = l.stream
  ORDER BY s.id, l.from_day, e.id`;

/** One row per extraction and run of days that it covers. */
export const broughtRuns = `
  SELECT s.channel, s.format, s.kind, s.cut, s.metrics, s.filters, e.sha256, e.file, e."rank", e.declared, e.generated_at,
    CAST(c.from_day AS STRING) AS from_day, CAST(c.to_day AS STRING) AS to_day
  FROM extraction AS e
  JOIN stream AS s ON s.id = e.stream
  LEFT JOIN covered AS c ON c.extraction = e.id
  ORDER BY e.id, c.from_day`;

/** Values: from, to. Files whose claim touches these days. */
export const loadedFiles = `
  SELECT e.id, e.stream, e.file, e.sha256, e.table_index, s.channel, s.platform, s.account, s.format, s.cut, CAST(e.from_day AS STRING) AS from_day,
    CAST(e.to_day AS STRING) AS to_day, e.generated_at, e."rows", e.rejected, e.skipped
  FROM extraction AS e
  JOIN stream AS s ON s.id = e.stream
  WHERE e.to_day >= CAST(? AS DATE) AND e.from_day <= CAST(? AS DATE)
  ORDER BY e.from_day, e.to_day, e.file, e.table_index`;

/** The rows of these extractions that are held. */
export const keptCounts = (facts: string, extractions: readonly number[]) =>
  `SELECT extraction, COUNT(*) AS kept FROM ${facts} AS a WHERE extraction IN (${extractions.map(Math.trunc).join(", ")}) GROUP BY extraction`;

/** Values: extraction. Writes down what its rows come to; day is null in rows of a window. */
export function tallyOf(facts: string, ids: readonly MetricId[]): string {
  const cells = ids.map((id, at) => `SUM(${metricColumn(id)}) AS m${at}`).join(", ");
  const parts = ids.map((id, at) => `SELECT day, '${id}' AS metric, CAST(m${at} AS STRING) AS amount FROM sums`);
  return `
  INSERT INTO tally
  WITH sums AS (SELECT f.extraction, f.day, ${cells} FROM ${facts} AS f WHERE f.extraction = ? GROUP BY f.extraction, f.day)
  SELECT s.extraction, p.day, p.metric, p.amount
  FROM (SELECT DISTINCT extraction FROM sums) AS s CROSS JOIN (${parts.join(" UNION ALL ")}) AS p
  WHERE p.amount IS NOT NULL`;
}

/** Values: to, from. Every extraction whose claim touches these days, live or not. */
export const tracedExtractions = `
  SELECT e.id, s.id AS stream, e.file, e.sha256, e.table_index, s.channel, s.platform, s.account, s.format, s.kind, s.cut, s.metrics,
    e.currency, e.vat, e.rejected, e."rows", CAST(e.from_day AS STRING) AS from_day, CAST(e.to_day AS STRING) AS to_day
  FROM extraction AS e
  JOIN stream AS s ON s.id = e.stream
  WHERE e.from_day <= CAST(? AS DATE) AND e.to_day >= CAST(? AS DATE)
  ORDER BY s.platform, s.account, e.from_day, e.newness, e.id`;

/** What the rows of these extractions came to, by day. */
export const tallies = (tally: string, extractions: readonly number[]) => `
  SELECT t.extraction, CAST(t.day AS STRING) AS day, t.metric, t.amount
  FROM ${tally} AS t
  WHERE t.extraction IN (${extractions.map(Math.trunc).join(", ")})`;

/** Binds: chosen, narrowing. What each snapshot extraction still says of posts that no later one counted again, by day. */
export function newestByExtraction(
  cut: readonly DimensionId[],
  { facts, extractions, chosen, ids, where }: SumsQuery,
): string {
  const cells = ids.map((id) => `CAST(SUM(${metricColumn(id)}) AS STRING) AS ${identifier(id)}`).join(", ");
  return `
  WITH chosen AS (SELECT * FROM ${chosen} AS r), ${versions(facts, extractions, cut)}
  SELECT f.extraction, CAST(f.day AS STRING) AS day, ${cells}
  FROM ${versioned}
  JOIN chosen AS c ON c.stream = f.stream AND f.day BETWEEN c.from_day AND c.to_day
  WHERE v.next_as_of IS NULL${where.sql}
  GROUP BY f.extraction, f.day`;
}

/** A metric of `facts`, as an identifier. The catalogue check keeps anything else out of the SQL. */
export function metricColumn(id: MetricId, table = "f"): string {
  if (!Object.hasOwn(metrics, id)) throw new Error(`not a metric: ${id}`);
  return `${table}.${identifier(id)}`;
}

/** A dimension of `facts`: the id where there is one. */
export function dimensionColumn(id: DimensionId, table = "f"): string {
  if (!Object.hasOwn(dimensions, id)) throw new Error(`not a dimension: ${id}`);
  return `${table}.${identifier(id)}`;
}

/** What a reader calls a dimension's value: its name, else its id. */
export function nameColumn(id: DimensionId, table = "f"): string {
  const column = dimensionColumn(id, table);
  return isEntity(id) ? `COALESCE(${table}.${identifier(`${id}_name`)}, ${column})` : column;
}

/**
 * What makes two snapshot rows the same thing at two ages: the ids of their dimensions. A post or email that has only
 * a name is told apart by its day as well, since names come again every week.
 */
export function entityKey(cut: readonly DimensionId[], table = "f"): string {
  const ids = cut.map((id) => `COALESCE(${dimensionColumn(id, table)}, '')`);
  const named = cut
    .filter(isEntity)
    .map((id) => `${table}.${identifier(`${id}_name`)} <> ${dimensionColumn(id, table)}`);
  const day = `CASE WHEN ${[...named, "FALSE"].join(" OR ")} THEN '' ELSE CAST(${table}.day AS STRING) END`;
  return `CONCAT(${[...ids, day].join(", CHR(31), ")})`;
}

function isEntity(id: DimensionId): boolean {
  return "entity" in dimensions[id];
}

/** A glob (`A_*`, `?`) as an RE2 and JavaScript expression. Everything else in it is literal. */
export function globExpression(glob: string): string {
  const literal = (text: string) => text.replace(/[\\^$.|+()[\]{}*?]/g, "\\$&");
  return [...glob].map((each) => (each === "*" ? "[\\s\\S]*" : each === "?" ? "[\\s\\S]" : literal(each))).join("");
}

/** One condition on the rows of `f`, with what it binds. `c.exempt<i>` lets rows pass whose export was narrowed itself. */
export interface Narrowing {
  sql: string;
  values: string[];
}

export function narrowing(dialect: Dialect, only: readonly (readonly [DimensionId, string])[]): Narrowing {
  return {
    sql: only.map(([id], index) => ` AND (c.exempt${index} OR ${dialect.matches(nameColumn(id))})`).join(""),
    values: only.map(([, glob]) => globExpression(glob)),
  };
}

/** Relations of what was chosen and of its facts, the metrics, and the rows asked for. */
export interface SumsQuery {
  facts: string;
  /** The extractions with their age, for snapshots. */
  extractions: string;
  chosen: string;
  ids: readonly MetricId[];
  where: Narrowing;
}

/**
 * Binds: chosen, narrowing. Sums per source and day, or per window (whose day is null).
 *
 * What may not be added comes only from a group of one row: `c.whole` says that the cut has no dimension, so that a row
 * without the metric is no part of the group. Days and windows are read apart, as only a plain range lets the engine
 * skip the days not asked for.
 */
export function sumsOf(kind: "daily" | "window", { facts, chosen, ids, where }: SumsQuery): string {
  return `
  SELECT c.source, CAST(f.day AS STRING) AS day, ${sumList(ids)}
  FROM ${facts} AS f JOIN ${chosen} AS c ON ${onRows[kind]}
  WHERE TRUE${where.sql}
  GROUP BY c.source, c.whole, f.day`;
}

const onRows = {
  daily: "f.extraction = c.extraction AND f.day BETWEEN c.from_day AND c.to_day",
  window: "f.extraction = c.extraction AND f.day IS NULL",
};

/** Binds: chosen, narrowing. Sums per snapshot stream, day of publication and as-of, each thing in its newest version then. */
export function sumsByAge(cut: readonly DimensionId[], { facts, extractions, chosen, ids, where }: SumsQuery): string {
  return `
  WITH chosen AS (SELECT * FROM ${chosen} AS r), ${versions(facts, extractions, cut)}
  SELECT c.source, CAST(a.as_of AS STRING) AS as_of, CAST(f.day AS STRING) AS day, ${sumList(ids)}
  FROM ${versioned}
  JOIN (SELECT DISTINCT e.stream, e.as_of FROM ${extractions} AS e) AS a
    ON a.stream = v.stream AND a.as_of >= v.as_of AND (v.next_as_of IS NULL OR a.as_of < v.next_as_of)
  JOIN chosen AS c ON c.stream = f.stream AND f.day BETWEEN c.from_day AND c.to_day
  WHERE TRUE${where.sql}
  GROUP BY c.source, c.whole, a.as_of, f.day`;
}

function sumList(ids: readonly MetricId[]): string {
  const cells = ids.map((id) => {
    const column = metricColumn(id);
    const sum =
      metrics[id].over === "sum"
        ? `SUM(${column})`
        : `CASE WHEN COUNT(${column}) = 1 AND (c.whole OR COUNT(*) = 1) THEN MAX(${column}) END`;
    return `CAST(${sum} AS STRING) AS ${identifier(id)}`;
  });
  return cells.join(", ");
}

/**
 * `held` are the rows of the chosen snapshot streams, of two files as of the same day those of the newer; `version` says
 * from which as-of to which each state counts.
 */
function versions(facts: string, extractions: string, cut: readonly DimensionId[]): string {
  return `
  aged AS (
    SELECT e.stream, e.as_of, e.newness, e.id, ${entityKey(cut)} AS entity, f.*
    FROM ${facts} AS f JOIN ${extractions} AS e ON e.id = f.extraction
    WHERE e.stream IN (SELECT stream FROM chosen)),
  ranked AS (
    SELECT a.*, RANK() OVER (PARTITION BY a.stream, a.as_of, a.entity ORDER BY a.newness DESC, a.id DESC) AS place
    FROM aged AS a),
  held AS (SELECT * FROM ranked WHERE place = 1),
  version AS (
    SELECT stream, entity, as_of, LEAD(as_of) OVER (PARTITION BY stream, entity ORDER BY as_of) AS next_as_of
    FROM (SELECT DISTINCT stream, entity, as_of FROM held) AS d)`;
}

const versioned = "held AS f JOIN version AS v ON v.stream = f.stream AND v.entity = f.entity AND v.as_of = f.as_of";

export interface PartsQuery {
  chosen: string;
  /** The extractions with their age, for snapshots. */
  extractions: string;
  /** The facts to read, per kind of source. */
  facts: Readonly<Record<"daily" | "window" | "snapshot", string>>;
  /** The kinds among the chosen sources; each is read by a branch of its own. */
  kinds: readonly ("daily" | "window" | "snapshot")[];
  /** The dimensions that tell things apart in the chosen snapshot streams. */
  snapshotCut: readonly DimensionId[];
  ids: readonly MetricId[];
  where: Narrowing;
}

/** Binds: chosen, then narrowing per kind. The rows that feed the figures, `c.use<i>` saying for which metrics. */
function picked(
  { chosen, extractions, facts, kinds, snapshotCut, ids, where }: PartsQuery,
  columns: readonly string[],
): string {
  const cells = ids.map((id, index) => `CASE WHEN c.use${index} THEN ${metricColumn(id)} END AS ${identifier(id)}`);
  const uses = ids.map((_, index) => `c.use${index}`);
  const list = [
    "c.source, c.platform, c.account, c.currency, c.vat, c.shown_from, c.shown_to, f.day",
    ...columns,
    ...uses,
    ...cells,
  ].join(", ");
  const branches = kinds.map((kind) =>
    kind === "snapshot"
      ? `SELECT ${list} FROM ${versioned}
        JOIN chosen AS c ON c.stream = f.stream AND f.day BETWEEN c.from_day AND c.to_day
        WHERE v.next_as_of IS NULL${where.sql}`
      : `SELECT ${list} FROM ${facts[kind]} AS f JOIN chosen AS c ON c.kind = '${kind}' AND ${onRows[kind]} WHERE TRUE${where.sql}`,
  );
  const ctes = [
    `chosen AS (SELECT * FROM ${chosen} AS r)`,
    ...(kinds.includes("snapshot") ? [versions(facts.snapshot, extractions, snapshotCut)] : []),
    `picked AS (${branches.join(" UNION ALL ")})`,
  ];
  return `WITH ${ctes.join(",")}`;
}

/**
 * Sums by part, `key<i>` and `name<i>` in the order of `by`. A name is the one of the last day that has one.
 *
 * Rows are added up by source and day first, so that what is said of sources, and days as texts, are looked at once a day
 * and part and not once a row.
 */
export function sumsByPart(
  dialect: Dialect,
  query: PartsQuery,
  by: readonly (DimensionId | "platform" | "account")[],
  order: { by: MetricId; limit?: number },
): string {
  const isColumn = (each: (typeof by)[number]): each is DimensionId => each !== "platform" && each !== "account";
  const parts = by.filter(isColumn);
  const columns = parts.flatMap((id) => {
    const value = id === "weekday" ? `COALESCE(${dimensionColumn(id)}, ${weekdayName(dialect)})` : dimensionColumn(id);
    return [`COALESCE(${value}, '') AS key_${id}`, ...(isEntity(id) ? [`${nameColumn(id)} AS name_${id}`] : [])];
  });
  const grain = ["p.source", "p.day", ...parts.map((id) => `p.key_${id}`)].join(", ");
  const dated = [
    grain,
    ...parts.filter(isEntity).map((id) => `MAX(p.name_${id}) AS name_${id}`),
    ...query.ids.flatMap((id, index) => {
      const column = metricColumn(id, "p");
      const { over } = metrics[id];
      if (over === "sum") return [`SUM(${column}) AS ${identifier(id)}`];
      if (over === "last") return [`MAX(CAST(${column} AS STRING)) AS ${identifier(id)}`];
      return [`COUNT(CASE WHEN p.use${index} THEN 1 END) AS rows${index}`, `MAX(${column}) AS ${identifier(id)}`];
    }),
  ].join(", ");

  const key = (each: (typeof by)[number]) => (isColumn(each) ? `d.key_${each}` : `c.${each}`);
  const day = "CAST(COALESCE(d.day, c.shown_to) AS STRING)";
  const newest = (value: string) => `SUBSTR(MAX(CASE WHEN ${value} IS NOT NULL THEN CONCAT(${day}, ${value}) END), 11)`;
  const name = (each: (typeof by)[number]) =>
    isColumn(each) && isEntity(each) ? newest(`d.name_${each}`) : `MAX(${key(each)})`;
  const cell = (id: MetricId, index: number): string => {
    const column = metricColumn(id, "d");
    if (metrics[id].over === "sum") return `SUM(${column})`;
    if (metrics[id].over === "last") return newest(column);
    return `CASE WHEN SUM(d.rows${index}) = 1 THEN MAX(${column}) END`;
  };
  const said = ["platform", "account", "currency", "vat", "shown_from", "shown_to"];
  const shown = said.map((each) => `c.${each}`);
  const keys = [...shown, ...by.map(key)];
  const group = keys.join(", ");
  const index = query.ids.indexOf(order.by);
  const limit = order.limit === undefined ? "" : `LIMIT ${Math.max(0, Math.trunc(order.limit))}`;
  return `${picked(query, columns)}, dated AS (SELECT ${dated} FROM picked AS p GROUP BY ${grain})
  SELECT c.platform, c.account, c.currency, c.vat, CAST(c.shown_from AS STRING) AS from_day, CAST(c.shown_to AS STRING) AS to_day
    ${by.map((each, at) => `, ${key(each)} AS key${at}, ${name(each)} AS name${at}`).join("")}
    ${query.ids.map((id, at) => `, CAST(${cell(id, at)} AS STRING) AS ${identifier(id)}`).join("")}
  FROM dated AS d JOIN (SELECT DISTINCT source, ${said.join(", ")} FROM chosen) AS c ON c.source = d.source
  GROUP BY ${group}
  ORDER BY ${cell(order.by, index)} DESC NULLS LAST, ${inOrder(keys)} ${limit}`;
}

/** The rows behind the figures, one by one, in order of day and names; with `ids`, an entity's `id_<dimension>` as well. */
export function pickedRows(query: PartsQuery, cut: readonly DimensionId[], { ids = false } = {}): string {
  const entities = ids ? cut.filter(isEntity) : [];
  const columns = [
    ...cut.map((id) => `${nameColumn(id)} AS ${identifier(`name_${id}`)}`),
    ...entities.map((id) => `${dimensionColumn(id)} AS ${identifier(`id_${id}`)}`),
  ];
  const names = [
    ...cut.map((id) => `p.${identifier(`name_${id}`)}`),
    ...entities.map((id) => `p.${identifier(`id_${id}`)}`),
  ];
  // Rows of the same day and names (one file a metric) have an order, too.
  const rest = ["p.shown_to", ...query.ids.map((id) => metricColumn(id, "p"))];
  return `${picked(query, columns)}
  SELECT CAST(p.day AS STRING) AS day, CAST(p.shown_from AS STRING) AS shown_from, CAST(p.shown_to AS STRING) AS shown_to,
    p.platform, p.account, p.currency, p.vat${names.map((each) => `, ${each}`).join("")}
    ${query.ids.map((id) => `, CAST(${metricColumn(id, "p")} AS STRING) AS ${identifier(id)}`).join("")}
  FROM picked AS p
  ORDER BY ${inOrder(["COALESCE(p.day, p.shown_from)", "p.platform", "p.account", ...names, ...rest])}`;
}

/** Engines differ in where nothing stands. */
const inOrder = (keys: readonly string[]): string => keys.map((key) => `${key} NULLS LAST`).join(", ");

function weekdayName(dialect: Dialect): string {
  const days = weekdays.map((name, index) => `WHEN ${index + 1} THEN '${name}'`).join(" ");
  return `CASE ${dialect.isoWeekday("f.day")} ${days} END`;
}
