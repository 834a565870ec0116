import { describe, expect, it } from "vitest";
import { coverageOf, runText } from "../../jobs/inspect/coverage.ts";

const october = { from: "2026-10-01", to: "2026-10-10" };
const run = (from: string, to = from) => ({ from: `2026-10-${from}`, to: `2026-10-${to}` });
const days = (...list: string[]) => list.map((day) => `2026-10-${day}`);

describe("the days of a table", () => {
  it("count as zero where the file declares them and no row stands on them", () => {
    expect(coverageOf({ days: days("02", "03", "06"), declared: october, generated: null })).toEqual({
      range: october,
      zero: [run("01"), run("04", "05"), run("07", "10")],
      unknown: [],
    });
  });

  it("count as zero between the first and the last row where nothing is declared", () => {
    expect(coverageOf({ days: days("02", "03", "06"), declared: null, generated: null })).toEqual({
      range: run("02", "06"),
      zero: [run("04", "05")],
      unknown: [],
    });
  });

  it("are unknown between the declared ones and a row outside of them", () => {
    const found = coverageOf({ days: days("05", "12"), declared: run("04", "06"), generated: null });
    expect(found).toEqual({
      range: run("04", "12"),
      zero: [run("04"), run("06")],
      unknown: [run("07", "11")],
    });
  });

  it("are unknown after the day on which the file was made, though it declares them", () => {
    expect(coverageOf({ days: days("01", "02"), declared: october, generated: "2026-10-04T09:00:00Z" })).toEqual({
      range: october,
      zero: [run("03", "04")],
      unknown: [run("05", "10")],
    });
  });

  it("are all unknown where the file was made before the first that it declares", () => {
    expect(coverageOf({ days: [], declared: october, generated: "2026-09-20" })).toEqual({
      range: october,
      zero: [],
      unknown: [october],
    });
  });

  it("are all zero where the file declares them and has no rows", () => {
    expect(coverageOf({ days: [], declared: october, generated: null })?.zero).toEqual([october]);
  });

  it("are none where the file neither declares them nor has rows", () => {
    expect(coverageOf({ days: [], declared: null, generated: null })).toBeNull();
  });

  it("may be centuries apart", () => {
    const found = coverageOf({ days: ["0001-01-01", "9999-12-31"], declared: null, generated: null });
    expect(found?.zero).toEqual([{ from: "0001-01-02", to: "9999-12-30" }]);
  });

  it("are written without the year that the range has", () => {
    const runs = [run("12"), run("18", "20"), { from: "2027-01-03", to: "2027-01-03" }];
    expect(runText(runs, run("01", "31"))).toBe("10-12, 10-18~10-20, 2027-01-03");
  });
});
