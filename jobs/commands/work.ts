import { on } from "node:events";
import { BogoError } from "../../transforms/problem.ts";
import { agencyOf, type Context, deliveryOf, openLedger, openLog, outsideOf, readConfigOrKept } from "../context.ts";
import { deliverQueued } from "../deliver/deliver.ts";
import { smtpSettings } from "../deliver/settings.ts";
import { newOwner } from "../ledger/owner.ts";
import type { Turn } from "../ledger/schedule.ts";
import { whenStopped } from "../tick/stop.ts";
import { workFor } from "../tick/work.ts";
import type { Answer, Order } from "../tick/worker.ts";

/**
 * What a tick begins: a process that works for the clients it is told, one after the other, until nobody tells it any
 * more. Asked to end, it lets the mail that is on its way arrive and gives up what it is making, which the next tick
 * begins anew. What it cannot go on from ends it; the clients that wait are another process's then.
 */
export async function workCommand(context: Context): Promise<number> {
  const ledger = await openLedger(context);
  const { clock } = context;
  try {
    if (ledger.restored(clock.now())) return 0;
    const log = await openLog(context);
    const written = await readConfigOrKept(context);
    const agency = agencyOf(written);
    const ending = new AbortController();
    const cut = new AbortController();
    const outside = outsideOf(context, written, ledger);
    const delivery = {
      ...(await deliveryOf(context, agency, ledger, smtpSettings(agency, context.env))),
      signal: ending.signal,
      cut: cut.signal,
    };
    let trying: Turn | null = null;
    whenStopped(() => {
      ending.abort();
      setTimeout(() => cut.abort(), arriveMs).unref();
      if (trying === null) return;
      const { run, state, reason } = trying;
      // What it took so far does not count: the next try finds it as if it had never begun.
      ledger.endTry(
        run,
        { state: state === "held" ? "held" : "waiting", reason, next: null, seen: null, failed: false },
        clock.now(),
      );
      process.exit(0);
    });
    const onTry = (turn: Turn | null): void => {
      trying = turn;
    };
    for await (const slug of told(ending.signal)) {
      const client = written.config.clients.get(slug)?.client ?? null;
      const work = async (): Promise<void> => {
        // What was made for a client that has left the config since is still its readers' mail.
        if (client === null) await deliverQueued(delivery, slug);
        else await workFor(client, { ...outside, agency, delivery, log, signal: ending.signal, onTry });
      };
      const lease = `work:${slug}`;
      await ledger.withLease(lease, newOwner(), work, { clock, waitMs: 0 }).catch((error: unknown) => {
        // Another process is at it, and will do what this one would.
        if (!isBusy(error, lease)) throw error;
      });
      process.send?.({ done: slug } satisfies Answer);
    }
    return 0;
  } finally {
    ledger.close();
    if (process.connected) process.disconnect();
  }
}

/** The clients that it is told to work for, until whoever began it lets go of it or the signal ends it. */
async function* told(signal: AbortSignal): AsyncGenerator<string> {
  if (!process.connected) return;
  try {
    for await (const [order] of on(process, "message", { close: ["disconnect"], signal }))
      yield (order as Order).client;
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

const isBusy = (error: unknown, lease: string): boolean =>
  error instanceof BogoError &&
  error.problems.some(({ code, facts }) => code === "LEDGER_BUSY" && facts.name === lease);

/** How long a mail that is on its way may still take: a supervisor gives ten seconds. */
const arriveMs = 7000;
