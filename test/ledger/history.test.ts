import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { history, overallState } from "../../jobs/history.ts";
import type { DeliveryState, Ledger } from "../../jobs/ledger/ledger.ts";
import { openLedger } from "../../jobs/ledger/sqlite.ts";
import { catalogue } from "../../transforms/problem.ts";

const T0 = "2026-11-02T00:00:00.000Z";
let folder: string;
let ledger: Ledger;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bogo-history-"));
  ledger = openLedger(join(folder, "ledger.sqlite"));
});
afterEach(() => {
  ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

function fill(): void {
  const identity = {
    client: "hanbit-coffee",
    report: "ppc",
    cadence: "weekly" as const,
    from: "2026-10-26",
    to: "2026-11-01",
    revision: 1,
  };
  const { run } = ledger.beginRun(identity, T0);
  const message = {
    audience: "client",
    state: "ready" as const,
    reason: null,
    subject: "s",
    messageId: "<1>",
    sender: "r@agency.example",
    path: "p",
    sha256: "0",
    size: 1,
    onUnknown: "hold" as const,
    approver: null,
    recipients: ["ceo@hanbit.example", "cmo@hanbit.example"],
  };
  ledger.addMessages(run, [message], [], T0);
  const [first = 0, second = 0] = ledger.due({ run })[0]?.deliveries.map(({ id }) => id) ?? [];
  ledger.claim([first, second], "elsewhere:1:a", 60_000, T0);
  ledger.markHanded([first, second], "elsewhere:1:a", T0);
  ledger.mark(first, "elsewhere:1:a", { state: "accepted", code: 250, response: "250 ok", reason: null }, T0);
  const reason = {
    code: "MAIL_REFUSED" as const,
    facts: { recipient: "cmo@hanbit.example", answer: "550 no such user" },
  };
  ledger.mark(second, "elsewhere:1:a", { state: "failed", code: 550, response: "550 no such user", reason }, T0);
  const waiting = ledger.beginRun(
    { ...identity, report: "seo", cadence: "monthly", from: "2026-10-01", to: "2026-10-31" },
    "2026-11-02T00:05:00.000Z",
  );
  ledger.finishRun(waiting.run, "waiting", "2026-11-02T00:05:00.000Z", {
    code: "RUN_NO_DATA",
    facts: { client: "hanbit-coffee", report: "seo", period: "2026-10", folder: "inbox/hanbit-coffee" },
  });
}

describe("the history", () => {
  it("says in English what went where, what did not, why, and what to do", () => {
    fill();
    expect(history(ledger, { lang: "en" })).toBe(
      [
        "No.  When (UTC)        Client         Report       Period                   To                          State",
        "2    2026-11-02 00:05  hanbit-coffee  seo monthly  2026-10-01 ~ 2026-10-31                              waiting",
        "    No figures are held for hanbit-coffee seo, 2026-10.",
        "    → Put the exports that cover 2026-10 into inbox/hanbit-coffee and run again. Nothing was sent.",
        "1    2026-11-02 00:00  hanbit-coffee  ppc weekly   2026-10-26 ~ 2026-11-01  client: ceo@hanbit.example  accepted",
        "1    2026-11-02 00:00  hanbit-coffee  ppc weekly   2026-10-26 ~ 2026-11-01  client: cmo@hanbit.example  failed",
        "    The mail server refuses cmo@hanbit.example for good: 550 no such user.",
        "    → Check the address under `recipients` and ask the reader's mail administrator. Other recipients are not affected.",
      ].join("\n"),
    );
  });

  it("says it in Korean, with columns that line up although Hangul is twice as wide", () => {
    fill();
    const lines = history(ledger, { lang: "ko" })
      .split("\n")
      .filter((line) => !line.startsWith("    "));
    expect(lines.map((line) => line.split(/ {2,}/).at(-1))).toEqual(["상태", "데이터 대기", "발송 완료", "실패"]);
    const column = (line: string) =>
      [...line.slice(0, line.search(/(ppc|seo|리포트)/))].reduce(
        (sum, each) => sum + (/[가-힣]/.test(each) ? 2 : 1),
        0,
      );
    expect(new Set(lines.map(column)).size).toBe(1);
  });

  it("is limited to one client, and says so when there is nothing", () => {
    fill();
    expect(history(ledger, { client: "northwind-outfitters", lang: "en" })).toMatch(/^Nothing was sent yet/);
  });
});

describe("the state of a report", () => {
  const run = (...states: DeliveryState[]) => ({
    state: "rendered" as const,
    messages: [
      {
        ...empty,
        deliveries: states.map((state, id) => ({
          id,
          recipient: "",
          state,
          tries: 1,
          next: T0,
          code: null,
          response: null,
          reason: null,
          repeats: 0,
          changed: T0,
        })),
      },
    ],
  });
  const empty = {
    id: 1,
    audience: "client",
    state: "ready" as const,
    reason: null,
    subject: "",
    messageId: "",
    sender: "",
    path: "",
    sha256: "",
    size: 0,
    onUnknown: "hold" as const,
    approver: null,
  };

  it.each<[string, DeliveryState[]]>([
    ["accepted", ["accepted", "accepted"]],
    ["queued", ["accepted", "queued"]],
    ["failed", ["queued", "failed", "unknown"]],
    ["unknown", ["accepted", "unknown", "queued"]],
  ])("is %s for %j", (expected, states) => expect(overallState(run(...states))).toBe(expected));

  it("is the run's own while there is no message", () =>
    expect(overallState({ state: "waiting", messages: [] })).toBe("waiting"));
});

describe("the problems of delivery", () => {
  it("name the same evidence in both languages", () => {
    const names = (text: string) => new Set([...text.matchAll(/\{(\w+)/g)].map(([, name]) => name));
    for (const [code, { say }] of Object.entries(catalogue))
      expect([code, names(say.ko)]).toEqual([code, names(say.en)]);
  });
});
