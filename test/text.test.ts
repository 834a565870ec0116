import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ChangeFormat,
  comparisonWord,
  formatChange,
  formatCompact,
  formatDay,
  formatInstant,
  formatPeriod,
  formatValue,
  reasonText,
  type ValueFormat,
} from "../templates/text.ts";
import type { Locale } from "../transforms/metrics.ts";
import type { Change } from "../transforms/report/model.ts";

const won: ValueFormat = { unit: "money", currency: "KRW" };
const dollars: ValueFormat = { unit: "money", currency: "USD" };
const locales: Locale[] = ["ko-KR", "en-US"];

describe("a value in full", () => {
  it.each<[string | null, ValueFormat, Locale, string]>([
    [null, won, "ko-KR", "–"],
    ["12345", won, "ko-KR", "₩12,345"],
    ["12345.5", won, "ko-KR", "₩12,346"],
    ["-0.4", won, "ko-KR", "₩0"],
    ["1234.56", dollars, "en-US", "$1,234.56"],
    ["-1234.565", dollars, "en-US", "-$1,234.57"],
    ["0.029997529", { unit: "ratio", decimals: 2 }, "ko-KR", "3.00%"],
    ["4.02", { unit: "ratio", decimals: 0 }, "ko-KR", "402%"],
    ["83.4", { unit: "seconds" }, "ko-KR", "1분 23초"],
    ["83.4", { unit: "seconds" }, "en-US", "1m 23s"],
    ["59.5", { unit: "seconds" }, "en-US", "1m 0s"],
    ["3723", { unit: "seconds" }, "ko-KR", "1시간 2분 3초"],
    ["7.25", { unit: "position" }, "ko-KR", "7.3위"],
    ["42", { unit: "points" }, "en-US", "42"],
    ["1204.5", { unit: "count", decimals: 1 }, "ko-KR", "1,204.5"],
  ])("%s reads as its unit asks", (value, format, locale, text) => {
    expect(formatValue(value, format, locale)).toBe(text);
  });

  it("keeps every digit of amounts that a double would lose", () => {
    expect(formatValue("12345678901234567890.12", dollars, "en-US")).toBe("$12,345,678,901,234,567,890.12");
    expect(formatValue("1.005", dollars, "en-US")).toBe("$1.01");
  });

  it("prints any whole count with the digits it has", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.constantFrom(...locales), (count, locale) => {
        expect(formatValue(String(count), { unit: "count" }, locale).replaceAll(",", "")).toBe(String(count));
      }),
    );
  });
});

describe("a value in short", () => {
  it.each<[string, ValueFormat, Locale, string]>([
    ["6120450", won, "ko-KR", "612만 원"],
    ["123456789", won, "ko-KR", "1.23억 원"],
    ["99996000", won, "ko-KR", "1억 원"],
    ["9876", won, "ko-KR", "9,876원"],
    ["12345", { unit: "count" }, "ko-KR", "1.23만"],
    ["1283450.17", dollars, "en-US", "$1.28M"],
    ["999600", { unit: "count" }, "en-US", "1M"],
    ["12345", { unit: "count" }, "en-US", "12.3K"],
    ["0.5", { unit: "ratio", decimals: 0 }, "en-US", "50%"],
  ])("%s", (value, format, locale, text) => {
    expect(formatCompact(value, format, locale)).toBe(text);
  });
});

describe("a change", () => {
  const rise: Change = { kind: "change", ratio: "0.148571", delta: "0.52", comparable: true };
  const roas: ChangeFormat = { unit: "ratio", decimals: 0, locale: "ko-KR", better: "up" };

  it("says sign, arrow, points and whether it is good", () => {
    expect(formatChange(rise, roas)).toEqual({
      text: "+14.9%",
      points: "+52%p",
      arrow: "▲",
      direction: "up",
      tone: "good",
      word: null,
      label: "▲ +14.9%",
    });
    expect(formatChange(rise, { ...roas, locale: "en-US" }).points).toBe("+52 pp");
  });

  it("is bad when less would have been better, and neither when nothing would", () => {
    expect(formatChange(rise, { ...roas, better: "down" }).tone).toBe("bad");
    expect(formatChange(rise, { ...roas, better: "neither" }).tone).toBe("neutral");
  });

  it("shows no arrow against a figure of unequal age", () => {
    const text = formatChange({ ...rise, comparable: false }, roas);
    expect(text).toMatchObject({ arrow: "", tone: "neutral", word: "잠정", label: "+14.9% (잠정)" });
  });

  it("that prints as zero is none", () => {
    const text = formatChange({ ...rise, ratio: "-0.0004" }, roas);
    expect(text).toMatchObject({ text: "0.0%", arrow: "–", direction: "flat", tone: "neutral" });
  });

  it("from zero is new, from nothing known cannot be compared, and one never asked for is a dash", () => {
    expect(formatChange({ kind: "new", ratio: null, delta: "5", comparable: true }, roas).label).toBe("신규");
    expect(formatChange({ kind: "none", ratio: null, delta: null, comparable: false }, roas).label).toBe("비교 불가");
    expect(formatChange(null, roas).label).toBe("–");
  });

  it("of a rank reads by its difference", () => {
    const up: Change = { kind: "change", ratio: "-0.1", delta: "-0.5", comparable: true };
    const rank = formatChange(up, { unit: "position", decimals: 1, locale: "ko-KR", better: "down" });
    expect(rank).toMatchObject({ label: "▼ -0.5위", tone: "good" });
  });
});

describe("periods and words", () => {
  it("names ranges, days and instants in both languages, whatever the machine's zone", () => {
    const week = { from: "2026-10-26", to: "2026-11-01" };
    expect(formatPeriod(week, "ko-KR")).toBe("2026.10.26 ~ 11.01");
    expect(formatPeriod(week, "en-US")).toBe("Oct 26 – Nov 1, 2026");
    expect(formatPeriod({ from: "2025-12-29", to: "2026-01-04" }, "en-US")).toBe("Dec 29, 2025 – Jan 4, 2026");
    expect(formatDay("2026-11-01", "ko-KR", "weekday")).toBe("11/1(일)");
    expect(formatInstant("2026-11-02T00:00:00Z", "Asia/Seoul", "ko-KR")).toBe("2026.11.02 09:00");
    expect(formatInstant("2026-11-02T09:00:00-05:00", "America/New_York", "en-US")).toBe("Nov 2, 2026, 09:00");
  });

  it("compares with the cadence's own word", () => {
    expect(comparisonWord("previous", "weekly", "ko-KR")).toBe("전주 대비");
    expect(comparisonWord("previous", "monthly", "ko-KR")).toBe("전월 대비");
    expect(comparisonWord("year_ago", "weekly", "ko-KR")).toBe("전년 동기 대비");
    expect(comparisonWord("previous", "monthly", "en-US")).toBe("vs previous month");
  });

  it("says why a value is missing", () => {
    expect(reasonText("no_denominator", "ko-KR")).toBe("집계 불가");
    expect(reasonText("not_collected", "ko-KR")).toBe("미수집");
  });
});
