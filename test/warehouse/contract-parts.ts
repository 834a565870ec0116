import { expect, it } from "vitest";
import type { PartRow, Warehouse } from "../../jobs/warehouse/warehouse.ts";
import { collect, extraction, march, type Subject } from "./facts.ts";

type PartsAsk = Parameters<Warehouse["parts"]>[0];

const ask = (given: Partial<PartsAsk>): PartsAsk => ({
  ...march({ metrics: ["clicks"] }),
  by: ["campaign"],
  windows: "exact",
  ...given,
});

const table = (rows: readonly PartRow[]): string[] =>
  rows.map(({ names, values }) => [...names, ...Object.values(values)].join(" | "));

/** Breakdowns, top lists, the heat map and the data sheet. */
export function describesParts(open: () => Promise<Subject>): void {
  it("keys parts by id, shows their latest name, and puts the greatest first", async () => {
    const { load, warehouse } = await open();
    await load(extraction(), [
      { day: "2026-03-01", campaign: "1", campaign_name: "봄", clicks: 1 },
      { day: "2026-03-02", campaign: "1", campaign_name: "Spring", clicks: 2 },
      { day: "2026-03-02", campaign: "2", campaign_name: "Summer", clicks: 9 },
      { day: "2026-03-02", campaign: "3", campaign_name: "Spring", clicks: 4 },
    ]);
    const rows = await warehouse.parts(ask({}));
    expect(rows.map(({ keys, names, values }) => [keys[0], names[0], values.clicks])).toEqual([
      ["2", "Summer", "9"],
      ["3", "Spring", "4"],
      ["1", "Spring", "3"],
    ]);
    expect(rows[0]).toMatchObject({ from: "2026-03-01", to: "2026-03-07", platform: "google_ads", currency: "KRW" });
    expect(table(await warehouse.parts(ask({ limit: 1 })))).toEqual(["Summer | 9"]);
  });

  it("orders by the metric asked for even when it is not shown", async () => {
    const { load, warehouse } = await open();
    await load(extraction(), [
      { day: "2026-03-01", campaign: "1", clicks: 100, cost: "9.5" },
      { day: "2026-03-01", campaign: "2", clicks: 1, cost: "10" },
    ]);
    expect(table(await warehouse.parts(ask({ order: "cost", limit: 1 })))).toEqual(["2 | 1"]);
  });

  it("takes one cut that has the dimensions, and adds nothing from another", async () => {
    const { load, warehouse } = await open();
    const device = extraction({ cut: ["campaign", "device"], rank: 2 });
    await load(device, [
      { day: "2026-03-01", campaign: "1", device: "mobile", clicks: 3 },
      { day: "2026-03-01", campaign: "1", device: "desktop", clicks: 4 },
    ]);
    await load(extraction({ rank: 1 }), [{ day: "2026-03-01", campaign: "1", clicks: 8 }]);
    expect(table(await warehouse.parts(ask({})))).toEqual(["1 | 8"]);
    expect(table(await warehouse.parts(ask({ by: ["device"] })))).toEqual(["desktop | 4", "mobile | 3"]);
    expect(await warehouse.parts(ask({ by: ["keyword"] }))).toEqual([]);
  });

  it("breaks down by platform and account from the cut that feeds the totals", async () => {
    const { load, warehouse } = await open();
    await load(extraction(), [
      { day: "2026-03-01", campaign: "1", clicks: 1 },
      { day: "2026-03-02", campaign: "2", clicks: 1 },
    ]);
    await load(extraction({ platform: "meta_ads", account: "act_1" }), [
      { day: "2026-03-01", campaign: "1", clicks: 5 },
    ]);
    expect(table(await warehouse.parts(ask({ by: ["platform", "account"] })))).toEqual([
      "meta_ads | act_1 | 5",
      "google_ads | 123-456-7890 | 2",
    ]);
  });

  it("derives the weekday from the day where the export has only hours", async () => {
    const { load, warehouse } = await open();
    await load(extraction({ cut: ["hour"] }), [
      { day: "2026-03-02", hour: "9", clicks: 5 },
      { day: "2026-03-01", hour: "9", clicks: 3 },
      { day: "2026-03-01", hour: "23", clicks: 2 },
    ]);
    expect(table(await warehouse.parts(ask({ by: ["weekday", "hour"] })))).toEqual([
      "mon | 9 | 5",
      "sun | 9 | 3",
      "sun | 23 | 2",
    ]);
  });

  it("lists queries from a cut that may not feed totals", async () => {
    const { load, warehouse } = await open();
    await load(extraction({ cut: ["query"], rank: null }), [
      { day: "2026-03-01", query: "원두", clicks: 3 },
      { day: "2026-03-02", query: "원두", clicks: 3 },
      { day: "2026-03-02", query: "커피", clicks: 5 },
    ]);
    expect(await warehouse.sums(march())).toEqual([]);
    expect(table(await warehouse.parts(ask({ by: ["query"] })))).toEqual(["원두 | 6", "커피 | 5"]);
  });

  it("takes a window only where it is exactly the period, or the newest that overlaps, under its own dates", async () => {
    const { load, warehouse } = await open();
    const queries = { kind: "window", cut: ["query"], rank: null, metrics: ["clicks"] } as const;
    await load(extraction({ ...queries, declared: { from: "2026-02-01", to: "2026-03-01" } }), [
      { query: "old", clicks: 1 },
    ]);
    await load(extraction({ ...queries, declared: { from: "2026-02-05", to: "2026-03-05" } }), [
      { query: "new", clicks: 2 },
    ]);
    expect(await warehouse.parts(ask({ by: ["query"] }))).toEqual([]);
    const [row, ...others] = await warehouse.parts(ask({ by: ["query"], windows: "overlapping" }));
    expect(row).toMatchObject({ names: ["new"], from: "2026-02-05", to: "2026-03-05", values: { clicks: "2" } });
    expect(others).toEqual([]);

    await load(extraction({ ...queries, declared: { from: "2026-03-01", to: "2026-03-07" } }), [
      { query: "exact", clicks: 3 },
    ]);
    for (const windows of ["exact", "overlapping"] as const) {
      expect(table(await warehouse.parts(ask({ by: ["query"], windows })))).toEqual(["exact | 3"]);
    }
  });

  it("never adds a window to days", async () => {
    const { load, warehouse } = await open();
    const campaigns = { cut: ["campaign"], metrics: ["clicks"] } as const;
    await load(extraction({ ...campaigns, kind: "window", declared: { from: "2026-03-01", to: "2026-03-07" } }), [
      { campaign: "1", clicks: 70 },
    ]);
    await load(extraction(campaigns), [{ day: "2026-03-01", campaign: "1", clicks: 10 }]);
    expect(table(await warehouse.parts(ask({})))).toEqual(["1 | 70"]);
    await load(extraction({ ...campaigns, declared: { from: "2026-03-01", to: "2026-03-07" } }), [
      { day: "2026-03-01", campaign: "1", clicks: 69 },
    ]);
    expect(table(await warehouse.parts(ask({})))).toEqual(["1 | 69"]);
  });

  it("gives people reached by part only where one row gives them for the days asked", async () => {
    const { load, warehouse } = await open();
    await load(extraction({ metrics: ["clicks", "reach"] }), [
      { day: "2026-03-01", campaign: "1", clicks: 1, reach: 5 },
      { day: "2026-03-02", campaign: "1", clicks: 1, reach: 6 },
    ]);
    const reach = async (from: string, to: string) =>
      (await warehouse.parts(ask({ from, to, metrics: ["clicks", "reach"] }))).map(({ values }) => values);
    expect(await reach("2026-03-01", "2026-03-02")).toEqual([{ clicks: "2" }]);
    expect(await reach("2026-03-02", "2026-03-02")).toEqual([{ clicks: "1", reach: "6" }]);
  });

  it("gives the last value of followers, not their sum", async () => {
    const { load, warehouse } = await open();
    await load(extraction({ cut: [], metrics: ["followers"] }), [
      { day: "2026-03-01", followers: 1000 },
      { day: "2026-03-02", followers: 999 },
    ]);
    expect(table(await warehouse.parts(ask({ by: ["platform"], metrics: ["followers"] })))).toEqual([
      "google_ads | 999",
    ]);
  });

  it("lists the rows behind the totals in order of day and name, and no row of another cut", async () => {
    const { load, warehouse } = await open();
    await load(extraction({ rank: 2, cut: ["campaign", "device"], metrics: ["clicks"] }), [
      { day: "2026-03-01", campaign: "1", device: "mobile", clicks: 99 },
      { day: "2026-03-03", campaign: "1", device: "mobile", clicks: 4 },
    ]);
    await load(extraction({ metrics: ["clicks", "cost"] }), [
      { day: "2026-03-02", campaign: "2", campaign_name: "B", clicks: 2, cost: "1.50" },
      { day: "2026-03-02", campaign: "1", campaign_name: "A", clicks: 1 },
      { day: "2026-03-01", campaign: "2", campaign_name: "B", clicks: 3, cost: "0" },
    ]);
    const rows = await collect(warehouse.rows(march()));
    expect(rows.map(({ from, campaign, device, clicks, cost }) => [from, campaign, device, clicks, cost])).toEqual([
      ["2026-03-01", "B", null, "3", "0"],
      ["2026-03-02", "A", null, "1", null],
      ["2026-03-02", "B", null, "2", "1.5"],
      ["2026-03-03", "1", "mobile", "4", null],
    ]);
  });
}
