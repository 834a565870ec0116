import type { Reject } from "../../transforms/format/sheet.ts";
import { type Problem, type ProblemCode, problem, sayProblem } from "../../transforms/problem.ts";

/** A line that was left out, as people and the reconciliation read it. */
export interface Rejected {
  line: number;
  text: string;
  /** The English sentence of `problem`. */
  reason: string;
  problem: Problem;
}

/** Says a reject in the words of the catalogue. */
export function explainReject({ line, text, code, column, found }: Reject, file: string): Rejected {
  const made = problem(codes[code], { line, column, found }, { file, line });
  return { line, text, reason: sayProblem(made, "en"), problem: made };
}

const codes: Readonly<Record<Reject["code"], ProblemCode>> = {
  number: "FILE_ROW_NUMBER",
  date: "FILE_ROW_DATE",
  id: "FILE_ROW_ID",
  currency: "FILE_ROW_CURRENCY",
  account: "FILE_ROW_ACCOUNT",
  metric: "FILE_ROW_METRIC",
  cells: "FILE_ROW_CELLS",
  quote: "FILE_ROW_QUOTE",
  long: "FILE_ROW_LONG",
  encoding: "FILE_ROW_ENCODING",
  contradicts: "FILE_ROW_CONTRADICTS",
};
