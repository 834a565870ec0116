import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { projectRoot } from "../../jobs/roots.ts";
import { type CutCounts, countCuts, variants } from "./cuts.ts";
import { cutsRow } from "./cuts-page.ts";

const page = readFileSync(join(projectRoot, "docs", "cuts.md"), "utf8");
let known: Awaited<ReturnType<typeof variants>>;
beforeAll(async () => {
  known = await variants();
});
const count = (variant: string): Promise<CutCounts> =>
  countCuts(variant, known.byVariant.get(variant) ?? [], known.formats);

describe("the page about downloads that were cut off", () => {
  it("has a line for every variant that has a sample", () => {
    const told = [...page.matchAll(/^\| `([^`]+)` \|/gmu)].map(([, variant]) => variant);
    expect(told.toSorted()).toEqual([...known.byVariant.keys()].toSorted());
  });

  it("says what cutting the samples at every byte shows (else: npm run fuzz -- --cuts)", async () => {
    const size = (paths: readonly string[]) => paths.reduce((sum, path) => sum + statSync(path).size, 0);
    const smallest = [...known.byVariant].sort(([, a], [, b]) => size(a) - size(b)).slice(0, 4);
    for (const variant of ["google_ads.overview_day", ...smallest.map(([id]) => id)])
      expect(page).toContain(cutsRow(await count(variant)));
  });
});

describe("a download that was cut off", () => {
  it("is always told where the platform closes its tables with totals or a footer", async () => {
    // Microsoft leaves both header and footer out on request: such a file, as one of `microsoft_ads.report`, cannot tell.
    for (const variant of ["google_ads.table", "microsoft_ads.hourly", "microsoft_ads.summary"])
      expect(await count(variant)).toMatchObject({ fewer: 0, changed: 0 });
  });

  it("is always refused where it is a zip or a workbook", async () => {
    const packed = [...known.byVariant].filter(([, paths]) => paths.every((path) => /\.(zip|xlsx|xls)$/u.test(path)));
    expect(packed.length).toBeGreaterThan(3);
    for (const [variant] of packed) {
      const { cuts, refused } = await count(variant);
      expect({ variant, refused }).toEqual({ variant, refused: cuts });
    }
  });
});
