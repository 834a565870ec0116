import { relative } from "node:path";
import { BogoError, type Place, problem } from "../transforms/problem.ts";
import { projectRoot } from "./roots.ts";

/** Makes an error that nobody foresaw one that is said in a sentence; the stack stays its cause. */
export function asBogoError(error: unknown, place: Place): BogoError {
  if (error instanceof BogoError) return error;
  return new BogoError([problem("RUN_UNEXPECTED", { why: explainUnexpected(error) }, place)], { cause: error });
}

/** `TypeError: … (jobs/load.ts:12:3)`: one line that tells whoever maintains the program where to look. */
export function explainUnexpected(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const [message = ""] = error.message.split("\n");
  const frame = /file:\/\/([^\s)]+)/.exec(error.stack ?? "")?.[1];
  const at = frame ? ` (${relative(projectRoot, decodeURI(frame)).replaceAll("\\", "/")})` : "";
  return `${error.name}: ${message.slice(0, 300)}${at}`;
}
