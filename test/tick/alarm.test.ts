import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { everyMinute } from "../../jobs/tick/alarm.ts";

const clock = { now: () => new Date().toISOString(), monotonic: () => performance.now() };
let rings: string[];
let alarm: { stop(): Promise<void> };
const work = async (): Promise<void> => void rings.push(new Date().toISOString().slice(0, 19));

beforeEach(() => {
  rings = [];
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date", "performance"] });
});
afterEach(async () => {
  await alarm.stop();
  vi.useRealTimers();
});

describe("the alarm clock", () => {
  it("rings a second after each minute", async () => {
    vi.setSystemTime("2026-11-02T08:58:30Z");
    alarm = await everyMinute(work, clock);
    await vi.advanceTimersByTimeAsync(100_000);
    expect(rings).toEqual(["2026-11-02T08:59:01", "2026-11-02T09:00:01"]);
  });

  it("rings at once when a clock that was a year ahead is put right, and each minute from then on", async () => {
    vi.setSystemTime("2027-11-02T08:58:30Z");
    alarm = await everyMinute(work, clock);
    await vi.advanceTimersByTimeAsync(10_000);
    vi.setSystemTime("2026-11-02T08:58:40Z");
    await vi.advanceTimersByTimeAsync(90_000);
    expect(rings).toEqual(["2026-11-02T08:58:45", "2026-11-02T08:59:01", "2026-11-02T09:00:01"]);
  });

  it("rings at once when the clock has jumped ahead, as after a machine's sleep", async () => {
    vi.setSystemTime("2026-11-02T08:58:30Z");
    alarm = await everyMinute(work, clock);
    vi.setSystemTime("2026-11-02T20:00:20Z");
    await vi.advanceTimersByTimeAsync(50_000);
    expect(rings[0]).toBe("2026-11-02T20:00:25");
    expect(rings).toContain("2026-11-02T20:01:01");
  });

  it("does not ring again while the work of the last time goes on", async () => {
    vi.setSystemTime("2026-11-02T08:58:30Z");
    const begun: string[] = [];
    alarm = await everyMinute(() => {
      begun.push("begun");
      return new Promise((resolve) => setTimeout(resolve, 150_000));
    }, clock);
    await vi.advanceTimersByTimeAsync(170_000);
    expect(begun).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(begun).toHaveLength(2);
  });
});
