import type { Client } from "../../config/config.ts";
import { systemClock } from "../../jobs/clock.ts";
import { type Context, clientNamed, openLedger, outsideOf, readConfig } from "../../jobs/context.ts";
import type { Outside } from "../../jobs/report.ts";
import { rootsFrom } from "../../jobs/roots.ts";

/** A home as a command finds it, for what a bench does without one. `today` is the morning by the process's clock. */
export async function homeAt(
  folder: string,
  slugs: readonly string[],
): Promise<{ clients: Client[]; outside: Outside; today: string; close(): void }> {
  const context: Context = {
    roots: rootsFrom(folder, {}),
    lang: "en",
    env: process.env,
    clock: systemClock(),
    terminal: false,
    print: () => {},
    tell: () => {},
  };
  const written = await readConfig(context);
  const ledger = await openLedger(context);
  return {
    clients: slugs.map((slug) => clientNamed(written, slug)),
    outside: outsideOf(context, written, ledger),
    today: context.clock.now().slice(0, 10),
    close: () => ledger.close(),
  };
}
