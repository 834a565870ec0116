import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { daySql, readDay, readPeriod } from "../../transforms/clean/date.ts";
import { type NumberRule, numberSql, readNumber } from "../../transforms/clean/number.ts";
import { literal } from "../../transforms/clean/text.ts";

const db = await (await DuckDBInstance.create(":memory:")).connect();

/** What the cleaning's SQL makes of each cell, as text. */
async function bySql(cells: readonly string[], expression: string): Promise<(string | null)[]> {
  const values = cells.map((cell, index) => `(${index}, ${literal(cell)})`).join(", ");
  const result = await db.runAndReadAll(
    `SELECT CAST(${expression} AS VARCHAR) FROM (VALUES ${values}) AS t(i, c) ORDER BY i`,
  );
  return result.getRows().map(([value]) => (value === null || value === undefined ? null : plain(String(value))));
}

const plain = (text: string): string =>
  /^-?\d+\.\d+$/u.test(text) ? text.replace(/\.?0+$/u, "").replace(/^-0$/u, "0") : text;
const style = { thousands: ",", decimal: "." } as const;
const rule = (scale: NumberRule["scale"]): NumberRule => ({ style, scale });

const number = fc.oneof(
  fc.integer({ min: -9_999_999, max: 999_999_999 }).map(String),
  fc.integer({ min: -9_999_999, max: 999_999_999 }).map((value) => value.toLocaleString("en-US")),
  fc.double({ min: -1e6, max: 1e9, noNaN: true }).map(String),
  fc
    .tuple(fc.constantFrom("US$", "₩", "$", "EUR ", "-", "("), fc.integer({ min: 0, max: 99_999 }))
    .map(([sign, value]) => `${sign}${value.toLocaleString("en-US")}${sign === "(" ? ")" : ""}`),
  fc.string({ unit: fc.constantFrom(..."0123456789,.-eE$₩ ()x_%+"), maxLength: 12 }),
);

describe("numbers", () => {
  it.each([0, 17] as const)("are the same in SQL and here, whatever stands in the cell (scale %i)", async (scale) => {
    await fc.assert(
      fc.asyncProperty(fc.array(number, { minLength: 20, maxLength: 60 }), async (cells) => {
        const here = cells
          .map((cell) => readNumber(cell, rule(scale)))
          .map((value) => (value === null ? null : plain(value)));
        expect(await bySql(cells, numberSql("c", rule(scale)))).toEqual(here);
      }),
      { numRuns: 25 },
    );
  });

  it.each([
    ["1,204", "1204"],
    ["US$1,001.80", "1001.8"],
    ["₩2,525", "2525"],
    ["(US$4.59)", "-4.59"],
    ["-₩300", "-300"],
    ["0.62001524003048", "0.62001524003048"],
    ["12,34", null],
    ["1.2E+17", null],
    ["1_000", null],
    ["0x1F", null],
    ["< 10%", null],
    [" --", null],
  ])("reads %s as %s", async (cell, value) => {
    expect(readNumber(cell, rule(17))).toBe(value);
    expect(await bySql([cell], numberSql("c", rule(17)))).toEqual([value]);
  });

  it("refuses a fraction where a count belongs", async () => {
    expect(await bySql(["1.5", "12.00", "7"], numberSql("c", rule(0)))).toEqual([null, "12", "7"]);
  });
});

describe("days", () => {
  it("are the same in SQL and here, and only days that exist", async () => {
    const formats = ["iso", "%Y.%m.%d.", "%d %b %Y", "%Y년 %m월 %d일"];
    const part = fc.record({
      y: fc.integer({ min: 1990, max: 2040 }),
      m: fc.integer({ min: 0, max: 13 }),
      d: fc.integer({ min: 0, max: 32 }),
    });
    const two = (value: number) => String(value).padStart(2, "0");
    const cell = part.chain(({ y, m, d }) =>
      fc.constantFrom(
        `${y}-${two(m)}-${two(d)}`,
        `${y}.${two(m)}.${two(d)}.`,
        `Thu, ${d} Feb ${y}`,
        `${y}년 ${m}월 ${d}일 (목)`,
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { minLength: 20, maxLength: 60 }), async (cells) => {
        expect(await bySql(cells, daySql("c", formats))).toEqual(cells.map((each) => readDay(each, formats)));
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    ["March 27, 2026 - April 23, 2026", "2026-03-27", "2026-04-23"],
    ["27 January 2026 - 23 February 2026", "2026-01-27", "2026-02-23"],
    ["2026년 3월 1일 - 2026년 3월 14일", "2026-03-01", "2026-03-14"],
    ["2026.10.01.~2026.10.03.", "2026-10-01", "2026-10-03"],
    ["20241122-20260120", "2024-11-22", "2026-01-20"],
    ["1 Jan 2025-31 Dec 2025", "2025-01-01", "2025-12-31"],
    ["27 janvier 2026 - 23 février 2026", "2026-01-27", "2026-02-23"],
    ["27. Januar 2026 – 2. März 2026", "2026-01-27", "2026-03-02"],
    ["1 de mayo de 2026 - 30 de junho de 2026", "2026-05-01", "2026-06-30"],
    ["15. Mai 2026 - 15 August 2026", "2026-05-15", "2026-08-15"],
  ])("of a period: %s", (text, from, to) => {
    expect(readPeriod(text)).toEqual({ from, to });
  });
});
