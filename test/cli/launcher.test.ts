import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { home } from "./home.ts";

/** A Node of the system that is older than the program needs, where there is one. */
const older = ["/usr/bin/node", "/usr/local/bin/node", "/opt/node20/bin/node"].find(
  (path) => existsSync(path) && Number(execFileSync(path, ["-p", "process.versions.node.split('.')[0]"])) < 24,
);

describe("the launcher", () => {
  it.skipIf(older === undefined)("tells an older Node in one line what is needed, and exits 2", async ({ skip }) => {
    if (older === undefined) return skip("this system has no Node before 24");
    const { code, out, err } = await home().bogo("check", { node: older });
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toMatch(/^bogo needs Node 24 or later; this is v\d+\.\d+\.\d+\. .+\n$/);
    expect(err).not.toContain("Error");
  });
});
