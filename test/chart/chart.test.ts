import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tickLabels, ticks } from "../../templates/chart/axis.ts";
import { type LineChart, lineChart } from "../../templates/chart/line.ts";
import { chartPng, palettePng } from "../../templates/chart/png.ts";
import type { Shape } from "../../templates/chart/scene.ts";
import { sceneSvg } from "../../templates/chart/svg.ts";
import { printable, runs, textWidth } from "../../templates/fonts.ts";

const count = { unit: "count", currency: null, decimals: 0 } as const;
const won = { unit: "money", currency: "KRW", decimals: 0 } as const;
const dollars = { unit: "money", currency: "USD", decimals: 2 } as const;

describe("an axis", () => {
  it("has ticks 1, 2 or 5 apart that hold every value, for any range", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e9, max: 1e9, noNaN: true }),
        fc.double({ min: 1, max: 1e9, noNaN: true }),
        (min, span) => {
          const marks = ticks(min, min + span);
          const step = marks[1]! - marks[0]!;
          const lead = Number(step.toExponential(6).split("e")[0]);
          expect([1, 2, 5].some((nice) => Math.abs(lead - nice) < 1e-3)).toBe(true);
          expect(marks[0]!).toBeLessThanOrEqual(min + step * 0.01);
          expect(marks.at(-1)!).toBeGreaterThanOrEqual(min + span - step * 0.01);
          expect(marks.length).toBeLessThanOrEqual(12);
        },
      ),
    );
  });

  it.each([
    ["won in Korean", [0, 2e6, 4e6], won, "ko-KR", ["0", "200만", "400만"]],
    ["hundreds of millions of won", [0, 5e7, 1e8], won, "ko-KR", ["0", "0.5억", "1.0억"]],
    ["dollars in English", [0, 500, 1000], dollars, "en-US", ["0", "$500", "$1,000"]],
    ["thousands of dollars", [0, 5000, 10000], dollars, "en-US", ["0", "$5K", "$10K"]],
    ["millions", [0, 5e5, 1e6], count, "en-US", ["0", "0.5M", "1.0M"]],
    ["dollars in Korean", [0, 2e4, 4e4], dollars, "ko-KR", ["0", "$2만", "$4만"]],
    ["percent", [0, 0.005, 0.01], { unit: "ratio", decimals: 2 }, "ko-KR", ["0.0%", "0.5%", "1.0%"]],
  ] as const)("labels %s in one unit", (_, values, format, locale, labels) => {
    expect(tickLabels(values, format, locale)).toEqual(labels);
  });
});

describe("a line chart", () => {
  const weeks = Array.from({ length: 13 }, (_, at) => `10/${at + 10}~\n10/${at + 16}`);
  const base: LineChart = {
    width: 507,
    height: 140,
    alt: "클릭수",
    locale: "ko-KR",
    format: count,
    labels: weeks,
    series: [
      {
        label: "1,200",
        values: [1, 2, 3, null, 5, 6, 7, 8, 9, 10, 11, 12, 13].map((value) => value && value * 100),
        style: "solid",
      },
    ],
  };

  it("labels all thirteen periods", () => {
    const texts = lineChart(base).shapes.flatMap((shape) => (shape.type === "text" ? [shape.text] : []));
    for (const week of weeks) for (const line of week.split("\n")) expect(texts).toContain(line);
  });

  it("leaves a gap for an unknown value instead of bridging or zeroing it", () => {
    const [line] = paths(lineChart(base).shapes);
    expect(line?.d.match(/M/g)).toHaveLength(2);
    expect(line?.d.match(/[ML]/g)).toHaveLength(12);
  });

  it("draws a provisional point hollow and the way to it dashed", () => {
    const hollow = base.labels.map((_, at) => at === 12);
    const { shapes } = lineChart({ ...base, series: [{ ...base.series[0]!, hollow }] });
    expect(shapes.filter((shape) => shape.type === "circle" && shape.fill === "#ffffff")).toHaveLength(1);
    expect(paths(shapes).filter(({ dash }) => dash)).toHaveLength(1);
  });

  it("draws the previous period dashed and a year ago dotted, without points", () => {
    const values = base.labels.map(() => 500);
    const { shapes } = lineChart({
      ...base,
      series: [
        { label: "전주", values, style: "dashed" },
        { label: "작년", values, style: "dotted" },
      ],
    });
    expect(paths(shapes).map(({ dash }) => dash)).toEqual([
      [1.2, 2.2],
      [4, 2.5],
    ]);
    expect(shapes.some(({ type }) => type === "circle")).toBe(false);
  });

  it("never lets names at line ends overlap, and keeps all text inside", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 3, maxLength: 3 }), (lasts) => {
        const series = lasts.map((last, at) => ({
          label: `계열 ${at}`,
          values: [...base.labels.slice(1).map(() => 500), last],
          style: "solid" as const,
        }));
        const texts = lineChart({ ...base, series }).shapes.filter((shape) => shape.type === "text");
        const ends = texts
          .filter(({ text }) => text.startsWith("계열"))
          .map(({ y }) => y)
          .sort((a, b) => a - b);
        for (let at = 1; at < ends.length; at++) expect(ends[at]! - ends[at - 1]!).toBeGreaterThan(7);
        for (const { x, y, text, size, weight, anchor } of texts) {
          const width = textWidth(text, size, weight);
          const from = anchor === "end" ? x - width : anchor === "middle" ? x - width / 2 : x;
          expect(from).toBeGreaterThanOrEqual(-1);
          expect(from + width).toBeLessThanOrEqual(base.width + 1);
          expect(y).toBeGreaterThan(0);
          expect(y).toBeLessThanOrEqual(base.height);
        }
      }),
      { numRuns: 50 },
    );
  });

  it("is made of outlines as SVG: no font is asked of whoever shows it", () => {
    const svg = sceneSvg(lineChart(base));
    expect(svg).not.toContain("<text");
    expect(svg).not.toContain("NaN");
    expect(svg).toContain('aria-label="클릭수"');
  });

  it("becomes a small PNG of exactly twice the size, the same bytes each time", () => {
    const png = chartPng(lineChart(base), { scale: 2 });
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1014, 280]);
    expect(png.length).toBeLessThan(20_000);
    expect(chartPng(lineChart(base), { scale: 2 }).equals(png)).toBe(true);
  });

  it("draws nothing impossible when every value is unknown or zero", () => {
    for (const value of [null, 0]) {
      const svg = sceneSvg(
        lineChart({ ...base, series: [{ label: "", values: base.labels.map(() => value), style: "solid" }] }),
      );
      expect(svg).not.toMatch(/NaN|Infinity/);
    }
  });
});

describe("a palette PNG", () => {
  it("keeps more than 256 colours apart as well as it can instead of failing", () => {
    const pixels = Uint8Array.from({ length: 300 * 4 }, (_, at) =>
      at % 4 === 3 ? 255 : (Math.floor(at / 4) * (at % 4 === 0 ? 1 : 7)) % 256,
    );
    const png = palettePng(300, 1, pixels);
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    expect(png.readUInt32BE(33)).toBe(256 * 3); // the PLTE chunk's length
  });
});

describe("fonts", () => {
  it("give every digit the same width", () => {
    const widths = new Set(Array.from("0123456789", (digit) => textWidth(digit, 10, "bold")));
    expect(widths.size).toBe(1);
  });

  it("split a text by who can draw it", () => {
    expect(runs("한빛 漢字🎁", "regular").map((run) => `${run.kind}:${run.text}`)).toEqual([
      "text:한빛 ",
      "text:漢字",
      "emoji:🎁",
    ]);
  });

  it("compose separate jamo, as macOS names files", () => {
    expect(printable("한빛".normalize("NFD"))).toBe("한빛");
  });
});

function paths(shapes: readonly Shape[]) {
  return shapes.filter((shape) => shape.type === "path");
}
