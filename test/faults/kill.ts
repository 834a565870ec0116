import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { systemClock } from "../../jobs/clock.ts";
import { localDate } from "../../transforms/period.ts";
import type { Stage } from "../deliver/scripted-smtp.ts";
import { type Judgement, judge, type Policy } from "./check-outside.ts";
import { buildEstate, type Canary, copyState, type Estate } from "./estate.ts";
import { randomFrom } from "./random.ts";
import { type Sink, startSink } from "./start-sink.ts";
import { hasClaimed, leftBy, type State, undone } from "./state.ts";

export interface Options {
  kills: number;
  /** Processes that work at once. */
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
 * Kills the program with SIGKILL again and again while it makes and sends reports, starts it anew each time, and judges
 * from outside when everything has come to rest. A round is one set of due reports; there are as many as it takes.
 */
export async function killAgainAndAgain(options: Options): Promise<Outcome> {
  const { kills, clients = 6, policy, seed } = options;
  const folder = mkdtempSync(join(tmpdir(), "bogo-faults-"));
  const armed: Armed = new Set();
  const sink = await startSink((stage) => killAt(stage, armed));
  try {
    const estate = buildEstate({ folder, clients, today: localDate(systemClock().now(), "UTC") });
    const prepared = join(folder, "prepared");
    await prepare(estate, prepared, (index) => index % 2 === 0);
    const random = randomFrom(seed);
    const figures: Figures = {
      kills: 0,
      kills_by_state: { waiting: 0, queued: 0, sending: 0, handed: 0, accepted: 0 },
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
      const log = join(folder, `sink-${round}`, "log.jsonl");
      sink.logTo(log);
      await playRound({ options, estate, sink, state, armed, random, figures });
      const due = estate.clients.map((client) => ({ client, name: nameOf(client, estate) }));
      const judged = await judge({ state, log, clients: estate.clients, due, policy });
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
  if (undelivered_unknown * 10 > unknown) broken.push(`${undelivered_unknown} of ${unknown} unknown were not sent`);
  if (excess > 0) broken.push(`${excess} recipients with more copies than the policy allows`);
  return broken;
}

/** A process that is to be killed when the mail server is at a stage of a conversation with it. */
interface Aim {
  stage: Stage;
  ledger: string;
  child: ChildProcess;
  afterMs: number;
}
type Armed = Set<Aim>;

async function killAt(stage: Stage, armed: Armed): Promise<void> {
  const aim = [...armed].find((each) => each.stage === stage && hasClaimed(each.ledger, each.child.pid ?? 0));
  if (!aim) return;
  armed.delete(aim);
  await sleep(aim.afterMs);
  await kill(aim.child);
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

const STAGES: readonly Stage[] = ["greeting", "recipient", "data", "dot", "stored", "answered"];

interface Round {
  options: Options;
  estate: Estate;
  sink: Sink;
  state: string;
  armed: Armed;
  random: () => number;
  figures: Figures;
}

/** Lets processes work on what is due until nothing is, and kills most of them as long as kills are left. */
async function playRound({ options, estate, sink, state, armed, random, figures }: Round): Promise<void> {
  const ledger = join(state, "ledger.sqlite");
  const slugs = estate.clients.map(({ slug }) => slug);
  let begun = 0;
  await Promise.all(Array.from({ length: options.daemons }, work));

  async function work(): Promise<void> {
    for (let open = undone(ledger, slugs); open.length > 0; open = undone(ledger, slugs)) {
      if (++begun > 60 * slugs.length) throw new Error(`reports do not come to rest: ${open.join(", ")}`);
      const slug = open[Math.floor(random() * open.length)] as string;
      const child = estate.start(["run", slug, "ppc"], { state, port: sink.port });
      const ended = once(child, "exit");
      const said = textOf(child);
      const [dice, moment] = [random(), random()];
      const spare = figures.kills + armed.size >= options.kills || dice < 0.1;
      const aim: Aim | null =
        spare || dice < 0.45
          ? null
          : { stage: STAGES[Math.floor(moment * STAGES.length)] as Stage, ledger, child, afterMs: random() * 20 };
      if (aim) armed.add(aim);
      // Making a report takes seconds, sending a stored one a few hundred milliseconds.
      const timer = spare || aim ? undefined : setTimeout(() => kill(child), 30 + moment ** 2 * 2_000);
      const [code, signal] = await ended;
      clearTimeout(timer);
      if (aim) armed.delete(aim);
      if (signal === "SIGKILL") {
        figures.kills++;
        figures.kills_by_state[leftBy(ledger, child.pid ?? 0, slug)]++;
      } else if (code !== 0 && code !== 3) throw new Error(`bogo run ${slug} ended with ${code}:\n${said()}`);
    }
  }
}

/** Every client's exports are loaded; of those that are `made` the report is stored too, and only has to be sent. */
export async function prepare(estate: Estate, state: string, made: (index: number) => boolean): Promise<void> {
  mkdirSync(state, { recursive: true });
  for (const [index, { slug }] of estate.clients.entries()) {
    const args = ["run", slug, "ppc", ...(made(index) ? [] : ["--dry-run"])];
    // Nothing listens on port 9.
    const child = estate.start(args, { state, port: 9 });
    const said = textOf(child);
    const [code] = await once(child, "exit");
    if (code !== (made(index) ? 3 : 0)) throw new Error(`bogo ${args.join(" ")} ended with ${code}:\n${said()}`);
  }
}

export function textOf({ stdout, stderr }: ChildProcess): () => string {
  let said = "";
  for (const stream of [stdout, stderr]) stream?.setEncoding("utf8").on("data", (chunk: string) => (said += chunk));
  return () => said;
}

export const nameOf = ({ slug }: Canary, { period }: Estate): string => `${slug}.ppc.weekly.${period.from}`;
