import type { Pause } from "../transforms/definitions.ts";
import type { ClientFile } from "./schema/client.ts";

/** `paused:` as ranges; `true` is one without ends. */
export function pausesOf(paused: ClientFile["paused"]): Pause[] {
  if (!paused) return [];
  if (paused === true) return [{ from: null, until: null, reason: null }];
  return paused.map(({ from, until, reason }) => ({
    from: from ?? null,
    until: until ?? null,
    reason: reason ?? null,
  }));
}
