import { type Context, openLedger } from "../context.ts";
import { history } from "../history.ts";

/** Prints what the ledger holds, newest first. */
export async function historyCommand(
  context: Context,
  client: string | undefined,
  { limit, json }: { limit: string; json?: boolean },
): Promise<number> {
  const ledger = await openLedger(context);
  try {
    const ask = { client, limit: Math.max(1, Number.parseInt(limit, 10) || 50) };
    context.print(
      json ? JSON.stringify(ledger.history(ask), null, 2) : history(ledger, { ...ask, lang: context.lang }),
    );
    return 0;
  } finally {
    ledger.close();
  }
}
