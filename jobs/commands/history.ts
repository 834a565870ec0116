import { type Context, clientNamed, openLedger, readConfig } from "../context.ts";
import { history } from "../history.ts";

/** Prints what the ledger holds, newest first. */
export async function historyCommand(
  context: Context,
  client: string | undefined,
  { limit, json }: { limit: number; json?: boolean },
): Promise<number> {
  const ledger = await openLedger(context);
  try {
    const ask = { client, limit };
    // A client that has left the config keeps its history; a name that neither knows is a slip.
    if (client !== undefined && ledger.history(ask).length === 0) {
      const written = await readConfig(context);
      if (!written.config.clients.has(client)) clientNamed(written, client);
    }
    context.print(
      json ? JSON.stringify(ledger.history(ask), null, 2) : history(ledger, { ...ask, lang: context.lang }),
    );
    return 0;
  } finally {
    ledger.close();
  }
}
