import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays } from "../../transforms/period.ts";
import { collect, extraction, march, subjectOf } from "../warehouse/facts.ts";
import { startBigQuery, stopEngine, type TestBigQuery } from "./server.ts";
import { openOn } from "./subject.ts";

let server: TestBigQuery;
beforeAll(async () => {
  server = await startBigQuery();
});
afterAll(async () => {
  await server.close();
  await stopEngine();
});

/** What the questions of a week's report read, with so many days of history. */
async function bytesOfReport(days: number): Promise<{ bytes: number; statements: string[] }> {
  const subject = subjectOf(await openOn(server, { dataset: `history_${days}` }));
  const last = "2026-03-07";
  const facts = Array.from({ length: days }, (_, at) => ({
    day: addDays(last, -at),
    campaign: "brand",
    clicks: 3,
    cost: "1.5",
  }));
  await subject.load(extraction({ declared: { from: addDays(last, 1 - days), to: last } }), facts);
  await subject.load(
    extraction({ kind: "window", cut: [], metrics: ["users"], declared: { from: "2026-03-01", to: last } }),
    [{ users: 5 }],
  );
  server.asked.length = 0;
  server.bytesRead();
  const { warehouse } = subject;
  await warehouse.sums(march());
  await warehouse.parts({ ...march(), by: ["campaign"], windows: "overlapping" });
  await collect(warehouse.rows(march()));
  const statements = server.asked.flatMap(({ kind, sql }) => (kind === "query" && sql ? [sql] : []));
  const bytes = server.bytesRead();
  await subject.close();
  return { bytes, statements };
}

describe("what a report reads in BigQuery", () => {
  it("does not grow with history: each statement names its days as constants, by which partitions are left unread", async () => {
    const [short, long] = [await bytesOfReport(10), await bytesOfReport(400)];
    expect(long.bytes).toBe(short.bytes);
    expect(long.bytes).toBeGreaterThan(0);
    expect(long.statements).toHaveLength(short.statements.length);
    for (const sql of long.statements) {
      const mentions = sql.split(/FROM facts_\w+/).slice(1);
      expect(mentions.length).toBeGreaterThan(0);
      for (const after of mentions) {
        expect(after).toMatch(
          /^ WHERE (day BETWEEN DATE '2026-03-01' AND DATE '2026-03-07'|day IS NULL) AND platform IN \(/,
        );
      }
    }
  });
});
