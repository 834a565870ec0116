import { expect, it } from "vitest";
import { collect, extraction, type Subject } from "./facts.ts";

const days = { from: "2026-03-01", to: "2026-03-07", channels: ["ppc", "web", "social"] } as const;

/** The live rows of one cut, as `bogo export` writes them. */
export function describesTidy(open: () => Promise<Subject>): void {
  it("gives the live rows of one cut with ids and names, and none of another cut's", async () => {
    const { load, warehouse } = await open();
    await load(extraction({ generatedAt: "2026-03-02" }), [
      { day: "2026-03-01", campaign: "7", campaign_name: "Brand", clicks: 1, cost: "0.1" },
      { day: "2026-03-02", campaign: "7", campaign_name: "Brand", clicks: 2, cost: "0.2" },
    ]);
    await load(extraction({ generatedAt: "2026-03-03" }), [
      { day: "2026-03-02", campaign: "7", campaign_name: "Brand new", clicks: 3, cost: "0.3" },
    ]);
    await load(extraction({ cut: ["campaign", "device"], rank: 2 }), [
      { day: "2026-03-01", campaign: "7", campaign_name: "Brand", device: "mobile", clicks: 1 },
    ]);
    const rows = await collect(warehouse.tidy({ ...days, kind: "daily", cut: ["campaign"] }));
    expect(
      rows.map(({ day, campaign_id, campaign, clicks, cost }) => [day, campaign_id, campaign, clicks, cost]),
    ).toEqual([
      ["2026-03-01", "7", "Brand", "1", "0.1"],
      ["2026-03-02", "7", "Brand new", "3", "0.3"],
    ]);
    const finer = await collect(warehouse.tidy({ ...days, kind: "daily", cut: ["device", "campaign"] }));
    expect(finer.map(({ device, clicks }) => [device, clicks])).toEqual([["mobile", "1"]]);
  });

  it("shows people reached day by day, as nothing is added", async () => {
    const { load, warehouse } = await open();
    await load(extraction({ channel: "web", cut: [], metrics: ["sessions", "users"] }), [
      { day: "2026-03-01", sessions: 10, users: 7 },
      { day: "2026-03-02", sessions: 20, users: 9 },
    ]);
    const rows = await collect(warehouse.tidy({ ...days, kind: "daily", cut: [] }));
    expect(rows.map(({ day, sessions, users }) => [day, sessions, users])).toEqual([
      ["2026-03-01", "10", "7"],
      ["2026-03-02", "20", "9"],
    ]);
  });

  it("gives a window under its own dates, and a post in its newest version", async () => {
    const { load, warehouse } = await open();
    const window = { from: "2026-03-01", to: "2026-03-07" };
    await load(extraction({ kind: "window", declared: window }), [{ campaign: "7", clicks: 5, cost: "1" }]);
    const posts = { channel: "social", cut: ["post"], metrics: ["likes"], kind: "snapshot" } as const;
    await load(extraction({ ...posts, generatedAt: "2026-03-03" }), [{ day: "2026-03-02", post: "p", likes: 4 }]);
    await load(extraction({ ...posts, generatedAt: "2026-03-05" }), [{ day: "2026-03-02", post: "p", likes: 6 }]);

    const windows = await collect(warehouse.tidy({ ...days, ...window, kind: "window", cut: ["campaign"] }));
    expect(windows).toMatchObject([{ day: null, from: "2026-03-01", to: "2026-03-07", clicks: "5" }]);
    const lifetime = await collect(warehouse.tidy({ ...days, kind: "snapshot", cut: ["post"] }));
    expect(lifetime).toMatchObject([{ day: "2026-03-02", post: "p", likes: "6" }]);
  });
}
