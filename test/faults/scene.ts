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
import { nameOf, prepare } from "./kill.ts";
import { type Sink, startSink } from "./start-sink.ts";
import { statesOf } from "./state.ts";

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
  /** How often the mail server has taken something for each recipient. */
  copies(): Record<string, number>;
}

/** `made`: the reports are stored and only have to be sent, or only the exports are loaded; null: nothing is done yet. */
export async function scene({
  clients = 1,
  made = true,
  further,
  formats,
  onStage,
}: {
  clients?: number;
  made?: boolean | null;
  further?: string;
  formats?: string;
  onStage?: (stage: Stage) => Promise<void>;
}): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), "bogo-scene-"));
  const sink = await startSink(onStage);
  const today = localDate(systemClock().now(), "UTC");
  const estate = buildEstate({ folder, clients, today, formats, further });
  const prepared = join(folder, "prepared");
  if (made === null) mkdirSync(prepared);
  else await prepare(estate, prepared, () => made);
  let attempts = 0;
  return {
    folder,
    estate,
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
      const start: Attempt["start"] = (args, how) => estate.start(args, { state, port: sink.port, ...how });
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
