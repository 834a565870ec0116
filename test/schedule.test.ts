import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import type { CadenceDef } from "../transforms/definitions.ts";
import { nextSlot, slotOf } from "../transforms/schedule.ts";

const weekly = (day: "mon" | "sun", at = "09:00", on_holiday: CadenceDef["on_holiday"] = "send"): CadenceDef => ({
  cadence: "weekly",
  day,
  at,
  on_holiday,
});
const monthly = (
  day: number | "last" | "first_business_day",
  on_holiday: CadenceDef["on_holiday"] = "send",
): CadenceDef => ({ cadence: "monthly", day, at: "10:00", on_holiday });
const daily = (at: string): CadenceDef => ({ cadence: "daily", at, on_holiday: "send" });
const Seoul = { zone: "Asia/Seoul" };

describe("the next slot", () => {
  it("of a Monday report is the Monday after its week, in the client's wall clock", () => {
    expect(nextSlot(weekly("mon"), "2026-11-01T12:00:00Z", Seoul)).toEqual({
      at: "2026-11-02T00:00:00.000Z",
      local: "2026-11-02T09:00",
      period: { from: "2026-10-26", to: "2026-11-01" },
    });
  });

  it("is strictly after the instant asked for", () => {
    expect(nextSlot(weekly("mon"), "2026-11-02T00:00:00Z", Seoul).local).toBe("2026-11-09T09:00");
    expect(nextSlot(weekly("mon"), "2026-11-01T23:59:59.999Z", Seoul).local).toBe("2026-11-02T09:00");
  });

  it.each<[string, CadenceDef, string, string, string]>([
    ["the third of the month", monthly(3), "2026-11-02T00:00:00Z", "2026-11-03T10:00", "2026-10-01"],
    [
      "the last day of a short month when the 31st is asked for",
      monthly(31),
      "2026-11-05T00:00:00Z",
      "2026-11-30T10:00",
      "2026-10-01",
    ],
    ["the last day of February", monthly("last"), "2028-02-10T00:00:00Z", "2028-02-29T10:00", "2028-01-01"],
    [
      "the first business day after a weekend",
      monthly("first_business_day"),
      "2026-10-31T20:00:00Z",
      "2026-11-02T10:00",
      "2026-10-01",
    ],
    ["the day after, every day", daily("07:30"), "2026-11-02T00:00:00Z", "2026-11-03T07:30", "2026-11-02"],
    [
      "the quarter's report in the month after",
      { cadence: "quarterly", day: 5, at: "09:00", on_holiday: "send" },
      "2026-11-02T00:00:00Z",
      "2027-01-05T09:00",
      "2026-10-01",
    ],
  ])("is %s", (_, cadence, after, local, from) => {
    const slot = nextSlot(cadence, after, Seoul);
    expect([slot.local, slot.period.from]).toEqual([local, from]);
  });

  it("follows weeks that start on Sunday", () => {
    const rules = { week_starts: "sunday", week_label: "iso" } as const;
    const slot = nextSlot(weekly("mon"), "2026-11-01T00:00:00Z", { ...Seoul, rules });
    expect([slot.local, slot.period]).toEqual(["2026-11-02T09:00", { from: "2026-10-25", to: "2026-10-31" }]);
  });
});

describe("daylight saving", () => {
  it.each([
    [
      "New York springs forward at 02:00",
      "America/New_York",
      "2026-03-07",
      "02:30",
      "2026-03-08T07:00:00.000Z",
      "2026-03-08T03:00",
    ],
    [
      "Berlin springs forward at 02:00",
      "Europe/Berlin",
      "2026-03-28",
      "02:30",
      "2026-03-29T01:00:00.000Z",
      "2026-03-29T03:00",
    ],
    [
      "Lord Howe moves by half an hour",
      "Australia/Lord_Howe",
      "2026-10-03",
      "02:15",
      "2026-10-03T15:30:00.000Z",
      "2026-10-04T02:30",
    ],
    [
      "Santiago skips midnight",
      "America/Santiago",
      "2026-09-05",
      "00:00",
      "2026-09-06T04:00:00.000Z",
      "2026-09-06T01:00",
    ],
    [
      "Samoa skipped a whole day",
      "Pacific/Apia",
      "2011-12-29",
      "09:00",
      "2011-12-30T10:00:00.000Z",
      "2011-12-31T00:00",
    ],
  ])("moves a time that does not exist to the first instant after the gap: %s", (_, zone, day, at, instant, local) => {
    const slot = slotOf(daily(at), { from: day, to: day }, { zone });
    expect([slot.at, slot.local]).toEqual([instant, local]);
  });

  it("takes the first of a time that happens twice", () => {
    const slot = slotOf(daily("01:30"), { from: "2026-10-31", to: "2026-10-31" }, { zone: "America/New_York" });
    expect(slot.at).toBe("2026-11-01T05:30:00.000Z");
  });

  it("gives every week of ten years exactly one slot at nine o'clock, in every zone", () => {
    const zones = Intl.supportedValuesOf("timeZone");
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 500 }), (zone, week) => {
        const monday = Temporal.PlainDate.from("2025-12-29").add({ weeks: week });
        const after = monday.toZonedDateTime({ timeZone: zone, plainTime: "09:00" }).toInstant().toString();
        const slot = nextSlot(weekly("mon"), after, { zone });
        expect(slot.local).toBe(`${monday.add({ weeks: 1 })}T09:00`);
        expect(slot.period.from).toBe(monday.toString());
      }),
      { numRuns: 300 },
    );
  });
});

describe("on a holiday", () => {
  // Chuseok 2026: Thursday 24 to Saturday 26 September. National Foundation Day: Saturday 3 October, its substitute Monday 5.
  const holidays = new Set(["2026-09-24", "2026-09-25", "2026-09-26", "2026-10-03", "2026-10-05"]);
  const calendar = { ...Seoul, holidays };

  it.each([
    ["send", "2026-10-03T10:00"],
    ["next_business_day", "2026-10-06T10:00"],
    ["previous_business_day", "2026-10-02T10:00"],
  ] as const)("%s moves the third of October to %s", (on_holiday, local) => {
    expect(nextSlot(monthly(3, on_holiday), "2026-09-30T00:00:00Z", calendar).local).toBe(local);
  });

  it("never goes back into the period itself", () => {
    const slot = nextSlot(weekly("mon", "09:00", "previous_business_day"), "2026-10-04T00:00:00Z", calendar);
    expect([slot.local, slot.period.to]).toEqual(["2026-10-06T09:00", "2026-10-04"]);
  });

  it("gives the oldest of the periods whose slots holidays have pushed onto one day", () => {
    const slot = nextSlot(
      { cadence: "daily", at: "09:00", on_holiday: "next_business_day" },
      "2026-10-03T00:00:00Z",
      calendar,
    );
    expect([slot.local, slot.period.from]).toEqual(["2026-10-06T09:00", "2026-10-02"]);
  });
});
