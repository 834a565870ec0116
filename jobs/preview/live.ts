import { type Context, clientNamed, readConfig, reportsNamed } from "../context.ts";
import { periodFor } from "../period-for.ts";
import { whenStopped } from "../tick/stop.ts";
import { servePreview } from "./server.ts";
import { openStudio } from "./studio.ts";
import { watchRoots } from "./watch.ts";

export interface LiveOptions {
  client: string;
  report: string | undefined;
  period: string | undefined;
  port: number;
}

/** Serves the preview until it is interrupted, which takes effect at once. */
export async function livePreview(context: Context, options: LiveOptions): Promise<number> {
  const { url, end } = await startPreview(context, options);
  const stopped = whenStopped(end);
  context.print(say[context.lang](url));
  await stopped.asked;
  // What is being drawn is of no use to anybody: the exit clears the copy away.
  process.exit(0);
}

/** Opens the warm state, watches the folders, and serves the page. */
export async function startPreview(
  context: Context,
  { client, report, period, port }: LiveOptions,
): Promise<{ url: string; end(): void; close(): Promise<void> }> {
  await requireNames(context, client, report, period);
  const studio = await openStudio(context, client, report);
  const served = await servePreview(studio, { context, client, port, first: period ?? null });
  const now = () => context.clock.monotonic();
  const watching = watchRoots(context.roots, client, { now, changed: studio.touched });
  const end = (): void => {
    watching.close();
    served.close();
  };
  return {
    url: served.url,
    end,
    close() {
      end();
      return studio.close();
    },
  };
}

/** A slip of the command line is said before anything is served; what is wrong in a file shows on the page. */
async function requireNames(
  context: Context,
  slug: string,
  report: string | undefined,
  period: string | undefined,
): Promise<void> {
  const written = await readConfig(context);
  const judged = written.config.clients.get(slug);
  if (judged && !judged.ok) return;
  const client = clientNamed(written, slug);
  const defs = report === undefined ? client.reports : reportsNamed(client, report);
  for (const def of defs.slice(0, 1)) periodFor(def, period, context);
}

const say = {
  ko: (url: string) =>
    `미리보기: ${url}\n파일을 고치면 바로 다시 그립니다. 아무것도 발송되지 않습니다. (끝내려면 Ctrl+C)`,
  en: (url: string) => `Preview: ${url}\nIt is drawn anew when a file changes. Nothing is sent. (Ctrl+C ends it)`,
};
