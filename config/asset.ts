import { createHash } from "node:crypto";
import { readFileSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import type { ProblemCode } from "../transforms/problem.ts";
import type { Logo } from "../transforms/theme.ts";
import { FONT_BYTES, fontFault } from "./font.ts";
import { judgeLogo, LOGO_BYTES } from "./logo.ts";

/** A file that a theme names, found harmless. */
export interface Asset {
  /** Where it lies now. */
  path: string;
  sha256: string;
  /** Null for a font: it is read where it is used. */
  logo: Logo | null;
}

export type Refusal = { code: ProblemCode; facts: Record<string, string | number> };

/** A file in a folder, or why it may not be used. A link that leads out of the folder is not followed. */
export function readAsset(folder: string, name: string, kind: "logo" | "font"): Asset | Refusal {
  let path: string;
  try {
    path = realpathSync(join(folder, name));
    if (!path.startsWith(realpathSync(folder) + sep)) return { code: "THEME_FILE_OUTSIDE", facts: { found: name } };
  } catch {
    return { code: "THEME_FILE_MISSING", facts: { found: name } };
  }
  return judgeFile(path, name, kind);
}

/** The same for a file whose place is known. */
export function judgeFile(path: string, name: string, kind: "logo" | "font"): Asset | Refusal {
  try {
    const { size, mtimeMs, ino } = statSync(path);
    const stamp = `${kind} ${size} ${mtimeMs} ${ino}`;
    const known = judged.get(path);
    if (known?.stamp === stamp) return known.found;
    const found = judgeBytes(path, name, kind, size);
    judged.set(path, { stamp, found });
    return found;
  } catch {
    return { code: "THEME_FILE_MISSING", facts: { found: name } };
  }
}

/** A daemon looks every minute; fonts are millions of bytes and seldom change. */
const judged = new Map<string, { stamp: string; found: Asset | Refusal }>();

function judgeBytes(path: string, name: string, kind: "logo" | "font", size: number): Asset | Refusal {
  const limit = kind === "logo" ? LOGO_BYTES : FONT_BYTES;
  if (size > limit)
    return { code: "THEME_FILE_TOO_LARGE", facts: { found: name, size: kilobytes(size), limit: kilobytes(limit) } };
  const bytes = readFileSync(path);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (kind === "font") {
    const why = fontFault(bytes);
    return why ? { code: "THEME_FONT_REFUSED", facts: { found: name, why } } : { path, sha256, logo: null };
  }
  const logo = judgeLogo(bytes);
  return "code" in logo ? { ...logo, facts: { found: name, ...logo.facts } } : { path, sha256, logo };
}

const kilobytes = (bytes: number): string => `${Math.ceil(bytes / 1024).toLocaleString("en-US")} kB`;
