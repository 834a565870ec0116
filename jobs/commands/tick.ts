import { type Context, ledgerFile, openLedger, openLog } from "../context.ts";
import { storeOf } from "../deliver/store.ts";
import { requireFooting } from "../ledger/footing.ts";
import { poolOf } from "../tick/pool.ts";
import { whenStopped } from "../tick/stop.ts";
import { isUndone, tick } from "../tick/tick.ts";
import { processWorker } from "../tick/worker.ts";

/** How many clients are worked on at once. */
export const room = 2;

/** Everything that is due now, once, and then the end: for an alarm clock outside, such as a Kubernetes CronJob. */
export async function tickCommand(context: Context): Promise<number> {
  requireFooting(ledgerFile(context.roots), context.env);
  const ledger = await openLedger(context);
  try {
    const log = await openLog(context);
    const pool = poolOf(processWorker(context, log), room);
    const stop = whenStopped(() => pool.stop());
    let accepted = false;
    const onConfig: Parameters<typeof tick>[0]["onConfig"] = ({ config }) => {
      accepted = config.agency !== null;
    };
    await tick({ ...context, ledger, store: storeOf(context.roots), pool, log, onConfig }, () => pool.idle());
    stop.ignore();
    if (!accepted) return 1;
    return isUndone(ledger, context.clock) ? 3 : 0;
  } finally {
    ledger.close();
  }
}
