import { existsSync } from "node:fs";
import { check } from "../check.ts";
import { type Context, clientNamed, ledgerFile, openLedger, readConfig } from "../context.ts";
import { sayProblems } from "../problems.ts";

/** Prints what is wrong and what goes out next. Changes nothing. */
export async function checkCommand(context: Context, slug: string | undefined): Promise<number> {
  const written = await readConfig(context);
  // A name that is no client at all is a slip of the command line; a refused client is judged like any other.
  if (slug !== undefined && !written.config.clients.has(slug)) clientNamed(written, slug);
  const formats = written.problems.filter((each) => !written.config.problems.includes(each));
  if (formats.length) context.tell(sayProblems(formats, context.lang));
  const { roots, env, clock, lang } = context;
  // A ledger that is not there yet is not made either.
  const ledger = existsSync(ledgerFile(roots)) ? await openLedger(context) : null;
  const result = await check({
    config: written.config,
    formats: written.formats,
    inbox: roots.inbox,
    env,
    lang,
    ledger,
    now: clock.now(),
    ...(slug === undefined ? {} : { clients: [slug] }),
  }).finally(() => ledger?.close());
  context.print(result.text);
  return formats.some(({ severity }) => severity === "error") ? 1 : result.exit;
}
