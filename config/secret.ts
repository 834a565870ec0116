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
 * Reads `${env:NAME}` or `${file:/path}` now; anything else is the value itself (a host, a user). Call it at each use,
 * so that a rotated password counts at once. Throws an Error that names the reference and never the value.
 */
export function secret(reference: string, env: Environment): Secret {
  const value = read(reference, env);
  return {
    reveal: () => value,
    toString: () => REDACTED,
    toJSON: () => REDACTED,
    // @ts-expect-error: console.log asks for this symbol; it is no part of what callers may use.
    [inspect.custom]: () => REDACTED,
  };
}

const REDACTED = "[redacted]";

function read(reference: string, env: Environment): string {
  const match = /^\$\{(env|file):([^}]+)\}$/.exec(reference);
  if (!match) return reference;
  const [, kind, name = ""] = match;
  const value = kind === "env" ? env[name] : readFileSync(name, "utf8").replace(/\r?\n$/, "");
  if (!value) throw new Error(`${name} is ${value === undefined ? "not set" : "empty"}`);
  return value;
}
