import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { buildEstate, type Canary, type Estate, type EstateOptions } from "./estate.ts";
import { familyOf } from "./family.ts";
import { type StagedClock, stagedClock } from "./staged-clock.ts";

/** Clients whose reports on the running week are due, by a clock that stands at their slot. */
export interface Due {
  estate: Estate;
  clock: StagedClock;
  slot: string;
}

/** `made` as in `prepare`; null leaves everything to be done. */
export async function prepareDue(
  options: Omit<EstateOptions, "today">,
  state: string,
  made: ((index: number) => boolean) | null,
): Promise<Due> {
  const now = new Date().toISOString();
  const slot = nextMonday(now);
  const estate = buildEstate({ ...options, today: slot.slice(0, 10) });
  const clock = stagedClock(join(options.folder, "clock"), now);
  mkdirSync(state, { recursive: true });
  // The schedule begins when the program first sees a report, before its slot.
  await expectEnd(estate, ["tick"], { state, env: clock.env }, 0);
  clock.jumpTo(slot);
  if (made) await prepare(estate, state, made, clock.env);
  return { estate, clock, slot };
}

/** The slot of the running week's reports. */
function nextMonday(now: string): string {
  const day = new Date(now);
  day.setUTCDate(day.getUTCDate() + ((8 - day.getUTCDay()) % 7 || 7));
  day.setUTCHours(9, 0, 0, 0);
  return day.toISOString();
}

/** Every client's exports are loaded; of those that are `made` the report is stored too, and only has to be sent. */
export async function prepare(
  estate: Estate,
  state: string,
  made: (index: number) => boolean,
  env: Record<string, string> = {},
): Promise<void> {
  mkdirSync(state, { recursive: true });
  for (const [index, { slug }] of estate.clients.entries()) {
    const args = ["run", slug, "ppc", ...(made(index) ? [] : ["--dry-run"])];
    await expectEnd(estate, args, { state, env }, made(index) ? 3 : 0);
  }
}

async function expectEnd(
  estate: Estate,
  args: readonly string[],
  { state, env }: { state: string; env: Record<string, string> },
  expected: number,
): Promise<void> {
  // Nothing listens on port 9.
  const { ended, said } = familyOf(estate.start(args, { state, port: 9, env }));
  const { code } = await ended;
  if (code !== expected) throw new Error(`bogo ${args.join(" ")} ended with ${code}:\n${said()}`);
}

export const nameOf = ({ slug }: Canary, { period }: Estate): string => `${slug}.ppc.weekly.${period.from}`;
