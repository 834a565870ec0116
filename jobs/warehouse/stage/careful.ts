import type { DuckDBConnection } from "@duckdb/node-api";
import { narrowedSql } from "../../../transforms/clean/number.ts";
import { metrics } from "../../../transforms/metrics.ts";
import { type Problem, problem } from "../../../transforms/problem.ts";
import type { Table } from "../../extract/table.ts";
import { identifier, metricType, widen } from "../facts.ts";
import { rawSql, rows } from "./raw.ts";
import { badLines, explainRejects, rejectOf, shownAtFirst } from "./rejects.ts";
import type { Staged, Staging } from "./staged.ts";
import { readSummary, type Summary, summarySql } from "./summary.ts";

/** Every line is judged first and keeps its number, so that whatever is left out can be shown. */
export async function stageCarefully(
  db: DuckDBConnection,
  table: Table,
  { extraction, into, shown = shownAtFirst }: Staging,
): Promise<Staged> {
  const { plan, file } = table;
  const columns = ["line", ...plan.columns.map(identifier)].join(", ");
  const problems: Problem[] = [];
  let found = await judge(db, table);
  const contradictions = found.doubled && plan.hasId ? await contradicting(db, plan.key) : [];
  const [first] = contradictions;
  if (first) {
    const lines = contradictions.map(({ line }) => line).join(", ");
    await db.run(`UPDATE judged SET verdict = 'bad contradicts' WHERE line IN (${lines})`);
    found = await readJudged(db, table, found.isNarrow);
    const facts = { file, line: first.line, other: first.other };
    problems.push(problem("FILE_ROWS_CONTRADICT", facts, { file, line: first.line }));
  }
  if (found.wide) await widen(db, into, plan.metrics);
  await db.run(
    `INSERT INTO ${identifier(into)} (extraction, ${columns}) SELECT ${extraction}, ${columns} FROM judged WHERE ${counted} ORDER BY line`,
  );
  const { count } = found;
  const skipped = { ...table.skipped };
  for (const kind of ["totals", "blank", "ignored", "duplicates"] as const) skipped[kind] += count(kind);
  if (skipped.duplicates > 0 && !plan.hasId) {
    problems.push(problem("FILE_ROWS_REPEATED", { file, count: skipped.duplicates }, { file }));
  }
  const bad = count("bad") > 0 ? await badLines(db, table, "judged", shown) : [];
  await db.run("DROP TABLE judged");

  const rejectedTotal = table.rejected.length + count("bad");
  const rejects = bad.map((each) => {
    const other = contradictions.find(({ line }) => line === each.line)?.other;
    return { ...rejectOf(each, table), ...(other === undefined ? {} : { found: String(other) }) };
  });
  const { rejected, problems: named } = explainRejects([...table.rejected, ...rejects], {
    total: rejectedTotal,
    shown,
    file,
  });
  problems.push(...named);
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

interface Judged extends Summary {
  isNarrow: boolean;
  /** Lines of a kind: `row`, `duplicates`, or the first word of a verdict. */
  count(kind: string): number;
  /** Whether two rows may be about the same thing and day. */
  doubled: boolean;
  /** Whether a fraction needs the wide type. */
  wide: boolean;
}

/** Makes the table `judged`. What is a bad number in the narrow type may only be too long for it. */
async function judge(db: DuckDBConnection, table: Table): Promise<Judged> {
  const fill = (judged: string) =>
    db.run(`CREATE OR REPLACE TEMP TABLE judged AS WITH raw AS (${rawSql(table)}) ${judged}`);
  if (table.plan.narrow !== null) {
    await fill(table.plan.narrow);
    const found = await readJudged(db, table, true);
    if (!found.wide) return found;
  }
  await fill(table.plan.judged);
  return readJudged(db, table, false);
}

async function readJudged(db: DuckDBConnection, table: Table, isNarrow: boolean): Promise<Judged> {
  const { plan } = table;
  const key = plan.hasId && plan.key.length > 0 ? `count(DISTINCT hash(${plan.key.join(", ")}))` : "1";
  const misfits = plan.metrics
    .filter((id) => metrics[id].scale > 0)
    .map((id) => `"${id}" IS NOT NULL AND ${narrowedSql(identifier(id), metricType(id))} IS NULL`);
  const wide = isNarrow ? "starts_with(verdict, 'bad number')" : [...misfits, "false"].join(" OR ");
  const kinds = await rows(
    db,
    `SELECT CASE WHEN ${counted} THEN 'row' WHEN verdict = 'row' THEN 'duplicates' ELSE split_part(verdict, ' ', 1) END AS kind, count(DISTINCT line) AS lines, count(*) > ${key} AS doubled, coalesce(bool_or(${wide}), false) AS wide${["", ...summarySql(table)].join(", ")} FROM judged GROUP BY 1`,
  );
  const of = (kind: string) => kinds.find((each) => each.kind === kind) ?? {};
  return {
    isNarrow,
    count: (kind) => Number(of(kind).lines ?? 0),
    doubled: of("row").doubled === true,
    wide: (isNarrow ? of("bad") : of("row")).wide === true,
    ...readSummary(of("row"), table),
  };
}

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
