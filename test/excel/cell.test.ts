import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  cellNumber,
  cellText,
  daySerial,
  fitsCell,
  longestText,
  looksLikeFormula,
  sheetNames,
} from "../../templates/excel/cell.ts";

/** Any string at all, lone surrogates and control characters included. */
const anyText = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units));

describe("text in a cell", () => {
  it("holds nothing that makes a workbook unreadable", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const clean = cellText(text);
        expect(clean.isWellFormed()).toBe(true);
        expect(clean).not.toMatch(/(?![\t\n])[\p{Cc}\p{Noncharacter_Code_Point}\p{Bidi_Control}]/u);
        expect(cellText(clean)).toBe(clean);
      }),
    );
  });

  it("leaves ordinary text, Hangul and joined emoji as they are", () => {
    const text = "가을 한정 🍁 漢字 👩‍👩‍👧 =SUM(A1)\n둘째 줄";
    expect(cellText(text)).toBe(text);
  });

  it("ends at Excel's limit without half an emoji", () => {
    const long = cellText(`a${"😀".repeat(20_000)}`);
    expect(long.length).toBeLessThanOrEqual(longestText);
    expect(long.isWellFormed()).toBe(true);
    expect(long.endsWith("😀")).toBe(true);
  });

  it("is known by its first character when it could pass for a formula", () => {
    for (const text of ["=1+1", "+82 10", "-1+1", "@SUM(1)", "  =x"]) expect(looksLikeFormula(text)).toBe(true);
    for (const text of ["브랜드_한빛커피", "a=b", "–", ""]) expect(looksLikeFormula(text)).toBe(false);
  });
});

describe("a number in a cell", () => {
  it("is finite or absent, whatever the string", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom("NaN", "Infinity", "-Infinity", "1e999", "")), (text) => {
        const number = cellNumber(text);
        expect(number === null || Number.isFinite(number)).toBe(true);
      }),
    );
    expect(cellNumber(null)).toBeNull();
    expect(cellNumber("0")).toBe(0);
  });

  it("fits when fifteen digits say all of what is shown", () => {
    expect(fitsCell("999999999999999", 0)).toBe(true);
    expect(fitsCell("1234567890123456", 0)).toBe(false);
    expect(fitsCell("0.123456789012345678", 2)).toBe(true);
  });

  it("of a day is Excel's own count, free of time zones", () => {
    expect(daySerial("1900-03-01")).toBe(61);
    expect(daySerial("2026-11-02")).toBe(46328);
    expect(daySerial("soon")).toBeNull();
  });
});

describe("sheet names", () => {
  it("are unique whatever their case, short, and free of forbidden characters", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(anyText, fc.constantFrom("History", "history", "세부", "a/b", "[x]", "'q'", "A".repeat(40)))),
        (wanted) => {
          const named = sheetNames();
          const names = wanted.map((name) => named(name));
          expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
          for (const name of names) {
            expect(name.length).toBeGreaterThan(0);
            expect(name.length).toBeLessThanOrEqual(31);
            expect(name).not.toMatch(/[\\/?*[\]:']/);
            expect(name.toLowerCase()).not.toBe("history");
          }
        },
      ),
    );
  });
});
