import { join } from "node:path";
import type { Context } from "../context.ts";
import { openInbox } from "../mail/inbox.ts";
import { projectRoot } from "../roots.ts";

/** Shows the demo's mails until it is interrupted. */
export async function mail(context: Context): Promise<number> {
  const inbox = await openInbox({ dir: join(projectRoot, "out", "demo", "mail") });
  context.print(
    context.lang === "ko"
      ? `메일 ${inbox.count}통: ${inbox.url} (끝내려면 Ctrl+C)`
      : `${inbox.count} mails: ${inbox.url} (Ctrl+C ends it)`,
  );
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
  await inbox.close();
  return 0;
}
