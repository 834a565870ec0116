import { renameSync, writeFileSync } from "node:fs";
import { preloading } from "./preload.ts";

/** The clock of all processes of a scene. It goes on by itself, and jumps when told. */
export interface StagedClock {
  /** What a process needs in its environment to go by it. */
  env: Record<string, string>;
  /** An instant as the ledger writes it. */
  now(): string;
  jumpTo(instant: string): void;
}

/** A clock in a file, which processes that run already go by too. */
export function stagedClock(file: string, start: string): StagedClock {
  let ahead = 0;
  const clock: StagedClock = {
    env: preloading("other-clock.ts", { CLOCK_FILE: file }),
    now: () => new Date(Date.now() + ahead).toISOString(),
    jumpTo(instant) {
      ahead = Date.parse(instant) - Date.now();
      // Renamed into place: no process reads half a number.
      writeFileSync(`${file}.part`, String(ahead));
      renameSync(`${file}.part`, file);
    },
  };
  clock.jumpTo(start);
  return clock;
}
