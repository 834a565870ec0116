import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { systemClock } from "../../jobs/clock.ts";
import { deliver, sendQueued } from "../../jobs/deliver/deliver.ts";
import { runName } from "../../jobs/ledger/ledger.ts";
import { copies, type Script } from "./scripted-smtp.ts";
import { identity, outgoing, stage, states } from "./stage.ts";

const A = "ceo@hanbit.example";

/** Runs whose messages are stored and queued, because the server was busy; the clock is real from here on. */
async function queued(count: number) {
  const staged = await stage({ greeting: "421 busy" });
  const outside = { ...staged.outside, clock: systemClock() };
  const runs: number[] = [];
  for (let each = 1; each <= count; each++) {
    const report = `ppc-${each}`;
    const { run } = staged.ledger.beginRun({ ...identity, report, to: "2026-11-01" }, outside.clock.now());
    await deliver(outside, run, [outgoing([A], { run: runName({ ...identity, report }) })], []);
    runs.push(run);
  }
  staged.server.script = {};
  const start = (): ChildProcess =>
    spawn(
      process.execPath,
      [
        join(import.meta.dirname, "worker.ts"),
        join(staged.folder, "ledger.sqlite"),
        join(staged.folder, "mail"),
        String(staged.server.port),
        runs.join(","),
      ],
      { stdio: ["ignore", "ignore", "inherit"] },
    );
  return { ...staged, outside, runs, start };
}

describe("several processes on one ledger", () => {
  it("send each message once between them", async () => {
    const { server, ledger, runs, start } = await queued(25);
    const exits = [start(), start(), start()].map((child) => once(child, "exit"));
    expect((await Promise.all(exits)).map(([code]) => code)).toEqual([0, 0, 0]);
    expect(server.taken.length).toBe(25);
    expect(runs.map((run) => states(ledger.run(run))[A])).toEqual(runs.map(() => "accepted"));
  });
});

describe("a process that is killed with SIGKILL", () => {
  it.each<[string, Script, RegExp, string, number]>([
    ["before the message left is followed by one that sends it", { recipient: () => "" }, /^RCPT/, "accepted", 1],
    [
      "after the server has the message is followed by one that does not send it again",
      { data: "silent after storing" },
      /^DATA/,
      "unknown",
      1,
    ],
  ])("%s", async (_, script, reached, state, kept) => {
    const { server, outside, runs, start } = await queued(1);
    // An empty reply keeps the worker waiting after its RCPT.
    server.script = script;
    server.commands.length = 0;
    const child = start();
    await expect.poll(() => server.commands.some((line) => reached.test(line)), { timeout: 5_000 }).toBe(true);
    if (state === "unknown") await expect.poll(() => server.taken.length).toBe(1);
    child.kill("SIGKILL");
    await once(child, "exit");

    server.script = {};
    const after = await sendQueued(outside, runs[0]!);
    expect(states(after)).toEqual({ [A]: state });
    await sendQueued(outside, runs[0]!);
    expect(copies(server.taken)).toEqual({ [A]: kept });
  });
});
