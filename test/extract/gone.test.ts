import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { archive, unlessGone } from "../../jobs/archive.ts";
import { resolveSource } from "../../jobs/extract/sources.ts";

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "bogo-gone-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

it("an export that is taken away between listing and copying is not there, and other errors are errors", async () => {
  const at = folder();
  const path = join(at, "report.csv");
  writeFileSync(path, "Day\n");
  expect(await resolveSource(at, "*")).toHaveLength(1);
  rmSync(path);
  expect(await unlessGone(path, () => archive(path, join(at, "archive")))).toBeNull();
  await expect(unlessGone(path, () => archive(join(at, "other.csv"), join(at, "archive")))).rejects.toThrow("ENOENT");
});
