import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Ledger } from "../../jobs/ledger/ledger.ts";
import { openLedger } from "../../jobs/ledger/sqlite.ts";
import { projectRoot } from "../../jobs/roots.ts";
import { problem } from "../../transforms/problem.ts";

const T0 = "2026-11-02T00:00:00.000Z";
const T1 = "2026-11-02T00:01:00.000Z";
const file = { client: "hanbit-coffee", sha256: "a".repeat(64), path: "kakao/a.csv", source: "ppc kakao/* 1" };
const why = {
  problems: [problem("LOAD_FORMAT_UNSEEN", { file: "kakao/a.csv", format: "kakao_moment.report" })],
  confirms: ["format kakao_moment.report"],
};

let folder: string;
let ledger: Ledger;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bogo-holds-"));
  ledger = openLedger(join(folder, "ledger.sqlite"));
});
afterEach(() => {
  ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("a held export", () => {
  it("is one however often it is looked at, and keeps the time at which it was first held", () => {
    const first = ledger.openHold({ ...file, ...why }, T0);
    const again = ledger.openHold({ ...file, problems: [], confirms: [] }, T1);
    expect(again).toEqual({ ...first, problems: [], confirms: [] });
    expect(ledger.holds({ client: "hanbit-coffee", state: "open" })).toEqual([again]);
    expect(ledger.holds({ client: "northwind-outfitters" })).toEqual([]);
  });

  it("is accepted once, which confirms its subjects for all files to come", () => {
    const { id } = ledger.openHold({ ...file, ...why }, T0);
    expect(ledger.isConfirmed("format kakao_moment.report")).toBe(false);
    expect(ledger.acceptHold(id, "lee", T1)).toMatchObject({ state: "accepted", by: "lee", changed: T1, opened: T0 });
    expect(ledger.acceptHold(id, "kim", T1)).toBeNull();
    expect(ledger.isConfirmed("format kakao_moment.report")).toBe(true);
  });

  it("that left the inbox unanswered cannot be accepted any more, and opens anew when it comes back", () => {
    const { id } = ledger.openHold({ ...file, ...why }, T0);
    ledger.closeHold(id, "gone", T1);
    expect(ledger.acceptHold(id, null, T1)).toBeNull();
    expect(ledger.openHold({ ...file, ...why }, T1)).toMatchObject({ id, state: "open", opened: T1 });
  });

  it("counts from when it was let in: a rebuild loads it after what came meanwhile", () => {
    ledger.recordSeen(file, T0);
    ledger.recordSeen({ ...file, sha256: "b".repeat(64), path: "kakao/b.csv" }, T0);
    const { id } = ledger.openHold({ ...file, ...why }, T0);
    ledger.acceptHold(id, null, T1);
    ledger.closeHold(id, "loaded", T1);
    expect(ledger.listSeen("hanbit-coffee").map(({ path }) => path)).toEqual(["kakao/b.csv", "kakao/a.csv"]);
    expect(ledger.holdOf(file.client, file.sha256, file.source)?.state).toBe("loaded");
    const next = ledger.recordSeen({ ...file, sha256: "c".repeat(64), path: "kakao/c.csv" }, T1);
    expect(next.order).toBeGreaterThan(ledger.listSeen("hanbit-coffee")[1]?.order ?? Number.NaN);
  });
});

describe("a ledger of an earlier version", () => {
  it("keeps what it holds and learns of held exports", () => {
    const path = join(folder, "earlier.sqlite");
    const raw = new DatabaseSync(path);
    raw.exec(readFileSync(join(projectRoot, "jobs/ledger/schema.sql"), "utf8"));
    raw.exec("PRAGMA user_version = 1");
    raw
      .prepare("INSERT INTO seen (client, sha256, path, source, seen_at) VALUES (?, ?, ?, ?, ?)")
      .run(file.client, file.sha256, file.path, file.source, T0);
    raw.close();
    const opened = openLedger(path);
    expect(opened.listSeen("hanbit-coffee").map((each) => each.path)).toEqual(["kakao/a.csv"]);
    expect(opened.openHold({ ...file, ...why }, T1).state).toBe("open");
    opened.close();
  });
});
