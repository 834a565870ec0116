import { describe, expect, it } from "vitest";
import { subjectOf } from "../../templates/email/subject.ts";
import { contentOf, correcting, isCorrection, type Sent } from "../../transforms/report/correction.ts";
import { englishMonthly, koreanWeekly } from "../fixtures/report.ts";

const [first, second] = englishMonthly.kpis.filter(({ value }) => value !== null);
if (!first || !second) throw new Error("the fixture has two figures");

const sent = (values: Partial<Record<string, string | null>> = {}): Sent => ({
  // In New York it is still the second.
  at: "2026-11-03T02:00:00.000Z",
  figures: englishMonthly.kpis.map((kpi) => ({
    ...kpi,
    value: kpi.id in values ? (values[kpi.id] ?? null) : kpi.value,
  })),
});

describe("a report that corrects an earlier one", () => {
  it("says so before anything else, with the day, and with every figure that changed and no other", () => {
    const report = correcting(englishMonthly, sent({ [first.id]: "12345" }));
    expect(isCorrection(report)).toBe(true);
    expect(report.banners.slice(1)).toEqual(englishMonthly.banners);
    const { text = "" } = report.banners[0] ?? {};
    expect(text).toContain("takes the place of the report sent on Nov 2, 2026.");
    expect(text).toMatch(new RegExp(`What changed: ${first.label} .*12,345.* → `));
    expect(text).not.toContain(second.label);
    expect(subjectOf(report)).toMatch(/^\[Corrected\] /);
  });

  it("prints a figure that was unknown as unknown, and takes 1.0 for the 1 that it is", () => {
    expect(correcting(englishMonthly, sent({ [first.id]: null })).banners[0]?.text).toContain(`${first.label} – → `);
    const [text] = correcting(
      englishMonthly,
      sent({ [first.id]: `${first.value}${/\./.test(first.value ?? "") ? "" : ".0"}` }),
    ).banners;
    expect(text?.text).toContain("The main figures are the same; details have changed.");
  });

  it("is told by no other banner", () => {
    expect(isCorrection(koreanWeekly)).toBe(false);
    expect(subjectOf(koreanWeekly)).not.toContain("정정");
  });
});

describe("what a report says", () => {
  it("stays the same on another day, of files with other names, and when figures have settled", () => {
    const later = {
      ...koreanWeekly,
      run: { ...koreanWeekly.run, as_of: "2026-11-09T09:00:00+09:00", revision: 2 },
      period: { ...koreanWeekly.period, final: !koreanWeekly.period.final },
      kpis: koreanWeekly.kpis.map((kpi) => ({ ...kpi, provisional: !kpi.provisional })),
      banners: [],
      sources: koreanWeekly.sources.map((each) => ({ ...each, file: `again ${each.file}` })),
    };
    expect(contentOf(later)).toBe(contentOf(koreanWeekly));
  });

  it("changes with a figure, a row of a table or the person's comment", () => {
    const [kpi, ...kpis] = koreanWeekly.kpis;
    const [table, ...tables] = koreanWeekly.breakdowns;
    const changed = [
      { ...koreanWeekly, kpis: [{ ...kpi!, value: "1" }, ...kpis] },
      { ...koreanWeekly, breakdowns: [{ ...table!, rows: table!.rows.slice(1) }, ...tables] },
      { ...koreanWeekly, comment: [{ heading: "", text: "…" }] },
    ];
    const all = [koreanWeekly, ...changed].map(contentOf);
    expect(new Set(all).size).toBe(4);
  });
});
