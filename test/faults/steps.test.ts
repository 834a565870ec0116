import { expect, it } from "vitest";
import { dieAtEachStep } from "./steps.ts";

it("a process that dies just before its Nth step, for every N, is followed by one that loses and repeats nothing", async () => {
  const { steps, lost, duplicates, findings } = await dieAtEachStep({ made: true });
  expect(findings).toEqual([]);
  expect({ lost, duplicates }).toEqual({ lost: 0, duplicates: 0 });
  expect(steps).toBeGreaterThan(10);
}, 600_000);
