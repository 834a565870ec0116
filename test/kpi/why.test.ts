import Big from "big.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { whyOf } from "../../transforms/insight/why.ts";
import { figures } from "../../transforms/kpi/figures.ts";
import type { Part } from "../../transforms/report/parts.ts";
import { book, day, entry, won } from "./sums.ts";

const now = { from: "2026-10-26", to: "2026-10-26" };
const then = { from: "2026-10-19", to: "2026-10-19" };

function part(name: string, cost: string, value: string, span = now): Part {
  const rows = [day("google_ads", span.from, { cost, conversion_value: value }, { kind: "window", to: span.to })];
  return { key: name, name, platform: "google_ads", span, figures: figures(rows, won) };
}

const sum = (parts: readonly { total: string }[]): Big => parts.reduce((all, { total }) => all.plus(total), new Big(0));

describe("why a KPI changed", () => {
  it("splits a sum into the parts' own differences", () => {
    const why = whyOf(
      entry("cost"),
      "cost",
      "campaign",
      "70",
      [part("a", "150", "0"), part("b", "20", "0")],
      [part("a", "100", "0", then)],
      "others",
      book,
    );
    expect(why?.parts).toEqual([
      { name: "a", rate: null, mix: null, total: "50" },
      { name: "b", rate: null, mix: null, total: "20" },
    ]);
  });

  it("splits a ratio into rate and mix", () => {
    // Before: a 100 → 400 (4.0), b 100 → 200 (2.0): ROAS 3. After: a 300 → 1200, b 100 → 200: ROAS 3.5.
    // Neither part got better or worse; weight moved from b (0.5 → 0.25) to a (0.5 → 0.75), around the mean 3.25:
    // a: 0.25 × (4 − 3.25) = 0.1875; b: −0.25 × (2 − 3.25) = 0.3125.
    const why = whyOf(
      entry("roas"),
      "ROAS",
      "campaign",
      "0.5",
      [part("a", "300", "1200"), part("b", "100", "200")],
      [part("a", "100", "400", then), part("b", "100", "200", then)],
      "others",
      book,
    );
    expect(why?.parts).toEqual([
      { name: "b", rate: "0", mix: "0.3125", total: "0.3125" },
      { name: "a", rate: "0", mix: "0.1875", total: "0.1875" },
    ]);
  });

  it("says nothing where the parts do not make up the whole", () => {
    expect(
      whyOf(
        entry("cost"),
        "cost",
        "campaign",
        "90",
        [part("a", "150", "0")],
        [part("a", "100", "0", then)],
        "others",
        book,
      ),
    ).toBeNull();
  });

  it("adds up exactly to the change, rate and mix to each part, whatever the figures", () => {
    const amount = fc.integer({ min: 0, max: 10_000_000 }).map((cents) => new Big(cents).div(100).toString());
    const side = fc.array(fc.record({ cost: amount, value: amount }), { minLength: 1, maxLength: 16 });
    fc.assert(
      fc.property(side, side, (after, before) => {
        const total = (of: typeof after, key: "cost" | "value") =>
          of.reduce((all, each) => all.plus(each[key]), new Big(0));
        fc.pre(total(after, "cost").gt(0) && total(before, "cost").gt(0));
        const delta = total(after, "value")
          .div(total(after, "cost"))
          .minus(total(before, "value").div(total(before, "cost")))
          .toFixed(17);
        fc.pre(!new Big(delta).eq(0));
        const parts = (of: typeof after, span: typeof now) =>
          of.map(({ cost, value }, at) => part(`p${at}`, cost, value, span));
        const why = whyOf(
          entry("roas"),
          "ROAS",
          "campaign",
          delta,
          parts(after, now),
          parts(before, then),
          "others",
          book,
        );
        expect(why).not.toBeNull();
        expect(sum(why?.parts ?? []).toFixed(17)).toBe(delta);
        for (const each of why?.parts ?? [])
          expect(new Big(each.rate ?? 0).plus(each.mix ?? 0).eq(each.total)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
