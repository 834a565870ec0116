import type { Skipped } from "../../../transforms/format/sheet.ts";
import type { MetricId } from "../../../transforms/metrics.ts";
import type { Problem } from "../../../transforms/problem.ts";
import type { Rejected } from "../../extract/reject.ts";

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
