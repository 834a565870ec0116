import { expect, it } from "vitest";
import { extraction, lines, march, type Subject } from "./facts.ts";

/** A newer export may not take figures away unless somebody vouches for it: then the load comes without a guard. */
export function describesLosses(open: () => Promise<Subject>): void {
  const guard = { guard: { settled: 1 } };
  const metrics = ["cost", "conversions"] as const;
  const older = () =>
    extraction({ metrics, generatedAt: "2026-03-04", declared: { from: "2026-03-01", to: "2026-03-03" } });
  const newer = () =>
    extraction({ metrics, generatedAt: "2026-03-05", declared: { from: "2026-03-01", to: "2026-03-04" } });
  const row = (day: number, campaign: string, cost: string, conversions = "0") => ({
    day: `2026-03-0${day}`,
    campaign,
    cost,
    conversions,
  });
  const before = [row(1, "A", "100"), row(1, "B", "40"), row(2, "A", "100"), row(3, "A", "100"), row(3, "C", "0", "2")];

  it("is undone where a campaign with cost or conversions is gone, and says which", async () => {
    const { load, warehouse } = await open();
    await load(older(), before, guard);
    const sums = await warehouse.sums(march());
    const fresh = [row(1, "A", "140"), row(2, "A", "100"), row(3, "A", "100"), row(4, "A", "90")];
    const given = newer();
    const held = await load(given, fresh, guard);
    expect(held.outcome).toBe("held");
    expect(held.losses).toEqual([
      { kind: "entity", what: "B", metric: "cost", before: "40", after: null, from: "2026-03-01", to: "2026-03-03" },
      {
        kind: "entity",
        what: "C",
        metric: "conversions",
        before: "2",
        after: null,
        from: "2026-03-01",
        to: "2026-03-03",
      },
    ]);
    expect(await warehouse.sums(march())).toEqual(sums);
    expect((await warehouse.known()).size).toBe(1);

    expect((await load(given, fresh)).outcome).toBe("loaded");
    expect(lines(await warehouse.sums(march()))).toContain("2026-03-04 cost=90");
  });

  it("is undone where a settled day's cost falls by more than 1 %, and not where it falls by 1 %", async () => {
    const { load } = await open();
    await load(older(), before, guard);
    const rows = (first: string) => [row(1, "A", first), row(1, "B", "40"), ...before.slice(2), row(4, "A", "1")];
    expect(await load(newer(), rows("98.59"), guard)).toMatchObject({
      outcome: "held",
      losses: [{ kind: "day", what: "2026-03-01", metric: "cost", before: "140", after: "138.59" }],
    });
    expect(await load(newer(), rows("98.6"), guard)).toMatchObject({ outcome: "loaded", losses: [] });
  });

  it("lets a day that was not settled yet fall, for platforms take clicks back", async () => {
    const { load } = await open();
    await load(older(), before, { guard: { settled: 2 } });
    const fresh = [...before.slice(0, 3), row(3, "A", "50"), row(3, "C", "0", "2")];
    expect(await load(newer(), fresh, { guard: { settled: 2 } })).toMatchObject({ outcome: "loaded", losses: [] });
  });

  it("holds back an export without rows for days that had cost", async () => {
    const { load } = await open();
    await load(older(), before, guard);
    expect((await load(newer(), [], guard)).losses.map(({ what }) => what)).toEqual([
      "A",
      "B",
      "C",
      "2026-03-01",
      "2026-03-02",
      "2026-03-03",
    ]);
  });

  it("lets an older export that arrives late lack what it likes, since it takes no day", async () => {
    const { load, warehouse } = await open();
    await load(newer(), [...before, row(4, "A", "90")], guard);
    expect(await load(older(), [row(1, "A", "1")], guard)).toMatchObject({ outcome: "loaded", losses: [] });
    expect(lines(await warehouse.sums(march()))[0]).toBe("2026-03-01 cost=140");
  });

  it("knows a campaign by its id when it was renamed, and by its name where the new export leaves the id out", async () => {
    const { load } = await open();
    const named = (id: string, name: string) => ({ day: "2026-03-01", campaign: id, campaign_name: name, cost: "10" });
    await load(older(), [named("11", "Spring"), named("12", "Brand")], guard);
    expect(await load(newer(), [named("11", "Spring sale"), named("Brand", "Brand")], guard)).toMatchObject({
      outcome: "loaded",
    });
  });

  it("holds back a window that says less than the same window said", async () => {
    const { load } = await open();
    const window = { kind: "window", metrics, declared: { from: "2026-03-01", to: "2026-03-07" } } as const;
    const facts = (cost: string) => [{ campaign: "A", cost }];
    await load(extraction({ ...window, generatedAt: "2026-03-10" }), facts("100"), guard);
    expect(await load(extraction({ ...window, generatedAt: "2026-03-11" }), facts("90"), guard)).toMatchObject({
      outcome: "held",
      losses: [{ kind: "day", what: "2026-03-01 – 2026-03-07", before: "100", after: "90" }],
    });
    const other = { ...window, declared: { from: "2026-03-01", to: "2026-03-08" } } as const;
    expect(await load(extraction({ ...other, generatedAt: "2026-03-11" }), facts("90"), guard)).toMatchObject({
      outcome: "loaded",
    });
  });
}
