import { afterEach, describe, expect, it } from "vitest";
import type { Ask } from "../../jobs/warehouse/warehouse.ts";
import type { MetricId } from "../../transforms/metrics.ts";
import { describesLosses } from "./contract-losses.ts";
import { describesParts } from "./contract-parts.ts";
import { describesSnapshots } from "./contract-snapshots.ts";
import { describesTidy } from "./contract-tidy.ts";
import { extraction, lines, march, type Subject } from "./facts.ts";

/**
 * What every warehouse does, whatever engine it runs on: `open` gives an empty one each time. `describesLaws` has the
 * rest of the contract, the laws over random exports.
 */
export function describesWarehouse(open: () => Promise<Subject>): void {
  const subjects: Subject[] = [];
  const fresh = async () => {
    const subject = await open();
    subjects.push(subject);
    return subject;
  };
  afterEach(async () => {
    for (const subject of subjects.splice(0)) await subject.close();
  });

  describe("load", () => describesLoad(fresh));
  describe("a guarded load", () => describesLosses(fresh));
  describe("sums", () => describesSums(fresh));
  describe("parts and rows", () => describesParts(fresh));
  describe("snapshots", () => describesSnapshots(fresh));
  describe("tidy rows", () => describesTidy(fresh));
}

function describesLoad(open: () => Promise<Subject>): void {
  it("takes the later export's figures where two overlap, whichever is loaded first", async () => {
    const older = extraction({ generatedAt: "2026-03-03T09:00:00+09:00" });
    const newer = extraction({ generatedAt: "2026-03-04T09:00:00+09:00" });
    const olderRows = [
      { day: "2026-03-01", campaign: "1", clicks: 1, cost: "10" },
      { day: "2026-03-02", campaign: "1", clicks: 2, cost: "20" },
    ];
    const newerRows = [
      { day: "2026-03-02", campaign: "1", clicks: 3, cost: "30" },
      { day: "2026-03-03", campaign: "1", clicks: 4, cost: "40" },
    ];
    const expected = ["2026-03-01 clicks=1 cost=10", "2026-03-02 clicks=3 cost=30", "2026-03-03 clicks=4 cost=40"];

    const one = await open();
    await one.load(older, olderRows);
    await one.load(newer, newerRows);
    expect(lines(await one.warehouse.sums(march()))).toEqual(expected);

    const two = await open();
    await two.load(newer, newerRows);
    await two.load(older, olderRows);
    expect(lines(await two.warehouse.sums(march()))).toEqual(expected);
  });

  it("drops what a newer export no longer lists on a day that it covers", async () => {
    const { load, warehouse } = await open();
    await load(extraction({ generatedAt: "2026-03-02" }), [
      { day: "2026-03-01", campaign: "1", clicks: 1 },
      { day: "2026-03-01", campaign: "ghost", clicks: 100 },
    ]);
    await load(extraction({ generatedAt: "2026-03-03" }), [{ day: "2026-03-01", campaign: "1", clicks: 2 }]);
    expect(lines(await warehouse.sums(march()))).toEqual(["2026-03-01 clicks=2"]);
  });

  it("changes nothing when the same table of the same file comes again", async () => {
    const { load, warehouse } = await open();
    const given = extraction();
    const first = await load(given, [{ day: "2026-03-01", campaign: "1", clicks: 1, cost: "0.1" }]);
    const before = await warehouse.files(march());
    const again = await load(given, [{ day: "2026-03-01", campaign: "1", clicks: 999, cost: "9" }]);
    expect(again).toEqual({ ...first, outcome: "same" });
    expect(await warehouse.files(march())).toEqual(before);
    expect(lines(await warehouse.sums(march()))).toEqual(["2026-03-01 clicks=1 cost=0.1"]);
  });

  it("takes a declared day without rows for a true zero, but not where a rejected line may have been that day's", async () => {
    const declared = { from: "2026-03-01", to: "2026-03-03" };
    const facts = [
      { day: "2026-03-01", campaign: "1", clicks: 1, cost: "10" },
      { day: "2026-03-03", campaign: "1", clicks: 3, cost: "30" },
    ];
    const whole = await open();
    await whole.load(extraction({ declared }), facts);
    expect(lines(await whole.warehouse.sums(march()))).toContain("2026-03-02 clicks=0 cost=0");
    const torn = await open();
    await torn.load(extraction({ declared }), facts, { rejected: 1 });
    expect(lines(await torn.warehouse.sums(march()))).toEqual([
      "2026-03-01 clicks=1 cost=10",
      "2026-03-03 clicks=3 cost=30",
    ]);
    const covered = await torn.warehouse.coverage(march());
    expect(covered.map(({ from, to }) => [from, to])).toEqual([
      ["2026-03-01", "2026-03-01"],
      ["2026-03-03", "2026-03-03"],
    ]);
  });

  it("tells what was ever brought, run by run, superseded or not", async () => {
    const { load, warehouse } = await open();
    const declared = { from: "2026-03-01", to: "2026-03-03" };
    await load(extraction({ declared, sha256: "a", file: "a.csv" }), [{ day: "2026-03-01", campaign: "1", clicks: 1 }]);
    const torn = [
      { day: "2026-03-01", campaign: "1", clicks: 1 },
      { day: "2026-03-03", campaign: "1", clicks: 3 },
    ];
    await load(extraction({ sha256: "b", file: "b.csv", generatedAt: "2026-03-04" }), torn, { rejected: 1 });
    const brought = await warehouse.brought();
    expect(brought.map(({ file, from, to, declared: states }) => [file, from, to, states])).toEqual([
      ["a.csv", "2026-03-01", "2026-03-03", true],
      ["b.csv", "2026-03-01", "2026-03-01", false],
      ["b.csv", "2026-03-03", "2026-03-03", false],
    ]);
    expect(brought[0]).toMatchObject({ channel: "ppc", kind: "daily", sha256: "a", filters: {} });
  });

  it("loads another table of the same file, and the same file for another account", async () => {
    const { load } = await open();
    const given = extraction();
    const facts = [{ day: "2026-03-01", campaign: "1", clicks: 1 }];
    const outcomes = [
      await load(given, facts),
      await load({ ...given, table: 1, format: "google_ads.other" }, facts),
      await load({ ...given, account: "999-999-9999" }, facts),
    ];
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(["loaded", "loaded", "loaded"]);
  });

  it("leaves everything as it was when filling fails half-way", async () => {
    const { load, warehouse } = await open();
    await load(extraction({ generatedAt: "2026-03-02" }), [{ day: "2026-03-01", campaign: "1", clicks: 1 }]);
    const before = [await warehouse.sums(march()), await warehouse.files(march())];
    const broken = [{ day: "2026-03-01", campaign: "1", clicks: 2 }, { day: "not a day" }];
    await expect(load(extraction({ generatedAt: "2026-03-03" }), broken)).rejects.toThrow();
    expect([await warehouse.sums(march()), await warehouse.files(march())]).toEqual(before);
    const next = await load(extraction({ generatedAt: "2026-03-03" }), [
      { day: "2026-03-01", campaign: "1", clicks: 3 },
    ]);
    expect(next.outcome).toBe("loaded");
    expect(lines(await warehouse.sums(march()))).toEqual(["2026-03-01 clicks=3"]);
  });

  it("tells age by the last covered day where no file says when it was made, then by what was seen last", async () => {
    const { load, warehouse } = await open();
    await load(extraction(), [
      { day: "2026-03-01", campaign: "1", clicks: 1 },
      { day: "2026-03-03", campaign: "1", clicks: 1 },
    ]);
    await load(extraction(), [
      { day: "2026-03-01", campaign: "1", clicks: 5 },
      { day: "2026-03-02", campaign: "1", clicks: 5 },
    ]);
    expect(lines(await warehouse.sums(march()))).toEqual([
      "2026-03-01 clicks=1",
      "2026-03-02 clicks=0 cost=0",
      "2026-03-03 clicks=1",
    ]);
    await load(extraction(), [{ day: "2026-03-03", campaign: "1", clicks: 7 }]);
    expect(lines(await warehouse.sums(march()))).toContain("2026-03-03 clicks=7");
  });

  it("counts the rows that a newer file took over", async () => {
    const { load, warehouse } = await open();
    await load(extraction({ file: "a.csv", generatedAt: "2026-03-03" }), [
      { day: "2026-03-01", campaign: "1", clicks: 1 },
      { day: "2026-03-02", campaign: "1", clicks: 1 },
      { day: "2026-03-02", campaign: "2", clicks: 1 },
    ]);
    await load(extraction({ file: "b.csv", generatedAt: "2026-03-04" }), [
      { day: "2026-03-02", campaign: "1", clicks: 2 },
    ]);
    const files = await warehouse.files(march());
    expect(files.map(({ file, rows, superseded, from, to }) => [file, rows, superseded, from, to])).toEqual([
      ["a.csv", 3, 2, "2026-03-01", "2026-03-02"],
      ["b.csv", 1, 0, "2026-03-02", "2026-03-02"],
    ]);
    expect(files[0]?.skipped).toEqual({ preamble: 1 });
  });

  it("keeps a row outside the declared days, and claims no day after the file was made", async () => {
    const { load, warehouse } = await open();
    const declared = { from: "2026-03-02", to: "2026-03-31" };
    await load(extraction({ declared, generatedAt: "2026-03-04T10:00:00Z", metrics: ["clicks"] }), [
      { day: "2026-03-01", campaign: "1", clicks: 9 },
      { day: "2026-03-03", campaign: "1", clicks: 1 },
    ]);
    expect(lines(await warehouse.sums(march({ metrics: ["clicks"] })))).toEqual([
      "2026-03-01 clicks=9",
      "2026-03-02 clicks=0",
      "2026-03-03 clicks=1",
      "2026-03-04 clicks=0",
    ]);
  });
}

function describesSums(open: () => Promise<Subject>): void {
  it("counts days of an empty export as covered: a true zero, not a missing day", async () => {
    const { load, warehouse } = await open();
    const loaded = await load(extraction({ declared: { from: "2026-03-01", to: "2026-03-02" } }), []);
    expect(loaded).toMatchObject({ outcome: "empty", rows: 0, from: "2026-03-01", to: "2026-03-02" });
    await load(extraction(), [{ day: "2026-03-04", campaign: "1", clicks: 1, cost: "5" }]);
    expect(lines(await warehouse.sums(march()))).toEqual([
      "2026-03-01 clicks=0 cost=0",
      "2026-03-02 clicks=0 cost=0",
      "2026-03-04 clicks=1 cost=5",
    ]);
    const covered = await warehouse.coverage(march());
    expect(covered.map(({ from, to }) => [from, to])).toEqual([
      ["2026-03-01", "2026-03-02"],
      ["2026-03-04", "2026-03-04"],
    ]);
  });

  it("leaves out a metric that no row holds: unknown, not 0", async () => {
    const { load, warehouse } = await open();
    await load(extraction({ metrics: ["clicks", "cost", "conversions"] }), [
      { day: "2026-03-01", campaign: "1", clicks: 1, cost: "2", conversions: null },
    ]);
    const [row] = await warehouse.sums(march({ metrics: ["clicks", "cost", "conversions", "leads"] }));
    expect(row?.values).toEqual({ clicks: "1", cost: "2" });
  });

  it("takes each metric from the best ranked cut that holds it, and adds no two cuts", async () => {
    const { load, warehouse } = await open();
    await load(extraction({ cut: ["campaign", "device"], rank: 2, metrics: ["clicks", "cost", "conversions"] }), [
      { day: "2026-03-01", campaign: "1", device: "mobile", clicks: 4, cost: "40", conversions: "1.5" },
      { day: "2026-03-01", campaign: "1", device: "desktop", clicks: 6, cost: "60", conversions: "0.25" },
      { day: "2026-03-02", campaign: "1", device: "desktop", clicks: 1, cost: "1", conversions: "0" },
    ]);
    await load(extraction({ cut: ["campaign"], rank: 1, metrics: ["clicks", "cost"] }), [
      { day: "2026-03-01", campaign: "1", clicks: 11, cost: "110" },
    ]);
    await load(extraction({ cut: ["keyword"], rank: null, metrics: ["clicks", "cost"] }), [
      { day: "2026-03-03", keyword: "shoes", clicks: 500, cost: "1" },
    ]);
    expect(lines(await warehouse.sums(march({ metrics: ["clicks", "cost", "conversions"] })))).toEqual([
      "2026-03-01 clicks=11 cost=110 conversions=1.75",
      "2026-03-02 clicks=1 cost=1 conversions=0",
    ]);
  });

  it("keeps all metrics of a platform that exports one file a metric", async () => {
    const { load, warehouse } = await open();
    const page = { channel: "social", platform: "facebook_page", cut: [], currency: null, vat: null } as const;
    const each: [MetricId, number][] = [
      ["views", 120],
      ["link_clicks", 7],
      ["followers", 5310],
      ["reach", 90],
    ];
    for (const [metric, value] of each) {
      await load(extraction({ ...page, metrics: [metric] }), [{ day: "2026-03-01", ...{ [metric]: value } }]);
    }
    const rows = await warehouse.sums(march({ channels: ["social"], metrics: each.map(([metric]) => metric) }));
    expect(lines(rows)).toEqual(["2026-03-01 views=120 link_clicks=7 followers=5310 reach=90"]);
  });

  it("never adds people: they come from an undivided cut or a single row, or not at all", async () => {
    const { load, warehouse } = await open();
    const meta = { platform: "meta_ads", metrics: ["impressions", "reach"] } as const;
    await load(extraction({ ...meta, cut: ["campaign"], rank: 1 }), [
      { day: "2026-03-01", campaign: "1", impressions: 10, reach: 8 },
      { day: "2026-03-01", campaign: "2", impressions: 10, reach: 9 },
      { day: "2026-03-02", campaign: "1", impressions: 10, reach: 7 },
      { day: "2026-03-03", campaign: "1", impressions: 10, reach: 6 },
      { day: "2026-03-03", campaign: "2", impressions: 10 },
    ]);
    await load(extraction({ ...meta, cut: [], rank: 2 }), [{ day: "2026-03-03", impressions: 19, reach: 11 }]);
    const asked = march({ metrics: ["impressions", "reach"] });
    expect(lines(await warehouse.sums(asked))).toEqual([
      "2026-03-01 impressions=20",
      "2026-03-02 impressions=10 reach=7",
      "2026-03-03 impressions=20 reach=11",
    ]);
    expect(lines(await warehouse.sums({ ...asked, only: { campaign: "1" } }))).toContain(
      "2026-03-01 impressions=10 reach=8",
    );
  });

  it("gives windows under their own dates, each owned exactly, and never spreads them", async () => {
    const { load, warehouse } = await open();
    const window = { kind: "window", metrics: ["clicks", "users"], cut: [] } as const;
    const month = { from: "2026-03-01", to: "2026-03-31" };
    await load(extraction({ ...window, declared: month, generatedAt: "2026-04-01" }), [{ clicks: 100, users: 50 }]);
    await load(extraction({ ...window, declared: month, generatedAt: "2026-04-02" }), [{ clicks: 101, users: 51 }]);
    await load(extraction({ ...window, declared: { from: "2026-03-01", to: "2026-03-07" } }), [
      { clicks: 20, users: 15 },
    ]);
    await load(extraction({ ...window, declared: { from: "2026-02-01", to: "2026-02-28" } }), [
      { clicks: 3, users: 3 },
    ]);
    expect(lines(await warehouse.sums(march({ metrics: ["clicks", "users"] })))).toEqual([
      "2026-03-01/2026-03-07 clicks=20 users=15",
      "2026-03-01/2026-03-31 clicks=101 users=51",
    ]);
  });

  it("keeps currencies and VAT bases in rows of their own", async () => {
    const { load, warehouse } = await open();
    await load(extraction({ vat: "included" }), [{ day: "2026-03-01", campaign: "1", cost: "110" }]);
    await load(extraction({ vat: "excluded" }), [{ day: "2026-03-02", campaign: "1", cost: "100" }]);
    await load(extraction({ platform: "meta_ads", currency: "USD" }), [
      { day: "2026-03-01", campaign: "1", cost: "3.33" },
    ]);
    const rows = await warehouse.sums(march({ metrics: ["cost"] }));
    expect(
      rows.map(({ platform, currency, vat, from, values }) => [platform, currency, vat, from, values.cost]),
    ).toEqual([
      ["google_ads", "KRW", "excluded", "2026-03-02", "100"],
      ["google_ads", "KRW", "included", "2026-03-01", "110"],
      ["meta_ads", "USD", "excluded", "2026-03-01", "3.33"],
    ]);
  });

  it("adds exactly, to the last of seventeen digits", async () => {
    const { load, warehouse } = await open();
    await load(extraction({ metrics: ["cost"] }), [
      { day: "2026-03-01", campaign: "1", cost: "0.1" },
      { day: "2026-03-01", campaign: "2", cost: "0.2" },
      { day: "2026-03-01", campaign: "3", cost: "12345678901234.00000000000000001" },
    ]);
    expect(lines(await warehouse.sums(march({ metrics: ["cost"] })))).toEqual([
      "2026-03-01 cost=12345678901234.30000000000000001",
    ]);
  });

  it("narrows by name, account and platform, and a cut without the dimension does not answer", async () => {
    const { load, warehouse } = await open();
    await load(extraction({ cut: [], rank: 1, metrics: ["clicks"] }), [{ day: "2026-03-01", clicks: 100 }]);
    await load(extraction({ rank: 2, metrics: ["clicks"] }), [
      { day: "2026-03-01", campaign: "1", campaign_name: "A_봄 세일", clicks: 4 },
      { day: "2026-03-01", campaign: "2", campaign_name: "a_봄", clicks: 8 },
      { day: "2026-03-01", campaign: "3", campaign_name: "AX", clicks: 16 },
    ]);
    const clicks = async (only: Ask["only"]) => lines(await warehouse.sums(march({ metrics: ["clicks"], only })));
    expect(await clicks({})).toEqual(["2026-03-01 clicks=100"]);
    expect(await clicks({ campaign: "A_*" })).toEqual(["2026-03-01 clicks=4"]);
    expect(await clicks({ campaign: "?_봄*" })).toEqual(["2026-03-01 clicks=12"]);
    expect(await clicks({ campaign: "없음" })).toEqual(["2026-03-01 clicks=0"]);
    expect(await clicks({ campaign: "'; DROP TABLE facts; --" })).toEqual(["2026-03-01 clicks=0"]);
    expect(await clicks({ device: "mobile" })).toEqual([]);
    expect(await clicks({ account: "123-*" })).toEqual(["2026-03-01 clicks=100"]);
    expect(await clicks({ platform: "meta_*" })).toEqual([]);
  });

  it("uses a filtered export only where exactly its filter is asked for", async () => {
    const { load, warehouse } = await open();
    await load(extraction({ cut: [], filters: { page: "*/blog/*" }, rank: null, metrics: ["clicks"] }), [
      { day: "2026-03-01", clicks: 7 },
    ]);
    const clicks = async (only: Ask["only"]) => lines(await warehouse.sums(march({ metrics: ["clicks"], only })));
    expect(await clicks({})).toEqual([]);
    expect(await clicks({ page: "*/blog/*" })).toEqual(["2026-03-01 clicks=7"]);
    expect(await clicks({ page: "*" })).toEqual([]);
  });

  it("answers only for the accounts of the sources asked, so that a corrected one counts once", async () => {
    const { load, warehouse } = await open();
    const fact = { day: "2026-03-01", campaign: "1", clicks: 1, cost: "10" };
    await load(extraction({ account: "wrong" }), [fact]);
    await load(extraction({ account: "right" }), [fact]);
    await load(extraction({ platform: "meta_ads", format: "meta_ads.report", account: "stated" }), [fact]);
    const sources = [
      { channel: "ppc", platform: null, account: "right" },
      { channel: "ppc", platform: "meta_ads", account: null },
    ] as const;
    const rows = await warehouse.sums(march({ sources }));
    expect(rows.map(({ platform, account }) => `${platform} ${account}`).toSorted()).toEqual([
      "google_ads right",
      "meta_ads stated",
    ]);
    expect(await warehouse.sums(march())).toHaveLength(3);
    expect((await warehouse.files(march({ sources }))).map(({ account }) => account).toSorted()).toEqual([
      "right",
      "stated",
    ]);
    expect((await warehouse.coverage(march({ sources: [] }))).length).toBe(0);
  });

  it("answers only for the channels asked", async () => {
    const { load, warehouse } = await open();
    await load(extraction({ channel: "web", platform: "ga4" }), [{ day: "2026-03-01", campaign: "1", clicks: 1 }]);
    expect(await warehouse.sums(march())).toEqual([]);
    expect(await warehouse.coverage(march())).toEqual([]);
    expect(await warehouse.files(march())).toEqual([]);
    expect(await warehouse.sums(march({ channels: ["web", "ppc"] }))).toHaveLength(1);
  });
}
