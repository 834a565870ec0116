import { type Formats, formatsOf } from "../../config/formats.ts";
import { readWith, type Written } from "../context.ts";
import type { Roots } from "../roots.ts";
import { stampOf, stampsBelow } from "./stamps.ts";

/** What people have written, as it is now. */
export interface Settings {
  written: Written;
  /** Changes with what only the look depends on: theme, logos, workbooks of one's own. */
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
    const ofYaml = stampOf(stamps, (path) => path.endsWith(".yaml") || path.endsWith(".json"));
    const names = [...stamps.keys()].filter((path) => path.startsWith(`${own}comments/`)).join();
    const stamp = `${ofYaml}\n${names}`;
    if (all?.stamp !== stamp) all = { stamp, value: await readWith(roots, formats.value) };
    const look = stampOf(stamps, (path) => path.startsWith(own) && !path.endsWith("client.yaml") && !path.endsWith(".md"));
    return { written: all.value, look };
  };
}
