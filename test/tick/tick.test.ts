import { describe, expect, it } from "vitest";
import { town } from "./town.ts";

// Hanbit's Monday 09:00 in Seoul is 00:00 UTC, Acme's in New York 13:00 UTC. Both hold the week of 2025-10-13.
const sunday = "2025-10-19T10:00:00Z";
const monday = (time: string): string => `2025-10-20T${time}:00Z`;

describe("bogo tick", () => {
  it("sends each report at its slot, once, and is idle between", async () => {
    const at = await town();
    console.log(await at.tick(sunday));
    expect(at.runs()).toEqual([]);
    const t = performance.now();
    console.log(await at.tick(monday("00:01")), performance.now() - t);
    console.log(at.mails(), at.runs());
    const t2 = performance.now();
    console.log(await at.tick(monday("00:02")), performance.now() - t2);
    console.log(await at.tick(monday("13:00")));
    console.log(at.mails(), at.runs());
  }, 60000);
});
