import type { DuckDBConnection } from "@duckdb/node-api";
import { notRead } from "../../../transforms/clean/number.ts";
import { literal } from "../../../transforms/clean/text.ts";
import type { Reject } from "../../../transforms/format/sheet.ts";
import { type MetricId, metrics } from "../../../transforms/metrics.ts";
import { problem } from "../../../transforms/problem.ts";
import { locateRecords } from "../../extract/locate.ts";
import type { Table } from "../../extract/table.ts";
import { identifier, widen } from "../facts.ts";
import { cellNames, rawSql, rows } from "./raw.ts";
import { badLines, explainRejects, rejectOf, shownAtFirst } from "./rejects.ts";
import type { Staged, Staging } from "./staged.ts";
import { readSummary, type Summary, summarySql } from "./summary.ts";

/**
 * One INSERT … SELECT of the rows in the file; the lines that are no rows are counted apart. They are not put in and
 * taken out again: after a DELETE the engine writes all rows of the transaction a second time.
 */
export async function stageDirectly(db: DuckDBConnection, table: Table, staging: Staging): Promise<Staged | null> {
  const { plan, source, file } = table;
  const last = await countTail(db, table);
  for (const quick of plan.quick !== null && !last.misread ? [plan.quick, null] : [null]) {
    if (quick === null) await widen(db, staging.into, plan.metrics);
    let found = await insert(db, table, staging, { quick, once: false });
    if (await hasRefused(db)) return null;
    if (found.misread && quick !== null) {
      await takeOut(db, staging);
      continue;
    }
    const put = found.rows;
    const left = await countLeft(db, table, (source.lines ?? 0) - put, last);
    if (left === null || found.misread) return null;
    if (found.keys < found.rows && (await repeats(db, table))) {
      await takeOut(db, staging);
      found = await insert(db, table, staging, { quick, once: true });
      await forgetRefused(db);
    }
    if (found.keys < found.rows && plan.hasId) return null;
    const shown = staging.shown ?? shownAtFirst;
    const rejects = left.bad > 0 ? await findRejects(db, table, { bad: left.bad, shown }) : [];
    if (rejects === null) return null;
    const { totals, ignored, blank } = left;
    const duplicates = put - found.rows;
    const { rejected, problems } = explainRejects(rejects, { total: left.bad, shown, file });
    if (duplicates > 0 && !plan.hasId)
      problems.unshift(problem("FILE_ROWS_REPEATED", { file, count: duplicates }, { file }));
    return {
      rows: found.rows,
      rejected,
      rejectedTotal: left.bad,
      skipped: { ...table.skipped, totals, ignored, duplicates, blank: table.skipped.blank + blank },
      from: found.from,
      to: found.to,
      sums: found.sums,
      problems,
    };
  }
  return null;
}

/** Puts the rows in, or of lines that are the same to the last cell one each, and tells what they come to. */
async function insert(
  db: DuckDBConnection,
  table: Table,
  { into, extraction }: Staging,
  { quick, once }: { quick: string | null; once: boolean },
): Promise<Stored> {
  const { plan } = table;
  const columns = plan.columns.map(identifier).join(", ");
  const raw = once ? `SELECT DISTINCT * FROM (${rawSql(table)})` : rawSql(table);
  const cleaned = quick === null ? `${plan.judged}) WHERE verdict = 'row'` : `${quick})`;
  await db.run(
    `INSERT INTO ${identifier(into)} (extraction, ${columns}) SELECT ${extraction}, ${columns} FROM (WITH raw AS (${raw}) ${cleaned}`,
  );
  return readStored(db, table, `${identifier(into)} WHERE extraction = ${extraction}`);
}

/** Takes the rows out again. */
export async function takeOut(db: DuckDBConnection, { into, extraction }: Staging): Promise<void> {
  await db.run(`DELETE FROM ${identifier(into)} WHERE extraction = ${extraction}`);
}

/** The bad lines with their numbers, which the engine does not tell; null where there are more than are shown. */
async function findRejects(
  db: DuckDBConnection,
  table: Table,
  { bad, shown }: { bad: number; shown: number },
): Promise<Reject[] | null> {
  if (bad > shown) return null;
  const found = await badLines(db, table, `(WITH raw AS (${rawSql(table)}) ${table.plan.judged})`, shown);
  await forgetRefused(db);
  const { path, delimiter } = table.source;
  const records = found.map(({ cells }) => cells);
  const lines = await locateRecords(path, delimiter, records);
  return lines && found.map((each, at) => rejectOf({ ...each, line: lines[at] ?? 0 }, table));
}

interface Stored extends Summary {
  rows: number;
  /** How many of them are about another thing or day than all others. */
  keys: number;
  /** Whether a cell is `notRead`, or a row has no day. */
  misread: boolean;
}

async function readStored(db: DuckDBConnection, table: Table, from: string): Promise<Stored> {
  const { columns, cut, metrics: ids } = table.plan;
  const key = ["day", ...cut].filter((name) => columns.includes(name)).map(identifier);
  const marks = ids.map((id) => `coalesce(min("${id}") = ${markOf(id)}, false)`);
  const misread = [...marks, columns.includes("day") ? "count(day) < count(*)" : "false"].join(" OR ");
  const keys = key.length > 0 ? `count(DISTINCT hash(${key.join(", ")}))` : "count(*)";
  const select = ["count(*) AS rows", `${keys} AS keys`, `${misread} AS misread`, ...summarySql(table)];
  const [found = {}] = await rows(db, `SELECT ${select.join(", ")} FROM ${from}`);
  return {
    rows: Number(found.rows),
    keys: Number(found.keys),
    misread: found.misread === true,
    ...readSummary(found, table),
  };
}

const markOf = (id: MetricId): string => (metrics[id].scale === 0 ? notRead.count : notRead.fraction);

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

/**
 * What the lines are that were not put in as rows. Mostly they are the totals of the last lines; where those do not add
 * up to what is missing, the whole file is judged. Null where not all is explained.
 */
async function countLeft(db: DuckDBConnection, table: Table, missing: number, last: Counts): Promise<Counts | null> {
  const left = ({ totals, ignored, blank }: Counts) => totals + ignored + blank;
  if (missing === 0) return { ...last, totals: 0, ignored: 0, blank: 0, bad: 0 };
  if (last.bad === 0 && left(last) === missing) return last;
  const all = await countVerdicts(db, rawSql(table), table.plan.judged);
  return !(await hasRefused(db)) && left(all) + all.bad === missing ? all : null;
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
  await forgetRefused(db);
  return Number(refused[0]?.lines ?? 0) > 0;
}

async function forgetRefused(db: DuckDBConnection): Promise<void> {
  await db.run("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans");
}

/** Whether any line stands twice in a file that is read as it lies there. */
async function repeats(db: DuckDBConnection, table: Table): Promise<boolean> {
  const cells = cellNames(table).join(", ");
  const [found] = await rows(
    db,
    `SELECT count(*) AS lines, count(DISTINCT hash(${cells})) AS kinds FROM (${rawSql(table)})`,
  );
  await forgetRefused(db);
  return Number(found?.kinds) < Number(found?.lines);
}
