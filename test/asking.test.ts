import { describe, expect, it } from "vitest";
import { daysToAsk, monthlyRuns, periodsToAsk, standing } from "../transforms/asking.ts";

const run = (from: string, to: string, at = "") => ({ from: `2026-${from}`, to: `2026-${to}`, at });
const settling = { settle: 3, now: "2026-10-10T09:30:00.000Z" };

describe("the days to ask for", () => {
  const asked = [run("10-01", "10-09", "2026-10-08T09:00:00.000Z"), run("10-09", "10-09", "2026-10-10T09:05:00.000Z")];
  it.each([
    ["never asked for", run("09-29", "09-30"), ["2026-09-29", "2026-09-30"]],
    // Asked for on the 8th: the 4th was four days old and stands, the 5th three and may have changed.
    ["asked for before they stood", run("10-03", "10-06"), ["2026-10-05", "2026-10-06"]],
    ["asked for within the hour", run("10-08", "10-09"), ["2026-10-08"]],
  ])("are those %s", (_, needed, days) => {
    expect(daysToAsk([needed], asked, settling)).toEqual(days);
  });

  it("are periods as a whole, however their days were asked for", () => {
    const week = run("09-28", "10-04");
    const other = run("10-01", "10-09", "2026-10-08T09:00:00.000Z");
    expect(periodsToAsk([week], [other], settling)).toEqual([week]);
    expect(periodsToAsk([week], [run("09-28", "10-04", "2026-10-07T09:00:00.000Z")], settling)).toEqual([week]);
    expect(periodsToAsk([week], [run("09-28", "10-04", "2026-10-08T00:00:00.000Z")], settling)).toEqual([]);
  });

  it("are asked for within a month each, the newest first", () => {
    expect(monthlyRuns(["2026-10-31", "2026-11-01", "2026-10-30", "2026-10-27", "2026-10-27"])).toEqual([
      { from: "2026-11-01", to: "2026-11-01" },
      { from: "2026-10-30", to: "2026-10-31" },
      { from: "2026-10-27", to: "2026-10-27" },
    ]);
  });
});

it("of answers those stand that nothing newer replaces; each period stands by itself", () => {
  const answer = (from: string, to: string, spans: "days" | "period" = "days") => ({ ...run(from, to), spans });
  const month = answer("10-01", "10-31");
  const first = answer("10-05", "10-06");
  const second = answer("10-04", "10-07");
  const week = answer("10-05", "10-11", "period");
  const all = answer("10-01", "10-31", "period");
  expect(standing([week, month, first, second, all])).toEqual([week, month, second, all]);
});
