import type { Report } from "./model.ts";

/**
 * Which client's and period's report this is, as every file made of it says inside, so that whoever sends it can compare:
 * `hanbit-coffee.ppc.weekly.2026-10-26.r1`.
 */
export function stampOf({ client, report, cadence, period, run }: Report): string {
  return [client, report, cadence, period.from, `r${run.revision}`].join(".");
}
