import { existsSync, type FSWatcher, watch } from "node:fs";
import { join } from "node:path";
import type { Roots } from "../roots.ts";
import { sharedInbox } from "../roots.ts";

/**
 * Says when something was written below config or in the client's inboxes, once for a burst of writes, with the moment
 * of the first. What an editor writes beside the file (swap files, backups) is no change.
 */
export function watchRoots(
  roots: Roots,
  client: string,
  { now, changed }: { now(): number; changed(noticed: number): void },
): { close(): void } {
  let timer: NodeJS.Timeout | null = null;
  let first = 0;
  const heard = (_event: string, name: string | null): void => {
    if (name !== null && beside.test(name)) return;
    if (timer === null) first = now();
    else clearTimeout(timer);
    timer = setTimeout(() => {
      timer = null;
      changed(first);
    }, quietMs);
  };
  const watchers: FSWatcher[] = [];
  for (const folder of [roots.config, join(roots.inbox, client), join(roots.inbox, sharedInbox)]) {
    if (!existsSync(folder)) continue;
    const watcher = watch(folder, { recursive: true, persistent: false }, heard);
    // A folder that is taken away while it is watched: what is drawn of it says so.
    watcher.on("error", () => undefined);
    watchers.push(watcher);
  }
  return {
    close() {
      if (timer) clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}

/** Editors write a file in two or three steps within a few milliseconds. */
const quietMs = 60;

const beside = /(^|[\\/])(\.[^\\/]*|[^\\/]*~|[^\\/]*\.sw[pox]|4913)$/;
