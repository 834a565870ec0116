import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { deliver } from "../../jobs/deliver/deliver.ts";
import { type HealthOptions, serveHealth } from "../../jobs/health/serve.ts";
import { TICK } from "../../jobs/ledger/ledger.ts";
import { outgoing, stage } from "../deliver/stage.ts";

async function room(options: Partial<HealthOptions> = {}) {
  const staged = await stage({ recipient: (address) => (address.startsWith("cmo") ? "550 no such user" : undefined) });
  const ledgerFile = join(staged.folder, "ledger.sqlite");
  const served = await serveHealth({
    port: 0,
    clock: staged.clock,
    ledger: staged.ledger,
    ledgerFile,
    configAccepted: () => true,
    slots: () => ({ oldestOverdue: null, missed: 0 }),
    version: "1.2.3",
    ...options,
  });
  onTestFinished(() => served.close());
  const get = async (path: string, init?: RequestInit) => {
    const response = await fetch(`http://127.0.0.1:${served.port}${path}`, init);
    return { status: response.status, text: await response.text(), type: response.headers.get("content-type") };
  };
  return { ...staged, ledgerFile, get };
}

const minutes = (count: number): number => count * 60_000;

describe("the health page", () => {
  it("is well for 3 minutes after the start and after each tick, and not longer", async () => {
    const at = await room();
    at.ledger.beat(TICK, "2026-11-01T00:00:00.000Z");
    expect(await at.get("/healthz")).toMatchObject({ status: 200 });
    at.clock.pass(minutes(3));
    expect(await at.get("/healthz")).toMatchObject({ status: 200 });
    at.clock.pass(1);
    expect(await at.get("/healthz")).toMatchObject({ status: 503, text: "no tick since 2026-11-02T00:00:00.000Z\n" });
    at.ledger.beat(TICK, at.clock.now());
    expect(await at.get("/healthz")).toMatchObject({ status: 200 });
  });

  it("is ready only with a ledger and an accepted config, and says what is missing", async () => {
    let accepted = true;
    const at = await room({ configAccepted: () => accepted });
    expect(await at.get("/readyz")).toMatchObject({ status: 200, text: "ready\n" });
    accepted = false;
    rmSync(at.ledgerFile);
    const { status, text } = await at.get("/readyz");
    expect(status).toBe(503);
    expect(text).toContain("the ledger's file is gone");
    expect(text).toContain("`bogo check` says why");
  });

  it("answers also where the ledger cannot be read, and nothing but GET of its three pages", async () => {
    const at = await room({
      ledger: {
        lastBeat: () => {
          throw new Error("disk I/O error");
        },
        counts: () => {
          throw new Error("disk I/O error");
        },
      },
    });
    for (const path of ["/healthz", "/readyz", "/metrics"])
      expect(await at.get(path)).toMatchObject({ status: 503, text: "disk I/O error\n" });
    expect(await at.get("/")).toMatchObject({ status: 404, text: "/healthz\n/readyz\n/metrics\n" });
    expect(await at.get("//?a=b")).toMatchObject({ status: 404 });
    expect(await at.get("/healthz", { method: "POST" })).toMatchObject({ status: 405 });
  });
});

describe("the metrics", () => {
  it("give overdue seconds, what waits for a person, deliveries by each state, notices and the build", async () => {
    const at = await room({ slots: () => ({ oldestOverdue: "2026-11-01T23:58:30.000Z", missed: 2 }) });
    await deliver(at.outside, at.run, [outgoing(["ceo@hanbit.example", "cmo@hanbit.example"])], []);
    const next = {
      client: "hanbit-coffee",
      report: "ppc",
      cadence: "weekly",
      from: "2026-11-02",
      revision: 1,
    } as const;
    const { run } = at.ledger.beginRun({ ...next, to: "2026-11-08" }, at.clock.now());
    at.ledger.finishRun(run, "held", at.clock.now());
    at.ledger.beat(TICK, at.clock.now());
    const { status, text, type } = await at.get("/metrics");
    expect({ status, type }).toEqual({ status: 200, type: "text/plain; version=0.0.4; charset=utf-8" });
    const values = Object.fromEntries(
      text
        .split("\n")
        .filter((line) => line && !line.startsWith("#"))
        .map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ") + 1))]),
    );
    expect(values).toMatchObject({
      bogo_oldest_overdue_seconds: 90,
      bogo_slots_missed_total: 2,
      bogo_runs_waiting_for_person: 1,
      bogo_exports_held: 0,
      'bogo_deliveries{state="accepted"}': 1,
      'bogo_deliveries{state="failed"}': 1,
      'bogo_deliveries{state="unknown"}': 0,
      'bogo_notices_open{audience="ops"}': 0,
      bogo_last_tick_seconds: Date.parse("2026-11-02T00:00:00Z") / 1000,
      [`bogo_build_info{version="1.2.3",node="${process.versions.node}"}`]: 1,
    });
    // Each sample has a help and a type, and names nobody.
    for (const name of new Set(Object.keys(values).map((key) => key.split("{")[0])))
      expect(text).toMatch(new RegExp(`# HELP ${name} .+\\n# TYPE ${name} (gauge|counter)\\n${name}`));
    expect(text).not.toMatch(/hanbit|@/);
  });
});
