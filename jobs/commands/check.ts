import { check } from "../check.ts";
import { type Context, clientNamed, readConfig } from "../context.ts";
import { sayProblems } from "../problems.ts";

/** Prints what is wrong and what goes out next. Changes nothing. */
export async function checkCommand(context: Context, slug: string | undefined): Promise<number> {
  const written = await readConfig(context);
  // A name that is no client at all is a slip of the command line; a refused client is judged like any other.
  if (slug !== undefined && !written.config.clients.has(slug)) clientNamed(written, slug);
  const formats = written.problems.filter((each) => !written.config.problems.includes(each));
  if (formats.length) context.tell(sayProblems(formats, context.lang));
  const { roots, env, clock, lang } = context;
  const result = await check({
    config: written.config,
    formats: written.formats,
    inbox: roots.inbox,
    env,
    lang,
    now: clock.now(),
    ...(slug === undefined ? {} : { clients: [slug] }),
  });
  context.print(result.text);
  return formats.some(({ severity }) => severity === "error") ? 1 : result.exit;
}
