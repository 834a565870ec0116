import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { Running } from "../cli/home.ts";
import { type Town, town } from "./town.ts";

const sunday = "2025-10-19T10:00:00Z";
const due = "2025-10-20T00:00:30Z";
const hanbitYaml = "config/clients/hanbit/client.yaml";
const sent = "hanbit ppc weekly 2025-10-13 done";

/** The daemon, once it says where its health page is. */
async function daemon(at: Town): Promise<Running & { port: number }> {
  const running = at.start("serve --port 0", { env: at.env });
  const line = await until(() => /"event":"serve.started".*"health":(\d+)/.exec(running.err()));
  return { ...running, port: Number(line[1]) };
}

async function until<Found>(look: () => Found | null | undefined | false): Promise<Found> {
  for (let tries = 0; tries < 600; tries++) {
    const found = look();
    if (found) return found;
    await sleep(100);
  }
  throw new Error("it did not come");
}

const page = async (port: number, path: string): Promise<{ status: number; text: string }> => {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`);
  return { status: answer.status, text: await answer.text() };
};

describe("bogo serve", { timeout: 150_000 }, () => {
  it("looks at once and each minute, tells whether it does, and ends in order when asked to", async () => {
    const at = await town();
    at.write(hanbitYaml, `${at.read(hanbitYaml)}quiet: false\n`);
    await at.tick(sunday);
    // Hanbit's is due; Acme's will be in ten seconds, by the alarm clock.
    at.at("2025-10-20T12:59:50Z");
    const { port, end, err } = await daemon(at);
    await until(() => at.runs().includes(sent));
    expect(await page(port, "/healthz")).toMatchObject({ status: 200 });
    expect(await page(port, "/readyz")).toMatchObject({ status: 200 });
    const { text } = await page(port, "/metrics");
    expect(text).toMatch(/^bogo_deliveries\{state="accepted"\} [1-9]/m);
    expect(text).toMatch(/^bogo_oldest_overdue_seconds [0-9.]+$/m);
    await until(() => at.runs().includes("acme ppc weekly 2025-10-13 done"));
    const began = performance.now();
    expect(await end("SIGTERM")).toBe(0);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(err()).toContain('"event":"serve.stopped"');
    expect(at.mails()).toHaveLength(3);
  });

  it("lets the mail that is on its way arrive when it is asked to end, and begins no other", async () => {
    const at = await town();
    await at.tick(sunday);
    let let_go = (): void => {};
    const held = new Promise<void>((resolve) => {
      let_go = resolve;
    });
    let reached = false;
    at.server.hooks.at = async (stage) => {
      if (stage !== "dot" || reached) return;
      reached = true;
      await held;
    };
    at.at("2025-10-20T13:00:00Z");
    const { end } = await daemon(at);
    await until(() => reached);
    const ended = end("SIGTERM");
    await sleep(500);
    let_go();
    await ended;
    // One message of one report; what was not begun waits for the next process.
    expect(at.server.taken).toHaveLength(1);
    expect(at.states()).toContain("accepted");
    expect(at.states()).not.toContain("unknown");
    await at.tick("2025-10-21T00:05:00Z");
    expect(at.mails()).toHaveLength(3);
  });

  it("ends within ten seconds even where the mail server never answers, and says that it does not know", async () => {
    const at = await town();
    await at.tick(sunday);
    at.server.script = { data: "silent after storing" };
    at.at(due);
    const { end } = await daemon(at);
    await until(() => at.server.taken.length > 0);
    const began = performance.now();
    expect(await end("SIGTERM")).toBe(3);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(at.states()).toEqual(["unknown"]);
  });

  it("gives up what it is making when it is asked to end, as if it had never begun", async () => {
    const at = await town();
    await at.tick(sunday);
    at.at(due);
    const { end } = await daemon(at);
    await until(() => at.turns().some(({ tries }) => tries === 1));
    await end("SIGTERM");
    // Where it was quicker than the signal, it has sent it.
    if (!at.runs().includes(sent)) expect(at.turns()).toMatchObject([{ tries: 0, reason: null }]);
    await at.tick("2025-10-20T00:02:00Z");
    expect(at.runs()).toEqual([sent]);
    expect(at.mails().filter((mail) => mail.startsWith("ceo@"))).toHaveLength(1);
  });

  it("does its share where another daemon works on the same ledger", async () => {
    const at = await town();
    await at.tick(sunday);
    at.at("2025-10-20T13:00:00Z");
    at.write(hanbitYaml, `${at.read(hanbitYaml)}quiet: false\n`);
    const both = await Promise.all([daemon(at), daemon(at)]);
    await until(() => at.runs().length === 2 && at.runs().every((run) => run.endsWith("done")));
    await sleep(500);
    await Promise.all(both.map(({ end }) => end("SIGTERM")));
    expect(at.mails()).toHaveLength(3);
  });
});
