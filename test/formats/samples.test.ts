import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { projectRoot } from "../../jobs/roots.ts";
import { sayProblem } from "../../transforms/problem.ts";
import { sampleTable } from "./sample-table.ts";
import { formatTests, readSamples, type SampleRead, sampleFiles } from "./samples.ts";

const { held } = formatTests();
const files = sampleFiles();
const cases = files.map((file, index) => ({ ...file, index, name: `${file.platform}/${file.name}` }));

describe("the samples of every format", () => {
  let reads: SampleRead[] = [];
  beforeAll(async () => {
    reads = await readSamples(files, held.formats, held.work);
  });

  it("each say beside them what a reader must find", () => {
    expect(
      files.filter(({ expected }) => expected === null).map(({ platform, name }) => `${platform}/${name}`),
    ).toEqual([]);
  });

  it("leave no format out", () => {
    const shown = new Set(
      files.flatMap(({ expected }) => [expected?.refuses, ...(expected?.tables ?? []).map(({ format }) => format)]),
    );
    const all = held.formats.flatMap(({ formats }) => formats.map(({ id }) => id));
    expect(all.filter((id) => !shown.has(id))).toEqual([]);
  });

  it.each(cases)("$name is read to the last digit", ({ expected, index }) => {
    const found = reads[index];
    expect(found?.tables).toMatchObject(expected?.tables ?? []);
    expect(found?.tables.map(({ sums }) => sums)).toEqual(expected?.tables.map(({ sums }) => sums));
    expect(found?.problems.map(({ code }) => code)).toEqual(expected?.problems);
  });

  it.each(cases.filter(({ expected }) => !expected?.refuses))(
    "every line of $name is accounted for",
    ({ expected, index }) => {
      const held = reads[index]?.tables.map(({ rows, rejected, skipped }) =>
        [rows, rejected, ...Object.values(skipped)].reduce((sum, each) => sum + each, 0),
      );
      expect(held?.reduce((sum, each) => sum + each, 0)).toBe(expected?.lines);
    },
  );

  it.each(cases.filter(({ expected }) => expected?.refuses))(
    "$name is refused in the words of its format",
    ({ expected, index }) => {
      const format = held.formats.flatMap(({ formats }) => formats).find(({ id }) => id === expected?.refuses);
      const said = reads[index]?.problems.map((each) => sayProblem(each, "en")).join() ?? "";
      expect(said).toContain(format?.refuse?.what.en);
      expect(said).toContain(format?.refuse?.instead.en);
    },
  );

  it("stand in docs/samples.md as they are read (else: npm run docs)", () => {
    expect(readFileSync(join(projectRoot, "docs/samples.md"), "utf8")).toBe(sampleTable(files, reads, held.formats));
  });
});
