import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Judgement, judge, type Policy } from "./check-outside.ts";
import { copyState } from "./estate.ts";
import { nameOf, prepareDue } from "./prepare.ts";
import { randomFrom } from "./random.ts";
import { type Armed, killAt, playRound } from "./round.ts";
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
    const further = policy === "hold" ? "" : `unknown: ${policy}\n`;
    const prepared = join(folder, "prepared");
    const { estate, clock, slot } = await prepareDue(
      { folder, clients, further },
      prepared,
      (index) => index % 2 === 0,
    );

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
      clock.jumpTo(slot);
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
