import { createHash } from "node:crypto";
import { styleText } from "node:util";
import type { Clock } from "./clock.ts";

export type Facts = Readonly<Record<string, unknown>>;

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
  /** Secret texts that may never be written, wherever they turn up. */
  secrets?: readonly string[];
}

/** Makes the log of this process. Mail addresses are masked in JSON; secrets are left out everywhere. */
export async function createLog({ clock, terminal, write, secrets = [] }: LogOptions): Promise<Log> {
  const hide = (text: string): string =>
    secrets.reduce((kept, secret) => (secret ? kept.replaceAll(secret, "[redacted]") : kept), text);
  return terminal ? terminalLog(write, hide) : jsonLog(clock, write, hide);
}

/** `a***@client.example#1f0c22`: tells two addresses apart without naming the person. */
export function maskAddresses(text: string): string {
  return text.replace(ADDRESS, (address) => {
    const hash = createHash("sha256").update(address.toLowerCase()).digest("hex").slice(0, 6);
    return `${address[0]}***${address.slice(address.lastIndexOf("@"))}#${hash}`;
  });
}

const ADDRESS = /[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
const SECRET_KEY = /pass|secret|token|authorization|cookie|credential|private_?key/i;

async function jsonLog(clock: Clock, write: LogOptions["write"], hide: (text: string) => string): Promise<Log> {
  const { pino } = await import("pino");
  const logger = pino(
    { base: null, timestamp: () => `,"time":"${clock.now()}"`, formatters: { level: (level) => ({ level }) } },
    { write },
  );
  const clean = (text: string) => maskAddresses(hide(text));
  const line =
    (level: "info" | "warn" | "error") =>
    (event: string, facts: Facts = {}) =>
      logger[level]({ event, ...(scrub(facts, clean) as object) });
  return { info: line("info"), warn: line("warn"), error: line("error") };
}

function terminalLog(write: LogOptions["write"], hide: (text: string) => string): Log {
  const line =
    (mark: string) =>
    (event: string, facts: Facts = {}, say?: string) => {
      const told =
        say ??
        [event, ...Object.entries(scrub(facts, hide) as object).map(([key, value]) => `${key}=${brief(value)}`)].join(
          " ",
        );
      write(`${mark}${hide(told)}\n`);
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
