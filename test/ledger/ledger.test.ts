import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "../../jobs/clock.ts";
import type { DeliveryState, Ledger, NewMessage, Outcome } from "../../jobs/ledger/ledger.ts";
import { runName } from "../../jobs/ledger/ledger.ts";
import { newOwner } from "../../jobs/ledger/owner.ts";
import { openLedger } from "../../jobs/ledger/sqlite.ts";

const T0 = "2026-11-02T00:00:00.000Z";
const T1 = "2026-11-02T00:01:00.000Z";
const LATER = "2026-11-02T01:00:00.000Z";
const identity = {
  client: "hanbit-coffee",
  report: "ppc",
  cadence: "weekly" as const,
  from: "2026-10-26",
  to: "2026-11-01",
  revision: 1,
};
/** Processes that never were: their host is another one, so only their lease can end their claims. */
const ELSEWHERE = "elsewhere:1:a";
const ELSEWHERE_2 = "elsewhere:2:b";

let folder: string;
let ledger: Ledger;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bogo-ledger-"));
  ledger = openLedger(join(folder, "state", "ledger.sqlite"));
});
afterEach(() => {
  ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

function message(recipients: string[], audience = "client"): NewMessage {
  return {
    audience,
    state: "ready",
    reason: null,
    subject: "s",
    messageId: `<${audience}>`,
    sender: "reports@agency.example",
    path: "p",
    sha256: "0".repeat(64),
    size: 1,
    onUnknown: "hold" as const,
    approver: null,
    recipients,
  };
}

function begin(revision = 1, recipients = ["ceo@hanbit.example"]): { run: number; ids: number[] } {
  const { run } = ledger.beginRun({ ...identity, revision }, T0);
  ledger.addMessages(run, [message(recipients)], [], T0);
  return { run, ids: ledger.due({ run }).flatMap(({ deliveries }) => deliveries.map(({ id }) => id)) };
}

const stateOf = (run: number): DeliveryState | undefined => ledger.run(run).messages[0]?.deliveries[0]?.state;
const accepted: Outcome = { state: "accepted", code: 250, response: "250 ok", reason: null };

describe("a run", () => {
  it("is its period, however often and whenever it is begun", () => {
    const first = ledger.beginRun(identity, T0);
    expect(first).toEqual({ run: first.run, state: "waiting", existing: false });
    expect(ledger.beginRun(identity, LATER)).toEqual({ run: first.run, state: "waiting", existing: true });
  });

  it.each([
    ["client", { client: "northwind-outfitters" }],
    ["report", { report: "seo" }],
    ["cadence", { cadence: "monthly" as const }],
    ["period", { from: "2026-10-19" }],
    ["revision", { revision: 2 }],
  ])("is another one for another %s", (_, change) => {
    const { run } = ledger.beginRun(identity, T0);
    expect(ledger.beginRun({ ...identity, ...change }, T0).run).not.toBe(run);
  });

  it("keeps why it waits or was skipped", () => {
    const { run } = ledger.beginRun(identity, T0);
    ledger.finishRun(run, "waiting", T1, { code: "RUN_NO_DATA", facts: { client: "hanbit-coffee" } });
    expect(ledger.run(run)).toMatchObject({
      state: "waiting",
      reason: { code: "RUN_NO_DATA", facts: { client: "hanbit-coffee" } },
      changed: T1,
    });
    expect(runName(identity)).toBe("hanbit-coffee.ppc.weekly.2026-10-26.r1");
  });

  it("keeps its first messages, and one delivery for each address whatever its case", () => {
    const { run } = begin(1, ["ceo@hanbit.example", "CEO@hanbit.example", "cmo@hanbit.example"]);
    ledger.addMessages(
      run,
      [{ ...message(["other@hanbit.example"]), sha256: "1".repeat(64) }, message(["ae@agency.example"], "team")],
      [],
      T1,
    );
    expect(
      ledger
        .run(run)
        .messages.map(({ audience, sha256, deliveries }) => [
          audience,
          sha256[0],
          deliveries.map(({ recipient }) => recipient),
        ]),
    ).toEqual([["client", "0", ["ceo@hanbit.example", "cmo@hanbit.example"]]]);
    expect(ledger.run(run).state).toBe("rendered");
  });

  it("stands in the history newest first, by client", () => {
    begin(1);
    begin(2);
    ledger.beginRun({ ...identity, client: "northwind-outfitters" }, T1);
    expect(ledger.history().map(({ client, revision }) => [client, revision])).toEqual([
      ["northwind-outfitters", 1],
      ["hanbit-coffee", 2],
      ["hanbit-coffee", 1],
    ]);
    expect(ledger.history({ client: "hanbit-coffee", limit: 1 }).map(({ revision }) => revision)).toEqual([2]);
  });

  it("that is half written is not there at all", () => {
    const { run } = ledger.beginRun(identity, T0);
    const broken = { ...message(["ceo@hanbit.example"], "team"), size: "many" as unknown as number };
    expect(() => ledger.addMessages(run, [message(["ceo@hanbit.example"]), broken], [], T0)).toThrow();
    expect(ledger.run(run)).toMatchObject({ state: "waiting", messages: [] });
  });
});

describe("a delivery", () => {
  it("is claimed by one owner only", () => {
    const { ids } = begin();
    expect(ledger.claim(ids, ELSEWHERE, 60_000, T0)).toEqual(ids);
    expect(ledger.claim(ids, ELSEWHERE_2, 60_000, T0)).toEqual([]);
  });

  it("is not claimed while its message is held", () => {
    const { run } = ledger.beginRun(identity, T0);
    ledger.addMessages(run, [{ ...message(["ceo@hanbit.example"]), state: "held" }], [], T0);
    expect(ledger.due({ run })).toEqual([]);
    expect(ledger.claim([1], ELSEWHERE, 60_000, T0)).toEqual([]);
  });

  it("goes from queued over sending and handed to accepted, and there it stays", () => {
    const { run, ids } = begin();
    ledger.claim(ids, ELSEWHERE, 60_000, T0);
    expect(stateOf(run)).toBe("sending");
    expect(ledger.mark(ids[0]!, ELSEWHERE, accepted, T0)).toBe(false);
    expect(ledger.markHanded(ids, ELSEWHERE, T0)).toBe(true);
    expect(ledger.markHanded(ids, ELSEWHERE, T0)).toBe(false);
    expect(ledger.mark(ids[0]!, ELSEWHERE, accepted, T0)).toBe(true);
    for (const state of ["failed", "unknown"] as const)
      expect(ledger.mark(ids[0]!, ELSEWHERE, { ...accepted, state }, T1)).toBe(false);
    expect(ledger.mark(ids[0]!, ELSEWHERE, { ...accepted, state: "queued", next: T1 }, T1)).toBe(false);
    expect(stateOf(run)).toBe("accepted");
  });

  it("is handed over together with the others of its transaction, or none is", () => {
    const { run, ids } = begin(1, ["ceo@hanbit.example", "cmo@hanbit.example"]);
    ledger.claim(ids.slice(0, 1), ELSEWHERE, 60_000, T0);
    ledger.claim(ids.slice(1), ELSEWHERE_2, 60_000, T0);
    expect(ledger.markHanded(ids, ELSEWHERE, T0)).toBe(false);
    expect(stateOf(run)).toBe("sending");
  });

  it("whose sender froze past its lease is queued again, and the late sender may not let go of it", () => {
    const { run, ids } = begin();
    ledger.claim(ids, ELSEWHERE, 60_000, T0);
    expect(ledger.recover(T1)).toEqual({ requeued: 0, unknown: 0 });
    expect(ledger.recover(LATER)).toEqual({ requeued: 1, unknown: 0 });
    ledger.claim(ids, ELSEWHERE_2, 60_000, LATER);
    expect(ledger.markHanded(ids, ELSEWHERE, LATER)).toBe(false);
    expect(ledger.mark(ids[0]!, ELSEWHERE, { ...accepted, state: "failed" }, LATER)).toBe(false);
    expect(stateOf(run)).toBe("sending");
  });

  it("that was handed over before a crash is unknown, is not sent again, and a late answer makes it accepted", () => {
    const { run, ids } = begin();
    ledger.claim(ids, ELSEWHERE, 60_000, T0);
    ledger.markHanded(ids, ELSEWHERE, T0);
    expect(ledger.recover(LATER)).toEqual({ requeued: 0, unknown: 1 });
    expect(ledger.run(run).messages[0]?.deliveries[0]).toMatchObject({
      state: "unknown",
      reason: { code: "MAIL_UNKNOWN" },
    });
    expect(ledger.due({ run })).toEqual([]);
    expect(ledger.claim(ids, ELSEWHERE_2, 60_000, LATER)).toEqual([]);
    expect(ledger.mark(ids[0]!, ELSEWHERE_2, accepted, LATER)).toBe(false);
    expect(ledger.mark(ids[0]!, ELSEWHERE, accepted, LATER)).toBe(true);
    expect(ledger.run(run).messages[0]?.deliveries[0]).toMatchObject({ state: "accepted", reason: null });
  });

  it("of a process that ended on this machine is free at once", () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    const { ids } = begin();
    ledger.claim(ids, `${hostname()}:${pid}:x`, 600_000, T0);
    expect(ledger.recover(T0)).toEqual({ requeued: 1, unknown: 0 });
    ledger.claim(ids, newOwner(), 600_000, T0);
    expect(ledger.recover(T0)).toEqual({ requeued: 0, unknown: 0 });
  });

  it("is due from the time it was put off to", () => {
    const { run, ids } = begin();
    ledger.claim(ids, ELSEWHERE, 60_000, T0);
    ledger.mark(ids[0]!, ELSEWHERE, { state: "queued", next: T1, code: 450, response: "450", reason: null }, T0);
    expect(ledger.due({ by: T0 })).toEqual([]);
    expect(ledger.due({ by: T1 })).toMatchObject([
      {
        client: "hanbit-coffee",
        run,
        name: runName(identity),
        deliveries: [{ recipient: "ceo@hanbit.example", tries: 1 }],
      },
    ]);
    expect(ledger.due({ client: "northwind-outfitters" })).toEqual([]);
  });
});

describe("the files that were seen", () => {
  const file = { client: "hanbit-coffee", sha256: "a", path: "google-ads/1.csv", source: "ppc/google-ads" };

  it("keep the order of first sight, also when they are seen again", () => {
    expect(ledger.recordSeen(file, T0)).toMatchObject({ order: 1, seen: T0, first: true });
    expect(ledger.recordSeen({ ...file, sha256: "b" }, T1)).toMatchObject({ order: 2, first: true });
    expect(ledger.recordSeen(file, LATER)).toMatchObject({ order: 1, seen: T0, first: false });
    expect(ledger.listSeen("hanbit-coffee").map(({ sha256 }) => sha256)).toEqual(["a", "b"]);
    expect(ledger.listSeen("northwind-outfitters")).toEqual([]);
  });

  it("are told apart by path and client, and follow a source that was renamed", () => {
    ledger.recordSeen(file, T0);
    expect(ledger.recordSeen({ ...file, path: "google-ads/copy.csv" }, T0).first).toBe(true);
    expect(ledger.recordSeen({ ...file, client: "northwind-outfitters" }, T0).first).toBe(true);
    ledger.recordSeen({ ...file, source: "ppc/other" }, T1);
    expect(ledger.listSeen("hanbit-coffee")[0]).toMatchObject({ source: "ppc/other", order: 1 });
  });
});

describe("a lease", () => {
  const clock = systemClock();

  it("lets one in at a time, and the next as soon as it ends", async () => {
    const events: string[] = [];
    const enter = (name: string) =>
      ledger.withLease(
        "warehouse:hanbit-coffee",
        newOwner(),
        async () => {
          events.push(`${name} in`);
          await new Promise((resolve) => setTimeout(resolve, 30));
          events.push(`${name} out`);
          return name;
        },
        { clock },
      );
    expect(await Promise.all([enter("a"), enter("b")])).toEqual(["a", "b"]);
    expect(events).toEqual(["a in", "a out", "b in", "b out"]);
  });

  it("ends when the work fails, and does not hold another name", async () => {
    await expect(
      ledger.withLease("one", newOwner(), () => Promise.reject(new Error("broken")), { clock }),
    ).rejects.toThrow("broken");
    await ledger.withLease(
      "one",
      newOwner(),
      () => ledger.withLease("two", newOwner(), async () => {}, { clock, waitMs: 0 }),
      { clock, waitMs: 0 },
    );
  });

  it("outlives its time while its holder is alive, and who waits too long is told", async () => {
    await ledger.withLease(
      "one",
      ELSEWHERE,
      async () => {
        await expect(ledger.withLease("one", newOwner(), async () => {}, { clock, waitMs: 400 })).rejects.toThrow(
          "LEDGER_BUSY",
        );
      },
      { clock, leaseMs: 100 },
    );
  });

  it("of a process that ended is free at once", async () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    const other = new DatabaseSync(join(folder, "state", "ledger.sqlite"));
    other.prepare("INSERT INTO lease VALUES ('one', ?, '9999-01-01T00:00:00.000Z')").run(`${hostname()}:${pid}:x`);
    other.close();
    expect(await ledger.withLease("one", newOwner(), async () => "in", { clock, waitMs: 0 })).toBe("in");
  });
});

describe("the ledger's file", () => {
  it("is for its owner's eyes only, survives power cuts by its settings, and opens again with what it held", () => {
    const file = join(folder, "state", "ledger.sqlite");
    begin();
    ledger.close();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    ledger = openLedger(file);
    expect(ledger.history()).toHaveLength(1);
    const raw = new DatabaseSync(file);
    expect(raw.prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: "wal" });
    raw.close();
  });

  it("of a newer program is refused and not touched", () => {
    const file = join(folder, "newer.sqlite");
    const raw = new DatabaseSync(file);
    raw.exec("PRAGMA user_version = 99");
    raw.close();
    expect(() => openLedger(file)).toThrow("LEDGER_NEWER");
  });

  it("is created once when two processes open it at the same time", async () => {
    const file = join(folder, "both", "ledger.sqlite");
    const code = `const { openLedger } = await import(${JSON.stringify(new URL("../../jobs/ledger/sqlite.ts", import.meta.url).href)}); openLedger(${JSON.stringify(file)}).close();`;
    const { spawn } = await import("node:child_process");
    const exits = [1, 2, 3].map(
      () =>
        new Promise((resolve) =>
          spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: "inherit" }).on("exit", resolve),
        ),
    );
    expect(await Promise.all(exits)).toEqual([0, 0, 0]);
  });
});
