import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Stage } from "../deliver/scripted-smtp.ts";
import type { Behaviour, FromSink, ToSink } from "./sink.ts";

/** The mail server that outlives what is killed. */
export interface Sink {
  port: number;
  /** Keeps what it accepts from now on in another log. */
  logTo(path: string): void;
  behave(behaviour: Behaviour): void;
  close(): Promise<void>;
}

/** Starts the sink. It waits at each stage of a conversation until `onStage` has ended. */
export async function startSink(onStage: (stage: Stage) => Promise<void> = async () => {}): Promise<Sink> {
  const child = fork(join(import.meta.dirname, "sink.ts"), { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const tell = (message: ToSink): void => void child.send(message);
  const port = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", () => reject(new Error("the sink did not start")));
    child.on("message", (message: FromSink) => {
      if ("port" in message) return resolve(message.port);
      onStage(message.stage).finally(() => tell({ go: message.id }));
    });
  });
  return {
    port,
    logTo: (log) => tell({ log }),
    behave: (behaviour) => tell({ behaviour }),
    async close() {
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}
