import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Stage } from "../deliver/scripted-smtp.ts";
import type { Estate } from "./estate.ts";
import { type Family, familyOf, type Member } from "./family.ts";
import type { StagedClock } from "./staged-clock.ts";
import type { Sink } from "./start-sink.ts";
import { hasClaimed, leftBy, restsUntil, type State, undone } from "./state.ts";

export interface Round {
  estate: Estate;
  sink: Sink;
  state: string;
  clock: StagedClock;
  /** Programs that run at once. */
  daemons: number;
  /** How many kills are still to come, and where they are counted. */
  killsLeft(): number;
  onKill(left: State): void;
  armed: Armed;
  random: () => number;
}

/** Processes that are to be killed when the mail server is at a stage of a conversation with one of them. */
export interface Aim {
  stage: Stage;
  ledger: string;
  family: Family;
  strike(): Promise<void>;
  afterMs: number;
}
export type Armed = Set<Aim>;

/** What the mail server waits for at each stage; a real one takes its time to store a message too. */
export async function killAt(stage: Stage, armed: Armed): Promise<void> {
  const aim = [...armed].find(
    (each) =>
      each.stage === stage &&
      each.family.members().some(({ pid }) => hasClaimed(each.ledger, pid, stage === "answered")),
  );
  if (!aim) return void (stage === "dot" && (await sleep(storingMs)));
  armed.delete(aim);
  await sleep(aim.afterMs);
  await aim.strike();
}

const storingMs = 50;
const STAGES: readonly Stage[] = ["greeting", "recipient", "data", "dot", "stored", "answered"];
/** Supervisors give ten seconds. */
const graceMs = 10_000;

/** Lets the program work on what is due until nothing is, and kills most of its processes as long as kills are left. */
export async function playRound(round: Round): Promise<void> {
  const { estate, sink, state, clock, armed, random } = round;
  const ledger = join(state, "ledger.sqlite");
  const slugs = estate.clients.map(({ slug }) => slug);
  const families: Family[] = [];
  let doomed = 0;
  try {
    await Promise.all(Array.from({ length: round.daemons }, work));
    // A worker whose parent was killed may still be at it.
    await Promise.all(families.map((each) => each.gone()));
    for (; undone(ledger, slugs).length > 0; ) await oneMore();
    // Once more for those who have to be told, also where whoever was telling them was killed.
    clock.jumpTo(hourLater(clock.now()));
    await play(["tick"], null);
  } finally {
    await Promise.all(families.map((each) => each.kill()));
  }

  async function work(): Promise<void> {
    while (undone(ledger, slugs).length > 0) await oneMore();
  }

  async function oneMore(): Promise<void> {
    if (families.length > 60 * slugs.length) throw new Error(`no rest: ${undone(ledger, slugs).join(", ")}`);
    const next = restsUntil(ledger, clock.now());
    if (next !== null) clock.jumpTo(next);
    const kills = round.killsLeft() > doomed && random() > 0.1;
    await play(random() < 0.7 ? ["tick"] : ["serve", "--port", "0"], kills ? () => random() : null);
  }

  /** Starts the program and waits for its first process's end; it is killed somehow where there are dice. */
  async function play(args: readonly string[], dice: (() => number) | null): Promise<void> {
    const family = familyOf(estate.start(args, { state, port: sink.port, env: clock.env }));
    families.push(family);
    const doom = dice ? doomOf(family, dice) : null;
    const idle = args[0] === "serve" ? stopWhenIdle(family) : null;
    const { code, signal } = await family.ended;
    await doom?.lift();
    await idle;
    // A daemon that is asked to end while it starts just ends.
    if (signal === null && code !== 0 && code !== 3)
      throw new Error(`bogo ${args.join(" ")} ended with ${code}:\n${family.said()}`);
  }

  /** Kills a family, at a stage of a conversation or after some time; what is left of it is killed again. */
  function doomOf(family: Family, dice: () => number): { lift(): Promise<void> } {
    let aim: Aim | null = null;
    let timer: NodeJS.Timeout | undefined;
    let striking = Promise.resolve();
    let lifted = false;
    arm();
    doomed++;

    function arm(): void {
      const [who, how, moment, afterMs] = [dice(), dice(), dice(), dice() * 20];
      const strike = (): Promise<void> => {
        striking = kill(victimsBy(who));
        return striking;
      };
      if (how < 0.55) {
        aim = { stage: STAGES[Math.floor(moment * STAGES.length)] as Stage, ledger, family, strike, afterMs };
        armed.add(aim);
      } else if (how < 0.65) timer = setTimeout(strike, moment * 800);
      else if (how < 0.85)
        void once(() => family.members().some(({ isWorker }) => isWorker), strike, moment ** 2 * 2_500);
      // A worker that has messages to send claims the first of them within some hundredths of a second.
      else void once(() => leftBy(ledger, family.members()) === "queued", strike, 0);
    }

    async function once(condition: () => boolean, strike: () => Promise<void>, afterMs: number): Promise<void> {
      for (; !condition(); await sleep(5)) if (lifted) return;
      timer = setTimeout(strike, afterMs);
    }

    async function kill(victims: (member: Member) => boolean): Promise<void> {
      const struck = await family.kill(victims);
      if (struck.length > 0) round.onKill(leftBy(ledger, struck));
      if (family.child.exitCode === null && family.child.signalCode === null && !lifted && round.killsLeft() >= doomed)
        arm();
    }

    return {
      async lift() {
        doomed--;
        lifted = true;
        clearTimeout(timer);
        if (aim) armed.delete(aim);
        await striking;
        clearTimeout(timer);
        if (aim) armed.delete(aim);
      },
    };
  }

  /** A daemon does not end by itself: it is asked to when there is nothing to do, or after some time. */
  async function stopWhenIdle(family: Family): Promise<void> {
    const ended = family.ended.then(() => "ended");
    for (let waited = 0; waited < 60; waited++) {
      if ((await Promise.race([ended, sleep(100)])) === "ended") return;
      if (waited > 10 && restsUntil(ledger, clock.now()) !== null) break;
      if (waited > 10 && undone(ledger, slugs).length === 0) break;
    }
    family.child.kill("SIGTERM");
    const stopped = await Promise.race([ended, sleep(graceMs)]);
    if (stopped !== "ended") throw new Error(`serve was asked to end and did not within ${graceMs} ms`);
  }
}

const hourLater = (instant: string): string => new Date(Date.parse(instant) + 3_600_000).toISOString();

/** All at once as when a machine goes down, only the first process, or only its workers. */
function victimsBy(dice: number): (member: Member) => boolean {
  if (dice < 0.6) return () => true;
  return dice < 0.7 ? ({ isWorker }) => !isWorker : ({ isWorker }) => isWorker;
}
