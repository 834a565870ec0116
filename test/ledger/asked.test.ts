import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import type { AskedDays } from "../../jobs/ledger/ledger.ts";
import { openLedger } from "../../jobs/ledger/sqlite.ts";

const october: AskedDays = {
  client: "hanbit",
  source: "ppc bigquery:google_ads 123-456-7890",
  part: "google_ads",
  spans: "days",
  edition: "",
  from: "2026-10-01",
  to: "2026-10-31",
  at: "2026-11-01T00:00:00.000Z",
  figures: "f1",
  sha256: "s1",
  path: "google_ads 2026-10-01 – 2026-10-31.csv",
};

it("what BigQuery was asked for is kept once for its days, as it was last, and goes with its client", () => {
  const folder = mkdtempSync(join(tmpdir(), "bogo-ledger-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const ledger = openLedger(join(folder, "ledger.sqlite"));
  onTestFinished(() => ledger.close());
  const again = { ...october, at: "2026-11-02T00:00:00.000Z", figures: "f2", sha256: "s2" };
  const part = { ...october, from: "2026-10-20", at: "2026-11-01T12:00:00.000Z" };
  const other = { ...october, client: "acme" };
  for (const each of [october, part, again, other]) ledger.keepAsked(each);
  expect(ledger.asked("hanbit", october.source)).toEqual([part, again]);
  expect(ledger.asked("hanbit", "ppc bigquery:google_ads 999-999-9999")).toEqual([]);
  ledger.eraseClient("hanbit", null, "2026-11-03T00:00:00.000Z");
  expect(ledger.asked("hanbit", october.source)).toEqual([]);
  expect(ledger.asked("acme", october.source)).toEqual([other]);
});
