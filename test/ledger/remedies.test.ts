import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DeliveryState, Ledger, NewMessage, Outcome } from "../../jobs/ledger/ledger.ts";
import { openLedger } from "../../jobs/ledger/sqlite.ts";
import { nextTry } from "../../transforms/retry.ts";

const T0 = "2026-11-02T00:00:00.000Z";
const T1 = "2026-11-02T00:01:00.000Z";
const LATER = "2026-11-02T01:00:00.000Z";
const A = "ceo@hanbit.example";
const B = "cmo@hanbit.example";
const identity = {
  client: "hanbit-coffee",
  report: "ppc",
  cadence: "weekly" as const,
  from: "2026-10-26",
  to: "2026-11-01",
  revision: 1,
};
/** Owners on another host: only their lease ends their claims. */
const FIRST = "elsewhere:1:a";
const SECOND = "elsewhere:2:b";

let folder: string;
let ledger: Ledger;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bogo-remedies-"));
  ledger = openLedger(join(folder, "ledger.sqlite"));
});
afterEach(() => {
  ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

function message(more: Partial<NewMessage> = {}): NewMessage {
  return {
    audience: "client",
    state: "ready",
    reason: null,
    subject: "s",
    messageId: "<1>",
    sender: "reports@agency.example",
    path: "p",
    sha256: "0".repeat(64),
    size: 1,
    onUnknown: "hold",
    approver: null,
    recipients: [A],
    ...more,
  };
}

function begin(more: Partial<NewMessage> = {}, revision = 1) {
  const { run } = ledger.beginRun({ ...identity, revision }, T0);
  ledger.addMessages(run, [message(more)], [], T0);
  const [made] = ledger.run(run).messages;
  return { run, message: made!.id, ids: made!.deliveries.map(({ id }) => id), id: made!.deliveries[0]!.id };
}

const delivery = (run: number) => ledger.run(run).messages[0]!.deliveries[0]!;
const accepted: Outcome = { state: "accepted", code: 250, response: "250 ok", reason: null };
const unknown: Outcome = {
  state: "unknown",
  code: null,
  response: null,
  reason: { code: "MAIL_UNKNOWN", facts: { recipient: A, delivery: "1" } },
};

/** Brings a delivery into a state by the ways that lead there. */
function bring(id: number, state: DeliveryState, owner = FIRST): void {
  if (state === "queued") return;
  ledger.claim([id], owner, 60_000, T0);
  if (state === "sending") return;
  ledger.markHanded([id], owner, T0);
  if (state === "handed") return;
  if (state === "accepted" || state === "unknown" || state === "failed")
    ledger.mark(id, owner, state === "unknown" ? unknown : { ...accepted, state }, T0);
}

function decisions(): unknown[] {
  const raw = new DatabaseSync(join(folder, "ledger.sqlite"));
  const rows = raw.prepare("SELECT kind, sha256, decided_by AS by FROM decision ORDER BY id").all();
  raw.close();
  return rows.map((row) => ({ ...row }));
}

describe("an unknown outcome", () => {
  it("stays for a person under `hold`", () => {
    const { run, id } = begin();
    bring(id, "unknown");
    expect(delivery(run)).toMatchObject({ state: "unknown", repeats: 0 });
    expect(ledger.due({ run })).toEqual([]);
  });

  it("queues the same bytes once more under `resend_once`, and a second one stays", () => {
    const { run, id } = begin({ onUnknown: "resend_once" });
    bring(id, "unknown");
    expect(delivery(run)).toMatchObject({ state: "queued", repeats: 1, next: T1, reason: { code: "MAIL_REPEATED" } });
    bring(id, "unknown", SECOND);
    expect(delivery(run)).toMatchObject({ state: "unknown", repeats: 1, reason: { code: "MAIL_UNKNOWN" } });
  });

  it("of a process that died is treated alike", () => {
    const { run, id } = begin({ onUnknown: "resend_once" });
    bring(id, "handed");
    expect(ledger.recover(LATER)).toEqual({ requeued: 0, unknown: 1 });
    expect(delivery(run)).toMatchObject({ state: "queued", repeats: 1 });
    bring(id, "handed", SECOND);
    ledger.recover(LATER);
    expect(delivery(run)).toMatchObject({ state: "unknown", repeats: 1 });
  });

  it("needs no second copy when the answer to the first comes before it left", () => {
    const { run, id } = begin({ onUnknown: "resend_once" });
    bring(id, "handed");
    ledger.recover(LATER);
    expect(ledger.mark(id, SECOND, accepted, LATER)).toBe(false);
    expect(ledger.mark(id, FIRST, accepted, LATER)).toBe(true);
    expect(delivery(run)).toMatchObject({ state: "accepted", reason: null });
  });

  it("of a try that never handed over cannot become accepted late", () => {
    const { run, id } = begin({ onUnknown: "resend_once" });
    bring(id, "unknown");
    ledger.claim([id], SECOND, 60_000, T0);
    ledger.recover(LATER);
    expect(delivery(run).state).toBe("queued");
    expect(ledger.mark(id, SECOND, accepted, LATER)).toBe(false);
  });
});

describe("a person who settles an unknown outcome", () => {
  it("says that it arrived", () => {
    const { run, id } = begin();
    bring(id, "unknown");
    expect(ledger.resolve(id, "sent", "lee", T1)).toBe(true);
    expect(delivery(run)).toMatchObject({ state: "accepted", reason: null });
    expect(ledger.resolve(id, "resend", "lee", T1)).toBe(false);
    expect(decisions()).toEqual([{ kind: "sent", sha256: "0".repeat(64), by: "lee" }]);
  });

  it("has it sent again, with a fresh row of tries", () => {
    const { run, id } = begin();
    bring(id, "unknown");
    expect(ledger.resolve(id, "resend", null, LATER)).toBe(true);
    expect(delivery(run)).toMatchObject({ state: "queued", tries: 0, repeats: 1, next: LATER, reason: null });
    expect(ledger.due({ run })[0]?.deliveries[0]?.since).toBeNull();
  });

  it.each<DeliveryState>(["queued", "sending", "handed", "accepted", "failed"])(
    "cannot where it is %s, and changes nothing",
    (state) => {
      const { run, id } = begin();
      bring(id, state);
      for (const as of ["sent", "resend"] as const) expect(ledger.resolve(id, as, null, T1)).toBe(false);
      expect(delivery(run).state).toBe(state);
      expect(decisions()).toEqual([]);
    },
  );
});

describe("a message that is sent again on purpose", () => {
  it.each<[DeliveryState, boolean]>([
    ["queued", false],
    ["sending", false],
    ["handed", false],
    ["accepted", true],
    ["failed", true],
    ["unknown", true],
  ])("from %s: %s", (state, can) => {
    const { run, id } = begin();
    bring(id, state);
    expect(ledger.resend([id], "lee", T1)).toEqual(can ? [id] : []);
    expect(delivery(run).state).toBe(can ? "queued" : state);
    expect(decisions()).toHaveLength(can ? 1 : 0);
  });

  it("opens its run again", () => {
    const { run, id } = begin();
    bring(id, "accepted");
    ledger.finishRun(run, "done", T0);
    ledger.resend([id], null, T1);
    expect(ledger.run(run).state).toBe("rendered");
  });
});

describe("a held message", () => {
  it("leaves once it is approved as the bytes that it holds, and not before", () => {
    const { run, message, ids } = begin({ state: "held", approver: "lee@agency.example" });
    expect(ledger.due({ run })).toEqual([]);
    expect(ledger.claim(ids, FIRST, 60_000, T0)).toEqual([]);
    expect(ledger.approve(message, "1".repeat(64), "lee", T0)).toBe(false);
    expect(ledger.approve(message, "0".repeat(64), "lee", T0)).toBe(true);
    expect(ledger.approve(message, "0".repeat(64), "lee", T0)).toBe(false);
    expect(ledger.claim(ids, FIRST, 60_000, T0)).toEqual(ids);
    expect(decisions()).toEqual([{ kind: "approve", sha256: "0".repeat(64), by: "lee" }]);
  });

  it("does not leave where its bytes were exchanged after the approval, or where nobody approved them", () => {
    const { run, message, ids } = begin({ state: "held", approver: "lee@agency.example" });
    ledger.approve(message, "0".repeat(64), "lee", T0);
    const raw = new DatabaseSync(join(folder, "ledger.sqlite"));
    raw.prepare("UPDATE message SET sha256 = ?").run("1".repeat(64));
    raw.close();
    expect(ledger.due({ run })).toEqual([]);
    expect(ledger.claim(ids, FIRST, 60_000, T0)).toEqual([]);
    const unapproved = begin({ approver: "lee@agency.example" }, 2);
    expect(ledger.claim(unapproved.ids, FIRST, 60_000, T0)).toEqual([]);
  });

  it("can be one that was ready, until its last bytes are released", () => {
    const { run, ids } = begin();
    const held = { code: "MAIL_HELD" as const, facts: { run: "1" } };
    bring(ids[0]!, "sending");
    expect(ledger.hold(run, held, "lee", T0)).toHaveLength(1);
    expect(ledger.markHanded(ids, FIRST, T0)).toBe(false);
    expect(ledger.run(run).messages[0]).toMatchObject({ state: "held", reason: held });
    expect(ledger.hold(run, held, "lee", T0)).toEqual([]);
  });

  it.each<DeliveryState>(["handed", "accepted", "failed", "unknown"])("cannot be one that is %s", (state) => {
    const { run, id } = begin();
    bring(id, state);
    expect(ledger.hold(run, { code: "MAIL_HELD", facts: { run: "1" } }, null, T0)).toEqual([]);
    expect(ledger.run(run).messages[0]?.state).toBe("ready");
  });
});

describe("a correction", () => {
  it("cancels what earlier revisions have not sent, and nothing else", () => {
    const first = begin({ recipients: [A, B] });
    bring(first.ids[0]!, "accepted");
    const other = ledger.beginRun({ ...identity, from: "2026-10-19", to: "2026-10-25" }, T0);
    ledger.addMessages(other.run, [message()], [], T0);
    const second = begin({}, 2);
    expect(ledger.run(first.run).messages[0]?.deliveries.map(({ state }) => state)).toEqual(["accepted", "cancelled"]);
    expect(ledger.run(first.run).state).toBe("done");
    expect(delivery(other.run).state).toBe("queued");
    expect(delivery(second.run).state).toBe("queued");
    expect(ledger.revisions(identity).map(({ revision }) => revision)).toEqual([2, 1]);
    expect(ledger.resend([first.ids[1]!], null, T1)).toEqual([]);
  });

  it("stops what an earlier revision is sending before its last bytes leave, and it is not queued again", () => {
    const { run, id } = begin();
    bring(id, "sending");
    begin({}, 2);
    expect(delivery(run).state).toBe("sending");
    expect(ledger.markHanded([id], FIRST, T0)).toBe(false);
    ledger.mark(id, FIRST, { state: "queued", next: T0, code: null, response: null, reason: null }, T0);
    expect(delivery(run)).toMatchObject({ state: "cancelled", reason: { code: "MAIL_SUPERSEDED" } });
  });

  it("cancels what the process of an earlier revision left behind, and sends nothing of it once more", () => {
    const { run, ids } = begin({ recipients: [A, B], onUnknown: "resend_once" });
    bring(ids[0]!, "sending");
    bring(ids[1]!, "handed", SECOND);
    begin({}, 2);
    ledger.recover(LATER);
    expect(ledger.run(run).messages[0]?.deliveries.map(({ state }) => state)).toEqual(["cancelled", "unknown"]);
    expect(ledger.due({ run })).toEqual([]);
  });

  it("leaves nobody a decision about what it takes the place of, and counts nobody as its reader", () => {
    const { run } = begin({ state: "held", approver: "lee@agency.example" });
    begin({ recipients: [B] }, 2);
    expect(ledger.run(run).messages[0]).toMatchObject({ state: "ready", reason: null });
    expect(ledger.troubles().messages).toEqual([]);
    expect(ledger.counts().waitingForPerson).toBe(0);
    expect(ledger.lastReaders("hanbit-coffee", "client")).toEqual([B]);
  });
});

describe("what persons ask for", () => {
  it("is found by the run's number or name", () => {
    const { run } = begin();
    expect(ledger.findRun(String(run))?.id).toBe(run);
    expect(ledger.findRun("hanbit-coffee.ppc.weekly.2026-10-26.r1")?.id).toBe(run);
    expect(ledger.findRun("hanbit-coffee.ppc.weekly.2026-10-26.r2")).toBeNull();
  });

  it("tells whom the newest released mail of an audience reached", () => {
    expect(ledger.lastReaders("hanbit-coffee", "client")).toBeNull();
    const { message } = begin({ state: "held", approver: "lee@agency.example", recipients: [B, A] });
    expect(ledger.lastReaders("hanbit-coffee", "client")).toBeNull();
    ledger.approve(message, "0".repeat(64), null, T0);
    expect(ledger.lastReaders("hanbit-coffee", "client")).toEqual([A, B]);
    expect(ledger.lastReaders("hanbit-coffee", "team")).toBeNull();
    expect(ledger.lastReaders("northwind-outfitters", "client")).toBeNull();
  });
});

describe("the time of the next try", () => {
  const at = (tries: number, id = 1) => nextTry({ id, tries, since: T0, now: T0 });

  it("is the delivery's own after the first hour, and the same whenever it is asked for", () => {
    const fifth = [1, 2, 3, 4, 5, 6, 7, 8].map((id) => at(5, id));
    expect(new Set(fifth).size).toBeGreaterThan(5);
    expect(fifth).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((id) => at(5, id)));
    for (const next of fifth)
      expect(next! >= "2026-11-02T01:00:00.000Z" && next! < "2026-11-02T01:06:00.000Z").toBe(true);
  });

  it("never lies more than a day after the first", () => {
    expect(nextTry({ id: 1, tries: 1, since: T0, now: "2026-11-02T23:59:00.000Z" })).toBe("2026-11-03T00:00:00.000Z");
    expect(nextTry({ id: 1, tries: 1, since: T0, now: "2026-11-02T23:59:00.001Z" })).toBeNull();
  });
});
