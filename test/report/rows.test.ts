import { expect, it } from "vitest";
import { withReported } from "../../transforms/report/rows.ts";

const rates = [{ from: "2026-03-01", to: "2026-03-31", base: "USD", quote: "KRW", rate: "1400" }];
const money = { currency: "KRW", cost_basis: "vat_excluded", vat_rate: "0.1", rates } as const;
const row = (from: string, currency: string, vat: string, cost: string | null) => ({
  from,
  to: from,
  currency,
  vat,
  cost,
  clicks: "1",
});

it("gives raw amounts a twin in the report's money where some row states another, and leaves them be elsewhere", () => {
  const rows = [
    row("2026-03-02", "KRW", "excluded", "1000"),
    row("2026-03-02", "KRW", "included", "1100"),
    row("2026-03-02", "USD", "excluded", "1.5"),
    row("2026-04-02", "USD", "excluded", "1.5"),
    row("2026-03-02", "KRW", "excluded", null),
  ];
  expect(withReported(rows, money).map(({ cost, reported_cost }) => [cost, reported_cost])).toEqual([
    ["1000", "1000"],
    ["1100", "1000"],
    ["1.5", "2100"],
    ["1.5", null],
    [null, null],
  ]);
  expect(withReported(rows.slice(0, 1), money)).toEqual(rows.slice(0, 1));
  expect(withReported([], money)).toEqual([]);
});
