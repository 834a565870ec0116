import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";

it("weeks of reports, with exports that come late, a mail server that is down and weeks off, leave no period unaccounted for", () => {
  // A process of its own, since its clock jumps.
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, "faults.ts"), "--soak", "--weeks", "7", "--clients", "3", "--json"],
    { encoding: "utf8" },
  );
  expect(status, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    periods: 21,
    delivered: 18,
    skipped: 3,
    held: 0,
    unaccounted: 0,
    duplicates: 0,
  });
}, 600_000);
