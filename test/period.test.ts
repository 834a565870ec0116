import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cadences } from "../transforms/metrics.ts";
import {
  addDays,
  dayRanges,
  daysBetween,
  daysOf,
  newestComplete,
  parsePeriod,
  periodLabel,
  periodOf,
  pointLabel,
  previousOf,
  shift,
  trailing,
  yearAgoOf,
} from "../transforms/period.ts";

describe("a period", () => {
  it.each([
    ["weekly", "2026-11-01", "2026-10-26", "2026-11-01"],
    ["weekly", "2026-11-02", "2026-11-02", "2026-11-08"],
    ["monthly", "2024-02-29", "2024-02-01", "2024-02-29"],
    ["monthly", "2026-12-31", "2026-12-01", "2026-12-31"],
    ["quarterly", "2026-11-02", "2026-10-01", "2026-12-31"],
    ["daily", "2026-11-02", "2026-11-02", "2026-11-02"],
  ] as const)("%s around %s runs from %s to %s", (cadence, day, from, to) => {
    expect(periodOf(cadence, day)).toEqual({ from, to });
  });

  it("may start its weeks on Sunday", () => {
    const rules = { week_starts: "sunday", week_label: "iso" } as const;
    expect(periodOf("weekly", "2026-11-01", rules)).toEqual({ from: "2026-11-01", to: "2026-11-07" });
    expect(periodOf("weekly", "2026-10-31", rules)).toEqual({ from: "2026-10-25", to: "2026-10-31" });
  });

  it("is complete on the morning after its last day, not before", () => {
    expect(newestComplete("weekly", "2026-11-02")).toEqual({ from: "2026-10-26", to: "2026-11-01" });
    expect(newestComplete("weekly", "2026-11-01")).toEqual({ from: "2026-10-19", to: "2026-10-25" });
    expect(newestComplete("monthly", "2026-11-01")).toEqual({ from: "2026-10-01", to: "2026-10-31" });
    expect(newestComplete("monthly", "2026-10-31")).toEqual({ from: "2026-09-01", to: "2026-09-30" });
  });

  it("is compared with the period before it, a day with the same weekday last week", () => {
    expect(previousOf("monthly", { from: "2026-03-01", to: "2026-03-31" })).toEqual({
      from: "2026-02-01",
      to: "2026-02-28",
    });
    expect(previousOf("daily", { from: "2026-11-02", to: "2026-11-02" }).from).toBe("2026-10-26");
  });

  it("meets its weekdays a year ago where it is a week, the calendar where it is a month", () => {
    expect(yearAgoOf("weekly", { from: "2026-10-26", to: "2026-11-01" })).toEqual({
      from: "2025-10-27",
      to: "2025-11-02",
    });
    expect(yearAgoOf("monthly", { from: "2024-02-01", to: "2024-02-29" })).toEqual({
      from: "2023-02-01",
      to: "2023-02-28",
    });
  });

  it.each([
    ["2026-W44", "weekly", "2026-10-26"],
    ["2026-W01", "weekly", "2025-12-29"],
    ["2020-W53", "weekly", "2020-12-28"],
    ["2026-10", "monthly", "2026-10-01"],
    ["2026-Q4", "quarterly", "2026-10-01"],
    ["2026-10-28", "weekly", "2026-10-26"],
  ] as const)("named %s (%s) begins on %s", (text, cadence, from) => {
    expect(parsePeriod(text, cadence)?.from).toBe(from);
  });

  it.each([
    ["2026-W54", "weekly"],
    ["2021-W53", "weekly"],
    ["2026-13", "monthly"],
    ["2026-02-30", "weekly"],
    ["2026-10", "weekly"],
    ["last week", "weekly"],
  ] as const)("cannot be named %s (%s)", (text, cadence) => {
    expect(parsePeriod(text, cadence)).toBeNull();
  });

  it.each([
    ["weekly", "2026-11-16", "ko-KR", "11월 3주차 (11/16~11/22)"],
    ["weekly", "2026-10-26", "ko-KR", "10월 5주차 (10/26~11/1)"],
    ["weekly", "2026-10-26", "en-US", "Oct 26 – Nov 1, 2026"],
    ["weekly", "2025-12-29", "en-US", "Dec 29, 2025 – Jan 4, 2026"],
    ["monthly", "2026-10-01", "ko-KR", "2026년 10월"],
    ["monthly", "2026-10-01", "en-US", "October 2026"],
    ["quarterly", "2026-10-01", "ko-KR", "2026년 4분기"],
    ["daily", "2026-11-02", "ko-KR", "2026-11-02 (월)"],
  ] as const)("%s from %s reads in %s as %s", (cadence, day, locale, label) => {
    expect(periodLabel(cadence, periodOf(cadence, day), locale)).toBe(label);
  });

  it("belongs to the month of its first day where a client asks for it", () => {
    const rules = { week_starts: "monday", week_label: "start" } as const;
    expect(periodLabel("weekly", periodOf("weekly", "2026-09-28"), "ko-KR", rules)).toBe("9월 4주차 (9/28~10/4)");
    expect(periodLabel("weekly", periodOf("weekly", "2026-09-28"), "ko-KR")).toBe("10월 1주차 (9/28~10/4)");
  });

  it("puts the year under the first point of a trend and under January", () => {
    expect(pointLabel("monthly", periodOf("monthly", "2025-10-01"), "en-US", true)).toBe("Oct ’25");
    expect(pointLabel("monthly", periodOf("monthly", "2026-01-01"), "ko-KR")).toBe("26.1월");
    expect(pointLabel("monthly", periodOf("monthly", "2026-02-01"), "ko-KR")).toBe("2월");
  });
});

it("says days as ranges", () => {
  expect(dayRanges(["2026-10-07", "2026-10-05", "2026-10-06", "2026-10-28"], "ko-KR")).toBe(
    "2026-10-05 ~ 2026-10-07, 2026-10-28",
  );
});

describe("periods of one cadence", () => {
  const day = fc.integer({ min: 0, max: 20_000 }).map((count) => addDays("2000-01-01", count));
  const cadence = fc.constantFrom(...cadences);

  it("cover every day once, without gaps", () => {
    fc.assert(
      fc.property(cadence, day, (which, at) => {
        const period = periodOf(which, at);
        const next = shift(which, period, 1);
        expect(period.from <= at && at <= period.to).toBe(true);
        expect(next.from).toBe(addDays(period.to, 1));
        expect(shift(which, next, -1)).toEqual(period);
      }),
    );
  });

  it("stand in order when they trail another", () => {
    fc.assert(
      fc.property(cadence, day, fc.integer({ min: 1, max: 20 }), (which, at, count) => {
        const all = trailing(which, periodOf(which, at), count);
        expect(all).toHaveLength(count);
        expect(daysOf({ from: all[0]?.from ?? "", to: all.at(-1)?.to ?? "" })).toHaveLength(
          all.reduce((sum, period) => sum + daysBetween(period.from, period.to) + 1, 0),
        );
      }),
    );
  });
});
