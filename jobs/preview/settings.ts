import { type Formats, formatsOf } from "../../config/formats.ts";
import { readWith, type Written } from "../context.ts";
import type { Roots } from "../roots.ts";
import { stampOf, stampsBelow } from "./stamps.ts";

/** What people have written, as it is now. */
interface Settings {
  written: Written;
  /** Changes with the client's own workbooks, which the config only names. */
  look: string;
}

/** Reads config again and again: formats, which are most of it, only when one of them was touched. */
export function warmSettings(roots: Roots, client: string) {
  let formats: { stamp: string; value: Formats } | null = null;
  let all: { stamp: string; value: Written } | null = null;
  const own = `clients/${client}/`;

  return async function read(): Promise<Settings> {
    const stamps = stampsBelow(roots.config);
    const ofFormats = stampOf(stamps, (path) => path.startsWith("formats/"));
    if (formats?.stamp !== ofFormats) formats = { stamp: ofFormats, value: await formatsOf(roots.config) };
    // A comment's words are read where they are shown; its name is judged with the config.
    const comment = (path: string): boolean => path.startsWith(`${own}comments/`);
    const workbook = (path: string): boolean => path.endsWith(".xlsx");
    const stamp = [
      stampOf(stamps, (path) => !comment(path) && !workbook(path)),
      ...[...stamps.keys()].filter(comment).toSorted(),
    ].join("\n");
    if (all?.stamp !== stamp) all = { stamp, value: await readWith(roots, formats.value) };
    const look = stampOf(stamps, (path) => path.startsWith(own) && workbook(path));
    return { written: all.value, look };
  };
}
