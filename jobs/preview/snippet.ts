import { readFileSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { redact } from "../../config/secret.ts";
import type { Problem } from "../../transforms/problem.ts";
import type { Roots } from "../roots.ts";

/** The lines around a problem's place, as they stand in the file. */
export interface Snippet {
  lines: { number: number; text: string; here: boolean }[];
  column: number | null;
}

/** Null where the problem has no line, its file is no text, or the line may hold a secret. */
export function snippetOf(
  { file, line, column, client, code }: Problem,
  { config, inbox }: Pick<Roots, "config" | "inbox">,
): Snippet | null {
  if (file === undefined || line === undefined || code === "CONFIG_SECRET_LITERAL") return null;
  const text =
    textOf(config, join(config, file)) ??
    textOf(inbox, join(inbox, client ?? "", file)) ??
    textOf(inbox, join(inbox, file));
  if (text === null) return null;
  const lines = text.split(/\r?\n/);
  if (line > lines.length) return null;
  // Beside a slip in agency.yaml there may be a password that somebody typed in.
  const around = file === "agency.yaml" ? 0 : 2;
  const first = Math.max(1, line - around);
  return {
    lines: lines.slice(first - 1, line + around).map((each, at) => ({
      number: first + at,
      text: redact(each.length > widest ? `${each.slice(0, widest)} …` : each),
      here: first + at === line,
    })),
    column: column ?? null,
  };
}

const widest = 240;
const largest = 4 * 2 ** 20;

/** A file's text; only of files that really lie below the folder. */
function textOf(root: string, path: string): string | null {
  try {
    const real = realpathSync(path);
    if (!real.startsWith(`${realpathSync(root)}${sep}`) || statSync(real).size > largest) return null;
    const bytes = readFileSync(real);
    if (bytes.subarray(0, 1024).includes(0)) return null;
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      return new TextDecoder("euc-kr").decode(bytes);
    }
  } catch {
    return null;
  }
}
