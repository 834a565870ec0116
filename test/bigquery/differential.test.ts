import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDuckDb } from "../../jobs/warehouse/duckdb.ts";
import type { Ask, Warehouse } from "../../jobs/warehouse/warehouse.ts";
import { type DimensionId, dimensions, type MetricId, metrics } from "../../transforms/metrics.ts";
import { collect, extraction, type Fact, type Subject, subjectOf } from "../warehouse/facts.ts";
import { startBigQuery, stopEngine, type TestBigQuery } from "./server.ts";
import { openOn } from "./subject.ts";

// The same random exports in both engines, and every kind of question that the program asks: the answers are equal.

let server: TestBigQuery;
beforeAll(async () => {
  server = await startBigQuery({ page: 7 });
});
afterAll(async () => {
  await server.close();
  await stopEngine();
});

const days = ["2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02", "2026-03-03"];
const shapes = [
  {
    format: "campaign",
    cut: ["campaign"],
    rank: 1,
    kind: "daily",
    metrics: ["clicks", "cost", "conversions", "reach"],
  },
  { format: "device", cut: ["campaign", "device"], rank: 2, kind: "daily", metrics: ["clicks", "cost"] },
  { format: "query", cut: ["query"], rank: null, kind: "daily", metrics: ["clicks", "position_weight"] },
  { format: "account", cut: [], rank: 3, kind: "daily", metrics: ["reach", "followers", "cost"] },
  { format: "window", cut: ["device"], rank: 4, kind: "window", metrics: ["clicks", "users"] },
  { format: "posts", cut: ["post"], rank: 1, kind: "snapshot", metrics: ["likes", "views", "reach"] },
  { format: "country", cut: ["country", "weekday"], rank: 5, kind: "daily", metrics: ["clicks", "engagement_seconds"] },
] as const;

/** Names that engines are apt to read, order, match or print in ways of their own. */
const names = [
  "a",
  "B",
  "가을 신상",
  "it's",
  'say "hi"',
  "a.b*c?",
  "back\\slash",
  "line\nbreak",
  "뷁😀",
  "",
  " a",
  "%_",
  "$1",
];
const amounts = ["0", "0.1", "-12.5", "99999999999.123456", "0.00000000000000001", "1234567.89", "3"];

const facts = fc.uniqueArray(
  fc.record({
    day: fc.nat(days.length - 1),
    name: fc.nat(names.length - 1),
    device: fc.constantFrom("mobile", "desktop"),
    count: fc.option(fc.constantFrom("0", "7", "9007199254740993"), { freq: 5 }),
    amount: fc.option(fc.constantFrom(...amounts), { freq: 5 }),
  }),
  { minLength: 1, maxLength: 8, selector: ({ day, name, device }) => `${day} ${name} ${device}` },
);
const exports = fc.array(
  fc.record({ shape: fc.nat(shapes.length - 1), facts, made: fc.nat(3), declared: fc.boolean() }),
  { minLength: 3, maxLength: 7 },
);

type Given = { shape: number; facts: Row[]; made: number; declared: boolean };
type Row = { day: number; name: number; device: string; count: string | null; amount: string | null };

function factsOf({ shape: at, facts: rows }: Given): Fact[] {
  const shape = shapes[at]!;
  const seen = new Set<string>();
  return rows.flatMap((row): Fact[] => {
    const name = names[row.name]!;
    const parts = shape.cut.flatMap((id: DimensionId): [string, string][] => {
      if (id === "device") return [[id, row.device]];
      if (id === "weekday") return [[id, "monday"]];
      if (id === "country") return [[id, name.slice(0, 2)]];
      return "entity" in dimensions[id]
        ? [
            [id, `${row.name}`],
            [`${id}_name`, name],
          ]
        : [[id, name]];
    });
    const fact = {
      ...(shape.kind === "window" ? {} : { day: days[shape.kind === "snapshot" ? row.name % 5 : row.day]! }),
      ...Object.fromEntries(parts),
    };
    const key = JSON.stringify(fact);
    if (seen.has(key)) return [];
    seen.add(key);
    const whole = (id: MetricId) => metrics[id].scale === 0;
    const narrow = (id: MetricId) => (metrics[id].scale === 6 && row.amount ? row.amount.slice(0, 12) : row.amount);
    return [
      { ...fact, ...Object.fromEntries(shape.metrics.map((id: MetricId) => [id, whole(id) ? row.count : narrow(id)])) },
    ];
  });
}

async function loadInto(subject: Subject, given: readonly Given[]): Promise<void> {
  for (const [index, each] of given.entries()) {
    const shape = shapes[each.shape]!;
    const whole = { from: days[0]!, to: days[4]! };
    const about = extraction({
      ...shape,
      channel: shape.kind === "snapshot" ? "social" : "ppc",
      declared: shape.kind === "window" || each.declared ? whole : null,
      generatedAt: `2026-03-0${4 + each.made}T00:00:0${index}Z`,
      sha256: `random-${index}`,
      file: `random-${index}.csv`,
      currency: index % 3 === 0 ? "USD" : "KRW",
    });
    await subject.load(about, factsOf(each));
  }
}

/** Every kind of question, with each way of cutting, narrowing and ordering. */
function questions(warehouse: Warehouse): [string, () => Promise<unknown>][] {
  const march: Ask = {
    from: days[1]!,
    to: days[3]!,
    channels: ["ppc", "social"],
    metrics: ["clicks", "cost", "conversions"],
  };
  const all: Ask = {
    ...march,
    from: days[0]!,
    to: days[4]!,
    metrics: ["reach", "followers", "likes", "users", "position_weight", "engagement_seconds"],
  };
  const narrowings: Ask["only"][] = [
    { campaign: "a*" },
    { campaign: "*?신상" },
    { campaign: 'say "hi"' },
    { query: "a.b[*]c?" },
    { query: "*\\*" },
    { post: "*" },
    { account: "123-*" },
    { device: "mobile", campaign: "*" },
  ];
  const cuts = [
    [],
    ["campaign"],
    ["device"],
    ["campaign", "device"],
    ["query"],
    ["post"],
    ["weekday"],
    ["platform"],
    ["account", "campaign"],
    ["country", "weekday"],
  ] as const;
  return [
    ...[march, all].map((ask): [string, () => Promise<unknown>] => ["sums", () => warehouse.sums(ask)]),
    ...narrowings.map((only): [string, () => Promise<unknown>] => [
      "sums narrowed",
      () => warehouse.sums({ ...march, only }),
    ]),
    ...cuts.flatMap((by): [string, () => Promise<unknown>][] => [
      ["parts", () => warehouse.parts({ ...march, by, windows: "overlapping" })],
      ["parts by the last", () => warehouse.parts({ ...all, by, windows: "exact", order: "likes", limit: 3 })],
    ]),
    ["rows", () => collect(warehouse.rows(march))],
    ["rows of all", () => collect(warehouse.rows({ ...all, only: { post: "*" } }))],
    ["trace", () => warehouse.trace({ ...march, metrics: ["clicks", "cost", "likes", "views"] })],
    ["trace narrowed", () => warehouse.trace({ ...march, only: { campaign: "*a*" } })],
    ["tidy posts", () => collect(warehouse.tidy({ ...all, kind: "snapshot", cut: ["post"] }))],
    ["tidy campaigns", () => collect(warehouse.tidy({ ...march, kind: "daily", cut: ["campaign"] }))],
    ["files", () => warehouse.files(all)],
    ["coverage", () => warehouse.coverage(all)],
    ["brought", () => warehouse.brought()],
    [
      "known",
      async () => [...(await warehouse.known())].map(([key, accounts]) => [key, [...accounts]].flat()).toSorted(),
    ],
  ];
}

describe("every question that the program asks", () => {
  it("has the same answer from DuckDB and from BigQuery's own SQL engine, over random tables", async () => {
    let tables = 0;
    let compared = 0;
    const before = server.asked.length;
    await fc.assert(
      fc.asyncProperty(exports, async (given) => {
        tables += 1;
        const duckdb = subjectOf(await openDuckDb(":memory:"));
        const bigquery = subjectOf(await openOn(server, { dataset: `random_${tables}` }));
        try {
          await loadInto(duckdb, given);
          await loadInto(bigquery, given);
          const others = questions(bigquery.warehouse);
          for (const [index, [name, ask]] of questions(duckdb.warehouse).entries()) {
            const [one, other] = [await ask(), await others[index]![1]()];
            compared += 1;
            expect(other, name).toEqual(one);
          }
        } finally {
          await duckdb.close();
          await bigquery.close();
        }
      }),
      { numRuns: Number(process.env.BOGO_TABLES ?? 2), endOnFailure: true },
    );
    const statements = server.asked.slice(before).filter(({ kind }) => kind === "query").length;
    process.stdout.write(
      `${tables} sets of tables × ${compared / tables} questions compared, ${statements} statements, 0 different\n`,
    );
  }, 600_000);
});
