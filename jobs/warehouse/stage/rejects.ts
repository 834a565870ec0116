import type { DuckDBConnection } from "@duckdb/node-api";
import type { Reject } from "../../../transforms/format/sheet.ts";
import { type Problem, problem } from "../../../transforms/problem.ts";
import { explainReject, type Rejected } from "../../extract/reject.ts";
import type { Table } from "../../extract/table.ts";
import { cellNames, rows } from "./raw.ts";

/** A line that the cleaning calls bad: `bad <why> <cell>`. Of a file read as it lies there, `line` is 0. */
export interface BadLine {
  line: number;
  verdict: string;
  cells: string[];
}

/** The first bad lines of a relation of judged ones. */
export async function badLines(db: DuckDBConnection, table: Table, judged: string, limit: number): Promise<BadLine[]> {
  const cells = cellNames(table).map((each) => `coalesce(${each}, '')`);
  const found = await rows(
    db,
    `SELECT line, verdict, [${cells.join(", ")}] AS cells FROM ${judged} WHERE verdict LIKE 'bad %' ORDER BY line LIMIT ${limit}`,
  );
  return found.map(({ line, verdict, cells }) => ({
    line: Number(line),
    verdict: String(verdict),
    // a list of texts, as the statement makes it
    cells: cells as string[],
  }));
}

/** What is wrong with a bad line, by its verdict. */
export function rejectOf({ line, verdict, cells }: BadLine, { plan }: Table): Reject {
  const [, code = "", index = ""] = verdict.split(" ");
  return {
    line,
    text: cells.join(","),
    // the second word of a verdict is one of these
    code: code as Reject["code"],
    column: plan.names[Number(index)] ?? "",
    found: cells[Number(index)] ?? "",
  };
}

/** The first rejected lines as they are shown, and the problem that names the first of them. */
export function explainRejects(
  rejects: readonly Reject[],
  { total, shown, file }: { total: number; shown: number; file: string },
): { rejected: Rejected[]; problems: Problem[] } {
  const rejected = rejects
    .toSorted((a, b) => a.line - b.line)
    .slice(0, shown)
    .map((each) => explainReject(each, file));
  const [worst] = rejected;
  if (!worst) return { rejected, problems: [] };
  const facts = { file, count: total, line: worst.line, reason: worst.reason };
  return { rejected, problems: [problem("FILE_ROWS_REJECTED", facts, { file, line: worst.line })] };
}

/** How many rejected lines are kept with their text, where nobody asks for another number. */
export const shownAtFirst = 200;
