import { expect, it } from "vitest";
import { compareSlots } from "./daylight.ts";

it("each period has one slot, in order and at the right instant, in every zone, year and cadence", () => {
  // All slots around changes of the clocks, of the others one in 211: all of them take some minutes.
  const { zones, years, words, slots, wrong } = compareSlots({ every: 211 });
  expect(wrong).toEqual([]);
  expect(zones).toBeGreaterThan(400);
  expect({ years, words }).toEqual({ years: 10, words: 74 });
  expect(slots).toBeGreaterThan(100_000);
}, 300_000);
