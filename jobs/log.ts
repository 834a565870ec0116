import { createHmac } from "node:crypto";
import { styleText } from "node:util";
import { redact } from "../config/secret.ts";
import type { Clock } from "./clock.ts";

/** Each under a name of its own: `run`, `event`, `time` and `level` are the log's. */
export type Facts = Readonly<Record<string, unknown> & { run?: never }>;

/** An event and its facts; `say` is the sentence that a person at a terminal reads instead. */
export interface Log {
  info(event: string, facts?: Facts, say?: string): void;
  warn(event: string, facts?: Facts, say?: string): void;
  error(event: string, facts?: Facts, say?: string): void;
}

export interface LogOptions {
  clock: Clock;
  /** Lines for a person; otherwise one JSON object a line. */
  terminal: boolean;
  write: (line: string) => void;
  /** Stands in each JSON line, so that the lines of one piece of work can be found among others. */
  run: string;
  /** Without it nobody can tell from a masked address whether it is a certain one. */
  key: string;
}

/** Makes the log of this process. Mail addresses are masked in JSON; secrets are left out everywhere. */
export async function createLog(options: LogOptions): Promise<Log> {
  return options.terminal ? terminalLog(options.write) : jsonLog(options);
}

/** `a***@client.example#1f0c22`: tells two addresses apart without naming the person. */
export function maskAddresses(text: string, key: string): string {
  return text.replace(ADDRESS, (address) => {
    const hash = createHmac("sha256", key).update(address.toLowerCase()).digest("hex").slice(0, 6);
    return `${address[0]}***${address.slice(address.lastIndexOf("@"))}#${hash}`;
  });
}

const ADDRESS = /[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
const SECRET_KEY = /pass|secret|token|authorization|cookie|credential|private_?key/i;

async function jsonLog({ clock, write, run, key }: LogOptions): Promise<Log> {
  const { pino } = await import("pino");
  const logger = pino(
    { base: null, timestamp: () => `,"time":"${clock.now()}"`, formatters: { level: (level) => ({ level }) } },
    { write },
  );
  const clean = (text: string) => maskAddresses(redact(text), key);
  const line =
    (level: "info" | "warn" | "error") =>
    (event: string, facts: Facts = {}) =>
      logger[level]({ event, run, ...(scrub(facts, clean) as object) });
  return { info: line("info"), warn: line("warn"), error: line("error") };
}

function terminalLog(write: LogOptions["write"]): Log {
  const line =
    (mark: string) =>
    (event: string, facts: Facts = {}, say?: string) => {
      const told =
        say ??
        [event, ...Object.entries(scrub(facts, redact) as object).map(([key, value]) => `${key}=${brief(value)}`)].join(
          " ",
        );
      write(`${mark}${redact(told)}\n`);
    };
  return { info: line(""), warn: line(`${styleText("yellow", "!")} `), error: line(`${styleText("red", "✗")} `) };
}

/** The same facts without secrets; errors become their message, since their fields may quote anything. */
function scrub(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === "string") return clean(value);
  if (value instanceof Error) return clean(value.message);
  if (Array.isArray(value)) return value.map((each) => scrub(each, clean));
  if (value === null || typeof value !== "object") return typeof value === "bigint" ? value.toString() : value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, SECRET_KEY.test(key) ? "[redacted]" : scrub(each, clean)]),
  );
}

const brief = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? "-"));
