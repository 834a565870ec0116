// A mail server in a process of its own: what it has accepted is on the disk before it says so, whoever is killed.
import { createHash } from "node:crypto";
import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { headerOf } from "../../jobs/mail/header.ts";
import { type Script, type Stage, scriptedSmtp } from "../deliver/scripted-smtp.ts";

/** What the sink is told: where it keeps its log, how it behaves, and which of its stages may go on. */
export type ToSink = { log: string } | { behaviour: Behaviour } | { go: number };

/** What the sink tells: its port, then each stage that it waits at. */
export type FromSink = { port: number } | { stage: Stage; id: number };

/** A script that can be told to a process, and what it does to recipients. */
export type Behaviour = Omit<Script, "recipient"> & {
  /** Replies by address. */
  refuse?: Record<string, string>;
  /** Puts every recipient off once, as greylisting servers do. */
  greylist?: boolean;
};

/** A line of the log: one message for one recipient. */
export interface Accepted {
  run: string;
  messageId: string;
  recipient: string;
  sha256: string;
  /** Of the message, below the log's folder. */
  file: string;
}

let log = "";
let waiting = 0;
let asked = 0;
const going = new Map<number, () => void>();
const greeted = new Set<string>();
const tell = (message: FromSink): void => void process.send?.(message);

const server = await scriptedSmtp(
  {},
  {
    at: (stage) =>
      new Promise((resolve) => {
        going.set(++waiting, resolve);
        tell({ stage, id: waiting });
      }),
    keep({ to, data }) {
      const bytes = Buffer.from(data, "latin1");
      const file = `${++asked}.eml`;
      durably(join(dirname(log), file), bytes);
      const message = {
        run: headerOf(bytes, "X-Report-Run"),
        messageId: headerOf(bytes, "Message-ID"),
        sha256: createHash("sha256").update(bytes).digest("hex"),
        file,
      };
      durably(log, to.map((recipient) => `${JSON.stringify({ ...message, recipient } satisfies Accepted)}\n`).join(""));
    },
  },
);

process.on("message", (message: ToSink) => {
  if ("log" in message) {
    log = message.log;
    mkdirSync(dirname(log), { recursive: true });
    durably(log, "");
  } else if ("go" in message) {
    going.get(message.go)?.();
    going.delete(message.go);
  } else server.script = scriptOf(message.behaviour);
});
process.on("disconnect", () => process.exit());
tell({ port: server.port });

function scriptOf({ refuse = {}, greylist = false, ...script }: Behaviour): Script {
  return {
    ...script,
    recipient(address) {
      if (!greylist || greeted.has(address)) return refuse[address];
      greeted.add(address);
      return "450 4.2.0 greylisted, come back later";
    },
  };
}

/** Appended, and on the disk when this returns. */
function durably(path: string, content: string | Uint8Array): void {
  const file = openSync(path, "a", 0o600);
  writeSync(file, Buffer.from(content as Uint8Array));
  fsyncSync(file);
  closeSync(file);
}
