import type { DuckDBConnection } from "@duckdb/node-api";
import { literal } from "../../transforms/clean/text.ts";
import type { Reject, Skipped } from "../../transforms/format/sheet.ts";
import { type MetricId, metrics } from "../../transforms/metrics.ts";
import { type Problem, problem } from "../../transforms/problem.ts";
import { explainReject, type Rejected } from "../extract/reject.ts";
import type { Table } from "../extract/table.ts";
import { identifier } from "./facts.ts";

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

/** One INSERT … SELECT over the file. Lines that are no rows are put in under a mark, counted, and taken out. */
async function stageDirectly(
  db: DuckDBConnection,
  table: Table,
  { extraction, into }: Staging,
): Promise<Staged | null> {
  const { plan, source } = table;
  const facts = identifier(into);
  const columns = plan.columns.map(identifier).join(", ");
  const marked = `CASE verdict WHEN 'row' THEN NULL WHEN 'totals' THEN -1 WHEN 'ignored' THEN -2 WHEN 'blank' THEN -3 ELSE -9 END`;
  await db.run(
    `INSERT INTO ${facts} (extraction, line, ${columns}) SELECT ${extraction}, ${marked}, ${columns} FROM (WITH raw AS (${rawSql(table)}) ${plan.judged})`,
  );
  const refused = await rows(db, `SELECT count(*) AS lines FROM reject_errors`);
  await db.run("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans");
  if (Number(refused[0]?.lines ?? 0) > 0) return null;

  const where = `extraction = ${extraction}`;
  const marks = await rows(db, `SELECT line, count(*) AS lines FROM ${facts} WHERE ${where} GROUP BY line`);
  const count = (line: number | null) =>
    Number(marks.find((each) => (each.line === null ? line === null : Number(each.line) === line))?.lines ?? 0);
  const read = marks.reduce((sum, each) => sum + Number(each.lines), 0);
  if (read !== source.lines || count(-9) > 0) return null;
  const found = await summary(db, table, `${facts} WHERE ${where} AND line IS NULL`, factKey(table));
  if (found.keys < found.rows && (plan.hasId || (await repeats(db, table)))) return null;
  if (read > count(null)) await db.run(`DELETE FROM ${facts} WHERE ${where} AND line < 0`);
  const skipped = { ...table.skipped, totals: count(-1), ignored: count(-2), blank: table.skipped.blank + count(-3) };
  return {
    rows: found.rows,
    rejected: [],
    rejectedTotal: 0,
    skipped,
    from: found.from,
    to: found.to,
    sums: found.sums,
    problems: [],
  };
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
async function stageCarefully(db: DuckDBConnection, table: Table, { extraction, into }: Staging): Promise<Staged> {
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
  const bad = count("bad") > 0 ? await badRows(db, table, contradictions) : [];
  const found = await summary(db, table, `judged WHERE ${counted}`);
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

/** How many rejected lines are kept with their text. */
const shown = 200;

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
  from: string | null;
  to: string | null;
  sums: Staged["sums"];
}

async function summary(
  db: DuckDBConnection,
  { plan, declared }: Table,
  from: string,
  key: readonly string[] = [],
): Promise<Summary> {
  const adding = plan.metrics.filter((id) => metrics[id].over === "sum");
  const sums = adding.map((id) => `CAST(sum("${id}") AS VARCHAR) AS "${id}"`);
  const days = plan.columns.includes("day")
    ? ["CAST(min(day) AS VARCHAR) AS first", "CAST(max(day) AS VARCHAR) AS last"]
    : [];
  const keys = key.length > 0 ? [`count(DISTINCT hash(${key.join(", ")})) AS keys`] : [];
  const [found = {}] = await rows(
    db,
    `SELECT count(*) AS rows, ${[...days, ...keys, ...sums].join(", ") || "0"} FROM ${from}`,
  );
  const total = adding.flatMap((id) => (found[id] === null ? [] : [[id, plainDecimal(String(found[id]))]]));
  const text = (value: unknown) => (value === null || value === undefined ? null : String(value));
  return {
    rows: Number(found.rows),
    keys: Number(found.keys ?? found.rows),
    // An export without rows still speaks of its days: nothing ran.
    from: text(found.first) ?? declared?.from ?? null,
    to: text(found.last) ?? declared?.to ?? null,
    sums: Object.fromEntries(total),
  };
}

const factKey = ({ plan }: Table): string[] =>
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
