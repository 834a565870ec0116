import { readFileSync } from "node:fs";
import { inspect } from "node:util";

/** A value that does not print itself: logs, errors and JSON show `[redacted]`. */
export interface Secret {
  reveal(): string;
  toString(): string;
  toJSON(): string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads `${env:NAME}` or `${file:/path}` now. Call it at each use, so that a rotated password counts at once. Throws an
 * Error that names the reference and never the value.
 */
export function secret(reference: string, env: Environment): Secret {
  const value = setting(reference, env);
  return {
    reveal: () => {
      revealed.add(value);
      return value;
    },
    toString: () => REDACTED,
    toJSON: () => REDACTED,
    // @ts-expect-error: console.log asks for this symbol; it is no part of what callers may use.
    [inspect.custom]: () => REDACTED,
  };
}

/** A value that may be written as a reference and is no secret: a host, a port, a user. */
export function setting(reference: string, env: Environment): string {
  const match = /^\$\{(env|file):([^}]+)\}$/.exec(reference);
  if (!match) return reference;
  const [, kind, name = ""] = match;
  const value = kind === "env" ? env[name] : readFileSync(name, "utf8").replace(/\r?\n$/, "");
  if (!value) throw new Error(`${name} is ${value === undefined ? "not set" : "empty"}`);
  return value;
}

/**
 * A text without any secret that this process has used, whoever put it there: mail servers and libraries repeat what
 * they were given. Everything that is printed, logged or kept of an outsider's answer passes through here.
 */
export function redact(text: string): string {
  return [...revealed]
    .filter(({ length }) => length >= shortest)
    .flatMap((value) => [value, Buffer.from(value).toString("base64").replace(/=+$/, "")])
    .toSorted((a, b) => b.length - a.length)
    .reduce((kept, value) => kept.replaceAll(value, REDACTED), text);
}

/** What `reveal` has handed out. Nothing can be redacted that nobody has read. */
const revealed = new Set<string>();

/** What is shorter is found in any text and protects nothing. */
const shortest = 4;

const REDACTED = "[redacted]";
