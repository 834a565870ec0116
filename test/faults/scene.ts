import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../jobs/clock.ts";
import { localDate } from "../../transforms/period.ts";
import type { Stage } from "../deliver/scripted-smtp.ts";
import { type Judgement, judge, type Policy, readLog } from "./check-outside.ts";
import { buildEstate, copyState, type Estate, type Start } from "./estate.ts";
import { textOf } from "./family.ts";
import { together } from "./preload.ts";
import { nameOf, prepare, prepareDue } from "./prepare.ts";
import type { StagedClock } from "./staged-clock.ts";
import { type Sink, startSink } from "./start-sink.ts";
import { runsOf, statesOf } from "./state.ts";

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  said: string;
}

/** One or several tiny clients whose reports are due, a mail server in another process, and the real program. */
export interface Scene extends AsyncDisposable {
  folder: string;
  estate: Estate;
  sink: Sink;
  /** The clock of a scheduled scene, which stands at the slot when it begins anew. */
  clock: StagedClock | null;
  /** Begins anew from the prepared state, with an empty mail server; the state may lie elsewhere. */
  renew(place?: string): Attempt;
}

/** What happens between a fresh state and its judgement. */
export interface Attempt {
  state: string;
  start(args: readonly string[], how?: Partial<Start>): ReturnType<Estate["start"]>;
  run(args: readonly string[], how?: Partial<Start>): Promise<Ended>;
  judge(policy?: Policy): Promise<Judgement>;
  /** The state of each recipient by the ledger. */
  states(): Record<string, string>;
  /** Each run and its state. */
  runs(): string[];
  /** How often the mail server has taken something for each recipient. */
  copies(): Record<string, number>;
}

/**
 * `made`: the reports are stored and only have to be sent, or only the exports are loaded; null: nothing is done yet.
 * `scheduled`: they are due by the schedule, for `bogo tick` and `bogo serve`.
 */
export async function scene({
  clients = 1,
  made = true,
  further,
  formats,
  onStage,
  scheduled = false,
}: {
  clients?: number;
  made?: boolean | null;
  further?: string;
  formats?: string;
  onStage?: (stage: Stage) => Promise<void>;
  scheduled?: boolean;
}): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), "bogo-scene-"));
  const sink = await startSink(onStage);
  const prepared = join(folder, "prepared");
  const options = { folder, clients, formats, further };
  const { estate, clock, slot } = scheduled
    ? await prepareDue(options, prepared, made === null ? null : () => made)
    : await unscheduled();
  async function unscheduled(): Promise<{ estate: Estate; clock: null; slot: "" }> {
    const built = buildEstate({ ...options, today: localDate(systemClock().now(), "UTC") });
    if (made === null) mkdirSync(prepared);
    else await prepare(built, prepared, () => made);
    return { estate: built, clock: null, slot: "" };
  }
  let attempts = 0;
  return {
    folder,
    estate,
    clock,
    sink,
    async [Symbol.asyncDispose]() {
      await sink.close();
      rmSync(folder, { recursive: true, force: true });
    },
    renew(place = folder) {
      attempts++;
      const state = join(place, `state-${attempts}`);
      copyState(prepared, state);
      const log = join(folder, `sink-${attempts}`, "log.jsonl");
      mkdirSync(join(folder, `sink-${attempts}`));
      sink.logTo(log);
      sink.behave({});
      clock?.jumpTo(slot);
      const start: Attempt["start"] = (args, { env, ...how } = {}) =>
        estate.start(args, { state, port: sink.port, env: together(clock?.env, env), ...how });
      return {
        state,
        start,
        async run(args, how) {
          const child = start(args, how);
          const said = textOf(child);
          const [code, signal] = await once(child, "exit");
          return { code, signal, said: said() };
        },
        states: () => statesOf(join(state, "ledger.sqlite")),
        runs: () => runsOf(join(state, "ledger.sqlite")),
        copies() {
          const counts: Record<string, number> = {};
          for (const { recipient } of readLog(log)) counts[recipient] = (counts[recipient] ?? 0) + 1;
          return counts;
        },
        judge: (policy = "hold") =>
          judge({
            state,
            log,
            clients: estate.clients,
            due: estate.clients.map((client) => ({ client, name: nameOf(client, estate) })),
            policy,
          }),
      };
    },
  };
}
