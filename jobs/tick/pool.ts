import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Context } from "../context.ts";
import type { Log } from "../log.ts";
import { projectRoot } from "../roots.ts";

/** Does the work of one client; an abort asks it to come to an end. */
export type Worker = (client: string, signal: AbortSignal) => Promise<void>;

export interface Pool {
  /** Begins a client's work, now or when there is room. One whose work is under way goes on with that. */
  begin(client: string): void;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
  /** Asks everything to come to an end and resolves when it has. */
  stop(): Promise<void>;
}

/** A few clients at a time, each once. */
export function poolOf(worker: Worker, room: number): Pool {
  const running = new Map<string, Promise<void>>();
  const waiting = new Set<string>();
  const ending = new AbortController();

  function fill(): void {
    for (const client of waiting) {
      if (running.size >= room || ending.signal.aborted) return;
      waiting.delete(client);
      const work = worker(client, ending.signal).finally(() => {
        running.delete(client);
        fill();
      });
      running.set(client, work);
    }
  }

  const pool: Pool = {
    begin(client) {
      if (running.has(client)) return;
      waiting.add(client);
      fill();
    },
    async idle() {
      while (running.size > 0) await Promise.all(running.values());
    },
    async stop() {
      waiting.clear();
      ending.abort();
      await pool.idle();
    },
  };
  return pool;
}

/**
 * A worker that is a process of its own: it opens one client's warehouse, archive and mail and nobody else's, and what
 * it does to memory or the processor is its own affair. It is stopped when it has not ended within the hour.
 */
export function processWorker({ roots, env, lang }: Pick<Context, "roots" | "env" | "lang">, log: Log): Worker {
  const { config, inbox, state, out } = roots;
  const folders = { BOGO_CONFIG: config, BOGO_INBOX: inbox, BOGO_STATE: state, BOGO_OUT: out };
  return (client, signal) =>
    new Promise((resolve) => {
      const child = spawn(
        process.execPath,
        [`--max-old-space-size=${heapMb}`, join(projectRoot, "bogo.mjs"), "--lang", lang, "work", client],
        { env: { ...env, ...folders }, stdio: ["ignore", "inherit", "inherit"] },
      );
      const stop = () => child.kill("SIGTERM");
      signal.addEventListener("abort", stop, { once: true });
      const limit = setTimeout(() => child.kill("SIGKILL"), limitMs);
      let ended = false;
      const end = (how: Record<string, unknown> | null): void => {
        if (ended) return;
        ended = true;
        clearTimeout(limit);
        signal.removeEventListener("abort", stop);
        if (how) log.error("work.failed", { client, ...how });
        resolve();
      };
      child.on("error", (error) => end({ why: error.message }));
      child.on("exit", (code, killed) => end(code === 0 ? null : { code, signal: killed }));
    });
}

/** Beside the engine's own memory, which is limited apart. */
const heapMb = 1024;
const limitMs = 3_600_000;
