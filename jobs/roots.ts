import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The four folders a run works in. Only `state` must survive; `out` holds copies for people and is never read back. */
export interface Roots {
  /** YAML, read-only. */
  config: string;
  /** Exports, in a folder a client. */
  inbox: string;
  /** Ledger, archive of the exports, warehouses, stored mail. */
  state: string;
  out: string;
}

/** The inbox that all clients share. No client can be called so. */
export const sharedInbox = "_shared";

/** The project itself: its own formats, dictionaries and samples. */
export const projectRoot = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");

/** `--home` first, then the `BOGO_…` variables one by one, else the working folder if it is a home, else the project. */
export function rootsFrom(home: string | undefined, env: Readonly<Record<string, string | undefined>>): Roots {
  const base = home ? resolve(home) : existsSync("config/agency.yaml") ? process.cwd() : projectRoot;
  const place = (name: keyof Roots, variable: string): string => {
    const set = home ? undefined : env[variable];
    return set ? resolve(set) : join(base, name);
  };
  return {
    config: place("config", "BOGO_CONFIG"),
    inbox: place("inbox", "BOGO_INBOX"),
    state: place("state", "BOGO_STATE"),
    out: place("out", "BOGO_OUT"),
  };
}
