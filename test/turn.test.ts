import { describe, expect, it } from "vitest";
import { problem } from "../transforms/problem.ts";
import { endingOf, horizonOf, turnOf, type Waiting } from "../transforms/turn.ts";
import { weeklyAds } from "./fixtures/def.ts";

const ads = { ...weeklyAds, slots: { ...weeklyAds.slots, quiet: { from: "21:00", until: "08:00" } } };
// Monday 09:00 in Seoul.
const run: Waiting = {
  period: { from: "2026-10-26", to: "2026-11-01" },
  state: "waiting",
  reason: null,
  at: "2026-11-02T00:00:00.000Z",
  tries: 0,
  next: null,
  seen: null,
};
const at = (time: string, seen = "files") => ({ now: `2026-11-02T${time}:00.000Z`, seen });
const lacking = { code: "RUN_LACKING", facts: { report: "ppc weekly", client: "acme", what: "-" } };
const lacks = problem("RUN_LACKING", lacking.facts);

describe("a run's turn", () => {
  it.each([
    ["at its slot", run, at("00:00"), { kind: "make", complete: true, late: null }],
    ["an hour late, and says so", run, at("01:00"), { kind: "make", complete: true, late: "2026-11-02T09:00" }],
    [
      "waiting, with nothing new",
      { ...run, reason: lacking, seen: "files", next: "2026-11-02T04:00:00.000Z" },
      at("03:59"),
      { kind: "leave" },
    ],
    [
      "waiting, with something new",
      { ...run, reason: lacking, seen: "other", next: "2026-11-02T04:00:00.000Z" },
      at("00:01"),
      { kind: "make" },
    ],
    [
      "waiting, and its time is up",
      { ...run, reason: lacking, seen: "files", next: "2026-11-02T04:00:00.000Z" },
      at("04:00"),
      { kind: "make" },
    ],
    [
      "held, with nothing new",
      { ...run, state: "held", reason: lacking, seen: "files" },
      at("09:00"),
      { kind: "leave" },
    ],
    ["late at night", run, at("13:00"), { kind: "end", end: { state: "waiting", reason: { code: "RUN_QUIET" } } }],
    [
      "held, with something new late at night: its reason stays",
      { ...run, state: "held", reason: lacking, seen: "other" },
      at("13:00"),
      { kind: "leave" },
    ],
    [
      "begun five times without an end",
      { ...run, tries: 5 },
      at("00:10"),
      { kind: "end", end: { state: "held", reason: { code: "RUN_KEEPS_ENDING" } } },
    ],
  ])("%s", (_, waiting, moment, expected) => {
    expect(turnOf(waiting, ads, moment)).toMatchObject(expected);
  });

  it("of a report that is gone or paused over the whole period is to let it go", () => {
    expect(turnOf(run, null, at("00:00"))).toMatchObject({
      end: { state: "skipped", reason: { code: "RUN_REPORT_GONE" } },
    });
    const paused = { ...ads, pauses: [{ from: "2026-10-20", until: null, reason: null }] };
    expect(turnOf(run, paused, at("00:00"))).toMatchObject({
      end: { state: "skipped", reason: { code: "RUN_PAUSED" } },
    });
  });

  it("is made as it is once its time is up, where the channel says so", () => {
    const sending = { ...ads, slots: { ...ads.slots, on_incomplete: "send" as const } };
    expect(turnOf(run, sending, at("03:59"))).toMatchObject({ complete: true });
    expect(turnOf(run, sending, at("04:00"))).toMatchObject({ complete: false });
  });
});

describe("a try that made nothing", () => {
  it("waits for exports until its time is up, then is held until they come", () => {
    expect(endingOf([lacks], run, ads, at("01:00"))).toEqual({
      state: "waiting",
      reason: { code: "RUN_LACKING", facts: lacks.facts },
      next: "2026-11-02T04:00:00.000Z",
      seen: "files",
      failed: false,
    });
    expect(endingOf([lacks], run, ads, at("04:00"))).toMatchObject({ state: "held", next: null });
  });

  it("is looked at again at once where a file is still being written, since its end changes nothing that is seen", () => {
    const growing = problem("FILE_GROWING", { file: "a.csv" });
    expect(endingOf([lacks, growing], run, ads, at("01:00"))).toMatchObject({ seen: null });
  });

  it("is tried again after 1, 5, 15 and 60 minutes where nobody foresaw what happened, and then held", () => {
    const unexpected = problem("RUN_UNEXPECTED", { why: "TypeError" });
    const ends = [0, 1, 2, 3, 4].map((tries) => endingOf([unexpected], { ...run, tries }, ads, at("00:00")));
    expect(ends.map(({ next }) => next?.slice(11, 16))).toEqual(["00:01", "00:05", "00:15", "01:00", "01:00"]);
    expect(ends.map(({ state }) => state)).toEqual(["waiting", "waiting", "waiting", "waiting", "held"]);
  });

  it("is held for a person where only one can help, and looked at again within the hour", () => {
    const full = problem("DISK_REFUSED", { why: "ENOSPC" });
    expect(endingOf([full], run, ads, at("00:00"))).toMatchObject({
      state: "held",
      next: "2026-11-02T01:00:00.000Z",
    });
  });

  it("that never ends is looked at again at once until it has happened five times, and is held then, hour by hour", () => {
    expect(horizonOf({ tries: 4 }, at("00:00").now)).toBe("2026-11-02T00:00:00.000Z");
    expect(horizonOf({ tries: 5 }, at("00:00").now)).toBe("2026-11-02T01:00:00.000Z");
  });
});
