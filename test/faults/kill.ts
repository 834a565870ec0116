import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Judgement, judge, type Policy } from "./check-outside.ts";
import { buildEstate, type Canary, copyState, type Estate } from "./estate.ts";
import { familyOf } from "./family.ts";
import { randomFrom } from "./random.ts";
import { type Armed, killAt, playRound } from "./round.ts";
import { stagedClock } from "./staged-clock.ts";
import { startSink } from "./start-sink.ts";
import { type State, states } from "./state.ts";

export interface Options {
  kills: number;
  /** Programs that work at once. */
  daemons: 1 | 2;
  policy: Policy;
  seed: number;
  clients?: number;
}

export interface Figures extends Omit<Judgement, "excess" | "findings"> {
  kills: number;
  /** What the killed process was doing, by what it left in the ledger. */
  kills_by_state: Record<State, number>;
  seed: number;
}

export interface Outcome {
  figures: Figures;
  /** What breaks a promise, in words; empty when all is well. */
  broken: string[];
}

/**
 * Kills `bogo tick` and `bogo serve` with SIGKILL again and again while they make and send what is due, starts them anew
 * each time, and judges from outside when everything has come to rest. A round is one set of due reports; there are as
 * many as it takes.
 */
export async function killAgainAndAgain(options: Options): Promise<Outcome> {
  const { kills, clients = 6, policy, seed, daemons } = options;
  const folder = mkdtempSync(join(tmpdir(), "bogo-faults-"));
  const armed: Armed = new Set();
  const sink = await startSink((stage) => killAt(stage, armed));
  try {
    const now = new Date().toISOString();
    const slot = nextMonday(now);
    const further = policy === "hold" ? "" : `unknown: ${policy}\n`;
    const estate = buildEstate({ folder, clients, today: slot.slice(0, 10), further });
    const clock = stagedClock(join(folder, "clock"), now);
    const prepared = join(folder, "prepared");
    mkdirSync(prepared);
    // The schedule begins when the program first sees a report, before its slot.
    await expectEnd(estate, ["tick"], { state: prepared, env: clock.env }, 0);
    clock.jumpTo(slot);
    await prepare(estate, prepared, (index) => index % 2 === 0, clock.env);
    const start = clock.now();

    const random = randomFrom(seed);
    const figures: Figures = {
      kills: 0,
      kills_by_state: Object.fromEntries(states.map((state) => [state, 0])) as Record<State, number>, // each of them
      recipients: 0,
      lost: 0,
      duplicates: 0,
      unknown: 0,
      undelivered_unknown: 0,
      foreign: 0,
      seed,
    };
    let excess = 0;
    const findings: string[] = [];
    for (let round = 1; figures.kills < kills; round++) {
      const state = join(folder, `round-${round}`);
      copyState(prepared, state);
      clock.jumpTo(start);
      const log = join(folder, `sink-${round}`, "log.jsonl");
      sink.logTo(log);
      await playRound({
        estate,
        sink,
        state,
        clock,
        daemons,
        armed,
        random,
        killsLeft: () => kills - figures.kills,
        onKill(left) {
          figures.kills++;
          figures.kills_by_state[left]++;
        },
      });
      const due = estate.clients.map((client) => ({ client, name: nameOf(client, estate) }));
      const judged = await judge({ state, log, clients: estate.clients, due, policy, tells: true });
      for (const count of ["recipients", "lost", "duplicates", "unknown", "undelivered_unknown", "foreign"] as const)
        figures[count] += judged[count];
      excess += judged.excess;
      findings.push(...judged.findings.map((finding) => `round ${round}: ${finding}`));
      rmSync(state, { recursive: true });
    }
    return { figures, broken: [...findings, ...brokenBy(figures, excess)] };
  } finally {
    await sink.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function brokenBy({ kills, unknown, undelivered_unknown }: Figures, excess: number): string[] {
  const broken: string[] = [];
  if (unknown > kills) broken.push(`${unknown} unknown of ${kills} kills`);
  // One message alone, which may go to two, is chance: a kill while the marker is being written and nothing has left.
  if (undelivered_unknown > Math.max(2, unknown / 10))
    broken.push(`${undelivered_unknown} of ${unknown} unknown were not sent`);
  if (excess > 0) broken.push(`${excess} recipients with more copies than the policy allows`);
  return broken;
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
