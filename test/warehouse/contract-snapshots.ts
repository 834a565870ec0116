import { expect, it } from "vitest";
import type { Extraction, SumRow } from "../../jobs/warehouse/warehouse.ts";
import { collect, extraction, march, type Subject } from "./facts.ts";

const posts = (given: Partial<Extraction>): Extraction =>
  extraction({
    channel: "social",
    platform: "instagram",
    cut: ["post"],
    metrics: ["likes"],
    kind: "snapshot",
    currency: null,
    vat: null,
    ...given,
  });

const ask = march({ channels: ["social"], metrics: ["likes"] });
const ages = (rows: readonly SumRow[]): string[] =>
  rows.map(({ from, asOf, latest, values }) => `${from} as of ${asOf}: ${values.likes}${latest ? " latest" : ""}`);

/** Figures that grow after publication: held per age, the newest for totals. */
export function describesSnapshots(open: () => Promise<Subject>): void {
  it("holds each age of a post and marks the newest", async () => {
    const { load, warehouse } = await open();
    await load(posts({ generatedAt: "2026-03-09T08:00:00Z" }), [
      { day: "2026-03-02", post: "p1", likes: 15 },
      { day: "2026-03-03", post: "p2", likes: 5 },
    ]);
    await load(posts({ generatedAt: "2026-03-04T08:00:00Z" }), [
      { day: "2026-03-02", post: "p1", likes: 10 },
      { day: "2026-03-03", post: "p2", likes: 1 },
    ]);
    expect(ages(await warehouse.sums(ask))).toEqual([
      "2026-03-02 as of 2026-03-04: 10",
      "2026-03-02 as of 2026-03-09: 15 latest",
      "2026-03-03 as of 2026-03-04: 1",
      "2026-03-03 as of 2026-03-09: 5 latest",
    ]);
    const parts = await warehouse.parts({ ...ask, by: ["post"], windows: "exact" });
    expect(parts.map(({ keys, values }) => [keys[0], values.likes])).toEqual([
      ["p1", "15"],
      ["p2", "5"],
    ]);
    const rows = await collect(warehouse.rows(ask));
    expect(rows.map(({ from, post, likes }) => [from, post, likes])).toEqual([
      ["2026-03-02", "p1", "15"],
      ["2026-03-03", "p2", "5"],
    ]);
  });

  it("keeps a post that a later export no longer lists, at its last known figure", async () => {
    const { load, warehouse } = await open();
    await load(posts({ generatedAt: "2026-03-04" }), [
      { day: "2026-03-02", post: "p1", likes: 10 },
      { day: "2026-03-02", post: "p2", likes: 20 },
    ]);
    await load(posts({ generatedAt: "2026-03-05" }), [{ day: "2026-03-02", post: "p1", likes: 11 }]);
    expect(ages(await warehouse.sums(ask))).toEqual([
      "2026-03-02 as of 2026-03-04: 30",
      "2026-03-02 as of 2026-03-05: 31 latest",
    ]);
  });

  it("counts a post once where two files show it as of the same day: the newer file, else the one seen last", async () => {
    const { load, warehouse } = await open();
    await load(posts({ generatedAt: "2026-03-04T18:00:00Z" }), [{ day: "2026-03-02", post: "p1", likes: 12 }]);
    await load(posts({ generatedAt: "2026-03-04T09:00:00Z" }), [
      { day: "2026-03-02", post: "p1", likes: 10 },
      { day: "2026-03-02", post: "p2", likes: 1 },
    ]);
    expect(ages(await warehouse.sums(ask))).toEqual(["2026-03-02 as of 2026-03-04: 13 latest"]);
    await load(posts({ generatedAt: "2026-03-04T18:00:00Z" }), [{ day: "2026-03-02", post: "p1", likes: 14 }]);
    expect(ages(await warehouse.sums(ask))).toEqual(["2026-03-02 as of 2026-03-04: 15 latest"]);
    const files = await warehouse.files(ask);
    expect(files.map(({ superseded }) => superseded).toSorted()).toEqual([0, 1, 1]);
  });

  it("tells emails of the same name apart by their day, and adds equal names of one day", async () => {
    const { load, warehouse } = await open();
    const mail = posts({
      platform: "mailchimp",
      channel: "email",
      cut: ["email"],
      metrics: ["sent"],
      generatedAt: "2026-03-08",
    });
    await load(mail, [
      { day: "2026-03-01", email: "주간 소식", email_name: "주간 소식", sent: 100 },
      { day: "2026-03-02", email: "주간 소식", email_name: "주간 소식", sent: 90 },
      { day: "2026-03-02", email: "주간 소식", email_name: "주간 소식", sent: 5 },
    ]);
    const rows = await warehouse.sums(march({ channels: ["email"], metrics: ["sent"] }));
    expect(rows.map(({ from, values }) => [from, values.sent])).toEqual([
      ["2026-03-01", "100"],
      ["2026-03-02", "95"],
    ]);
  });

  it("gives a true zero for a covered day on which nothing was published", async () => {
    const { load, warehouse } = await open();
    await load(posts({ generatedAt: "2026-03-04", declared: { from: "2026-03-01", to: "2026-03-02" } }), [
      { day: "2026-03-02", post: "p1", likes: 10 },
    ]);
    expect(ages(await warehouse.sums(ask))).toEqual([
      "2026-03-01 as of 2026-03-04: 0 latest",
      "2026-03-02 as of 2026-03-04: 10 latest",
    ]);
  });

  it("does not add lifetime figures of posts to the daily series of the same page", async () => {
    const { load, warehouse } = await open();
    await load(posts({ rank: 2, generatedAt: "2026-03-04" }), [{ day: "2026-03-02", post: "p1", likes: 10 }]);
    await load(posts({ rank: 1, kind: "daily", cut: [] }), [{ day: "2026-03-02", likes: 7 }]);
    const rows = await warehouse.sums(ask);
    expect(rows.map(({ kind, values }) => [kind, values.likes])).toEqual([["daily", "7"]]);
  });
}
