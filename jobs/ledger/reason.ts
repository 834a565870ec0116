import { problem } from "../../transforms/problem.ts";
import type { Reason } from "./ledger.ts";

/** The part of a problem that the ledger keeps. */
export function because(...args: Parameters<typeof problem>): Reason {
  const { code, facts } = problem(...args);
  return { code, facts };
}
