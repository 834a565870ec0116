import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Case, runCase } from "./case.ts";
import { check } from "./check.ts";
import { openReader, type Reader } from "./reading.ts";
import { loadSamples, type Sample } from "./samples.ts";
import { isViolation } from "./summary.ts";

let opened: Awaited<ReturnType<typeof openReader>>;
let samples: Sample[] = [];
beforeAll(async () => {
  opened = await openReader();
  samples = await loadSamples(opened.read);
});
afterAll(() => opened.close());

const run = (index: number, read: Reader = opened.read): Promise<Case> =>
  runCase({ seed: 20261102, index, work: join(opened.work, "case"), samples, read });
const checked = async (bytes: Buffer) => {
  const folder = join(opened.work, "case", "google_ads");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "Campaign report.csv");
  writeFileSync(path, bytes);
  return check({ path, bytes, delimiter: ",", untouched: [], touched: 0 }, opened.read);
};

describe("three hundred changed samples", () => {
  it("are refused or read, every line is told, and every row that no change touched is accepted", async () => {
    const violations: Case[] = [];
    let accepted = 0;
    for (let index = 0; index < 300; index += 1) {
      const found = await run(index);
      accepted += found.accepted;
      if (isViolation(found)) violations.push(found);
    }
    expect(violations).toEqual([]);
    expect(accepted).toBeGreaterThan(300);
  });
});

describe("bytes of chance", () => {
  const head = 'Campaign report\n"March 2, 2026 - March 3, 2026"\nDay,Campaign,Currency code,Impr.,Cost\n';
  const piece = fc.oneof(
    fc.constantFrom('"', ",", "\n", "\r\n", "\r", '""', "\0", "2026-03-02", "USD", "1", "Total: Account", "\uFEFF"),
    fc.string({ unit: "binary", maxLength: 8 }),
  );

  it("never make the reader throw, alone", async () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 600 });
    await fc.assert(
      fc.asyncProperty(bytes, async (each) => {
        expect(await checked(Buffer.from(each))).toMatchObject({ crash: null, unaccounted: 0 });
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("are told line by line below a header that is known", async () => {
    const body = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));
    await fc.assert(
      fc.asyncProperty(body, async (each) => {
        expect(await checked(Buffer.from(head + each))).toMatchObject({ crash: null, unaccounted: 0 });
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

describe("the check itself", () => {
  it.each<[string, (read: Reader) => Reader]>([
    [
      "drops a row",
      (read) => async (path) => ({ ...(await read(path)), accepted: (await read(path)).accepted.slice(1) }),
    ],
    [
      "counts a line too many",
      (read) => async (path) => ({ ...(await read(path)), skipped: (await read(path)).skipped + 1 }),
    ],
    ["refuses without a word", (read) => async (path) => ({ ...(await read(path)), formats: [], problems: [] })],
    ["throws", () => async () => Promise.reject(new Error("planted"))],
  ])("finds a reader that %s", async (_, broken) => {
    const found: boolean[] = [];
    for (let index = 0; index < 20; index += 1) found.push(isViolation(await run(index, broken(opened.read))));
    expect(found.filter(Boolean).length).toBeGreaterThan(5);
  });
});
