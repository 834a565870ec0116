import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { RawRow, SumRow } from "../../jobs/warehouse/warehouse.ts";
import type { MetricId } from "../../transforms/metrics.ts";
import { collect, extraction, type Fact, march, type Subject } from "./facts.ts";
import { modelSums } from "./model.ts";

const days = ["2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05"];
const asked: readonly MetricId[] = ["clicks", "cost", "likes"];
const ask = march({ from: days[0], to: days[4], channels: ["ppc", "social"], metrics: asked });

/** The tables that random exports come as: two cuts of the same campaigns, an undivided one, and posts. */
const shapes = [
  { format: "campaign", cut: ["campaign"], rank: 1, kind: "daily", metrics: ["clicks", "cost"] },
  { format: "campaign", cut: ["campaign"], rank: 1, kind: "daily", metrics: ["clicks"] },
  { format: "device", cut: ["campaign", "device"], rank: 2, kind: "daily", metrics: ["clicks", "cost"] },
  { format: "cost", cut: [], rank: 1, kind: "daily", metrics: ["cost"] },
  { format: "posts", cut: ["post"], rank: 3, kind: "snapshot", metrics: ["likes", "clicks"] },
] as const;

const value = fc.integer({ min: 0, max: 99 });
const row = fc.record({
  day: fc.constantFrom(...days),
  entity: fc.constantFrom("a", "b"),
  device: fc.constantFrom("m", "d"),
  clicks: fc.option(value),
  cost: fc.option(value.map((cents) => (cents / 100).toFixed(2))),
});

/** Random exports, each made at an instant of its own, after the days it may cover. */
const exports = fc
  .array(
    fc.record({
      shape: fc.constantFrom(...shapes),
      rows: fc.uniqueArray(row, { maxLength: 5, selector: ({ day, entity, device }) => `${day} ${entity} ${device}` }),
      declared: fc.option(
        fc.tuple(fc.nat(4), fc.nat(4)).map(([a, b]) => ({ from: days[Math.min(a, b)]!, to: days[Math.max(a, b)]! })),
      ),
      asOf: fc.nat(2),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((list) => list.map((each, index) => exportOf(each, index)));

type Given = { extraction: ReturnType<typeof extraction>; facts: Fact[] };

function exportOf(
  {
    shape,
    rows,
    declared,
    asOf,
  }: {
    shape: (typeof shapes)[number];
    rows: { day: string; entity: string; device: string; clicks: number | null; cost: string | null }[];
    declared: { from: string; to: string } | null;
    asOf: number;
  },
  index: number,
): Given {
  const cut: readonly string[] = shape.cut;
  const holds: readonly string[] = shape.metrics;
  const seen = new Set<string>();
  const facts = rows.flatMap(({ day, entity, device, clicks, cost }): Fact[] => {
    const fact: Fact = {
      day: cut.includes("post") ? days[entity === "a" ? 1 : 3] : day,
      ...(cut.includes("campaign") && { campaign: entity }),
      ...(cut.includes("device") && { device }),
      ...(cut.includes("post") && { post: entity, post_name: `post ${entity}` }),
    };
    const key = JSON.stringify(fact);
    if (seen.has(key)) return [];
    seen.add(key);
    const values = { clicks, cost, likes: clicks };
    return [{ ...fact, ...Object.fromEntries(Object.entries(values).filter(([id]) => holds.includes(id))) }];
  });
  return {
    extraction: extraction({
      ...shape,
      channel: shape.kind === "snapshot" ? "social" : "ppc",
      declared,
      generatedAt: `2026-03-${shape.kind === "snapshot" ? 10 + asOf : 10}T00:00:${String(index).padStart(2, "0")}Z`,
      sha256: `law-${index}`,
      file: `law-${index}.csv`,
    }),
    facts,
  };
}

const plain = (rows: readonly SumRow[]) =>
  rows
    .flatMap(({ from, asOf, latest, values }) =>
      Object.entries(values).map(([id, each]) => `${from} ${asOf ?? "-"} ${latest} ${id}=${each}`),
    )
    .toSorted();

/**
 * What holds for every set of exports, checked against a naive model and against other orders of loading. Each set is
 * an account of its own in one warehouse, so that sets which influenced each other would show. `runs` is how many sets.
 */
export function describesLaws(open: () => Promise<Subject>, { runs = 40 }: { runs?: number } = {}): void {
  let subject: Subject;
  let accounts = 0;
  beforeAll(async () => {
    subject = await open();
  });
  afterAll(() => subject.close());

  const load = async (given: readonly Given[]) => {
    accounts += 1;
    const account = `account-${accounts}`;
    for (const each of given) await subject.load({ ...each.extraction, account }, each.facts);
    const only = { ...ask, only: { account } };
    const own = <T extends { account: string }>(rows: T[]) =>
      rows.filter((row) => row.account === account).map((row) => ({ ...row, account: "" }));
    const { warehouse } = subject;
    return {
      sums: async () => own(await warehouse.sums(only)),
      parts: async () => own(await warehouse.parts({ ...only, by: ["campaign"], windows: "exact" })),
      coverage: async () => own(await warehouse.coverage(ask)),
      files: async () => own(await warehouse.files(ask)),
      rows: async () =>
        own((await collect(warehouse.rows(only))).map((row) => ({ ...row, account: row.account ?? "" }))),
    };
  };

  it("gives the sums of a naive model: per day and metric one cut, per stream and day the newest export", async () => {
    await fc.assert(
      fc.asyncProperty(exports, async (given) => {
        const held = await load(given);
        expect(plain(await held.sums())).toEqual(modelSums(given, ask).toSorted());
      }),
      { numRuns: runs },
    );
  });

  it("holds the same whatever order exports load in, and however often", async () => {
    const orders = exports.chain((given) =>
      fc.tuple(fc.constant(given), fc.shuffledSubarray([...given, ...given], { minLength: given.length * 2 })),
    );
    await fc.assert(
      fc.asyncProperty(orders, async ([given, shuffled]) => {
        const [one, two] = [await load(given), await load(shuffled)];
        expect(await two.sums()).toEqual(await one.sums());
        expect(await two.parts()).toEqual(await one.parts());
        expect(texts(await two.coverage())).toEqual(texts(await one.coverage()));
        expect(texts(await two.files())).toEqual(texts(await one.files()));
      }),
      { numRuns: runs / 2 },
    );
  });

  it("lists rows whose columns add up to the totals", async () => {
    await fc.assert(
      fc.asyncProperty(exports, async (given) => {
        const held = await load(given);
        const rows = await held.rows();
        const sums = (await held.sums()).filter(({ latest }) => latest);
        for (const id of asked) {
          const cents = (cells: (string | null | undefined)[]) =>
            cells.reduce((sum, cell) => sum + Math.round(Number(cell ?? 0) * 100), 0);
          expect(cents(rows.map((each) => (each as RawRow)[id]))).toBe(cents(sums.map(({ values }) => values[id])));
        }
      }),
      { numRuns: runs / 2 },
    );
  });
}

const texts = (rows: readonly object[]): string[] => rows.map((row) => JSON.stringify(row)).toSorted();
