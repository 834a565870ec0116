import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { readThrough } from "../../jobs/read-through.ts";

function place() {
  const folder = mkdtempSync(join(tmpdir(), "bogo-read-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [config, state] = [join(folder, "config"), join(folder, "state")];
  mkdirSync(join(config, "clients"), { recursive: true });
  writeFileSync(join(config, "clients/a.yaml"), "a: 1");
  let reads = 0;
  const read = () =>
    readThrough({ folders: [config], file: join(state, "cache/config.bin") }, async () => {
      reads += 1;
      return { text: new Map([["a", readFileSync(join(config, "clients/a.yaml"), "utf8")]]) };
    });
  return { config, state, read, reads: () => reads };
}

describe("a config that has not changed", () => {
  it("is read once, and what is kept of it is the same", async () => {
    const at = place();
    const first = await at.read();
    expect(await at.read()).toEqual(first);
    expect(at.reads()).toBe(1);
  });

  it("is read anew when a file changes, comes or goes, whatever its time says", async () => {
    const at = place();
    await at.read();
    writeFileSync(join(at.config, "clients/a.yaml"), "a: 2"); // as long as before
    expect((await at.read()).text.get("a")).toBe("a: 2");
    writeFileSync(join(at.config, "clients/b.yaml"), "b: 1");
    await at.read();
    rmSync(join(at.config, "clients/b.yaml"));
    await at.read();
    expect(at.reads()).toBe(4);
  });

  it("is read anew where what was kept is damaged or cannot be written", async () => {
    const at = place();
    await at.read();
    const kept = join(at.state, "cache/config.bin");
    writeFileSync(kept, readFileSync(kept).subarray(0, 70));
    expect((await at.read()).text.get("a")).toBe("a: 1");
    rmSync(at.state, { recursive: true });
    writeFileSync(at.state, "no folder");
    expect((await at.read()).text.get("a")).toBe("a: 1");
    expect(at.reads()).toBe(3);
  });
});
