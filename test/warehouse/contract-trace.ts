import { expect, it } from "vitest";
import type { Trace } from "../../jobs/warehouse/warehouse.ts";
import { extraction, march, type Subject } from "./facts.ts";

/** `exported = superseded + other + narrowed + counted`, one line a file, of the metric that is asked for. */
const said = (traces: readonly Trace[], metric = "clicks"): string[] =>
  traces
    .filter((trace) => trace.metric === metric)
    .map(({ exported, superseded, other, narrowed, counted, rejected }) => {
      const sum = counted.reduce((all, { value }) => all + Number(value), 0);
      return `${exported} = ${superseded} + ${other} + ${narrowed} + ${sum}${rejected ? `, ${rejected} rejected` : ""}`;
    });

/** Where sums come from: what each file stated, and what became of it. */
export function describesTrace(open: () => Promise<Subject>): void {
  it("tells what a newer export, another cut and the report's own narrowing took from a file", async () => {
    const { load, warehouse } = await open();
    await load(extraction({ generatedAt: "2026-03-03" }), [
      { day: "2026-02-28", campaign: "A", clicks: 99 },
      { day: "2026-03-01", campaign: "A", clicks: 1 },
      { day: "2026-03-02", campaign: "A", clicks: 2 },
      { day: "2026-03-02", campaign: "B", clicks: 5 },
    ]);
    await load(
      extraction({ generatedAt: "2026-03-04" }),
      [
        { day: "2026-03-02", campaign: "A", clicks: 3 },
        { day: "2026-03-02", campaign: "B", clicks: 10 },
      ],
      { rejected: 2 },
    );
    await load(extraction({ cut: ["campaign", "device"], rank: 2, generatedAt: "2026-03-05" }), [
      { day: "2026-03-02", campaign: "A", device: "mobile", clicks: 4 },
    ]);
    expect(said(await warehouse.trace(march()))).toEqual([
      "8 = 7 + 0 + 0 + 1",
      "13 = 0 + 0 + 0 + 13, 2 rejected",
      "4 = 0 + 4 + 0 + 0",
    ]);
    expect(said(await warehouse.trace(march({ only: { campaign: "A" } })))).toEqual([
      "8 = 7 + 0 + 0 + 1",
      "13 = 0 + 0 + 10 + 3, 2 rejected",
      "4 = 0 + 4 + 0 + 0",
    ]);
  });

  it("keeps what a file stated when a newer one has taken all of its days", async () => {
    const { load, warehouse } = await open();
    await load(extraction({ generatedAt: "2026-03-03" }), [{ day: "2026-03-01", campaign: "A", cost: "0.1" }]);
    await load(extraction({ generatedAt: "2026-03-04" }), [{ day: "2026-03-01", campaign: "A", cost: "0.3" }]);
    expect(said(await warehouse.trace(march()), "cost")).toEqual(["0.1 = 0.1 + 0 + 0 + 0", "0.3 = 0 + 0 + 0 + 0.3"]);
  });

  it("counts of each file of growing posts what no later one counted again", async () => {
    const { load, warehouse } = await open();
    const posts = {
      channel: "social",
      platform: "instagram",
      cut: ["post"],
      metrics: ["likes"],
      kind: "snapshot",
    } as const;
    await load(extraction({ ...posts, generatedAt: "2026-03-04" }), [
      { day: "2026-03-02", post: "p1", likes: 10 },
      { day: "2026-03-02", post: "p2", likes: 20 },
    ]);
    await load(extraction({ ...posts, generatedAt: "2026-03-05" }), [{ day: "2026-03-02", post: "p1", likes: 11 }]);
    const traces = await warehouse.trace(march({ channels: ["social"], metrics: ["likes"] }));
    expect(said(traces, "likes")).toEqual(["30 = 10 + 0 + 0 + 20", "11 = 0 + 0 + 0 + 11"]);
  });
}
