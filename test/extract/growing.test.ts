import { appendFileSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "../../jobs/clock.ts";
import { stillGrowing } from "../../jobs/extract/growing.ts";
import { resolveSource } from "../../jobs/extract/sources.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "bogo-growing-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, minutesAgo = 0): string => {
  const path = join(folder, name);
  writeFileSync(path, "Date,Clicks\n");
  const at = (Date.parse(systemClock().now()) - minutesAgo * 60_000) / 1000;
  utimesSync(path, at, at);
  return path;
};

describe("a file that somebody is still writing", () => {
  it("is told from one that is only new and from one that lies there for long", async () => {
    const [copied, old, growing] = [file("copied.csv"), file("old.csv", 5), file("growing.csv")];
    const writing = setInterval(() => appendFileSync(growing, "2026-11-01,1\n"), 50);
    try {
      expect(await stillGrowing([copied, old, growing], systemClock())).toEqual(new Set([growing]));
    } finally {
      clearInterval(writing);
    }
  });

  it("is passed over under the names that browsers and spreadsheets give it meanwhile", async () => {
    for (const name of ["a.csv.crdownload", "b.csv.part", "c.download", "~$d.xlsx", ".e.csv"]) file(name);
    const found = await resolveSource(folder, "*");
    expect(found.map((path) => path.split("/").at(-1))).toEqual(["copied.csv", "growing.csv", "old.csv"]);
  });
});
