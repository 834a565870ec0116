import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Context, ledgerFile, openLedger, openLog } from "../context.ts";
import { storeOf } from "../deliver/store.ts";
import { serveHealth } from "../health/serve.ts";
import { requireFooting } from "../ledger/footing.ts";
import { projectRoot } from "../roots.ts";
import { everyMinute } from "../tick/alarm.ts";
import { missedCodes } from "../tick/plan.ts";
import { poolOf } from "../tick/pool.ts";
import { whenStopped } from "../tick/stop.ts";
import { isUndone, overdueTurns, tick } from "../tick/tick.ts";
import { processWorker } from "../tick/worker.ts";
import { room } from "./tick.ts";

export interface ServeOptions {
  port: number;
  host?: string;
}

/** The daemon: one tick at start and one each minute, and a page that says whether it does. Ends when asked to. */
export async function serve(context: Context, { port, host }: ServeOptions): Promise<number> {
  const { clock, roots } = context;
  requireFooting(ledgerFile(roots), context.env);
  const ledger = await openLedger(context);
  const log = await openLog(context);
  const pool = poolOf(processWorker(context, log), room);
  let accepted = false;
  const health = await serveHealth({
    port,
    ...(host === undefined ? {} : { host }),
    clock,
    ledger,
    ledgerFile: ledgerFile(roots),
    configAccepted: () => accepted,
    slots: (now) => ({
      oldestOverdue: overdueTurns(ledger, now)[0]?.at ?? null,
      missed: ledger.skips(missedCodes).length,
    }),
    version: versionOf(),
  });
  const once = async (): Promise<void> => {
    try {
      await tick({
        ...context,
        ledger,
        store: storeOf(roots),
        pool,
        log,
        onConfig: ({ config }) => {
          accepted = config.agency !== null;
        },
      });
    } catch (error) {
      // The next tick is a minute away, and finds all that this one did not do.
      log.error("tick.failed", { why: error, stack: error instanceof Error ? error.stack : undefined });
    }
  };
  const stop = whenStopped(() => log.info("serve.stopping"));
  log.info("serve.started", { health: health.port }, `bogo serve: http://127.0.0.1:${health.port}/healthz`);
  await once();
  const alarm = await everyMinute(once, clock);
  await stop.asked;
  await alarm.stop();
  await pool.stop();
  await health.close();
  const undone = isUndone(ledger, clock);
  ledger.close();
  log.info("serve.stopped", { undone });
  return undone ? 3 : 0;
}

function versionOf(): string {
  const { version } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8")) as { version: string };
  return version;
}
