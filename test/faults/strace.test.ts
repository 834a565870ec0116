import { describe, expect, it } from "vitest";
import { failEachCall, needsStrace, strace } from "./strace.ts";

describe.skipIf(!strace)(`a system call that goes wrong ${needsStrace}`, () => {
  it("as the process dies at it loses and repeats nothing, whichever sync it was", async () => {
    const { tried, findings } = await failEachCall({
      calls: "fsync,fdatasync",
      fault: (call) => `signal=SIGKILL:when=${call}`,
      made: true,
    });
    expect(findings).toEqual([]);
    expect(tried).toBeGreaterThan(5);
  }, 600_000);

  it("as the disk is full from then on is said in a sentence, and the report is sent once there is space", async () => {
    const { tried, findings } = await failEachCall({
      calls: "pwrite64",
      fault: (call) => `error=ENOSPC:when=${call}+`,
      made: false,
      every: 9,
    });
    expect(findings).toEqual([]);
    expect(tried).toBeGreaterThan(5);
  }, 600_000);
});
