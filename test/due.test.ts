import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import type { CadenceDef, Misfire, ReportDef } from "../transforms/definitions.ts";
import { type DueReport, due, isLate, quietUntil, standingKey } from "../transforms/due.ts";
import { periodOf, shift } from "../transforms/period.ts";
import { weeklyAds } from "./fixtures/def.ts";

const monthly: Partial<ReportDef> = {
  cadence: "monthly",
  schedule: { cadence: "monthly", day: 3, at: "10:00", on_holiday: "send" },
};
const daily = (on_holiday: CadenceDef["on_holiday"] = "send"): Partial<ReportDef> => ({
  cadence: "daily",
  schedule: { cadence: "daily", at: "09:00", on_holiday },
});
const misfire = (value: Misfire): Partial<ReportDef> => ({ slots: { ...weeklyAds.slots, misfire: value } });
const seoul = (local: string): string =>
  Temporal.PlainDateTime.from(local).toZonedDateTime("Asia/Seoul").toInstant().toString({ fractionalSecondDigits: 3 });

/** What is due of one report that stands at `before`. */
function at(local: string, before: string | null, more: Partial<ReportDef> = {}): DueReport | null {
  const report = { ...weeklyAds, ...more };
  const standing = new Map(before === null ? [] : [[standingKey(report), before]]);
  return due(seoul(local), [report], { standing, holidays: new Set() })[0] ?? null;
}

const fates = (found: DueReport | null): string[] =>
  (found?.slots ?? []).map(({ period, fate }) => `${period.from} ${fate}`);

describe("what is due", () => {
  it("of a report that was never seen is nothing, and it begins with the next slot", () => {
    expect(at("2026-11-02T12:00", null)).toMatchObject({ before: null, slots: [], next: "2026-11-02" });
    expect(at("2026-11-02T08:59", null)).toMatchObject({ before: null, slots: [], next: "2026-10-26" });
  });

  it("is a period at its slot, once", () => {
    expect(at("2026-11-02T08:59", "2026-10-26")).toBeNull();
    expect(at("2026-11-02T09:00", "2026-10-26")).toMatchObject({
      slots: [
        { local: "2026-11-02T09:00", late: false, fate: "run", period: { from: "2026-10-26", to: "2026-11-01" } },
      ],
      next: "2026-11-02",
    });
    expect(at("2026-11-02T09:01", "2026-11-02")).toBeNull();
  });

  it("is late an hour after its slot", () => {
    expect(at("2026-11-02T09:59", "2026-10-26")?.slots[0]?.late).toBe(false);
    expect(at("2026-11-02T10:00", "2026-10-26")?.slots[0]?.late).toBe(true);
  });

  it.each<[string, string, string | null, Partial<ReportDef>, string[]]>([
    [
      "three missed weeks: the newest goes out",
      "2026-11-16T12:00",
      "2026-10-26",
      {},
      ["2026-10-26 superseded", "2026-11-02 superseded", "2026-11-09 run"],
    ],
    [
      "three missed weeks with run_all: all that are not too old",
      "2026-11-16T12:00",
      "2026-10-19",
      misfire("run_all"),
      ["2026-10-19 too_late", "2026-10-26 too_late", "2026-11-02 run", "2026-11-09 run"],
    ],
    [
      "a missed week with skip: only what is not late",
      "2026-11-16T09:05",
      "2026-11-02",
      misfire("skip"),
      ["2026-11-02 missed", "2026-11-09 run"],
    ],
    [
      "a missed week with skip, found too late",
      "2026-11-10T12:00",
      "2026-11-02",
      misfire("skip"),
      ["2026-11-02 missed"],
    ],
    [
      "two missed months of an outage: both",
      "2026-12-10T12:00",
      "2026-10-01",
      { ...monthly, ...misfire("run_all") },
      ["2026-10-01 run", "2026-11-01 run"],
    ],
    [
      "a month is too old after 45 days",
      "2026-12-18T12:00",
      "2026-10-01",
      { ...monthly, ...misfire("run_all") },
      ["2026-10-01 too_late", "2026-11-01 run"],
    ],
    [
      "a quarter is still of use after three months",
      "2026-12-20T12:00",
      "2026-07-01",
      {
        cadence: "quarterly",
        schedule: { cadence: "quarterly", day: 5, at: "09:00", on_holiday: "send" },
        ...misfire("run_all"),
      },
      ["2026-07-01 run"],
    ],
    [
      "days that share a slot go out together, late or not",
      "2026-11-02T15:00",
      "2026-10-29",
      daily("next_business_day"),
      ["2026-10-29 superseded", "2026-10-30 run", "2026-10-31 run", "2026-11-01 run"],
    ],
    [
      "a pause over the whole period skips it, and what is missed before it still goes out",
      "2026-11-09T12:00",
      "2026-10-26",
      { pauses: [{ from: "2026-11-02", until: "2026-11-08", reason: null }] },
      ["2026-10-26 run", "2026-11-02 paused"],
    ],
    [
      "a pause over a part of it does not",
      "2026-11-09T09:00",
      "2026-11-02",
      { pauses: [{ from: "2026-11-04", until: "2026-11-08", reason: null }] },
      ["2026-11-02 run"],
    ],
    [
      "periods before `from` are never due",
      "2026-11-09T09:00",
      "2026-10-26",
      { from: "2026-11-02" },
      ["2026-11-02 run"],
    ],
    [
      "periods after `until` are never due",
      "2026-11-09T09:00",
      "2026-10-26",
      { until: "2026-11-01" },
      ["2026-10-26 run"],
    ],
    [
      "a slot that config moved forward is not lost",
      "2026-11-04T12:00",
      "2026-10-26",
      { schedule: { cadence: "weekly", day: "tue", at: "09:00", on_holiday: "send" } },
      ["2026-10-26 run"],
    ],
    [
      "a slot that config moved back does not send the period again",
      "2026-11-06T09:00",
      "2026-11-02",
      { schedule: { cadence: "weekly", day: "fri", at: "09:00", on_holiday: "send" } },
      [],
    ],
    [
      "weeks that begin on Sunday from now on share a day with the last one, not six",
      "2026-11-09T09:00",
      "2026-11-02",
      { week_starts: "sunday" },
      ["2026-11-01 run"],
    ],
    [
      "weeks that begin on Monday from now on, likewise",
      "2026-11-09T09:00",
      "2026-11-01",
      { week_starts: "monday" },
      ["2026-11-02 run"],
    ],
  ])("with %s", (_, local, before, more, expected) => expect(fates(at(local, before, more))).toEqual(expected));

  it("with a clock that stands a year back is nothing, and the place stays", () => {
    expect(at("2025-11-02T12:00", "2026-11-02")).toBeNull();
  });
});

describe("quiet hours", () => {
  const quiet = { ...weeklyAds.slots, quiet: { from: "21:00", until: "08:00" } };
  it.each([
    ["2026-11-02T20:59", null],
    ["2026-11-02T21:00", "08:00"],
    ["2026-11-03T03:00", "08:00"],
    ["2026-11-03T08:00", null],
  ])("at %s last until %s", (local, until) => expect(quietUntil(quiet, "Asia/Seoul", seoul(local))).toBe(until));

  it("can lie within a day, and there can be none", () => {
    const noon = { ...quiet, quiet: { from: "12:00", until: "13:00" } };
    expect(quietUntil(noon, "Asia/Seoul", seoul("2026-11-02T12:30"))).toBe("13:00");
    expect(quietUntil(noon, "Asia/Seoul", seoul("2026-11-02T13:00"))).toBeNull();
    expect(quietUntil({ ...quiet, quiet: null }, "Asia/Seoul", seoul("2026-11-02T03:00"))).toBeNull();
  });
});

describe("over any row of ticks", () => {
  const schedules = fc.oneof(
    fc.record({ cadence: fc.constant("daily" as const), on_holiday: holidayWord() }),
    fc.record({
      cadence: fc.constant("weekly" as const),
      day: fc.constantFrom("mon", "wed", "sun"),
      on_holiday: holidayWord(),
    }),
    fc.record({
      cadence: fc.constantFrom("monthly" as const, "quarterly" as const),
      day: fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constantFrom("last" as const, "first_business_day" as const)),
      on_holiday: holidayWord(),
    }),
  );
  const reports = fc
    .tuple(
      schedules,
      fc.constantFrom("00:00", "02:30", "09:00", "23:59"),
      fc.constantFrom("Asia/Seoul", "America/New_York", "America/Santiago", "Pacific/Apia", "Australia/Lord_Howe"),
      fc.constantFrom<Misfire>("run_all", "run_latest", "skip"),
    )
    .map(([schedule, time, timezone, policy]): ReportDef => {
      const whole = { ...schedule, at: time } as CadenceDef; // each of the shapes above with its hour
      return { ...weeklyAds, cadence: whole.cadence, schedule: whole, timezone, ...misfire(policy) };
    });
  const start = Temporal.Instant.from("2026-02-20T00:00:00Z");
  /** Hours after the start, in any order: the clock goes forward and back. */
  const clocks = fc.array(fc.double({ min: 0, max: 24 * 500, noNaN: true }), { minLength: 2, maxLength: 40 });

  function holidayWord() {
    return fc.constantFrom<CadenceDef["on_holiday"]>("send", "next_business_day", "previous_business_day");
  }

  /** Every slot that was found due, in order, as a ledger would have kept the place between. */
  function walk(report: ReportDef, hours: readonly number[]) {
    const holidays = new Set(["2026-03-03", "2026-05-05", "2026-09-24", "2026-09-25"]);
    let standing = new Map<string, string>();
    const found: { now: string; slot: DueReport["slots"][number] }[] = [];
    let first: string | null = null;
    for (const hour of hours) {
      const now = start.add({ seconds: Math.round(hour * 3600) }).toString({ fractionalSecondDigits: 3 });
      for (const { slots, next } of due(now, [report], { standing, holidays })) {
        first ??= next;
        standing = new Map([[standingKey(report), next]]);
        found.push(...slots.map((slot) => ({ now, slot })));
      }
    }
    return { found, first: first ?? "", next: standing.get(standingKey(report)) ?? "" };
  }

  it("each period since the beginning comes once, in order, none is left out, and none before its slot", () =>
    fc.assert(
      fc.property(reports, clocks, (report, hours) => {
        const { found, first, next } = walk(report, hours);
        let expected = periodOf(report.cadence, first);
        for (const { now, slot } of found) {
          expect(slot.period).toEqual(expected);
          expect(slot.at <= now).toBe(true);
          expect(slot.at > start.toString({ fractionalSecondDigits: 3 })).toBe(true);
          expected = shift(report.cadence, expected, 1);
        }
        expect(next).toBe(expected.from);
      }),
      { numRuns: 300 },
    ));

  it("what is not late always runs, and late ones as the policy says", () =>
    fc.assert(
      fc.property(reports, clocks, (report, hours) => {
        const { found } = walk(
          report,
          hours.toSorted((a, b) => a - b),
        );
        for (const { now, slot } of found) {
          expect(slot.late).toBe(isLate(slot.at, now));
          if (!slot.late) expect(slot.fate).toBe("run");
          else if (report.slots.misfire === "skip") expect(["missed", "too_late"]).toContain(slot.fate);
          else if (report.slots.misfire === "run_all") expect(["run", "too_late"]).toContain(slot.fate);
        }
        if (report.slots.misfire !== "run_latest") return;
        for (const group of Map.groupBy(found, ({ now }) => now).values()) {
          const late = group.filter(({ slot }) => slot.late && slot.fate === "run");
          expect(new Set(late.map(({ slot }) => slot.at)).size).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 300 },
    ));

  it("a cadence that config adds begins where it is first seen, and the other stands where it stood", () => {
    const report = { ...weeklyAds, ...monthly };
    const found = due(seoul("2026-11-16T12:00"), [weeklyAds, report], {
      standing: new Map([[standingKey(weeklyAds), "2026-11-16"]]),
      holidays: new Set(),
    });
    expect(found).toMatchObject([{ report, before: null, slots: [], next: "2026-11-01" }]);
  });
});
