import { relative } from "node:path";
import { BogoError, type Place, problem } from "../transforms/problem.ts";
import { projectRoot } from "./roots.ts";

/** Makes an error that nobody foresaw one that is said in a sentence; the stack stays its cause. */
export function asBogoError(error: unknown, place: Place): BogoError {
  const known = error instanceof BogoError ? error : diskError(error);
  if (known) return known;
  return new BogoError([problem("RUN_UNEXPECTED", { why: explainUnexpected(error) }, place)], { cause: error });
}

/** A disk that is full, broken or read-only is no fault of the program; whoever meets it, it is said in the same words. */
export function diskError(error: unknown): BogoError | null {
  if (!(error instanceof Error)) return null;
  // What files (`code`), SQLite (`errcode`, of which the low byte is the kind) and DuckDB (its text) say of it.
  const { code = "", errcode = 0 } = error as NodeJS.ErrnoException & { errcode?: number };
  const refused = ["ENOSPC", "EDQUOT", "EROFS", "EFBIG", "EIO"].includes(code) || [10, 13].includes(errcode & 0xff);
  if (!refused && !/no space left on device/i.test(error.message)) return null;
  const [why = ""] = error.message.split("\n");
  return new BogoError([problem("DISK_REFUSED", { why: why.slice(0, 300) })]);
}

/** `TypeError: … (jobs/load.ts:12:3)`: one line that tells whoever maintains the program where to look. */
export function explainUnexpected(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const [message = ""] = error.message.split("\n");
  const frame = /file:\/\/([^\s)]+)/.exec(error.stack ?? "")?.[1];
  const at = frame ? ` (${relative(projectRoot, decodeURI(frame)).replaceAll("\\", "/")})` : "";
  return `${error.name}: ${message.slice(0, 300)}${at}`;
}
