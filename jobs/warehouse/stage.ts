import type { DuckDBConnection } from "@duckdb/node-api";
import { narrowedSql, notRead } from "../../transforms/clean/number.ts";
import { literal } from "../../transforms/clean/text.ts";
import type { Reject, Skipped } from "../../transforms/format/sheet.ts";
import { type MetricId, metrics } from "../../transforms/metrics.ts";
import { type Problem, problem } from "../../transforms/problem.ts";
import { explainReject, type Rejected } from "../extract/reject.ts";
import type { Table } from "../extract/table.ts";
import { identifier, metricType, widen } from "./facts.ts";

export { createFacts } from "./facts.ts";

/** What became of every line of a table: `rows + rejectedTotal + all of skipped` are the lines it had. */
export interface Staged {
  rows: number;
  /** The first of them; `rejectedTotal` counts all. */
  rejected: Rejected[];
  rejectedTotal: number;
  skipped: Skipped;
  from: string | null;
  to: string | null;
  /** Exact sums of the metrics that add, as decimal text; absent where no row holds one. */
  sums: Partial<Record<MetricId, string>>;
  problems: Problem[];
}

export interface Staging {
  extraction: number;
  /** A table made by `createFacts`. */
  into: string;
  /** How many rejected lines are kept with their text. */
  shown?: number;
}

/**
 * Cleans one table into facts, inside the caller's transaction. A large file is read as it lies there by one statement;
 * where that does not account for every line, its rows are taken out again and it is read carefully.
 */
export async function stage(db: DuckDBConnection, table: Table, staging: Staging): Promise<Staged> {
  if (table.source.numbered) return stageCarefully(db, table, staging);
  const direct = await stageDirectly(db, table, staging);
  if (direct) return direct;
  await db.run(`DELETE FROM ${identifier(staging.into)} WHERE extraction = ${staging.extraction}`);
  const again = await table.careful?.();
  if (!again) throw new Error(`${table.file} could not be read again`);
  return stageCarefully(db, again, staging);
}

/**
 * One INSERT … SELECT of the rows in the file; the lines that are no rows are counted apart. They are not put in and
 * taken out again: after a DELETE the engine writes all rows of the transaction a second time.
 */
async function stageDirectly(db: DuckDBConnection, table: Table, staging: Staging): Promise<Staged | null> {
  const { plan, source } = table;
  const facts = identifier(staging.into);
  const where = `extraction = ${staging.extraction}`;
  const lines = source.lines ?? 0;
  const columns = plan.columns.map(identifier).join(", ");
  const last = await countTail(db, table);
  for (const quick of plan.quick !== null && !last.misread ? [plan.quick, null] : [null]) {
    if (quick === null) await widen(db, staging.into, plan.metrics);
    const cleaned = quick === null ? `${plan.judged}) WHERE verdict = 'row'` : `${quick})`;
    const { rowsChanged } = await db.run(
      `INSERT INTO ${facts} (extraction, ${columns}) SELECT ${staging.extraction}, ${columns} FROM (WITH raw AS (${rawSql(table)}) ${cleaned}`,
    );
    if (await hasRefused(db)) return null;
    const found = await summary(db, table, `${facts} WHERE ${where}`, "stored");
    if (found.misread && quick !== null) {
      await db.run(`DELETE FROM ${facts} WHERE ${where}`);
      continue;
    }
    const left = await countLeft(db, table, lines - rowsChanged, last);
    if (left === null || found.misread || found.rows !== rowsChanged) return null;
    if (found.keys < found.rows && (plan.hasId || (await repeats(db, table)))) return null;
    const { totals, ignored, blank } = left;
    return {
      rows: found.rows,
      rejected: [],
      rejectedTotal: 0,
      skipped: { ...table.skipped, totals, ignored, blank: table.skipped.blank + blank },
      from: found.from,
      to: found.to,
      sums: found.sums,
      problems: [],
    };
  }
  return null;
}

interface Counts {
  row: number;
  totals: number;
  ignored: number;
  blank: number;
  bad: number;
}

/** What the last lines are, and whether the quick way would misread one of them. */
async function countTail(db: DuckDBConnection, table: Table): Promise<Counts & { misread: boolean }> {
  const { plan, source } = table;
  const none: Counts = { row: 0, totals: 0, ignored: 0, blank: 0, bad: 0 };
  if (source.tail.length === 0 || source.tail.some((each) => each.length !== source.width))
    return { ...none, misread: false };
  const values = source.tail.map((each) => `(NULL, ${each.map(literal).join(", ")})`).join(", ");
  const raw = `SELECT * FROM (VALUES ${values}) AS t(line, ${cellNames(table).join(", ")})`;
  const counts = await countVerdicts(db, raw, plan.judged);
  const marks = plan.metrics.map((id) => `"${id}" = ${markOf(id)}`).join(" OR ");
  if (plan.quick === null || marks === "") return { ...counts, misread: false };
  const [found] = await rows(db, `SELECT bool_or(${marks}) AS misread FROM (WITH raw AS (${raw}) ${plan.quick})`);
  return { ...counts, misread: found?.misread === true };
}

const markOf = (id: MetricId): string => (metrics[id].scale === 0 ? notRead.count : notRead.fraction);

/**
 * What the lines are that were not put in as rows. Mostly they are the totals of the last lines; where those do not add
 * up to what is missing, the whole file is judged. Null where not all is explained.
 */
async function countLeft(db: DuckDBConnection, table: Table, missing: number, last: Counts): Promise<Counts | null> {
  const left = ({ totals, ignored, blank }: Counts) => totals + ignored + blank;
  if (missing === 0) return { ...last, totals: 0, ignored: 0, blank: 0 };
  if (last.bad === 0 && left(last) === missing) return last;
  const all = await countVerdicts(db, rawSql(table), table.plan.judged);
  return !(await hasRefused(db)) && all.bad === 0 && left(all) === missing ? all : null;
}

async function countVerdicts(db: DuckDBConnection, raw: string, judged: string): Promise<Counts> {
  const kinds = await rows(
    db,
    `SELECT split_part(verdict, ' ', 1) AS kind, count(*) AS lines FROM (WITH raw AS (${raw}) ${judged}) GROUP BY 1`,
  );
  const count = (kind: string) => Number(kinds.find((each) => each.kind === kind)?.lines ?? 0);
  return {
    row: count("row"),
    totals: count("totals"),
    ignored: count("ignored"),
    blank: count("blank"),
    bad: count("bad"),
  };
}

/** Whether the engine could not cut a line of the file that it has just read. */
async function hasRefused(db: DuckDBConnection): Promise<boolean> {
  const refused = await rows(db, `SELECT count(*) AS lines FROM reject_errors`);
  await db.run("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans");
  return Number(refused[0]?.lines ?? 0) > 0;
}

/** Whether any line stands twice in a file that is read as it lies there. */
async function repeats(db: DuckDBConnection, table: Table): Promise<boolean> {
  const cells = cellNames(table).join(", ");
  const [found] = await rows(
    db,
    `SELECT count(*) AS lines, count(DISTINCT hash(${cells})) AS kinds FROM (${rawSql(table)})`,
  );
  await db.run("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans");
  return Number(found?.kinds) < Number(found?.lines);
}

/** Every line is judged first and keeps its number, so that whatever is left out can be shown. */
async function stageCarefully(
  db: DuckDBConnection,
  table: Table,
  { extraction, into, shown = shownAtFirst }: Staging,
): Promise<Staged> {
  const { plan, file } = table;
  const columns = ["line", ...plan.columns.map(identifier)].join(", ");
  await db.run(`CREATE OR REPLACE TEMP TABLE judged AS WITH raw AS (${rawSql(table)}) ${plan.judged}`);
  const problems: Problem[] = [];
  const contradictions = plan.hasId ? await contradicting(db, plan.key) : [];
  const [first] = contradictions;
  if (first) {
    const lines = contradictions.map(({ line }) => line).join(", ");
    await db.run(`UPDATE judged SET verdict = 'bad contradicts' WHERE line IN (${lines})`);
    const facts = { file, line: first.line, other: first.other };
    problems.push(problem("FILE_ROWS_CONTRADICT", facts, { file, line: first.line }));
  }
  const found = await summary(db, table, `judged WHERE ${counted}`, "judged");
  if (found.wide) await widen(db, into, plan.metrics);
  await db.run(
    `INSERT INTO ${identifier(into)} (extraction, ${columns}) SELECT ${extraction}, ${columns} FROM judged WHERE ${counted} ORDER BY line`,
  );
  const kinds = await rows(
    db,
    `SELECT CASE WHEN ${counted} THEN 'row' WHEN verdict = 'row' THEN 'duplicates' ELSE split_part(verdict, ' ', 1) END AS kind, count(DISTINCT line) AS lines FROM judged GROUP BY 1`,
  );
  const count = (kind: string) => Number(kinds.find((each) => each.kind === kind)?.lines ?? 0);
  const skipped = { ...table.skipped };
  for (const kind of ["totals", "blank", "ignored", "duplicates"] as const) skipped[kind] += count(kind);
  if (skipped.duplicates > 0 && !plan.hasId) {
    problems.push(problem("FILE_ROWS_REPEATED", { file, count: skipped.duplicates }, { file }));
  }
  const bad = count("bad") > 0 ? await badRows(db, table, contradictions, shown) : [];
  await db.run("DROP TABLE judged");

  const rejectedTotal = table.rejected.length + count("bad");
  const all = [...table.rejected, ...bad].toSorted((a, b) => a.line - b.line);
  const rejected = all.slice(0, shown).map((each) => explainReject(each, file));
  const [worst] = rejected;
  if (worst) {
    const facts = { file, count: rejectedTotal, line: worst.line, reason: worst.reason };
    problems.push(problem("FILE_ROWS_REJECTED", facts, { file, line: worst.line }));
  }
  return {
    rows: count("row"),
    rejected,
    rejectedTotal,
    skipped,
    from: found.from,
    to: found.to,
    sums: found.sums,
    problems,
  };
}

/** Of lines that are the same to the last cell, the first counts. */
const counted = "verdict = 'row' AND fold = 1";

const shownAtFirst = 200;

async function contradicting(db: DuckDBConnection, key: readonly string[]): Promise<{ line: number; other: number }[]> {
  const by = key.length > 0 ? `GROUP BY ${key.join(", ")}` : "";
  const groups = await rows(
    db,
    `SELECT string_agg(CAST(line AS VARCHAR), ' ' ORDER BY line) AS lines FROM judged WHERE ${counted} ${by} HAVING count(*) > 1`,
  );
  return groups.flatMap(({ lines }) => {
    const all = String(lines).split(" ").map(Number);
    return all.map((line) => ({ line, other: (line === all[0] ? all[1] : all[0]) ?? line }));
  });
}

async function badRows(
  db: DuckDBConnection,
  table: Table,
  contradictions: readonly { line: number; other: number }[],
  shown: number,
): Promise<Reject[]> {
  const cells = cellNames(table);
  const bad = await rows(
    db,
    `SELECT line, verdict, [${cells.map((each) => `coalesce(${each}, '')`).join(", ")}] AS cells FROM judged WHERE verdict LIKE 'bad %' ORDER BY line LIMIT ${shown}`,
  );
  return bad.map(({ line, verdict, cells }) => {
    const [, code = "", index = ""] = String(verdict).split(" ");
    const texts = cells as unknown as string[];
    const other = contradictions.find((each) => each.line === Number(line))?.other;
    const found = other === undefined ? (texts[Number(index)] ?? "") : String(other);
    return {
      line: Number(line),
      text: texts.join(","),
      code: code as Reject["code"],
      column: table.plan.names[Number(index)] ?? "",
      found,
    };
  });
}

interface Summary {
  rows: number;
  keys: number;
  /** Whether a fraction needs the wide type. */
  wide: boolean;
  /** Whether a stored cell is `notRead`, or a row has no day. */
  misread: boolean;
  from: string | null;
  to: string | null;
  sums: Staged["sums"];
}

async function summary(
  db: DuckDBConnection,
  { plan, declared }: Table,
  from: string,
  of: "judged" | "stored",
): Promise<Summary> {
  const adding = plan.metrics.filter((id) => metrics[id].over === "sum");
  const sums = adding.map((id) => `CAST(sum("${id}") AS VARCHAR) AS "${id}"`);
  const days = plan.columns.includes("day")
    ? ["CAST(min(day) AS VARCHAR) AS first", "CAST(max(day) AS VARCHAR) AS last"]
    : [];
  const key = of === "stored" ? factKey({ plan }) : [];
  const keys = key.length > 0 ? [`count(DISTINCT hash(${key.join(", ")})) AS keys`] : [];
  const misfits = plan.metrics
    .filter((id) => of === "judged" && metrics[id].scale > 0)
    .map((id) => `"${id}" IS NOT NULL AND ${narrowedSql(identifier(id), metricType(id))} IS NULL`);
  const wide = misfits.length > 0 ? [`coalesce(bool_or(${misfits.join(" OR ")}), false) AS wide`] : [];
  const marks = plan.metrics.map((id) => `coalesce(min("${id}") = ${markOf(id)}, false)`);
  const dayless = plan.columns.includes("day") ? ["count(day) < count(*)"] : [];
  const misread = of === "stored" ? [`${[...marks, ...dayless, "false"].join(" OR ")} AS misread`] : [];
  const [found = {}] = await rows(
    db,
    `SELECT ${["count(*) AS rows", ...days, ...keys, ...wide, ...misread, ...sums].join(", ")} FROM ${from}`,
  );
  const total = adding.flatMap((id) => (found[id] === null ? [] : [[id, plainDecimal(String(found[id]))]]));
  const text = (value: unknown) => (value === null || value === undefined ? null : String(value));
  return {
    rows: Number(found.rows),
    keys: Number(found.keys ?? found.rows),
    wide: found.wide === true,
    misread: found.misread === true,
    // An export without rows still speaks of its days: nothing ran.
    from: text(found.first) ?? declared?.from ?? null,
    to: text(found.last) ?? declared?.to ?? null,
    sums: Object.fromEntries(total),
  };
}

const factKey = ({ plan }: Pick<Table, "plan">): string[] =>
  ["day", ...plan.cut].filter((name) => plan.columns.includes(name)).map(identifier);

/** `5474.03000` as `5474.03`. */
const plainDecimal = (text: string): string => (text.includes(".") ? text.replace(/\.?0+$/u, "") : text);

const cellNames = ({ source }: Table): string[] => Array.from({ length: source.width }, (_, index) => `c${index}`);

/**
 * The cells as text, untouched. Of a file read as it lies there, lines that the engine cannot cut are recorded by it,
 * never dropped in silence; the plain tables written by the extract have none.
 */
function rawSql(table: Table): string {
  const { path, delimiter, skip, numbered } = table.source;
  const types = [...(numbered ? ["line", "fold"] : []), ...cellNames(table)].map(
    (name) => `'${name}': '${name.startsWith("c") ? "VARCHAR" : "BIGINT"}'`,
  );
  const options = [
    literal(path),
    `columns = {${types.join(", ")}}`,
    "auto_detect = false",
    "header = false",
    `delim = ${literal(delimiter)}`,
    `quote = '"'`,
    `escape = '"'`,
    `skip = ${skip}`,
    "strict_mode = true",
    ...(numbered ? ["max_line_size = 8000000"] : ["store_rejects = true"]),
  ];
  return `SELECT ${numbered ? "" : "CAST(NULL AS BIGINT) AS line, "}* FROM read_csv(${options.join(", ")})`;
}

async function rows(db: DuckDBConnection, sql: string): Promise<Record<string, unknown>[]> {
  return (await db.runAndReadAll(sql)).getRowObjectsJson();
}
