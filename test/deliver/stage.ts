import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";
import type { Clock } from "../../jobs/clock.ts";
import { later } from "../../jobs/clock.ts";
import type { Outgoing, Outside } from "../../jobs/deliver/deliver.ts";
import { mailStore } from "../../jobs/deliver/store.ts";
import { type RunIdentity, type RunRecord, runName } from "../../jobs/ledger/ledger.ts";
import { openLedger } from "../../jobs/ledger/sqlite.ts";
import { type Script, scriptedSmtp } from "./scripted-smtp.ts";

export const identity: RunIdentity = {
  client: "hanbit-coffee",
  report: "ppc",
  cadence: "weekly",
  from: "2026-10-26",
  revision: 1,
};

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "bogo-deliver-"));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A clock that a test moves. */
function handClock(start = "2026-11-02T00:00:00.000Z"): Clock & { pass(milliseconds: number): void } {
  let instant = start;
  return {
    now: () => instant,
    monotonic: () => performance.now(),
    pass: (milliseconds) => {
      instant = later(instant, milliseconds);
    },
  };
}

/** A state root, a scripted mail server, and one run that is ready to deliver. */
export async function stage(script: Script = {}, settings: Partial<Outside["smtp"]> = {}) {
  const folder = tempFolder();
  const server = await scriptedSmtp(script);
  cleanups.push(() => server.close());
  const clock = handClock();
  const ledger = openLedger(join(folder, "ledger.sqlite"));
  cleanups.push(() => ledger.close());
  const outside: Outside = {
    ledger,
    store: mailStore(join(folder, "mail")),
    smtp: {
      host: "127.0.0.1",
      port: server.port,
      tls: "none",
      timeouts: { connect: 500, greeting: 500, silence: 500, whole: 5_000 },
      ...settings,
    },
    clock,
    domains: { "hanbit-coffee": ["hanbit.example", "agency.example"] },
  };
  const { run } = ledger.beginRun({ ...identity, to: "2026-11-01" }, clock.now());
  return { folder, server, clock, ledger, outside, run };
}

export function outgoing(
  recipients: string[],
  { audience = "client", size = 2_000, run = runName(identity) } = {},
): Outgoing {
  const body = "x".repeat(70);
  const lines = Array.from({ length: Math.ceil(size / 72) }, () => body).join("\r\n");
  const bytes = Buffer.from(
    `From: reports@agency.example\r\nTo: ${recipients.join(", ")}\r\nSubject: ${audience}\r\nX-Report-Run: ${run}\r\n\r\n${lines}\r\n.dot\r\n`,
  );
  return {
    audience,
    subject: audience,
    messageId: `<${audience}@agency.example>`,
    sender: "reports@agency.example",
    recipients,
    bytes,
  };
}

/** State by recipient. */
export function states(run: RunRecord): Record<string, string> {
  return Object.fromEntries(
    run.messages.flatMap(({ deliveries }) => deliveries.map(({ recipient, state }) => [recipient, state])),
  );
}
