import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { BogoError } from "../../transforms/problem.ts";
import { extraction, lines, march, subjectOf } from "../warehouse/facts.ts";
import { type Asked, type Fault, startBigQuery, stopEngine, type TestBigQuery } from "./server.ts";
import { openOn } from "./subject.ts";

let server: TestBigQuery;
let count = 0;
beforeAll(async () => {
  server = await startBigQuery({ page: 2 });
});
afterEach(() => server.fault(null));
afterAll(async () => {
  await server.close();
  await stopEngine();
});

/** The first `times` requests of a kind go wrong. */
function first(times: number, kind: Asked["kind"], fault: Fault) {
  let left = times;
  return (asked: Asked): Fault | null => {
    if (asked.kind !== kind || left === 0) return null;
    left -= 1;
    return fault;
  };
}

const cap = 10 * 2 ** 30;
const patience = { call: 400, pauses: [1, 1, 1] };
const facts = [
  { day: "2026-03-01", campaign: "1", clicks: 1, cost: "10.5" },
  { day: "2026-03-02", campaign: "1", clicks: 2, cost: "20" },
  { day: "2026-03-03", campaign: "2", clicks: 3, cost: "30" },
];
const asWritten = ["2026-03-01 clicks=1 cost=10.5", "2026-03-02 clicks=2 cost=20", "2026-03-03 clicks=3 cost=30"];

async function fresh() {
  count += 1;
  const dataset = `faults_${count}`;
  const subject = subjectOf(await openOn(server, { dataset, patience }));
  return { dataset, subject };
}

const codeOf = (error: unknown): string => (error instanceof BogoError ? error.problems[0]!.code : String(error));

/** What a question or a load ends in. */
const passes: [string, Fault][] = [
  ["403 rateLimitExceeded", { refuse: 403, reason: "rateLimitExceeded" }],
  ["429", { refuse: 429, reason: "rateLimitExceeded" }],
  ["500", { refuse: 500, reason: "internalError" }],
  ["503", { refuse: 503, reason: "backendError" }],
  ["503 although it was done", { refuse: 503, reason: "backendError", done: true }],
  ["a dropped connection", { drop: true }],
  ["a connection dropped after it was done", { drop: true, done: true }],
  ["no answer at all", { hang: true }],
  ["no answer although it was done", { hang: true, done: true }],
];
const ends: [string, Fault, string][] = [
  ["403 quotaExceeded", { refuse: 403, reason: "quotaExceeded" }, "BIGQUERY_QUOTA"],
  ["403 accessDenied", { refuse: 403, reason: "accessDenied" }, "BIGQUERY_DENIED"],
  ["403 billingNotEnabled", { refuse: 403, reason: "billingNotEnabled" }, "BIGQUERY_DENIED"],
  ["400 bytesBilledLimitExceeded", { refuse: 400, reason: "bytesBilledLimitExceeded" }, "BIGQUERY_CAP"],
  ["400 invalid", { refuse: 400, reason: "invalid" }, "BIGQUERY_REFUSED"],
];

describe("a question to BigQuery", () => {
  let dataset: string;
  let subject: ReturnType<typeof subjectOf>;
  beforeAll(async () => {
    ({ dataset, subject } = await fresh());
    await subject.load(extraction(), facts);
  });
  afterAll(() => subject.close());

  it.each(passes)("that meets %s is asked again, under one job id and one cap, and answered", async (_, fault) => {
    server.asked.length = 0;
    server.fault(first(2, "query", fault));
    expect(lines(await subject.warehouse.sums(march()))).toEqual(asWritten);
    const asked = server.asked.filter(({ kind }) => kind === "query");
    expect(asked.length).toBeGreaterThan(1);
    expect(new Set(asked.map(({ jobId }) => jobId)).size).toBe(1);
    expect(asked.every(({ bytesCap, labels }) => bytesCap === String(cap) && labels.client === "test")).toBe(true);
  });

  it.each(ends)("that meets %s is asked once and ends in a problem with its next step", async (_, fault, code) => {
    server.asked.length = 0;
    server.fault(first(99, "query", fault));
    expect(codeOf(await subject.warehouse.sums(march()).catch((error: unknown) => error))).toBe(code);
    expect(server.asked.filter(({ kind }) => kind === "query")).toHaveLength(1);
  });

  it("that BigQuery never answers is given up after its tries", async () => {
    server.fault(first(99, "query", { hang: true }));
    expect(codeOf(await subject.warehouse.sums(march()).catch((error: unknown) => error))).toBe("BIGQUERY_SILENT");
  });

  it("that needs more bytes than the cap is not run", async () => {
    const small = await openOn(server, { dataset, patience, maxBytes: 2 ** 20 });
    expect(codeOf(await small.sums(march()).catch((error: unknown) => error))).toBe("BIGQUERY_CAP");
    await small.close();
  });

  const page = (rows: unknown[], token: string | null) => ({
    answer: {
      jobComplete: true,
      totalRows: "3",
      schema: { fields: [{ name: "source", type: "INTEGER" }] },
      rows,
      ...(token === null ? {} : { pageToken: token }),
    },
  });
  it.each([
    ["an empty last page", page([], null)],
    ["an empty page that names another", page([], "9")],
    ["pages that lead in a circle", page([{ f: [{ v: "1" }] }], "9")],
    ["pages that end too early", page([{ f: [{ v: "1" }] }], null)],
  ])("whose answer has %s is refused, never taken for the whole", async (_, fault) => {
    server.fault(first(99, "results", fault));
    expect(codeOf(await subject.warehouse.sums(march()).catch((error: unknown) => error))).toBe("BIGQUERY_REFUSED");
  });
});

describe("a load into BigQuery", () => {
  it.each(passes)("that meets %s puts its rows in once", async (_, fault) => {
    const { dataset, subject } = await fresh();
    server.fault(first(2, "load", fault));
    expect(await subject.load(extraction(), facts)).toMatchObject({ outcome: "loaded", rows: 3 });
    server.fault(null);
    await subject.close();
    const again = await openOn(server, { dataset });
    expect(lines(await again.sums(march()))).toEqual(asWritten);
    await again.close();
  });

  it.each(ends)("that meets %s ends in a problem, and nothing of it counts", async (_, fault, code) => {
    const { subject } = await fresh();
    const given = extraction();
    server.fault(first(99, "load", fault));
    expect(codeOf(await subject.load(given, facts).catch((error: unknown) => error))).toBe(code);
    server.fault(null);
    expect(await subject.warehouse.sums(march())).toEqual([]);
    expect((await subject.load(given, facts)).outcome).toBe("loaded");
    expect(lines(await subject.warehouse.sums(march()))).toEqual(asWritten);
    await subject.close();
  });

  it("whose table has other columns than the program's is refused, and what was there stays", async () => {
    const { dataset, subject } = await fresh();
    await subject.load(extraction(), facts);
    const [table] = [...server.tables.values()].filter((each) => each.dataset === dataset && each.id !== "live");
    table!.fields = table!.fields.map((field) => (field.name === "cost" ? { ...field, type: "STRING" } : field));
    const failed = subject.load(extraction({ file: "b.csv" }), [{ day: "2026-03-05", campaign: "1", cost: "1" }]);
    expect(codeOf(await failed.catch((error: unknown) => error))).toBe("BIGQUERY_REFUSED");
    expect(await subject.warehouse.coverage(march())).toMatchObject([{ from: "2026-03-01", to: "2026-03-03" }]);
    await subject.close();
  });

  it.each([1, 2, 3])(
    "that dies after %i of its jobs counts whole or not at all, and whole once it is loaded again",
    async (job) => {
      const { dataset, subject } = await fresh();
      await subject.load(extraction({ file: "a.csv", sha256: "a", generatedAt: "2026-03-04" }), facts);
      const newer = extraction({ file: "b.csv", sha256: "b", generatedAt: "2026-03-05" });
      const restated = [{ day: "2026-03-02", campaign: "1", clicks: 5, cost: "50" }];
      let loads = 0;
      server.fault((asked) => {
        if (asked.kind === "load") loads += 1;
        return loads > job || (loads === job && asked.kind !== "load") ? { drop: true } : null;
      });
      await subject.load(newer, restated).catch(() => undefined);
      server.fault(null);
      await subject.close();

      const next = subjectOf(await openOn(server, { dataset }));
      const after = ["2026-03-01 clicks=1 cost=10.5", "2026-03-02 clicks=5 cost=50", "2026-03-03 clicks=3 cost=30"];
      expect(lines(await next.warehouse.sums(march()))).toEqual(job < 3 ? asWritten : after);
      // Another file comes first, under the number that the dead load had.
      await next.load(extraction({ file: "c.csv", sha256: "c" }), [{ day: "2026-03-06", campaign: "1", clicks: 9 }]);
      await next.load(newer, restated);
      expect(lines(await next.warehouse.sums(march()))).toEqual(
        [
          ...after.slice(0, 3),
          "2026-03-04 clicks=0 cost=0",
          "2026-03-05 clicks=0 cost=0",
          "2026-03-06 clicks=9",
        ].filter((line) => !/03-0[45]/.test(line)),
      );
      await next.close();
    },
  );

  it("of another client's data set is refused", async () => {
    const { dataset, subject } = await fresh();
    await subject.load(extraction(), facts);
    await subject.close();
    const other = await openOn(server, { dataset, client: "other" }).catch((error: unknown) => error);
    expect(codeOf(other)).toBe("WAREHOUSE_FOREIGN");
  });
});
