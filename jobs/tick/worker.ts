import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import type { Context } from "../context.ts";
import type { Log } from "../log.ts";
import { projectRoot } from "../roots.ts";
import type { Worker } from "./pool.ts";

/** What a worker process is told to do. */
export interface Order {
  client: string;
}

/** What it answers when that is done. One that ends instead has failed at it, or was stopped. */
export interface Answer {
  done: string;
}

/**
 * Workers that are processes of their own: each has one client's warehouse, archive and mail open at a time, and what it
 * does to memory or the processor is its own affair. One that is done takes the next client that waits, since starting
 * and warming up costs as much as a client's reports; it ends when none waits or when it has had its share. One that has
 * not ended with a client within the hour is killed.
 */
export function processWorker(context: Pick<Context, "roots" | "env" | "lang">, log: Log): Worker {
  const free = new Map<ChildProcess, number>();
  return async (client, signal) => {
    const [[child, before] = [begin(context), 0]] = free;
    free.delete(child);
    const how = await told(child, client, signal);
    if (how === null && before + 1 < share) free.set(child, before + 1);
    else if (how !== null && how.code !== 0) log.error("work.failed", { client, ...how });
    // By then the pool has given it the next client, if one waits.
    setImmediate(() => {
      if (child.connected && (free.delete(child) || before + 1 >= share)) child.disconnect();
    });
  };
}

function begin({ roots, env, lang }: Pick<Context, "roots" | "env" | "lang">): ChildProcess {
  const { config, inbox, state, out } = roots;
  const folders = { BOGO_CONFIG: config, BOGO_INBOX: inbox, BOGO_STATE: state, BOGO_OUT: out };
  const args = [...memory.flags, join(projectRoot, "bogo.mjs"), "--lang", lang, "work"];
  const child = spawn(process.execPath, args, {
    env: { ...memory.env, ...env, ...folders },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  // What comes too late for anybody to be told must not end the program.
  child.on("error", () => {});
  return child;
}

/** Resolves with null when the process has done it, else with how it ended. */
function told(child: ChildProcess, client: string, signal: AbortSignal): Promise<Record<string, unknown> | null> {
  return new Promise((resolve) => {
    const stop = () => child.kill("SIGTERM");
    const limit = setTimeout(() => child.kill("SIGKILL"), limitMs);
    const answered = ({ done }: Answer) => done === client && end(null);
    const failed = (error: Error) => end({ why: error.message });
    const ended = (code: number | null, killed: NodeJS.Signals | null) => end({ code, signal: killed });
    const end = (how: Record<string, unknown> | null): void => {
      clearTimeout(limit);
      signal.removeEventListener("abort", stop);
      child.off("message", answered).off("error", failed).off("exit", ended);
      resolve(how);
    };
    signal.addEventListener("abort", stop, { once: true });
    child.on("message", answered).on("error", failed).on("exit", ended);
    const { exitCode: code, signalCode } = child;
    if (child.connected) child.send({ client } satisfies Order, (error) => error && failed(error));
    // One that could not be begun is about to say why; one that has ended has said so before anybody listened.
    else if (code !== null || signalCode !== null) ended(code, signalCode);
  });
}

/** How many clients a process works for, so that nothing it may leave behind adds up. */
const share = 20;
/**
 * Beside the engine's own memory, which is limited apart. A heap of which the young part is small and few arenas for what
 * is allocated outside of it: a quarter less memory, for a tenth more processor.
 */
const memory = {
  flags: ["--max-old-space-size=1024", "--max-semi-space-size=8"],
  env: { MALLOC_ARENA_MAX: "2" },
};
const limitMs = 3_600_000;
