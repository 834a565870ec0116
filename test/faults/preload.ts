import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** The environment of a process into which a file of this folder is loaded before the program. */
export function preloading(file: "die-at.ts" | "other-clock.ts", env: Record<string, string>): Record<string, string> {
  return { NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, file)).href}`, ...env };
}

/** Several environments, each with what it loads before the program. */
export function together(...envs: readonly (Record<string, string> | undefined)[]): Record<string, string> {
  const loaded = envs.flatMap((env) => env?.NODE_OPTIONS ?? []);
  return Object.assign({}, ...envs, loaded.length > 0 ? { NODE_OPTIONS: loaded.join(" ") } : {});
}
