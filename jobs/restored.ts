import { type Problem, problem } from "../transforms/problem.ts";
import type { Restored } from "./ledger/operations.ts";

/** Why nothing leaves, as whoever runs the program reads it. */
export function restoredProblem({ source, found }: Restored): Problem {
  const facts = {
    source_ko: source ?? "백업 없이 바뀜",
    source_en: source ?? "replaced without `bogo ledger restore`",
  };
  return problem("LEDGER_RESTORED", { ...facts, found: found.slice(0, 16).replace("T", " ") });
}
