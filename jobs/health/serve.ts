import { existsSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Clock, later } from "../clock.ts";
import { type Ledger, TICK } from "../ledger/ledger.ts";
import { metricsText } from "./metrics.ts";

export interface HealthOptions {
  /** 0 takes a free one. */
  port: number;
  /** Loopback unless said otherwise: the pages need no password and name no client or reader. */
  host?: string;
  clock: Clock;
  ledger: Pick<Ledger, "lastBeat" | "counts">;
  /** Where the ledger lies: a handle still answers after its file was taken away. */
  ledgerFile: string;
  /** Whether there is a config to work by. */
  configAccepted: () => boolean;
  /** What the schedule knows. */
  slots: (now: string) => { oldestOverdue: string | null; missed: number };
  version: string;
}

/** How long after its last tick a daemon still counts as alive: two ticks may be missed. */
const aliveMs = 3 * 60_000;

/**
 * `/healthz` (does it tick), `/readyz` (could it work) and `/metrics`. All of it comes from the ledger, so that it is as
 * true of a daemon that hangs as of one that works.
 */
export async function serveHealth(options: HealthOptions): Promise<{ port: number; close(): Promise<void> }> {
  const started = options.clock.now();
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 }, (request, response) => {
    const page = served[request.url?.split("?")[0] ?? ""];
    if (request.method !== "GET" && request.method !== "HEAD")
      return answer(response, { status: 405, text: "GET only\n" });
    if (!page) return answer(response, { status: 404, text: `${pages.join("\n")}\n` });
    answer(
      response,
      safely(() => page(options, started)),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host ?? "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port, // a server on a port has one
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Page {
  status: number;
  text: string;
  type?: string;
}

function health({ ledger, clock }: HealthOptions, started: string): Page {
  const tick = ledger.lastBeat(TICK);
  // The last tick of the process before says nothing of this one.
  const since = tick !== null && tick > started ? tick : started;
  const alive = later(since, aliveMs) >= clock.now();
  return { status: alive ? 200 : 503, text: `${alive ? "ok" : "no tick"} since ${since}\n` };
}

function readiness({ ledger, ledgerFile, configAccepted }: HealthOptions): Page {
  ledger.lastBeat(TICK);
  const lacks = [
    existsSync(ledgerFile) ? "" : "the ledger's file is gone",
    configAccepted() ? "" : "no config is accepted: `bogo check` says why",
  ].filter((each) => each !== "");
  return lacks.length > 0 ? { status: 503, text: `${lacks.join("\n")}\n` } : { status: 200, text: "ready\n" };
}

function metrics({ ledger, clock, slots, version }: HealthOptions): Page {
  const now = clock.now();
  const { oldestOverdue, missed: missedSlots } = slots(now);
  const measured = {
    counts: ledger.counts(),
    lastTick: ledger.lastBeat(TICK),
    oldestOverdue,
    missedSlots,
    version,
    now,
  };
  return { status: 200, text: metricsText(measured), type: "text/plain; version=0.0.4; charset=utf-8" };
}

const served: Readonly<Record<string, (options: HealthOptions, started: string) => Page>> = {
  "/healthz": health,
  "/readyz": readiness,
  "/metrics": metrics,
};

/** The paths that it answers. */
export const pages: readonly string[] = Object.keys(served);

/** A ledger that cannot be read is an answer, too. */
function safely(page: () => Page): Page {
  try {
    return page();
  } catch (error) {
    return { status: 503, text: `${error instanceof Error ? error.message : String(error)}\n` };
  }
}

function answer(response: ServerResponse, { status, text, type = "text/plain; charset=utf-8" }: Page): void {
  response.writeHead(status, { "content-type": type, "cache-control": "no-store" }).end(text);
}
